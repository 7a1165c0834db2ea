"""Who and what the specimens are about; every number is fictitious, with valid check digits."""

from datetime import date

from yijianshi.domain.codes import (
    DivisionCode,
    citizen_check_character,
    compose_number,
    credit_code_check_character,
)
from yijianshi.services import letters as on_paper

FILED_ON = date(2026, 11, 18)
COMPANY = "南京禾味餐饮管理有限公司"
CREDIT_CODE = "91320106MA00000X0"[:17] + credit_code_check_character("91320106MA00000X0")
CITIZEN = "32010619900307002" + citizen_check_character("32010619900307002")
BUNDLE = "开办餐饮店“一件事”"
DIGEST = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
MARKET = "南京市鼓楼区市场监督管理局"
FIRE = "南京市鼓楼区消防救援大队"
CITY = "南京市鼓楼区城市管理局"
WATER = "南京市鼓楼区水务局"
PAGE = "https://yjs.example.gov.cn/s/32010620261118100003424"


def number(serial: int) -> str:
    return compose_number(division=DivisionCode("320106"), day=FILED_ON, channel=1, serial=serial)


DESKS = (
    on_paper.Desk(
        unit="鼓楼区政务服务中心“一件事”综合窗口",
        name="何敏",
        phone="025-0000-1234",
        address="南京市鼓楼区示例路 1 号 2 楼 12 号窗口",
        hours="工作日 9:00—17:00",
    ),
    on_paper.Desk(unit="政务服务便民热线", phone="12345"),
)

ITEMS = (
    on_paper.FiledItem(
        name="食品经营许可（新办）", case_number=number(343), department=MARKET, promised="5 个工作日"
    ),
    on_paper.FiledItem(
        name="公众聚集场所投入使用、营业前消防安全检查",
        case_number=number(344),
        department=FIRE,
        promised="1 个工作日",
    ),
    on_paper.FiledItem(
        name="设置大型户外广告及在城市建筑物、设施上悬挂、张贴宣传品审批",
        case_number=number(345),
        department=CITY,
        promised="3 个工作日",
    ),
    on_paper.FiledItem(
        name="城镇污水排入排水管网许可", case_number=number(346), department=WATER, promised="7 个工作日"
    ),
)

MATERIALS = (
    on_paper.FiledMaterial(name="综合申请表", source="系统生成", size="4 页 · 182 KB", digest=DIGEST),
    on_paper.FiledMaterial(name="营业执照", source="电子证照", size="1 页 · 96 KB", digest=DIGEST[::-1]),
    on_paper.FiledMaterial(
        name="食品经营场所平面布局图、操作流程图（含主要设备设施位置及名称）",
        source="上传",
        size="3 页 · 2.4 MB",
        digest=DIGEST[5:] + DIGEST[:5],
    ),
    on_paper.FiledMaterial(name="保证食品安全的规章制度清单", source="容缺后补"),
)

EVIDENCE = on_paper.SigningEvidence(
    signer="王芳（法定代表人）",
    method="统一身份认证 · 人脸核验",
    at="2026 年 11 月 18 日 10:32:07",
    digest=DIGEST,
)

APPEAL = on_paper.Appeal(review_body="南京市鼓楼区人民政府", court="南京铁路运输法院")
