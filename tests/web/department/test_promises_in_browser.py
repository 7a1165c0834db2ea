"""Pages about promises in Chromium: no barrier, no sideways scroll, for the applicant at home and the officer at his desk."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser import barriers, chromium, sideways
from tests.cast import actor
from tests.web.applicant.test_owing import RENDERING, SIGN, half_done
from tests.web.department.test_checks import Committed, begun
from tests.web.staff import signed_in_as
from yijianshi.domain.codes import MaterialCode
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.applying.owe import owe_material
from yijianshi.services.applying.seal import seal_draft
from yijianshi.services.handling.check_commitment import record_broken
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.working import drain
from yijianshi.web.acting import ACTING_FOR, today

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("C1.5"),
]
WIDTHS = (320, 360, 768, 1280)
#: Where pictures are kept, if anybody wants to look at them.
PICTURES = os.environ.get("YIJIANSHI_STORY_PICTURES", "")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    with chromium() as browser:
        yield browser


@pytest.mark.slow
def test_no_page_about_promises_has_a_barrier_or_scrolls_sideways(
    browser: Browser, live_server: LiveServer
) -> None:
    at, wang = NODE_CLOCK.now(), actor("wangfang", at=NODE_CLOCK.now(), enterprise=True)
    open_one, kept, broken = Committed(), Committed(), Committed()
    promised, owing = half_done(), half_done()
    for draft in (promised, owing):
        day = today() + timedelta(days=1)
        owe_material(draft=draft, actor=wang, material=MaterialCode(RENDERING), day=day, at=at)
    filed = seal_draft(draft=owing, actor=wang, signature="typed-name", at=at).submission
    release_submission(submission=filed, actor=actor("hemin", at=at), at=at)
    drain(at=at)
    sign = next(case.now.id for case in load_submission(filed).cases if case.now.item == SIGN)
    for one in (kept, broken):
        one.grant()
    record_broken(
        case=broken.case, actor=actor("zhaokai", at=at), facts="安全出口只有一个，承诺写的是两个",
        basis="国办发〔2020〕42号", at=at,
    )  # fmt: skip
    pages: dict[tuple[str, UUID | None], list[str]] = {
        ("zhaokai", None): [
            "/desk/checks", f"/desk/{kept.case}", f"/desk/{kept.case}/check", f"/desk/{broken.case}",
            f"/desk/{broken.case}/repair",
        ],
        ("zhoulin", None): [f"/desk/{sign}", "/desk/checks"],
        ("wangfang", load_submission(filed).party): [
            f"/my/{open_one.id}", f"/my/{open_one.id}/commitment/{open_one.case}", f"/my/{broken.id}",
            f"/draft/{begun()}/situation", f"/draft/{half_done()}/materials", f"/draft/{promised}/materials",
            f"/draft/{promised}/review", f"/my/{filed}", f"/my/{filed}/owed",
        ],
    }  # fmt: skip
    troubles = []
    for (login, party), addresses in pages.items():
        client = signed_in_as(login)
        if party:
            session = client.session
            session[ACTING_FOR] = str(party)
            session.save()
        context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="zh-CN")
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        page = context.new_page()
        for number, address in enumerate(addresses):
            answer = page.goto(live_server.url + address)
            assert answer is not None
            assert answer.status == 200, address
            troubles += [(address, f"scrolls sideways at {width}") for width in sideways(page, WIDTHS)]
            for width in (1280, 360):
                page.set_viewport_size({"width": width, "height": 860})
                if PICTURES:
                    shot = Path(PICTURES) / f"{login}-{number}-{width}.png"
                    page.screenshot(path=str(shot), full_page=True)
            troubles += [(address, one) for one in barriers(page)]
        context.close()
    assert not troubles
