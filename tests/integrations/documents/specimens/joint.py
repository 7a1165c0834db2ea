"""The record of a joint survey, as 鼓楼区 would print it."""

from yijianshi.services.letters import JointOpinion, JointRecord

from .cast import DIGEST, FILED_ON, number

JOINT = JointRecord(
    authority="南京市鼓楼区市场监督管理局",
    on=FILED_ON,
    title="联合勘验记录",
    number=number(342),
    document_number="鼓楼一件事联〔2026〕342号",
    bundle="开办餐饮店“一件事”",
    applicant="南京禾味餐饮管理有限公司",
    time="2026 年 11 月 20 日上午",
    place="鼓楼区示例路 1 号店里",
    policy="各家都合格才通过",
    outcome="联合勘验：整改后通过。各部门依法对各自的事项作出决定。",
    opinions=(
        JointOpinion(
            department="南京市鼓楼区消防救援大队", item="消防安全检查", case_number=number(344), verdict="整改后合格",
            reason="疏散门反锁", basis="《消防法》第十五条", mend_by="2026 年 11 月 30 日", present="赵凯、孙强",
            signed_by="赵凯", signed_at="2026 年 11 月 20 日 10:32", digest=DIGEST,
        ),
        JointOpinion(
            department="南京市鼓楼区城市管理局", item="户外招牌", case_number=number(345), verdict="合格", present="周琳、吴浩",
            signed_by="周琳", signed_at="2026 年 11 月 20 日 10:40", digest=DIGEST,
        ),
    ),
    photos=(("疏散门.jpg", "鼓楼区消防救援大队", DIGEST),),
    drawings=(("一层平面.dwg", "18.2 MB", DIGEST),),
    history=(("2026 年 11 月 18 日 09:00", "安排联合行动，请各方报时间"), ("2026 年 11 月 18 日 10:00", "约在11 月 20 日上午")),
)  # fmt: skip
