"""What a reform plan says of the form, the materials, the data, who does what, and what is still to be confirmed."""

from collections.abc import Iterator

from yijianshi.domain.codes import ElementCode, ResourceCode
from yijianshi.domain.definitions import DataElement, Kind
from yijianshi.domain.editions import Edition
from yijianshi.domain.layouts import lay_out
from yijianshi.domain.merging import MergedField
from yijianshi.domain.processes import process_of, process_one_by_one
from yijianshi.domain.reforms import CutReason, MaterialCut, Reform, basis_of_material
from yijianshi.domain.sharing import FieldWay, MaterialWay

from ..catalogue.completeness import bundle_unconfirmed_remarks, unconfirmed_remarks
from ..catalogue.figures import fields_by_way, materials_by_way, whole
from ..catalogue.findings import Remark
from ..exporting.drawing import draw
from ..exporting.drawing import in_words as flow_in_words
from ..letters.official import Annex, Block
from ..punctuation import wide
from .as_catalogue import as_catalogue, forbidden_for
from .demand import COLUMNS, demands_of
from .labour import duties_of
from .lists import said
from .unfounded import unfounded_of

KIND_WORDS = {
    Kind.STRING: "字符", Kind.TEXT: "长文本", Kind.INT: "整数", Kind.NUMBER: "数值", Kind.MONEY: "金额", Kind.DATE: "日期",
    Kind.MONTH: "年月", Kind.YEAR: "年份", Kind.DATETIME: "日期时间", Kind.DATE_RANGE: "起止日期", Kind.ENUM: "单选代码",
    Kind.MULTI_ENUM: "多选代码", Kind.BOOL: "是或否", Kind.DECLARATION: "声明", Kind.PHONE: "电话号码", Kind.ID_NUMBER: "公民身份号码",
    Kind.USCC: "统一社会信用代码", Kind.ADDRESS: "地址", Kind.REGION: "行政区划", Kind.BANK_ACCOUNT: "银行账号", Kind.TABLE: "表格",
    Kind.FILE: "文件",
}  # fmt: skip
_REASONS = {
    CutReason.SHARED: "部门共享：系统调取电子证照或数据",
    CutReason.PRODUCED: "本次产出：由同案事项办理形成",
    CutReason.GENERATED: "系统生成：由联办申请表形成",
    CutReason.DUPLICATE: "重复：几个事项都要的只交一份",
}


def form_and_materials(reform: Reform) -> Iterator[Block]:
    """Yield the one form, the one set, what is spared and why, and what must not be demanded."""
    plan = reform.plan
    edition = plan.edition
    yield Block(heading="一张申请表")
    asked, prefilled, computed = (fields_by_way(plan, way) for way in FieldWay)
    yield Block(
        text=f"各事项原有申请表合计 {plan.raw_fields} 项字段，合并为 {len(plan.fields)} 项：共享取得 {len(prefilled)} 项，"
        f"系统算出 {len(computed)} 项，由申请人填写 {len(asked)} 项。相同的字段只问一次。"
    )
    yield Block(
        caption="联办申请表",
        heads=("分组", "申请人填写", "共享取得、系统算出"),
        widths=(0.9, 3.0, 3.0),
        rows=tuple(_form_rows(plan.fields, edition)),
    )
    yield Block(heading="一套材料")
    uploads = materials_by_way(plan, MaterialWay.UPLOAD)
    yield Block(
        text=f"各事项原有材料合计 {plan.raw_materials} 份，去掉重复的为 {len(plan.materials)} 份，其中由申请人提交 {len(uploads)} 份。"
    )
    if uploads:
        yield Block(
            caption="由申请人提交的材料",
            heads=("材料", "用于事项", "依据"),
            widths=(2.2, 1.8, 2.6),
            rows=tuple(
                (
                    wide(edition.materials[m.material].name),
                    _items(m.needed_by, reform),
                    str(basis_of_material(plan, m.material, m.needed_by) or "没有依据，应予取消"),
                )
                for m in uploads
            ),
        )
    yield Block(heading="精简的材料")
    if reform.cuts:
        yield Block(
            caption=f"不再提交的材料（共减 {sum(cut.spared for cut in reform.cuts)} 份）",
            heads=("材料", "减少", "理由", "原用于事项"),
            widths=(2.0, 0.6, 2.4, 2.2),
            rows=tuple(_cut_row(cut, reform) for cut in reform.cuts),
        )
    if forbidden := forbidden_for(edition):
        yield Block(
            caption="不得索要的材料",
            heads=("材料", "理由", "把握程度"),
            widths=(2.2, 3.6, 0.8),
            rows=tuple((wide(f.material), f.reason, str(f.certainty or "未评")) for f in forbidden),
        )
    yield Block(heading="数据标准")
    yield Block(
        text=f"联办申请表的 {len(plan.fields)} 项字段都对应目录中的数据元，名称、类型、值域和来源统一，见附件 2。各部门按数据元交换，不另立标准。"
    )


def _form_rows(fields: tuple[MergedField, ...], edition: Edition) -> Iterator[tuple[str, ...]]:
    groups: dict[str, tuple[list[str], list[str]]] = {}
    for merged in fields:
        element = edition.elements[merged.element]
        asked, known = groups.setdefault(element.group or "其他", ([], []))
        name = wide(element.name)
        (asked if merged.way is FieldWay.ASKED else known).append(name)
    for group, (asked, known) in groups.items():
        yield group, "、".join(asked) or "无", "、".join(known) or "无"


def _cut_row(cut: MaterialCut, reform: Reform) -> tuple[str, ...]:
    material = reform.plan.edition.materials[cut.material]
    why = _REASONS[cut.reason]
    if cut.reason is CutReason.PRODUCED:
        why = f"本次产出：由“{_items(cut.produced_by, reform)}”形成"
    elif cut.reason is CutReason.GENERATED and ResourceCode(cut.material) in reform.plan.edition.resources:
        why = "部门共享：由出具单位直接传来"
    return wide(material.name), f"{cut.spared} 份", why, _items(cut.items, reform)


def sharing(edition: Edition) -> Iterator[Block]:
    """Yield what is needed from whom in short; the seven columns stand in the annex."""
    demands = demands_of((edition,))
    if not demands:
        yield Block(text="本件事没有字段登记了共享来源。")
        return
    providers: dict[str, tuple[list[str], list[str]]] = {}
    for demand in demands:
        resources, elements = providers.setdefault(demand.provided_by, ([], []))
        resources.append(demand.resource)
        elements += demand.elements
    yield Block(
        text=f"需要 {len(providers)} 个部门提供 {len({d.resource_code for d in demands})} 个数据资源，共 {len(demands)} 条需求。"
        "需求部门、提供部门、资源名称、数据项、更新周期、提供方式、数据范围见附件 1。"
    )
    yield Block(
        caption="提供部门和数据资源",
        heads=("提供部门", "数据资源", "数据项"),
        widths=(1.6, 1.6, 3.6),
        rows=tuple(
            (wide(who), said(tuple(dict.fromkeys(resources))), said(tuple(dict.fromkeys(elements))))
            for who, (resources, elements) in providers.items()
        ),
    )


def duties(edition: Edition) -> Iterator[Block]:
    """Yield who leads, who handles which items and who opens which register."""
    yield Block(
        text="牵头部门负责统筹本方案，汇总各部门意见，统一告知、受理、分办和送达；配合部门按时限办理本部门事项，一次提出补正意见；"
        "数据提供部门按附件 1 开放数据，保证数据质量。"
    )
    yield Block(
        caption="责任分工",
        heads=("部门", "职责", "办理的事项", "开放的数据资源"),
        widths=(1.8, 0.7, 2.4, 2.0),
        rows=tuple(
            (wide(duty.department), duty.role, said(duty.items) or "无", said(duty.provides) or "无")
            for duty in duties_of(edition)
        ),
    )


def confirmations(edition: Edition) -> Iterator[Block]:
    """Yield every fact that is not sure, with how sure it is."""
    remarks = tuple(_doubt(remark, edition) for remark in _doubts(edition))
    if not remarks:
        yield Block(text="目录所载事实均已由主管部门确认。")
        return
    yield Block(text=f"下列 {len(remarks)} 处事实尚未由主管部门确认，印发前应逐条核对。")
    yield Block(
        caption="待确认的事实",
        heads=("序号", "事实和把握程度"),
        widths=(0.5, 6.0),
        rows=tuple((str(number), wide(words)) for number, words in enumerate(remarks, 1)),
    )


def _doubts(edition: Edition) -> Iterator[Remark]:
    yield from bundle_unconfirmed_remarks(edition.bundle)
    yield from unconfirmed_remarks(as_catalogue(edition))


def _doubt(remark: Remark, edition: Edition) -> str:
    """Return a doubtful fact in words; a local number is told by what it stands for, not by its key."""
    key = str(remark.place[-1])
    parameter = (edition.bundle.params or {}).get(key)
    if "params" not in remark.place or parameter is None:
        return remark.message
    value = whole(parameter.value) if isinstance(parameter.value, float) else parameter.value
    about = f"（{parameter.note}）" if parameter.note else ""
    return f"地方参数取 {value} {parameter.unit}{about}，把握程度{parameter.certainty}"


def annexes(reform: Reform) -> tuple[Annex, ...]:
    """Return the demand list, the data standard and, if anything is found, what bases are to be mended."""
    edition = reform.plan.edition
    found = [
        Annex(
            title="数据共享需求清单",
            across=True,
            blocks=(
                Block(
                    heads=tuple(column.name for column in COLUMNS),
                    widths=tuple(column.width for column in COLUMNS),
                    rows=tuple(
                        tuple(wide(said(getattr(demand, column.key))) for column in COLUMNS)
                        for demand in demands_of((edition,))
                    ),
                ),
            ),
        ),
        Annex(
            title="数据元标准",
            across=True,
            blocks=(
                Block(
                    heads=("数据元", "编码", "类型", "值域", "填写方式", "来源", "敏感"),
                    widths=(1.6, 1.9, 1.1, 2.8, 1.2, 1.4, 0.6),
                    rows=tuple(_element_row(merged, edition) for merged in reform.plan.fields),
                ),
            ),
        ),
    ]
    found.append(Annex(title="流程图", across=True, blocks=tuple(flow_pictures(reform))))
    rows = tuple(unfounded_of(edition))
    if rows:
        found.append(
            Annex(
                title="依据清理清单",
                blocks=(
                    Block(
                        heads=("问题", "类别", "内容", "目录所载依据", "怎么改"),
                        widths=(1.0, 0.6, 2.2, 2.2, 1.6),
                        rows=tuple(
                            (row.standing, row.part, wide(row.what), row.basis, row.remedy) for row in rows
                        ),
                    ),
                ),
            )
        )
    return tuple(found)


def flow_pictures(reform: Reform) -> Iterator[Block]:
    """Yield who does which step after which, together and one by one, with the critical path marked."""
    for process, caption in (
        (process_of(reform.plan), "改革后：一次办（深色为关键路径）"),
        (process_one_by_one(reform.plan), "改革前：一项一项办"),
    ):
        layout = lay_out(process)
        yield Block(svg=draw(layout, title=process.name), alt=flow_in_words(layout), caption=caption)


def _element_row(merged: MergedField, edition: Edition) -> tuple[str, ...]:
    element = edition.elements[merged.element]
    resource = edition.resources.get(ResourceCode(merged.source))
    ways = {FieldWay.ASKED: "申请人填写", FieldWay.PREFILLED: "共享取得", FieldWay.COMPUTED: "系统算出"}
    source = resource.name if resource and merged.way is FieldWay.PREFILLED else ""
    return (
        wide(element.name),
        str(ElementCode(element.code)),
        KIND_WORDS[element.kind],
        _values(element),
        ways[merged.way],
        source or ("同案前序事项" if merged.way is FieldWay.PREFILLED else ""),
        "是" if element.sensitive else "",
    )


def _values(element: DataElement) -> str:
    if element.values:
        shown = "、".join(element.values[:6])
        return shown + (f"等 {len(element.values)} 个" if len(element.values) > 6 else "")
    if element.columns:
        return f"列：{'、'.join(column.name for column in element.columns)}"
    if element.unit:
        return f"单位：{element.unit}"
    return f"不超过 {element.max_length} 字" if element.kind in (Kind.STRING, Kind.TEXT) else ""


def _items(codes: tuple[str, ...], reform: Reform) -> str:
    named = {item.code: wide(item.plain_name) for item in reform.plan.edition.bundle.items}
    return "、".join(named[code] for code in codes)  # type: ignore[index]
