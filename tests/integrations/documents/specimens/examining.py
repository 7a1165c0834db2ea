"""A report about a list of items, as a city would print it for its director."""

from yijianshi.services.letters import ExaminationReport, ExaminedFault, ExaminedThing

from .cast import FILED_ON

EXAMINATION = ExaminationReport(
    authority="“一件事”事项清单体检",
    on=FILED_ON,
    title="事项清单体检报告",
    about="南京市鼓楼区　清单.xlsx",
    headline=("这份清单办“开办餐饮店”要交 20 份材料，改成一件事交 8 份。",),
    totals=(("材料", "20 份", "8 份", "少 12 份"), ("跑动", "9 次", "0 次", "少 9 次")),
    pressing=(("材料没有依据", "3", "没有依据的不得索要"),),
    overview=(("开办餐饮店", "5", "1", "19 → 10 个工作日", "20 → 8 份", "排水许可"),),
    things=(
        ExaminedThing(
            title="开办餐饮店",
            about="5 个事项在清单里",
            reductions=(("材料", "20 份", "8 份", "少 12 份"),),
            items=(("食品经营许可", "食品经营许可（新办）", "市场监管局", "10 个工作日"),),
            materials=(("营业执照", "食品经营许可、消防检查", "共享，不用交"),),
            scheme=(("一、目标", ("把五个事项整合为一件事。",)),),
        ),
    ),
    faults=(
        ExaminedFault(
            title="材料没有依据　3 处",
            about="没有依据的不得索要",
            rows=(("清单.xlsx 第 12 行", "房产证复印件", "没有写依据", "删去，或写上依据"),),
        ),
    ),
    notes=("合计按每件事分别计算。",),
)
