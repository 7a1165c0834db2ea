"""Every letter prints, says what it must, and prints nothing it must not."""

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, fields, replace
from datetime import date
from pathlib import Path

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from pylopdf_fonts_zh_cn import sans_path

from tests.integrations.documents import specimens
from yijianshi.integrations.documents import (
    TEMPLATE_FOLDER,
    FontsMissing,
    SampleNotPrintable,
    TypstDocuments,
    UnknownTemplate,
    ValuesDoNotFit,
    check,
    describe,
)
from yijianshi.services.letters import TEMPLATES, Letter, LetterIncomplete, Line, NoticeItem, Table
from yijianshi.services.ports import GlyphsMissing

PARTS = {"parts", "case", "forms", "manifest"}

MUST_SAY = {
    "notice": (
        "一次告知书",
        "开办餐饮店“一件事”",
        "7个工作日",
        "法定10个工作日，承诺5个工作日",
        "《消防法》第十五条",
        "以受理日起算",
        "请您提供的材料（3份）",
        "免交的材料（3份）",
        "共享取得、不用您填的内容",
        "025-0000-1234",
    ),
    "receipt": (
        "申报回执",
        "收件凭证",
        "王*",
        specimens.number(342),
        specimens.number(346),
        specimens.DIGEST,
        "66c7f0f4…8f4ba8e0",
    ),
    "joint-application-form": ("综合申请表", specimens.CREDIT_CODE, "共享·法人库", "人脸核验", "钱䶮"),
    "department-form": (
        "食品经营许可（新办）申请表",
        "填报",
        specimens.CITIZEN,
        specimens.DIGEST,
        "JS-2026-000124",
    ),
    "declaration": ("告知承诺书", "以上承诺是本企业的真实意思表示", "承诺人", "办结前，本企业可以撤回本承诺"),
    "correction-notice": (
        "一次性补正告知书",
        "只此一次",
        "2026年12月4日（周五）前",
        "陈志远",
        "例如4.5",
        "《食品经营许可和备案管理办法》第十五条",
        "继续办理的事项：污水排入排水管网许可",
        "逾期的后果",
    ),
    "acceptance-letter": (
        "受理通知书",
        "第三十二条第一款第五项",
        "除容缺材料外",
        "2026年11月27日（周五）前办结",
        "（印章）",
    ),
    "decline-letter": (
        "不予受理决定书",
        "不属于本机关的职权范围",
        "请向南京市城市管理局提出申请",
        "60日内向南京市鼓楼区人民政府申请行政复议",
        "6个月内依法向南京铁路运输法院提起行政诉讼",
    ),
    "refusal": (
        "不予行政许可决定书",
        "查明的事实",
        "冷食专间没有独立的空调设施",
        "60日内向南京市鼓楼区人民政府申请行政复议",
        "6个月内依法向南京铁路运输法院提起行政诉讼",
    ),
    "suspension-notice": (
        "停止计时告知书",
        "特别程序告知",
        "第四十五条",
        "不计算在办理期限内",
        "检测结束后，办理期限接着计算，剩余5个工作日",
    ),
    "extension-notice": ("延长期限告知书", "经本机关负责人批准", "延长5个工作日，至2026年12月4日"),
    "repeated-correction": (
        "补正告知书",
        "再次告知",
        "已经记入监督",
        "为什么没有一次告知",
        "第三十二条第一款第四项",
        "12345",
    ),
    "mending-notice": (
        "责令整改通知书",
        "（一）安全出口被货架挡住，请移开。",
        "赵凯、钱立",
        "《消防法》第十五条",
        "依照《行政许可法》第七条的规定陈述、申辩",
        "整改期间不停止计算",
    ),
    "rerouting-notice": (
        "改派告知书",
        "由南京市鼓楼区水务局改由南京市鼓楼区城市管理局办理",
        "不用重新提交材料",
    ),
    "withdrawal-confirmation": ("撤回申请确认书", "确认撤回", "同时终止办理的有：“消防安全检查”"),
    "termination-notice": (
        "终止办理告知书",
        "办理结果为条件",
        "《优化营商环境条例》第三十五条",
        "您还可以",
        "60日内向南京市鼓楼区人民政府申请行政复议",
    ),
    "revocation": (
        "撤销决定书",
        "JY23201060000343",
        "不再有效",
        "以欺骗手段取得",
        "《行政许可法》第六十九条第二款",
        "6个月内依法向南京铁路运输法院提起行政诉讼",
    ),
    "reopening-notice": (
        "重新办理告知书",
        "南京市鼓楼区人民政府",
        "〔2026〕鼓行复第12号",
        "《行政复议法（2023修订）》第六十四条",
        "重新计算",
    ),
    "payment-notice": (
        "缴费通知书",
        "应收550元",
        "减免275元",
        "2026年12月4日（周五）前缴275元",
        "不会要求您向个人转账",
    ),
    "refund-notice": (
        "退费通知书",
        "决定退还275元",
        "原来付款的路径",
        "60日内向南京市鼓楼区人民政府申请行政复议",
    ),
    "joint-record": (
        "联合勘验记录",
        "鼓楼区消防救援大队",
        "整改后合格",
        "整改期限：2026年11月30日",
        "签名：赵凯",
        "各部门依法对各自的事项作出决定",
    ),
    "result-certificate": ("准予行政许可决定书", "投入使用、营业", "领取方式"),
    "licence": (
        "食品经营许可证",
        "（副本）",
        "JY23201060000343",
        "至2031年11月25日",
        "电子印章",
        "（演示）",
        "1.2.156.3005.2",
    ),
    "official-document": (
        "草案",
        "江苏省“开办餐饮店一件事”实施方案",
        "一、目标",
        "（一）改革前：一项一项办",
        "附件1",
        "—1—",
    ),
    "examination-report": ("事项清单体检报告", "最要紧的", "少12份", "实施方案（草稿）", "清单.xlsx第12行"),
    "list": ("任务分工", "牵头部门取自目录", "开办餐饮店", "第1页"),
    "delivery-slip": ("送达回证", "领取凭证", "食品经营许可证（正本、副本）", "王芳（本人）", "见证人"),
}


@pytest.fixture(scope="module")
def documents() -> TypstDocuments:
    return TypstDocuments()


def words(pdf: bytes) -> str:
    """Return the text of a PDF without any white space, as a reader's search would find it."""
    found = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub(r"[\s\u200b]", "", found.stdout.decode())


def pages(pdf: bytes, folder: Path) -> int:
    (folder / "letter.pdf").write_bytes(pdf)
    found = subprocess.run(["pdfinfo", folder / "letter.pdf"], capture_output=True, check=True)
    return int(re.search(rb"Pages:\s+(\d+)", found.stdout)[1])


def printed(documents: TypstDocuments, letter: Letter) -> bytes:
    return documents.render(letter.template, asdict(letter))


@pytest.mark.parametrize("letter", specimens.SPECIMENS, ids=lambda letter: letter.template)
def test_every_letter_says_what_it_must_in_text_that_can_be_searched(documents, letter):
    text = words(printed(documents, letter))
    for needle in MUST_SAY[letter.template]:
        assert needle in text
    assert letter.authority in text


def test_every_template_has_a_specimen_a_type_and_a_file():
    files = {path.stem for path in TEMPLATE_FOLDER.glob("*.typ")} - PARTS
    assert files == set(TEMPLATES) == {letter.template for letter in specimens.SPECIMENS} == set(MUST_SAY)


@pytest.mark.parametrize("letter", specimens.SPECIMENS, ids=lambda letter: letter.template)
def test_every_letter_is_an_archivable_pdf_of_its_own_date_with_its_fonts_inside(documents, letter, tmp_path):
    pdf = printed(documents, letter)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf
    assert f"{letter.on:%Y-%m-%d}T00:00:00".encode() in pdf
    assert printed(documents, letter) == pdf
    (tmp_path / "letter.pdf").write_bytes(pdf)
    listed = subprocess.run(["pdffonts", tmp_path / "letter.pdf"], capture_output=True, check=True).stdout
    for line in listed.decode().splitlines()[2:]:
        assert re.search(r"yes yes yes", line), line


def test_markup_in_a_name_is_printed_and_not_obeyed(documents):
    nasty = '#read("/etc/passwd") $a$ *b* _c_ <d> @preview/x:0.1.0 \\ // 注 [e] `f`'
    text = words(printed(documents, replace(specimens.RECEIPT, applicant=nasty)))
    assert re.sub(r"\s", "", nasty) in text


def test_rare_characters_that_a_font_has_are_printed(documents):
    assert "龚䶮喆𬭎𬱖" in words(printed(documents, replace(specimens.LICENCE, holder="龚䶮喆𬭎𬱖")))


@pytest.mark.parametrize(
    "letter",
    [
        replace(specimens.LICENCE, holder="𠮷田商贸"),
        replace(specimens.LICENCE, lines=(Line(label="负责人", value="王𠮷"),)),
        replace(
            specimens.DEPARTMENT_FORM,
            sections=(
                replace(
                    specimens.SECTIONS[1], tables=(Table(caption="甲", columns=("乙",), rows=(("𠮷",),)),)
                ),
            ),
        ),
    ],
    ids=["name", "line", "table"],
)
def test_a_character_that_no_font_has_is_refused_by_name_wherever_it_stands(documents, letter):
    with pytest.raises(GlyphsMissing) as refusal:
        printed(documents, letter)
    assert refusal.value.characters == "𠮷"


def test_invisible_characters_that_turn_or_hide_text_are_refused(documents):
    with pytest.raises(GlyphsMissing) as refusal:
        printed(documents, replace(specimens.RECEIPT, applicant="王\u202e芳\x00"))
    assert refusal.value.characters == "\u202e\x00"


def test_a_font_of_the_operators_prints_what_ours_cannot(tmp_path):
    font = TTFont(sans_path())
    subsetter = subset.Subsetter(subset.Options(name_IDs=["*"]))
    subsetter.populate(text="吉")
    subsetter.subset(font)
    glyph = font.getBestCmap()[ord("吉")]
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = {ord("𠮷"): glyph}
    font["cmap"].tables = [table]
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = "Operator Rare"
    font.save(tmp_path / "rare.otf")
    documents = TypstDocuments(fonts=[tmp_path])
    assert "𠮷田商贸" in words(printed(documents, replace(specimens.LICENCE, holder="𠮷田商贸")))
    assert any("Operator Rare" in line for line in describe(documents))


def test_a_font_folder_that_is_missing_or_empty_is_named(tmp_path):
    with pytest.raises(FontsMissing, match="不存在"):
        TypstDocuments(fonts=[tmp_path / "nowhere"])
    with pytest.raises(FontsMissing, match="没有可用的字体"):
        TypstDocuments(fonts=[tmp_path])


def test_a_refusal_without_reasons_facts_basis_or_appeal_cannot_be_printed(documents):
    values = asdict(specimens.REFUSAL)
    for key, name in (("facts", "查明的事实"), ("reasons", "理由"), ("basis", "依据")):
        with pytest.raises(LetterIncomplete, match=name):
            documents.render("refusal", {**values, key: ()})
        with pytest.raises(LetterIncomplete, match=name):
            documents.render("refusal", {**values, key: ("  ",)})
    with pytest.raises(LetterIncomplete, match="人民法院"):
        documents.render("refusal", {**values, "appeal": {**values["appeal"], "court": ""}})
    with pytest.raises(ValuesDoNotFit):
        documents.render("refusal", {key: value for key, value in values.items() if key != "appeal"})


def test_a_revocation_without_reasons_basis_or_appeal_cannot_be_printed(documents):
    values = asdict(specimens.REVOCATION)
    for key, name in (("reasons", "理由"), ("basis", "依据")):
        with pytest.raises(LetterIncomplete, match=name):
            documents.render("revocation", {**values, key: ()})
    with pytest.raises(LetterIncomplete, match="行政复议机关"):
        documents.render("revocation", {**values, "appeal": {**values["appeal"], "review_body": ""}})
    with pytest.raises(ValuesDoNotFit):
        documents.render("revocation", {key: value for key, value in values.items() if key != "appeal"})


@pytest.mark.parametrize(
    "letter",
    [one for one in specimens.SPECIMENS if one.template in specimens.TURNS],
    ids=lambda one: one.template,
)
def test_a_letter_about_a_turn_lacks_nothing_that_it_demands(documents, letter):
    values = asdict(letter)
    for key, name in letter.demands.items():
        if key == "appeal":
            continue
        with pytest.raises(LetterIncomplete, match=name):
            documents.render(letter.template, {**values, key: type(values[key])()})


def test_a_decline_without_appeal_cannot_be_printed(documents):
    values = asdict(specimens.DECLINE)
    with pytest.raises(LetterIncomplete, match="行政复议机关"):
        documents.render("decline-letter", {**values, "appeal": {**values["appeal"], "review_body": " "}})


def test_a_correction_without_basis_cannot_be_written():
    remark = specimens.CORRECTION.tasks[0].remarks[0]
    with pytest.raises(LetterIncomplete, match="补正依据"):
        replace(remark, basis="")


def test_a_stopped_clock_needs_a_basis():
    with pytest.raises(LetterIncomplete, match="依据"):
        replace(specimens.SUSPENSION, basis=())


@pytest.mark.parametrize("kind", TEMPLATES.values(), ids=TEMPLATES)
def test_what_a_letter_demands_is_a_field_of_it(kind):
    assert set(kind.demands) <= {field.name for field in fields(kind)}


def test_values_of_another_shape_are_refused_by_name(documents):
    with pytest.raises(UnknownTemplate, match="没有名为"):
        documents.render("../parts", {})
    with pytest.raises(ValuesDoNotFit, match="colour"):
        documents.render("receipt", {**asdict(specimens.RECEIPT), "colour": "red"})
    with pytest.raises(ValuesDoNotFit, match="on"):
        documents.render("receipt", {**asdict(specimens.RECEIPT), "on": "昨天"})


def test_a_statutory_limit_is_not_claimed_where_there_is_none(documents):
    item = NoticeItem(
        name="尊老金发放",
        department="民政局",
        basis=(),
        conditions="",
        promised_limit="当场",
        fee="不收费",
        result="发放",
    )
    text = words(
        printed(documents, replace(specimens.NOTICE, items=(item,), exempt=(), supplied=(), warnings=()))
    )
    assert "承诺当场" in text
    assert "法定" not in text


def test_a_letter_about_no_licence_does_not_cite_the_licensing_law(documents):
    plain = {"under_licensing_law": False, "basis": ("《户口登记条例》第七条",), "title": "不予办理决定书"}
    text = words(printed(documents, replace(specimens.REFUSAL, **plain)))
    assert "行政许可法" not in text
    assert "申请行政复议" in text


def test_missing_optional_parts_leave_no_gap_behind(documents):
    bare = replace(
        specimens.NOTICE,
        number="",
        applicant="",
        situation=(),
        supplied=(),
        warnings=(),
        exempt=(),
        stages=(),
        edition="",
        qr="",
    )
    text = words(printed(documents, bare))
    for absent in ("您的情形", "共享取得", "免交的材料（", "办理次序", "扫码", "依据清单"):
        assert absent not in text


def test_long_tables_run_over_pages_with_their_head_on_each(documents, tmp_path):
    pdf = printed(documents, replace(specimens.RECEIPT, materials=specimens.MATERIALS * 20))
    count = pages(pdf, tmp_path)
    assert count > 2
    assert words(pdf).count("摘要首尾") >= count - 1
    assert f"共{count}页" in words(pdf)


def test_a_licence_stays_on_one_page_however_much_it_says(documents, tmp_path):
    for letter in (specimens.LICENCE, specimens.LANDSCAPE_LICENCE):
        crowded = replace(letter, holder="南京" * 30 + "公司", lines=specimens.LICENCE.lines * 2)
        assert pages(printed(documents, crowded), tmp_path) == 1


def test_without_the_demo_flag_no_seal_is_drawn(documents):
    text = words(printed(documents, replace(specimens.LICENCE, demo=False)))
    assert "电子印章" not in text
    assert "（印章）" in text


def test_many_threads_print_at_once(documents):
    letters = [replace(specimens.RECEIPT, applicant=f"申请人{n}") for n in range(12)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda letter: words(printed(documents, letter)), letters))
    assert all(f"申请人{n}" in text for n, text in enumerate(found))


def test_the_fixed_wording_can_be_printed_and_loads_no_package(documents):
    for path in TEMPLATE_FOLDER.glob("*.typ"):
        source = path.read_text(encoding="utf-8")
        assert documents.coverage.missing(source) == "", path.name
        assert "@preview" not in source


def test_a_specimen_of_the_catalogue_prints_in_the_same_fonts(documents, tmp_path):
    sample = tmp_path / "sample.typ"
    sample.write_text(
        '#set text(font: "Noto Serif SC", lang: "zh")\n= 样表\n平面布局图（样例）', encoding="utf-8"
    )
    assert "平面布局图（样例）" in words(documents.compile_sample(sample))


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ('#import "@preview/cetz:0.3.0": canvas', "联网"),
        ('#read("../secret.txt")', "排不出来"),
        ("#let x = (", "排不出来"),
    ],
)
def test_a_specimen_that_reaches_out_or_is_broken_is_refused(documents, tmp_path, source, why):
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "samples"
    folder.mkdir()
    (folder / "bad.typ").write_text(source, encoding="utf-8")
    with pytest.raises(SampleNotPrintable, match=why):
        documents.compile_sample(folder / "bad.typ")


def test_the_room_finds_nothing_wrong_with_itself(documents):
    assert check(documents) == ()
    assert any("基本区汉字" in line for line in describe(documents))


def test_a_day_is_written_as_letters_write_it(documents):
    assert "2026年3月1日" in words(printed(documents, replace(specimens.RECEIPT, on=date(2026, 3, 1))))
