"""
The pictures of the README, taken from a running demo (`python -m docs.make_pictures`, with bin/demo running beside it).

Files a restaurant as 王芳, has it released and half decided, and photographs six pages with the system's Chromium.
"""

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Any
from uuid import UUID

FOLDER = Path(__file__).parent / "pictures"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE, DESK = 780, 1000  # how high the screens are
GUIDE = "/guide/open-restaurant?venue-area=120&has-signage=yes&sells-tobacco=no&discharges-to-sewer=no"


def main() -> int:
    """Stage the life, take the pictures, and say which could not be taken."""
    parser = argparse.ArgumentParser(prog="python -m docs.make_pictures", description=__doc__)
    parser.add_argument("--address", default="http://127.0.0.1:8000", help="where the demo runs")
    arguments = parser.parse_args()
    # The pictures are of the demo's own database; playwright's loop runs beside it, never around it.
    os.environ |= {"DJANGO_SETTINGS_MODULE": "yijianshi.project.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    import django

    django.setup(set_prefix=False)
    draft, submission, case = stage()
    return take(
        arguments.address,
        [
            ("front-1280", "", "/", 1280),
            ("guide-360", "", GUIDE, 360),
            ("form-1280", "wangfang", f"/draft/{draft}/form/2", 1280),
            ("case-1280", "wangfang", f"/my/{submission}", 1280),
            ("desk-1280", "chenzhiyuan", f"/desk/{case}", 1280),
            ("supervise-1280", "heli", "/supervise", 1280),
        ],
    )


def stage() -> tuple[UUID, UUID, UUID]:
    """Bring a submission half way; return an open draft, the submission, and a case that waits for its decision."""
    from tests.cast import HOME, RESTAURANT, actor, file_one
    from yijianshi.domain.cases import Action
    from yijianshi.domain.codes import BundleCode
    from yijianshi.services.applying.start import start_draft
    from yijianshi.services.handling.decide import Decision, decide_case
    from yijianshi.services.handling.loading import load_submission
    from yijianshi.services.handling.release import release_submission
    from yijianshi.services.outside import outside
    from yijianshi.services.working import drain

    at = outside().clock.now()
    wang = actor("wangfang", at=at, enterprise=True)
    submission = file_one(wang, at=at)
    release_submission(submission=submission, actor=actor("hemin", at=at), at=at)
    cases = {case.now.item: case.now.id for case in load_submission(submission).cases}
    drain(at=at)
    _wait_for_the_register(submission)
    decide_case(
        case=cases["signage-permit"], actor=actor("zhoulin", at=at), decision=Decision(Action.GRANT), at=at
    )
    drain(at=at)
    draft = start_draft(
        actor=wang,
        bundle=BundleCode("open-restaurant"),
        division=HOME,
        answers=RESTAURANT,
        items=(),
        at=at,
    )
    return draft, submission, cases["food-business-permit"]


def _wait_for_the_register(submission: UUID) -> None:
    """The licence is checked by the register, here or in the demo's own worker, whichever comes first."""
    from yijianshi.domain.cases import State
    from yijianshi.services.handling.loading import load_submission

    for _ in range(100):
        if all(case.now.state is not State.WAITING for case in load_submission(submission).cases):
            return
        time.sleep(0.2)
    raise SystemExit("执照核验没有办结；请看演示的后台是否在运行")


def take(address: str, wanted: list[tuple[str, str, str, int]]) -> int:
    """Photograph each page as the one who may see it; return 1 if one could not be opened."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(exist_ok=True)
    missing = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, login, path, width in wanted:
            page = browser.new_page(
                viewport={"width": width, "height": PHONE if width < 600 else DESK}, locale="zh-CN"
            )
            if login:
                sign_in(page, address, login)
            answer = page.goto(address + path)
            if answer is None or answer.status != 200:
                missing.append(f"{name}: {path} {answer.status if answer else ''}")
            else:
                page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
        browser.close()
    for line in missing:
        print(f"没有拍到 {line}", file=sys.stderr)
    return 1 if missing else 0


def sign_in(page: Any, address: str, login: str) -> None:
    """Sign somebody of the cast in by his button on the demo's page."""
    page.goto(f"{address}/login")
    page.locator(f'button[name="login"][value="{login}"]').click()
    page.wait_for_load_state()


if __name__ == "__main__":
    sys.exit(main())
