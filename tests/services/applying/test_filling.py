"""Fill in and hand in: a wrong answer is told, a supplied value is not quietly changed, a bad file is not kept."""

import pytest

from tests.cast import PAPER
from tests.services.applying.drafts import FOUR, begin, complete, look
from tests.services.town import Town
from yijianshi.domain.codes import ElementCode, MaterialCode
from yijianshi.domain.drafts import TamperedValue
from yijianshi.domain.rights import Actor
from yijianshi.domain.submissions import NotReady
from yijianshi.integrations.scanner.demo import EICAR
from yijianshi.services.applying.attach import MaterialNotAsked, attach_material
from yijianshi.services.applying.choose import object_to_register
from yijianshi.services.applying.fill import fill_fields
from yijianshi.services.applying.seal import seal_draft
from yijianshi.services.applying.situation import AnswersRefused
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.store.materials.models import BlobRow, CopyRow
from yijianshi.store.submissions.models import SubmissionRow


@pytest.mark.clause("S4.2")
def test_a_prefilled_value_that_comes_back_changed_is_refused_and_nothing_is_kept(
    town: Town, wang: Actor
) -> None:
    draft = begin(town, wang)
    with pytest.raises(TamperedValue, match="有误？"):
        fill_fields(
            draft=draft,
            actor=wang,
            given={"enterprise-name": "南京另一家有限公司", "seat-count": "40"},
            at=town.now,
        )
    kept = look(draft, wang).content.values
    assert kept["enterprise-name"].value == "南京禾味餐饮管理有限公司"
    assert "seat-count" not in kept


@pytest.mark.parametrize(
    ("element", "typed", "said"),
    [
        ("seat-count", "很多", "请填整数，如 2"),
        ("seat-count", "9" * 100, "请填整数"),
        ("food-handling-area", "1e999999999", "请填数字"),
        ("food-safety-manager-name", "长" * 300, "太长了，最多"),
        ("food-safety-manager-id-number", "11010519491231002Y", "校验位对不上"),
        ("food-safety-manager-id-number", "1101051949", "现在是 10 位"),
        ("food-business-form", "月球餐厅", "不在选项里"),
    ],
)
def test_a_wrong_answer_is_kept_so_that_nothing_is_lost_and_cannot_be_filed(
    town: Town, wang: Actor, element: str, typed: str, said: str
) -> None:
    draft = begin(town, wang)
    complete(town, draft, wang)
    troubles = fill_fields(draft=draft, actor=wang, given={element: typed}, at=town.now)
    assert [t.key for t in troubles] == [element]
    assert said in troubles[0].message
    with pytest.raises(NotReady, match=said):
        seal_draft(draft=draft, actor=wang, signature="typed-name", at=town.now)
    assert not SubmissionRow.objects.exists()


@pytest.mark.clause("C4.5")
def test_an_objection_to_a_register_blocks_nothing_and_is_kept_beside_what_it_says(
    town: Town, wang: Actor
) -> None:
    draft = begin(town, wang)
    area = ElementCode("premises-floor-area")
    object_to_register(draft=draft, actor=wang, element=area, value="120", at=town.now)
    complete(town, draft, wang)
    content = look(draft, wang).content
    assert (content.values[area].value, content.values[area].registered) == (120, 326.4)
    assert content.items == FOUR, "what must be inspected is not decided by an objection"
    seal_draft(draft=draft, actor=wang, signature="typed-name", at=town.now)
    assert SubmissionRow.objects.count() == 1


@pytest.mark.parametrize(
    ("element", "value", "said"),
    [
        ("premises-floor-area", "很大", "请填数字"),
        ("enterprise-name", "长" * 300, "太长了"),
        ("seat-count", "12", "不是共享来的"),
        ("no-such-element", "12", "不是共享来的"),
    ],
)
def test_an_objection_that_says_nothing_sensible_is_refused(
    town: Town, wang: Actor, element: str, value: str, said: str
) -> None:
    draft = begin(town, wang)
    before = look(draft, wang).content
    with pytest.raises(AnswersRefused, match=said):
        object_to_register(draft=draft, actor=wang, element=ElementCode(element), value=value, at=town.now)
    assert look(draft, wang).content == before


def test_an_objection_can_be_taken_back_and_taking_back_none_changes_nothing(town: Town, wang: Actor) -> None:
    draft = begin(town, wang)
    area = ElementCode("premises-floor-area")
    for value in ("120", "", ""):
        object_to_register(draft=draft, actor=wang, element=area, value=value, at=town.now)
    kept = look(draft, wang).content.values[area]
    assert (kept.value, kept.objected) == (326.4, False)


ZIP_CALLED_PDF = b"PK\x03\x04" + b"\0" * 60


@pytest.mark.clause("S5.1")
@pytest.mark.parametrize(
    ("filename", "content", "said"),
    [
        ("布局图.pdf", ZIP_CALLED_PDF, "."),
        ("布局图.pdf", b"", "."),
        ("布局图.exe", b"MZ" + b"\0" * 60, "."),
        ("布局图.pdf", PAPER + EICAR, "发现病毒（EICAR-Test-File）"),
    ],
)
def test_a_file_that_is_not_what_it_says_or_carries_a_virus_is_not_kept(
    town: Town, wang: Actor, filename: str, content: bytes, said: str
) -> None:
    draft = begin(town, wang)
    with pytest.raises(FileRefused, match=said):
        attach_material(
            draft=draft,
            actor=wang,
            material=MaterialCode("food-layout-document"),
            filename=filename,
            content=content,
            at=town.now,
        )
    assert not BlobRow.objects.exists()
    assert not CopyRow.objects.exists()


@pytest.mark.clause("S5.2")
@pytest.mark.parametrize("material", ["lease-contract", "drainage-plan", "joint-application-form"])
def test_only_what_is_on_the_list_can_be_handed_in(town: Town, wang: Actor, material: str) -> None:
    draft = begin(town, wang)
    with pytest.raises(MaterialNotAsked, match="请只上传清单里要您交的"):
        attach_material(
            draft=draft,
            actor=wang,
            material=MaterialCode(material),
            filename="材料.pdf",
            content=PAPER,
            at=town.now,
        )
