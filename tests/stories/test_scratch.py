import traceback

import pytest

from tests.cast import actor, file_one
from tests.stories import test_open_a_restaurant as T
from tests.stories.people import *
from yijianshi.services.outside import outside

pytestmark = pytest.mark.browser


def test_later(town):
    at = outside().clock.now()
    s = file_one(
        actor("wangfang", at=at, enterprise=True),
        answers={"venue-area": 280, "has-signage": True, "sells-tobacco": True, "discharges-to-sewer": True},
        at=at,
    )
    case = f"/my/{s}"
    w = town.visitor(PHONE, "王芳")
    w.opens("/login")
    w.presses("王芳")
    w.opens("/account")
    w.presses("禾味")
    town.behind_the_pages()
    for step in (
        lambda: T.they_read_it(town),
        lambda: T.she_answers_the_one_correction(w, case),
        lambda: T.they_decide(town),
        lambda: T.she_has_what_came_out(w, case),
        lambda: T.others_see_what_is_theirs(town, w, case),
    ):
        try:
            step()
        except Exception:
            traceback.print_exc(limit=-6)
            for p in town.present[-1:]:
                print("----", p.name, p.where)
                print(p.text()[:3000])
            raise
        town.behind_the_pages()
