"""Letters that carry a result."""

from dataclasses import replace
from datetime import date

from yijianshi.services import letters as on_paper

from .cast import BUNDLE, COMPANY, CREDIT_CODE, FIRE, MARKET, WATER, number

LICENCE = on_paper.LicenceDocument(
    authority=MARKET,
    on=date(2026, 11, 26),
    demo=True,
    title="食品经营许可证",
    copy="副本",
    number="JY23201060000343",
    holder_label="经营者名称",
    holder=COMPANY,
    holder_number=CREDIT_CODE,
    lines=(
        on_paper.Line(label="法定代表人（负责人）", value="王芳"),
        on_paper.Line(label="住所", value="江苏省南京市鼓楼区示例路 88 号示例广场 3 幢 1 层"),
        on_paper.Line(label="经营场所", value="江苏省南京市鼓楼区示例路 88 号示例广场 3 幢 1 层 101—106 室"),
        on_paper.Line(label="主体业态", value="餐饮服务经营者"),
        on_paper.Line(label="经营项目", value="热食类食品制售；冷食类食品制售（含生食果蔬）；自制饮品制售"),
        on_paper.Line(label="日常监督管理机构", value="鼓楼区市场监督管理局示例分局"),
    ),
    valid="至 2031 年 11 月 25 日",
    identifier="1.2.156.3005.2.11100000MB0000000A001.11320106000000000A.JY23201060000343.001.7",
    qr="https://yjs.example.gov.cn/verify/JY23201060000343",
)

LANDSCAPE_LICENCE = replace(
    LICENCE,
    landscape=True,
    title="公众聚集场所投入使用、营业前消防安全检查意见书",
    copy="",
    authority=FIRE,
    lines=LICENCE.lines[:4],
)

COMPOSITE = on_paper.CompositeDocument(
    authority=MARKET,
    on=date(2026, 11, 26),
    demo=True,
    title="行业综合许可证（餐饮店）",
    number=number(347),
    holder=COMPANY,
    holder_number=CREDIT_CODE,
    premises="江苏省南京市鼓楼区示例路 88 号示例广场 3 幢 1 层 101—106 室",
    parts=(
        on_paper.ListedLicence(
            name="食品经营许可证",
            number="JY23201060000343",
            department=MARKET,
            valid="至 2031 年 11 月 25 日",
            necessary=True,
        ),
        on_paper.ListedLicence(
            name="公众聚集场所投入使用、营业前消防安全检查意见书",
            number="苏鼓消〔2026〕第 0101 号",
            department=FIRE,
            valid="以证照载明的为准",
            necessary=True,
        ),
        on_paper.ListedLicence(
            name="城镇污水排入排水管网许可证",
            number="苏鼓排〔2026〕第 0046 号",
            department=WATER,
            valid="至 2031 年 11 月 25 日",
        ),
    ),
    qr="https://yjs.example.gov.cn/verify/abcdefghijklmnopqrst",
    code="abcdefghijklmnopqrst",
    version=2,
    replaces=number(346),
)

DELIVERY = on_paper.DeliverySlip(
    authority="南京市鼓楼区政务服务中心",
    on=date(2026, 11, 27),
    number=number(342),
    document_number="鼓一件事送〔2026〕第 0342 号",
    bundle=BUNDLE,
    recipient=COMPANY,
    recipient_number="91320106**********",
    method="窗口领取",
    place="鼓楼区政务服务中心 2 楼 12 号窗口",
    results=(
        on_paper.DeliveredResult(
            name="食品经营许可证（正本、副本）", number="JY23201060000343", department=MARKET, copies="2 份"
        ),
        on_paper.DeliveredResult(
            name="城镇污水排入排水管网许可证", number="苏鼓排〔2026〕第 0046 号", department=WATER
        ),
    ),
    collector="王芳（本人）",
    collected_at="2026 年 11 月 27 日 14:10",
    delivered_by="李国强",
)
