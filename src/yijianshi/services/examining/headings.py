"""
Which column of a table is what: the national exchange tables by their names, spreadsheets by their Chinese headings.

Basis: the exchange tables up_task_general_* of the national platform; GB/T 39046-2020; GB/T 39554.2-2020.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

ITEM, MATERIAL, FEE, QUESTION, FIELD = "item", "material", "fee", "question", "field"
KIND_WORDS = {ITEM: "事项", MATERIAL: "材料", FEE: "收费", QUESTION: "问答", FIELD: "表单字段"}

#: What an item is known by, in whichever table it is spoken of.
_REFERENCE: dict[str, str] = {
    "name": "task_name 事项名称 事项 主项名称 政务服务事项名称 政务服务事项 所属事项 业务办理项名称 办理项名称 实施清单名称 事项名",
    "subname": "子项名称 子项 办理项 业务办理项 情形名称",
    "basic_code": "catalog_code catalogcode 基本编码 基本目录编码 事项基本编码 目录编码 国家基本编码",
    "code": "task_code taskcode 实施编码 事项编码 事项实施编码 实施清单编码 清单编码 事项代码",
    "handle_code": "task_handle_item 业务办理项编码 办理项编码 业务办理项代码",
    "guid": "task_guid taskguid rowguid row_guid 事项唯一标识 事项主键 唯一标识",
    "department": "dept_name 实施主体 实施主体名称 实施机关 实施部门 办理部门 主管部门 责任部门 实施单位 部门",
}
_ITEM: dict[str, str] = _REFERENCE | {
    "local_code": "local_catalog_code local_task_code 地方基本编码 地方实施编码",
    "version": "task_version 版本 事项版本 版本号",
    "state": "task_state 事项状态 状态",
    "type": "task_type 事项类型 事项类别 类型 权力类型 事项性质",
    "basis": "by_law 设定依据 法律依据 实施依据 办理依据 依据 法定依据",
    "power_source": "power_source 权力来源",
    "level": "use_level 行使层级 实施层级 办理层级 层级",
    "department_code": "dept_code 实施主体编码 实施主体代码 部门编码 统一社会信用代码 实施主体统一社会信用代码",
    "department_type": "dept_type 实施主体性质",
    "entrusted": "entrust_name 委托部门 受委托部门",
    "division": "area_code region_code 行政区划 行政区划代码 区划代码 所属区划 区划 行政区划编码 所属地区代码",
    "place": "area_name 区划名称 行政区划名称 所属地区 地区",
    "audience": "server_type 服务对象 办理对象 面向对象",
    "handling": "project_type 办件类型",
    "statutory": "anticipate_day 法定办结时限 法定时限 法定期限 法定办理时限 法定办结期限 法定办结时间",
    "statutory_unit": "anticipate_type 法定办结时限单位 法定时限单位 法定期限单位",
    "statutory_note": "anticipate_explain 法定办结时限说明 法定时限说明",
    "promised": "promise_day 承诺办结时限 承诺时限 承诺期限 承诺办理时限 承诺办结期限 承诺办结时间",
    "promised_unit": "promise_type 承诺办结时限单位 承诺时限单位 承诺期限单位",
    "promised_note": "promise_explain 承诺办结时限说明 承诺时限说明",
    "special": "special_procedure 特别程序 特殊环节 特别环节",
    "condition": "accept_condition 受理条件 办理条件 申请条件 准予批准的条件",
    "flow": "handle_flow 办理流程 办理环节 流程",
    "form": "handle_type 办理形式 办理方式",
    "is_fee": "is_fee 是否收费",
    "fee_basis": "fee_basis 收费依据",
    "visits": "limit_scene_num 到办事现场次数 到现场次数 办理跑动次数 跑动次数 必须到现场次数 最多跑动次数 到场次数",
    "place_of_work": "transact_addr 办理地点",
    "time_of_work": "transact_time 办理时间",
    "ask": "link_way 咨询方式 咨询电话",
    "complain": "supervise_way 监督投诉方式 投诉电话 监督电话 监督方式",
    "address": "link_addr mobile_terminal_url 在线办理地址 网上办理地址 online_handle_url",
    "login": "is_single_login app_is_single_login",
    "begins": "plan_effective_date 计划生效日期 生效日期 实施日期",
    "ends": "plan_cancel_date 计划取消日期 取消日期 失效日期 废止日期",
    "materials": "申请材料 所需材料 办理材料 申报材料 提交材料 材料清单 申请材料目录",
    "prior": "前置事项 前置审批 前置条件 前置环节",
    "other_departments": "other_dept 联办机构 联办部门 协办部门",
    "result": "result_name 审批结果名称 结果名称 办理结果 审批结果 办理结果名称",
    "result_type": "result_type 审批结果类型 结果类型 办理结果类型",
    "result_sample": "result_guid 审批结果样本 结果样本",
    "area": "handle_area 通办范围",
    "online": "is_online 是否网办 是否可网办 是否支持网上办理 online_handle_depth 网办深度 网上办理深度",
    "pay": "is_pay_online 是否支持网上支付 网上支付",
    "express": "is_express 是否支持物流快递 物流快递",
    "schedule": "is_schedule 是否支持预约办理 预约办理",
    "terminals": "is_service_terminals 是否支持自助终端办理",
    "hall": "is_entry_center 是否进驻政务大厅 是否进驻大厅",
    "visit_reason": "limit_scene_explain 必须现场办理原因 必须到现场原因说明",
    "quota": "limit_explain 数量限制",
    "agency": "service_type 中介服务",
    "topic": "user_topic_type corp_topic_type 主题分类 面向自然人事项主题分类 面向法人事项主题分类",
    "reach": "town_code village_code",
    "number": "序号 编号 no 行号",
    "note": "备注 说明",
}
_MATERIAL: dict[str, str] = _REFERENCE | {
    "material": "material_name 材料名称 申请材料名称 材料 申请材料",
    "material_type": "material_type 材料类型",
    "material_format": "material_format 材料形式 材料格式 材料介质",
    "needed": "is_need 材料必要性 必要性 是否必要 是否必须 是否必需",
    "source": "source_type 来源渠道 材料来源 材料来源渠道",
    "source_note": "source_explain 来源渠道说明",
    "copies": "page_num 份数 材料份数 原件份数 纸质材料份数 复印件份数",
    "copies_note": "page_format 纸质材料规格 规格",
    "blank": "form_guid 空白表格 空白表",
    "sample": "example_guid 示例样表 样表",
    "standard": "accept_stand 受理标准 材料受理标准",
    "material_basis": "by_law 要求提供材料的依据 材料依据 提交材料依据 法定依据 依据 法律依据 设定依据 要求提供材料依据",
    "filling": "fill_explain 填报须知 填写说明",
    "order": "order_num 排序号 顺序号",
    "number": "序号 编号 no 行号",
    "note": "备注 说明",
}
_FEE: dict[str, str] = _REFERENCE | {
    "fee": "fee_name 收费项目名称 收费项目 收费名称",
    "standard": "fee_stand 收费标准",
    "fee_basis": "by_law 收费依据 依据",
    "reduced": "is_desc 是否允许减免 是否减免",
    "reduced_note": "desc_explain 减免说明 允许减免依据",
    "order": "order_num 排序号 顺序号",
    "number": "序号 no",
    "note": "备注 说明",
}
_QUESTION: dict[str, str] = _REFERENCE | {
    "question": "question 问题 常见问题",
    "answer": "answer 解答 答复 回答",
    "order": "order_num 排序号 顺序号",
    "number": "序号 no",
    "note": "备注",
}
_FIELD: dict[str, str] = _REFERENCE | {
    "field": "field_name 字段名称 字段 表单字段 填写项 填报项 数据项",
    "field_type": "field_type 字段类型 数据类型",
    "needed": "is_need 是否必填 必填",
    "order": "order_num 排序号 顺序号",
    "number": "序号 no",
    "note": "备注 说明",
}
#: What every exchange table carries for the exchange itself; read over without a word.
_CARRIED = "data_source cd_operation cd_time cd_batch create_time update_time update_type sync_sign cd_id id is_history"
_TABLES: dict[str, dict[str, str]] = {
    MATERIAL: _MATERIAL,
    FEE: _FEE,
    QUESTION: _QUESTION,
    FIELD: _FIELD,
    ITEM: _ITEM,
}
#: The column without which a table is not of its kind.
_HEART = {ITEM: "name", MATERIAL: "material", FEE: "fee", QUESTION: "question", FIELD: "field"}
#: Columns of a basic table that the national exchange does not let be empty.
REQUIRED = {
    "basic_code": "基本编码", "code": "实施编码", "name": "事项名称", "type": "事项类型", "basis": "设定依据",
    "level": "行使层级", "department": "实施主体", "promised": "承诺办结时限", "condition": "受理条件",
    "visits": "到办事现场次数",
}  # fmt: skip
_NAMED_AFTER = {
    "material": MATERIAL, "材料": MATERIAL, "fee": FEE, "收费": FEE, "question": QUESTION, "问答": QUESTION,
    "问题": QUESTION, "字段": FIELD, "表单": FIELD, "basic": ITEM, "extend": ITEM, "基本信息": ITEM, "扩展": ITEM,
}  # fmt: skip
_ROWS_SEARCHED = 15


@dataclass(frozen=True, slots=True)
class Headings:
    """How a table is laid out: what it lists, the row of its headings, and the meaning of each column that has one."""

    kind: str
    row: int
    columns: dict[int, str]
    words: dict[str, str]  # meaning → heading as written
    unknown: tuple[str, ...]
    with_materials: bool = False  # an item table that also has a material in each row


def normal(heading: object) -> str:
    """
    Return a heading without what tells nothing: brackets with a remark, spaces, stars, numbers in front.

    >>> normal("* 法定办结时限（工作日）")
    '法定办结时限'
    """
    text = unicodedata.normalize("NFKC", str(heading)).strip().lower()
    text = re.sub(r"\(.*?\)|\[.*?\]|【.*?】|<.*?>", "", text)
    text = re.sub(r"^[\d一二三四五六七八九十]+[.、]", "", text)
    return re.sub(r"[\s*:：;；,，。/\\\-“”\"']", "", text)


def unit_in(heading: object) -> str:
    """Return the unit that a heading of days names in brackets, or nothing."""
    text = unicodedata.normalize("NFKC", str(heading))
    return "工作日" if "工作日" in text else "自然日" if re.search(r"自然日|日历日", text) else ""


def _known(table: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for meaning, names in table.items():
        for name in names.split():
            found.setdefault(normal(name), meaning)
    return found


_KNOWN = {kind: _known(table) for kind, table in _TABLES.items()}
_SILENT = frozenset(_CARRIED.split())


def find_headings(rows: Sequence[Sequence[object]], *, file: str, sheet: str) -> Headings | None:
    """Return the headings of a table from its first rows, or None where no row reads like headings."""
    best: tuple[int, Headings] | None = None
    for at, row in enumerate(rows[:_ROWS_SEARCHED], 1):
        texts = [normal(cell) if isinstance(cell, str) else "" for cell in row]
        if sum(bool(text) for text in texts) < 2:
            continue
        found = _headings_of(at, row, texts, hint=_hint(sheet) or _hint(file))
        if found and (best is None or len(found.columns) > best[0]):
            best = (len(found.columns), found)
    return best[1] if best else None


def _hint(name: str) -> str:
    lowered = name.lower()
    return next((kind for word, kind in _NAMED_AFTER.items() if word in lowered), "")


def _headings_of(at: int, row: Sequence[object], texts: list[str], *, hint: str) -> Headings | None:
    kinds = [kind for kind, heart in _HEART.items() if any(_KNOWN[kind].get(t) == heart for t in texts if t)]
    item_like = sum(_KNOWN[ITEM].get(t) not in (None, *_REFERENCE, "number", "note") for t in texts if t)
    if hint in kinds:
        kind = hint
    elif MATERIAL in kinds and item_like >= 3:
        # one wide table: an item and, in the same row, one or all of its materials
        kind = ITEM
    else:
        kind = next((k for k in (MATERIAL, FEE, QUESTION, FIELD, ITEM) if k in kinds), "")
    if not kind and hint == ITEM and any(_KNOWN[ITEM].get(t) in ("code", "guid") for t in texts if t):
        kind = ITEM  # the extension table names its item by code alone
    if not kind:
        return None
    known = dict(_KNOWN[kind])
    wide = (
        kind == ITEM
        and any(_KNOWN[MATERIAL].get(t) == "material" for t in texts if t)
        and "申请材料" not in texts
    )
    wide = wide or (kind == ITEM and "材料名称" in texts)
    if wide:
        known = {**_only_of_materials(), **known}
    columns: dict[int, str] = {}
    words: dict[str, str] = {}
    unknown = []
    for number, text in enumerate(texts):
        meaning = known.get(text, "")
        if meaning and meaning not in columns.values():
            columns[number] = meaning
            words[meaning] = str(row[number]).strip()
        elif text and not meaning and text not in _SILENT:
            unknown.append(str(row[number]).strip())
    if len(columns) < 2:
        return None
    return Headings(kind, at, columns, words, tuple(unknown), with_materials=wide)


def _only_of_materials() -> dict[str, str]:
    """Return the headings that mean a material even in a table of items."""
    shared = {"number", "note", *_REFERENCE}
    return {name: m for name, m in _KNOWN[MATERIAL].items() if m not in shared and name not in _KNOWN[ITEM]}
