"""The door to a person stands on the page of what a machine decided, and leads to the officer's queue and back."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import actor
from tests.services.printing.reading import words
from tests.web.staff import Restaurant, signed_in_as
from yijianshi.services import printing
from yijianshi.store.reviews.models import ReviewRow
from yijianshi.web.acting import ACTING_FOR

CHECK = "licence-check"


def owner(shop: Restaurant) -> Client:
    """Return 王芳's browser, in which she acts for her enterprise."""
    browser = signed_in_as("wangfang")
    session = browser.session
    session[ACTING_FOR] = actor("wangfang", at=shop.today, enterprise=True).party
    session.save()
    return browser


@pytest.fixture
def shop(cast: None) -> Restaurant:
    found = Restaurant()
    found.release()
    assert found.state(CHECK) == "granted"
    return found


def test_she_asks_for_a_person_and_reads_what_he_says(shop: Restaurant) -> None:
    browser, officer = owner(shop), signed_in_as("chenzhiyuan")
    door = reverse("ask-review", args=[shop.id, shop.case(CHECK)])
    assert door in browser.get(reverse("my-case", args=[shop.id])).text
    assert "请工作人员重新审查" in browser.get(door).text
    assert "个工作日内答复您" in browser.post(door, {"reason": "地址不对"}, follow=True).text
    assert "已经请工作人员看" in browser.get(door).text
    assert "地址不对" in officer.get(reverse("desk-reviews")).text
    page = reverse("desk-review", args=[ReviewRow.objects.get().id])
    assert "地址不对" in officer.get(page).text
    assert officer.post(page, {"words": "", "anew": "no"}).status_code == 422
    assert "已答复" in officer.post(page, {"words": "登记没错", "anew": "no"}, follow=True).text
    assert "没有要复核的" in officer.get(reverse("desk-reviews")).text
    assert "登记没错" in officer.get(page).text


def test_what_an_officer_decides_has_no_such_door_and_strangers_see_none(shop: Restaurant) -> None:
    food = reverse("ask-review", args=[shop.id, shop.case("food-business-permit")])
    assert owner(shop).get(food).status_code == 409
    door = reverse("ask-review", args=[shop.id, shop.case(CHECK)])
    assert signed_in_as("qianjin").get(door).status_code == 404
    owner(shop).post(door, {})
    page = reverse("desk-review", args=[ReviewRow.objects.get().id])
    assert signed_in_as("zhaokai").get(page).status_code == 404
    assert signed_in_as("wangfang").get(reverse("desk-reviews")).status_code == 404


def test_the_letter_names_the_door(shop: Restaurant) -> None:
    wang = actor("wangfang", at=shop.today, enterprise=True)
    letter = printing.letter_pdf(case=shop.case(CHECK), kind="result", actor=wang, at=shop.today)
    assert "请工作人员重新审查" in words(letter)
