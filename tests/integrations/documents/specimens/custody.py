"""Papers about papers: 王芳's tenancy contract, taken in at 昆山 and sent to 鼓楼."""

from datetime import date

from yijianshi.services import letters as on_paper

from .cast import BUNDLE, COMPANY, number

_LEASE = on_paper.CustodyPaper(name="租赁合同原件", kind="原件", copies="1 份", pages="12 页", about=COMPANY)

CUSTODY_RECEIPT = on_paper.CustodyReceipt(
    authority="昆山市政务服务中心",
    on=date(2026, 11, 18),
    number="3205832026111800003427",
    brought_by="王芳",
    taken_at="2026 年 11 月 18 日 10:32",
    taken_by="汤静",
    place="昆山市政务服务中心",
    papers=(
        _LEASE,
        on_paper.CustodyPaper(name="授权委托书", kind="原件", copies="2 份", pages="1 页", about=COMPANY),
    ),
    applicant="南***********",
    bundle=BUNDLE,
    submission_number=number(342),
    qr="https://yjs.example.gov.cn/my/0",
)
HAND_OVER_LIST = on_paper.HandOverList(
    authority="昆山市政务服务中心",
    on=date(2026, 11, 18),
    number="3205832026111800003435",
    to="南京市鼓楼区政务服务中心",
    way="快递",
    courier_number="SF1234567890",
    sent_at="2026 年 11 月 18 日 16:20",
    sent_by="汤静",
    expected="2026 年 11 月 25 日（周三）前",
    papers=(
        _LEASE,
        on_paper.CustodyPaper(
            name="食品经营许可证", kind="实体证照", copies="1 份", pages="—", about=COMPANY
        ),
    ),
)
