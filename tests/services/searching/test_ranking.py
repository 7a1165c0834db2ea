"""How words are compared: width, case, old characters, fillers, sounds, initials, slips; and why something was found."""

import pytest

from yijianshi.services.searching.index import Index
from yijianshi.services.searching.leads import LeadKind
from yijianshi.services.searching.reasons import reason_for
from yijianshi.services.searching.sounds import cut, heard_as, initials, syllables
from yijianshi.services.searching.words import Thesaurus, core, plain


def first(index: Index, words: str) -> str:
    hits = index.search(words)
    return hits[0].bundle if hits else ""


def test_width_case_blanks_and_old_characters_make_no_difference() -> None:
    assert plain("ＫＦＤ") == "kfd"
    assert plain("開 飯店！") == plain("开饭店")
    assert plain("《出生医学证明》 首次签发") == "出生医学证明首次签发"


def test_what_a_question_wraps_around_its_matter_is_left_out_without_joining_what_it_parts() -> None:
    assert core("我想开饭店需要什么材料") == "开饭店"
    assert core("户口怎么迁") == "户口|迁"
    assert core("怎么办") == "怎么办", "nothing else is in it"


def test_the_longest_synonym_is_settled_first() -> None:
    thesaurus = Thesaurus([("小孩子", "孩子"), ("小孩", "孩子"), ("娃", "孩子")])
    assert thesaurus.settle("小孩子和娃") == "孩子和孩子"


@pytest.mark.parametrize(
    ("letters", "parts"),
    [
        ("kaifandian", "kai fan dian"),
        ("tuixiu", "tui xiu"),
        ("lvguan", "lv guan"),
        ("kfd", ""),
        ("hello", ""),
    ],
)
def test_letters_are_cut_into_syllables_if_they_are_pinyin(letters: str, parts: str) -> None:
    assert " ".join(cut(letters)) == parts


def test_sounds_that_many_do_not_tell_apart_are_heard_as_one() -> None:
    assert heard_as("zhuang") == heard_as("zuan")
    assert heard_as("lü".replace("ü", "v")) == heard_as("lu")
    assert heard_as("ning") == heard_as("lin")
    assert syllables("银行") == ("yin", "hang")
    assert initials("开饭店") == "kfd"


@pytest.mark.parametrize(
    ("words", "bundle"),
    [
        ("開飯店", "open-restaurant"),
        ("开fandian", "open-restaurant"),
        ("kaifandain", "open-restaurant"),
        ("KFD", "open-restaurant"),
        ("餐银店", "open-restaurant"),
        ("新身儿", "newborn"),
        ("zhuce gongsi", "enterprise-opening"),
        ("娃的医保怎么交", "newborn"),
    ],
)
def test_slips_of_the_keyboard_still_find(index: Index, words: str, bundle: str) -> None:
    assert first(index, words) == bundle


@pytest.mark.parametrize("words", ["", "　", "？！", "修理火箭发动机", "zzzzqq"])
def test_what_means_nothing_here_finds_nothing(index: Index, words: str) -> None:
    assert index.search(words) == ()


def test_who_names_an_item_is_told_which_one_things_contain_it_and_which_item(index: Index) -> None:
    hits = index.search("食品经营许可")
    assert {"open-restaurant"} <= {hit.bundle for hit in hits}
    assert all("food-business-permit" in hit.items for hit in hits if hit.bundle == "open-restaurant")


def test_closing_a_shop_is_not_opening_one(index: Index) -> None:
    assert first(index, "公司不想干了") in ("enterprise-closing", "simple-deregistration")
    assert first(index, "饭店不开了要注销") in ("enterprise-closing", "simple-deregistration")


def test_the_reason_shows_the_wording_and_marks_what_was_asked(index: Index) -> None:
    hit = index.search("怎么办城镇污水排入")[0]
    reason = reason_for(hit.best, "怎么办城镇污水排入")
    assert "".join(piece.text for piece in reason.pieces if piece.hit) == "城镇污水排入"
    assert hit.best.lead.kind in (LeadKind.ITEM, LeadKind.ITEM_SYNONYM)


def test_a_reason_by_sound_says_so_and_marks_what_sounds_alike(index: Index) -> None:
    hit = index.search("新身儿")[0]
    reason = reason_for(hit.best, "新身儿")
    assert "读音相近" in reason.said
    assert "新生儿" in "".join(piece.text for piece in reason.pieces if piece.hit)


def test_while_typing_the_names_that_begin_so_come_first(index: Index) -> None:
    assert next(lead.text for lead in index.suggest("社保卡", most=3)).startswith("社保卡")
    assert any("饭店" in lead.text for lead in index.suggest("kaif", most=5))
    assert index.suggest("", most=5) == ()
    assert len(index.suggest("办", most=4)) <= 4
