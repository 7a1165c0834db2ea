"""Each letter of a whole life says what matters to whom it is for, and nothing to anybody else."""

from datetime import timedelta

import pytest

from tests.cast import actor
from tests.services.printing.lives import Life
from tests.services.printing.reading import bare, words
from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode, MaterialCode
from yijianshi.domain.deadlines import due_day
from yijianshi.domain.definitions import Kind
from yijianshi.domain.rights import NotPermitted
from yijianshi.domain.submissions import slice_for
from yijianshi.domain.workdays import legal_day
from yijianshi.services import printing
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.outside import outside
from yijianshi.services.printing.filling import value_words
from yijianshi.services.printing.opening import lay_open
from yijianshi.services.printing.words import day_words
from yijianshi.store.materials.models import CopyRow
from yijianshi.store.reads.models import ReadRow
from yijianshi.store.results.models import ResultRow

pytestmark = pytest.mark.django_db


def result_of(life: Life, item: str) -> ResultRow:
    return ResultRow.objects.get(case=life.cases[item])


def test_the_receipt_names_every_case_and_masks_persons(shop: Life, child: Life) -> None:
    text = words(printing.receipt_pdf(submission=shop.submission, actor=shop.applicant, at=shop.at))
    loaded = load_submission(shop.submission)
    assert loaded.number in text
    for case in loaded.cases:
        assert case.now.number in text
    assert "南京禾味餐饮管理有限公司" in text
    assert "王*（法定代表人）" in text
    mother = words(printing.receipt_pdf(submission=child.submission, actor=child.applicant, at=child.at))
    assert "王*" in mother
    assert "王芳" not in mother


def test_the_receipt_attests_what_was_first_filed_and_the_form_what_was_last_signed(shop: Life) -> None:
    receipt = words(printing.receipt_pdf(submission=shop.submission, actor=shop.applicant, at=shop.at))
    form = words(printing.joint_form_pdf(submission=shop.submission, actor=shop.applicant, at=shop.at))
    first, second = (lay_open(load_submission(shop.submission), revision=n).digest for n in (1, 2))
    assert first in receipt
    assert second not in receipt
    assert second in form
    assert "登录后提交补正" in form


def test_the_one_form_says_where_each_value_comes_from(child: Life) -> None:
    text = words(printing.joint_form_pdf(submission=child.submission, actor=child.applicant, at=child.at))
    assert "共享·人口库" in text
    assert "填报" in text
    assert "江苏省南京市鼓楼区" in text
    assert "办理中取得" in text, "the child's number arises from this very handling"


def test_a_department_form_holds_exactly_the_slice_of_its_item(shop: Life) -> None:
    opened = lay_open(load_submission(shop.submission))
    everything = {field.element for field in opened.plan.fields}
    for item, case in shop.cases.items():
        text = words(printing.department_form_pdf(case=case, actor=shop.applicant, at=shop.at))
        own = slice_for(opened.plan, ItemCode(item), opened.values)
        for code, value in own.items():
            element = opened.edition.elements[code]
            assert bare(element.name) in text, (item, code)
            if element.kind is not Kind.TABLE:
                assert bare(value_words(value.value, element, opened.edition)) in text, (item, code)
        own_names = " ".join(opened.edition.elements[code].name for code in own)
        for code in everything - set(own):
            name = opened.edition.elements[code].name
            assert name in own_names or bare(name) not in text, (item, code)


def test_another_persons_papers_are_refused(shop: Life) -> None:
    stranger, at = actor("qianjin", at=shop.at), shop.at
    case = shop.cases["food-business-permit"]
    result = result_of(shop, "food-business-permit").id
    attempts = [
        lambda: printing.receipt_pdf(submission=shop.submission, actor=stranger, at=at),
        lambda: printing.joint_form_pdf(submission=shop.submission, actor=stranger, at=at),
        lambda: printing.correction_pdf(submission=shop.submission, actor=stranger, at=at),
        lambda: printing.delivery_slip_pdf(submission=shop.submission, actor=stranger, at=at),
        lambda: printing.department_form_pdf(case=case, actor=stranger, at=at),
        lambda: printing.letter_pdf(case=case, kind="acceptance", actor=stranger, at=at),
        lambda: printing.commitment_pdf(case=case, actor=stranger, at=at),
        lambda: printing.generated_pdf(
            case=case, material=MaterialCode("joint-application-form"), actor=stranger, at=at
        ),
        lambda: printing.result_pdf(result=result, actor=stranger, at=at),
    ]
    for attempt in attempts:
        with pytest.raises(NotPermitted):
            attempt()


def test_an_officer_reads_his_own_case_and_no_other_and_it_is_noted(shop: Life) -> None:
    sun = actor("sunqian", at=shop.at)
    before = ReadRow.objects.filter(submission_id=shop.submission, what="document").count()
    printing.department_form_pdf(case=shop.cases["tobacco-retail"], actor=sun, at=shop.at)
    noted = ReadRow.objects.filter(submission_id=shop.submission, what="document")
    assert noted.count() == before + 1
    assert noted.latest("id").unit == "tobacco@320106"
    with pytest.raises(NotPermitted):
        printing.department_form_pdf(case=shop.cases["food-business-permit"], actor=sun, at=shop.at)
    with pytest.raises(NotPermitted):
        printing.joint_form_pdf(submission=shop.submission, actor=sun, at=shop.at)


def test_what_an_applicant_reads_of_his_own_is_not_noted(shop: Life) -> None:
    before = ReadRow.objects.count()
    printing.receipt_pdf(submission=shop.submission, actor=shop.applicant, at=shop.at)
    assert ReadRow.objects.count() == before


def test_the_correction_tells_all_at_once_who_waits_and_who_goes_on(shop: Life) -> None:
    text = words(printing.correction_pdf(submission=shop.submission, actor=shop.applicant, at=shop.at))
    assert "效果图没有标出招牌的长和高。" in text
    assert "请在效果图上注明长、高和离地距离。" in text
    assert "南京市鼓楼区城市管理局·周琳" in text
    waits, _, goes_on = text.partition("等您补正的事项：")[2].partition("不受影响、继续办理的事项：")
    assert "户外招牌" in waits
    assert "食品经营许可" in goes_on
    assert "排水" not in goes_on.partition("逾期的后果")[0], "what was declined does not go on"


def test_the_acceptance_says_by_when_and_both_limits(shop: Life) -> None:
    text = words(
        printing.letter_pdf(
            case=shop.cases["food-business-permit"], kind="acceptance", actor=shop.applicant, at=shop.at
        )
    )
    edition = load_submission(shop.submission).edition
    limit = edition.item(ItemCode("food-business-permit")).limit
    due = due_day(legal_day(shop.at), limit, outside().calendar)
    assert due is not None
    assert bare(day_words(due.day)) in text
    assert "法定10个工作日" in text
    assert "承诺5个工作日" in text
    assert "鼓楼市场监管受〔" in text


def test_a_limit_that_no_law_sets_is_not_printed(child: Life) -> None:
    text = words(
        printing.letter_pdf(
            case=child.cases["newborn-social-card"], kind="acceptance", actor=child.applicant, at=child.at
        )
    )
    assert "承诺5个工作日" in text
    assert "法定" not in text
    assert "行政许可法" not in text, "the card is no licence"


def test_a_refusal_gives_facts_reasons_basis_and_the_ways_of_appeal(shop: Life) -> None:
    text = words(
        printing.letter_pdf(
            case=shop.cases["tobacco-retail"], kind="refusal", actor=shop.applicant, at=shop.at
        )
    )
    assert "不予行政许可决定书" in text
    assert "（一）经营场所与最近零售点的间距不足" in text
    assert "（二）经营场所没有与住所分开" in text
    assert "《烟草专卖许可证管理办法》第十三条" in text
    assert "60日内向南京市烟草专卖局申请行政复议" in text
    assert "6个月内依法向" in text
    assert "受理。" in text.partition("二、查明的事实")[2]


def test_a_decline_says_who_is_competent(shop: Life) -> None:
    text = words(
        printing.letter_pdf(
            case=shop.cases["drainage-permit"], kind="decline", actor=shop.applicant, at=shop.at
        )
    )
    assert "不属于本机关的职权范围" in text
    assert "请向南京市水务局提出申请" in text
    assert "申请行政复议" in text


def test_a_stop_of_the_clock_names_the_ground_and_what_is_left(shop: Life) -> None:
    text = words(
        printing.letter_pdf(
            case=shop.cases["food-business-permit"], kind="suspension", actor=shop.applicant, at=shop.at
        )
    )
    assert "依法需要进行检验" in text
    assert "《行政许可法》第四十五条" in text
    assert "剩余5个工作日" in text
    assert "（暂定）" in text


@pytest.mark.parametrize("kind", ["decline", "refusal", "suspension", "nonsense"])
def test_what_has_not_happened_has_no_letter(shop: Life, kind: str) -> None:
    with pytest.raises(printing.NoSuchLetter):
        printing.letter_pdf(case=shop.cases["licence-check"], kind=kind, actor=shop.applicant, at=shop.at)


def test_a_licence_is_in_the_wallet_and_its_bytes_never_change(shop: Life) -> None:
    row = result_of(shop, "food-business-permit")
    first = printing.result_pdf(result=row.id, actor=shop.applicant, at=shop.at)
    again = printing.result_pdf(result=row.id, actor=shop.applicant, at=shop.at + timedelta(days=900))
    assert first.content == again.content
    copy = CopyRow.objects.get(pk=row.id)
    assert str(copy.holder_id) == shop.applicant.party
    assert (copy.trust, copy.source) == ("issued", "food-business-permit")
    text = words(first)
    assert row.number in text
    assert "电子印章" in text
    assert "（演示）" in text
    assert bare(row.code) in text


def test_a_licence_with_a_term_of_years_ends_the_day_before(shop: Life) -> None:
    row = result_of(shop, "food-business-permit")
    printing.issue_document(result=row.id)
    row.refresh_from_db()
    issued = legal_day(row.issued_at)
    assert row.valid_until == issued.replace(year=issued.year + 5) - timedelta(days=1)
    assert bare(day_words(row.valid_until)) in words(
        printing.result_pdf(result=row.id, actor=shop.applicant, at=shop.at)
    )


def test_no_number_of_a_person_stands_on_a_licence(shop: Life, child: Life) -> None:
    for life in (shop, child):
        opened = lay_open(load_submission(life.submission))
        numbers = {
            str(value.value)
            for code, value in opened.values.items()
            if opened.edition.elements[code].kind in (Kind.ID_NUMBER, Kind.PHONE, Kind.BANK_ACCOUNT)
        }
        for row in ResultRow.objects.filter(case__submission=life.submission):
            text = words(printing.result_pdf(result=row.id, actor=life.applicant, at=life.at))
            assert not any(number in text for number in numbers), row.case.item


def test_a_childs_papers_are_in_the_childs_name(child: Life) -> None:
    opened = lay_open(load_submission(child.submission))
    name = str(opened.values["newborn-name"].value)  # type: ignore[index]
    text = words(
        printing.result_pdf(
            result=result_of(child, "birth-certificate").id, actor=child.applicant, at=child.at
        )
    )
    assert f"姓名{name}" in text


def test_the_slip_lists_every_result_with_its_number(child: Life) -> None:
    text = words(printing.delivery_slip_pdf(submission=child.submission, actor=child.applicant, at=child.at))
    for row in ResultRow.objects.filter(case__submission=child.submission):
        assert row.number in text
    assert "电子证照推送" in text


def test_documents_that_the_platform_makes_are_made_from_the_slice_alone(child: Life) -> None:
    record = words(
        printing.generated_pdf(
            case=child.cases["birth-certificate"],
            material=MaterialCode("delivery-record"),
            actor=child.applicant,
            at=child.at,
        )
    )
    assert "新生儿出生孕周" in record
    assert "母亲证件号码" not in record, "the hospital did not say that"
    with pytest.raises(printing.NoSuchLetter):
        printing.generated_pdf(
            case=child.cases["birth-certificate"],
            material=MaterialCode("marriage-certificate"),
            actor=child.applicant,
            at=child.at,
        )


def test_a_case_without_a_commitment_has_no_letter_of_commitment(shop: Life) -> None:
    with pytest.raises(printing.NoSuchLetter):
        printing.commitment_pdf(case=shop.cases["licence-check"], actor=shop.applicant, at=shop.at)


def test_the_notice_says_it_all_before_anybody_is_known(town: None, shop: Life) -> None:
    text = words(
        printing.notice_pdf(
            bundle=BundleCode("open-restaurant"),
            division=DivisionCode("320106"),
            given={
                "venue-area": 480,
                "has-signage": True,
                "sells-tobacco": False,
                "discharges-to-sewer": True,
            },
            commit=["fire-safety-check"],
            at=shop.at,
        )
    )
    for said in (
        "480平方米",
        "公众聚集场所投入使用",
        "法定10个工作日，承诺5个工作日",
        "《消防法》第十五条",
        "不收费",
        "免交的材料",
    ):
        assert said in text, said
    assert "不选择的，10个工作日" in text
    assert "025-0000-1003" in text


def test_a_specimen_is_printed_and_an_unknown_one_refused(town: None) -> None:
    assert "授权委托书" in words(printing.sample_pdf(MaterialCode("power-of-attorney"), kind="filled"))
    assert "空白表" in words(printing.sample_pdf(MaterialCode("power-of-attorney"), kind="blank"))
    with pytest.raises(printing.NoSuchLetter):
        printing.sample_pdf(MaterialCode("medical-invoice"), kind="blank")
    with pytest.raises(printing.NoSuchLetter):
        printing.sample_pdf(MaterialCode("no-such-thing"), kind="filled")
