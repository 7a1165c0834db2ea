"""The pages of a draft: what is asked, what is known, what is wrong, and that nothing typed is ever lost."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import HOME, PAPER, RESTAURANT, actor
from tests.web.applicant.walking import SITUATION, begin, file_draft, fill_all, fill_group, sign_in
from yijianshi.domain.codes import BundleCode
from yijianshi.services.applying.start import start_draft
from yijianshi.web.acting import now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


def group_of(client: Client, draft: str, name: str) -> str:
    """Return the address of the group of that name."""
    groups = client.get(f"{draft}/form/0").context["page"].groups.groups
    return next(group.href for group in groups if group.label == name)


def test_the_register_wins_and_says_so_and_can_be_objected_to(client: Client) -> None:
    sign_in(client, "wangfang")
    draft = begin(client)  # 120 m² was said, the register knows more
    page = client.get(f"{draft}/situation")
    assert "经营场所建筑面积以登记为准" in page.text
    assert "您先前答的是 120" in page.text
    assert any(
        choice.code == "fire-safety-check" and choice.chosen for choice in page.context["page"].choices
    )
    place = group_of(client, draft, "场所")
    shown = client.get(place).text
    assert "来自不动产登记" in shown
    address = f"{draft}/object/premises-floor-area"
    assert f'href="{address}"' in shown
    empty = client.post(address, {"premises-floor-area": ""})
    assert empty.status_code == 422
    assert "请写上正确的内容" in empty.text
    assert client.post(address, {"premises-floor-area": "很大"}).status_code == 422
    assert client.post(address, {"premises-floor-area": "150"})["Location"] == place
    objected = client.get(place)
    assert "您说登记有误" in objected.text
    area = next(f for f in objected.context["page"].facts.items if f.name == "经营场所建筑面积")
    assert (area.source, area.by_applicant, area.object_words) == ("您填的", True, "改或撤回")
    assert area.object_href == address, "she can get back to the page that takes it back"
    assert "以登记为准：326.4" in objected.text, "the plan follows the register until somebody has looked"
    asking = client.get(address).text
    assert "326.4" in asking
    assert "不动产登记" in asking
    assert client.post(address, {"withdraw": "1"})["Location"] == place
    assert "您说登记有误" not in client.get(place).text
    assert client.get(f"{draft}/object/premises-floor").status_code == 404, "nothing is registered of it"


def test_an_item_that_the_register_adds_says_why(client: Client) -> None:
    sign_in(client, "wangfang")
    choices = client.get(f"{begin(client)}/situation").context["page"].choices
    fire = next(choice for choice in choices if choice.code == "fire-safety-check")
    assert "按登记的经营场所建筑面积 326.4 m²，要办" in fire.about
    assert fire.commitment.startswith("采用，1 个工作日；不采用，10 个工作日。先许可，后核查")
    assert fire.commitment.count("核查") == 1, "one sentence, and no working notes"


def test_where_much_is_missing_each_group_is_named_once_with_how_much(client: Client) -> None:
    sign_in(client, "wangfang")
    page = client.get(f"{begin(client)}/review").context["page"]
    names, counts = zip(*(link.text.split("：还差 ") for link in page.open), strict=True)
    assert len(names) == len(set(names))
    assert {"场所", "办理方式与领取", "材料"} <= set(names), "by the names of the form, and the documents"
    assert "选情形" not in names, "nothing is missing there"
    assert sum(int(words.removesuffix(" 样")) for words in counts) == page.missing


def test_what_was_chosen_is_shown_in_the_form_and_changed_where_it_was_chosen(client: Client) -> None:
    sign_in(client, "wangfang")
    draft = begin(client)
    page = client.get(group_of(client, draft, "消防安全")).context["page"]
    way = next(fact for fact in page.facts.items if fact.name == "消防办理方式")
    assert (way.value, way.source, way.by_applicant) == ("不采用告知承诺", "您选情形时定的", True)
    assert (way.object_words, way.object_href) == ("去改", f"{draft}/situation#items")
    assert client.get(f"{draft}/object/fire-check-method").status_code == 404, "nobody registered it"


def test_groups_that_ask_nothing_need_not_be_clicked_through(client: Client) -> None:
    sign_in(client, "wangfang")
    draft = begin(client)
    first = client.get(f"{draft}/form/0")
    assert not first.context["page"].questions
    assert client.post(f"{draft}/form/0")["Location"] == group_of(client, draft, "场所")
    assert client.get(f"{draft}/form/1").status_code == 200, "it can still be opened"


def test_the_last_look_shows_what_was_typed_and_folds_what_registers_said(client: Client) -> None:
    sign_in(client, "wangfang")
    draft = begin(client)
    fill_all(client, draft)
    page = client.get(f"{draft}/review")
    groups = {group.name: group for group in page.context["page"].groups}
    assert not groups["市场主体"].facts.items
    assert all(not fact.by_applicant for fact in groups["市场主体"].known.items)
    assert groups["招牌"].facts.items
    assert 'href="#form">去签名' in page.text
    assert "系统按您填的内容生成" in page.text
    assert "提交后可以下载看" in page.text


def test_what_is_wrong_is_told_at_its_field_and_kept(client: Client) -> None:
    sign_in(client, "wangfang")
    draft = begin(client)
    address = group_of(client, draft, "招牌")
    response = client.post(address, {"sign-text": "禾味小馆", "sign-length": "三米"})
    assert response.status_code == 422
    assert 'href="#f-sign-length"' in response.text
    assert "您填的是“三米”" in response.text
    again = client.get(address).text
    assert "禾味小馆" in again
    assert "三米" in again, "a wrong answer is kept too"


def test_typing_is_kept_without_being_judged_and_a_register_cannot_be_overwritten(client: Client) -> None:
    sign_in(client, "wangfang")
    draft = begin(client)
    address = group_of(client, draft, "招牌")
    saved = client.post(f"{address}/save", {"sign-text": "禾味"}, headers={"Accept": "application/json"})
    assert saved.json()["saved"].startswith("已保存 ")
    assert "禾味" in client.get(address).text
    firm = group_of(client, draft, "市场主体")
    tampered = client.post(firm, {"enterprise-name": "别人的公司"})
    assert tampered.status_code == 422
    assert "不能直接改" in tampered.text
    assert "别人的公司" not in client.get(firm).text


def test_answers_that_open_further_questions_are_followed_up_in_the_same_group(client: Client) -> None:
    sign_in(client, "wangfang")
    draft = begin(client)
    address = group_of(client, draft, "办理方式与领取")
    sent = {"by-agent": "yes", "delivery-method": "电子证照推送", "data-sharing-consent": "yes"}
    response = client.post(address, sent)
    assert response["Location"].startswith(f"{address}#f-agent-")
    assert "按您刚才答的，还要填" in client.get(address).text


def test_a_choice_is_completed_explained_and_kept(client: Client) -> None:
    sign_in(client, "wangfang")
    draft = begin(client)
    nothing = client.post(f"{draft}/situation", {})
    assert nothing.status_code == 422
    assert "请至少选一项" in nothing.text
    only = client.post(f"{draft}/situation", {"item": ["signage-permit"], "commit": ["signage-permit"]})
    assert only.status_code == 302
    page = client.get(f"{draft}/situation").context["page"]
    chosen = {choice.code for choice in page.choices if choice.chosen}
    assert chosen == {"licence-check", "signage-permit"}, "what must come before is added"
    assert next(choice for choice in page.choices if choice.code == "signage-permit").committed
    assert client.post(f"{draft}/situation", {"item": ["no-such-item"]}).status_code == 400
    wrong = client.post(f"{draft}/situation/answers", {"venue-area": "很大", "has-signage": "yes"})
    assert wrong.status_code == 422
    assert "您填的是“很大”" in wrong.text


def test_documents_are_taken_refused_dropped_and_used_again(client: Client) -> None:
    sign_in(client, "wangfang")
    draft = begin(client)
    fill_group(client, f"{draft}/form/0")
    address = f"{draft}/materials"
    wanted = client.get(address).context["page"].wanted[0]
    bad = SimpleUploadedFile("图.pdf", b"not a pdf", "application/pdf")
    response = client.post(wanted.upload, {"file": bad})
    assert response.status_code == 422
    assert f'href="#m-{wanted.code}"' in response.text
    assert client.post(wanted.upload, {}).status_code == 422
    one, two = (SimpleUploadedFile(f"{n}.pdf", PAPER + str(n).encode(), "application/pdf") for n in (1, 2))
    assert client.post(wanted.upload, {"file": [one, two]}).status_code == 302
    kept = next(w for w in client.get(address).context["page"].wanted if w.code == wanted.code)
    assert [file.name for file in kept.files] == ["1.pdf", "2.pdf"]
    for file in kept.files:
        assert client.post(f"{draft}/file/{file.copy}/drop").status_code == 302
    offered = next(w for w in client.get(address).context["page"].wanted if w.code == wanted.code)
    assert not offered.files
    assert offered.wallet is not None, "it stays in the wallet"
    assert client.post(f"{wanted.upload}/reuse", {"copy": str(offered.wallet.copy)}).status_code == 302
    again = next(w for w in client.get(address).context["page"].wanted if w.code == wanted.code)
    assert [file.copy for file in again.files] == [offered.wallet.copy]
    assert client.post(f"{wanted.upload}/reuse", {"copy": "nonsense"}).status_code == 422
    assert client.get(f"/my/materials/{offered.wallet.copy}")["Content-Type"] == "application/pdf"


def test_what_is_missing_is_listed_with_the_way_to_it_and_nothing_is_filed_unsigned(client: Client) -> None:
    sign_in(client, "wangfang")
    draft = begin(client)
    page = client.get(f"{draft}/review")
    open_ones = page.context["page"].open
    assert open_ones
    assert all(client.get(link.href.partition("#")[0]).status_code == 200 for link in open_ones[:3])
    early = client.post(f"{draft}/review", {"declared": "yes", "name": "王芳"})
    assert early.status_code == 422
    fill_all(client, draft)
    unsigned = client.post(f"{draft}/review", {"name": "张三"})
    assert unsigned.status_code == 422
    assert "请写您自己的姓名“王芳”" in unsigned.text
    assert "请看过以后勾选" in unsigned.text
    assert "张三" in unsigned.text
    file_draft(client, draft, "王 芳")


def test_every_page_asks_the_database_a_bounded_number_of_questions(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, "wangfang")
    draft = begin(client)
    fill_all(client, draft)
    pages = {
        "/": 16, "/all": 13, "/guide/open-restaurant": 16, "/account": 16, "/my": 16, "/my/materials": 14,
        "/my/messages": 16, "/my/reads": 14, f"{draft}/situation": 17, f"{draft}/form/2": 17, f"{draft}/materials": 19,
        f"{draft}/review": 17,
    }  # fmt: skip
    for page, most in pages.items():
        client.get(page)
        with django_assert_max_num_queries(most):
            assert client.get(page, SITUATION if "guide" in page else None).status_code == 200
    submission = file_draft(client, draft, "王芳")
    client.get(f"/my/{submission}")
    with django_assert_max_num_queries(30):
        client.get(f"/my/{submission}")


def test_a_draft_is_thrown_away_only_after_asking(client: Client) -> None:
    sign_in(client, "wangfang")
    draft = begin(client)
    assert "找不回来" in client.get(f"{draft}/discard").text
    assert client.get(f"{draft}/situation").status_code == 200
    assert client.post(f"{draft}/discard")["Location"] == "/my"
    assert client.get(f"{draft}/situation").status_code == 404


def test_no_browser_keeps_a_page_of_somebody(client: Client) -> None:
    sign_in(client, "wangfang")
    draft = begin(client)
    assert "no-store" in client.get(f"{draft}/situation")["Cache-Control"]
    assert "no-store" in client.get("/my")["Cache-Control"]
    assert "Cache-Control" not in client.get("/guide/open-restaurant")


def test_the_clerk_fills_the_same_form_at_the_window(client: Client) -> None:
    at = now()
    party = UUID(actor("wangfang", at=at, enterprise=True).party)
    clerk = actor("laoli", at=at)
    key = start_draft(
        actor=clerk, bundle=BundleCode("open-restaurant"), division=HOME, answers=RESTAURANT, at=at,
        party=party, channel="window",
    )  # fmt: skip
    sign_in(client, "laoli")
    draft = f"/draft/{key}"
    page = client.get(f"{draft}/form/2")
    assert 'class="desk"' in page.text, "in the frame of the desk"
    assert "替南京禾味餐饮管理有限公司申报" in page.text
    fill_all(client, draft)
    unticked = client.post(f"{draft}/review", {})
    assert unticked.status_code == 422
    assert "申请人已签字" in unticked.text
    done = client.post(f"{draft}/review", {"declared": "yes"})
    receipt = client.get(done["Location"])
    assert "已收件" in receipt.text
    assert 'href="/window"' in receipt.text
