"""
The screenshots of docs/screenshots, taken from a demo of their own (`python -m docs.make_screenshots`).

Starts the demo in a temporary folder, lives half a life in it, photographs every page of `PAGES` at the width of a phone and
of a desk, and writes the index. A page is added by a line in `PAGES`.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from docs.make_pictures import ARGUMENTS, CHROMIUM, GUIDE, sign_in, stage

FOLDER = Path(__file__).parent / "screenshots"
#: Width, the most that is shown in height, and how many pixels a point has.
SIZES = {"phone": (360, 1500, 1.5), "desk": (1280, 1400, 1.0)}
QUALITY, MOST_BYTES = 62, 6_000_000


@dataclass(frozen=True, slots=True)
class Shot:
    """One page: the name of its files, what it shows, who opens it where, and what he presses there."""

    name: str
    says: str
    login: str
    path: str
    press: str = ""
    fills: tuple[tuple[str, str], ...] = ()  # before pressing: label and what is typed
    status: int = 200


PAGES = (
    Shot("front", "首页", "", "/"),
    Shot("all", "全部一件事", "", "/all"),
    Shot("search-nothing", "搜不到时", "", "/all?q=造火箭"),
    Shot("guide", "办事指南：开办餐饮店", "", GUIDE),
    Shot("not-found", "没有这一页", "", "/guide/no-such-thing", status=404),
    Shot("login", "登录", "", "/login"),
    Shot("login-refused", "没有登录成功", "", "/login", press="登录", fills=(("登录名", "wangfang"), ("密码", "wrong"))),
    Shot("draft-situation", "选情形", "wangfang", "/draft/{draft}/situation"),
    Shot("draft-form", "填一张表，先填好了的", "wangfang", "/draft/{draft}/form/2"),
    Shot("draft-materials", "交材料", "wangfang", "/draft/{draft}/materials"),
    Shot("draft-review", "确认提交，还缺什么", "wangfang", "/draft/{draft}/review"),
    Shot("my-cases", "我的办件", "wangfang", "/my"),
    Shot("my-cases-empty", "我的办件：还没有", "qianjin", "/my"),
    Shot("my-case", "一份申报办到哪里", "wangfang", "/my/{submission}"),
    Shot("not-hers", "别人的申报：看不到", "qianjin", "/my/{submission}", status=404),
    Shot("messages", "消息", "wangfang", "/my/messages"),
    Shot("my-code", "亮码", "wangfang", "/my/code?draft={draft}"),
    Shot("mandate-ask", "让女儿替我办", "liligen", "/my/mandates/ask"),
    Shot("own-data", "我的数据", "qianjin", "/my/data"),
    Shot("centres", "附近的大厅", "", "/centres?bundle=open-restaurant"),
    Shot("centre", "一个大厅", "", "/centres/gulou"),
    Shot("kiosk-ticket", "自助机取号", "", "/kiosk/gulou-1/ticket"),
    Shot("hall-display", "叫号大屏", "", "/hall/gulou/display"),
    Shot("window", "综合窗口", "laoli", "/window"),
    Shot("counter", "窗口工作台", "laoli", "/window/counter"),
    Shot("practice", "练习", "laoli", "/practice"),
    Shot("hall", "大厅值班", "shilan", "/hall?day={day}"),
    Shot("administer", "系统管理员：账号", "mengyan", "/administer/accounts"),
    Shot("coordinate", "牵头部门：待分办", "hemin", "/coordinate"),
    Shot("desk", "部门：待办", "chenzhiyuan", "/desk"),
    Shot("desk-case", "部门：一个办件", "chenzhiyuan", "/desk/{case}"),
    Shot("desk-refuse", "部门：不予许可，还没有写理由", "chenzhiyuan", "/desk/{case}/refuse", press="写好了，看一遍", status=422),
    Shot("supervise", "政务办：督查", "heli", "/supervise"),
    Shot("steward", "目录管理", "lanhui", "/steward"),
    Shot("coverage", "对照清单", "", "/coverage"),
)  # fmt: skip


def main() -> int:
    """Take all pictures, or those named, and say which could not be taken."""
    parser = argparse.ArgumentParser(prog="python -m docs.make_screenshots", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these pages")
    names = parser.parse_args().names
    wanted = [shot for shot in PAGES if not names or shot.name in names]
    folder = Path(tempfile.mkdtemp(prefix="yijianshi-screenshots-"))
    os.environ |= {
        "YIJIANSHI_DATA": str(folder), "YIJIANSHI_PROFILE": "demo", "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        "DJANGO_SETTINGS_MODULE": "yijianshi.project.settings",
    }  # fmt: skip
    port = _free_port()
    log = (folder / "demo.log").open("wb")
    demo = subprocess.Popen(
        [sys.executable, "-m", "yijianshi", "demo", "--port", str(port)], stdout=log, stderr=log
    )
    try:
        _wait_for(port)
        import django

        django.setup(set_prefix=False)
        draft, submission, case = stage()
        day = _fill_the_town(draft)
        things = {"draft": draft, "submission": submission, "case": case, "day": day}
        troubles = _take(f"http://127.0.0.1:{port}", wanted, things)
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait(60)
        shutil.rmtree(folder, ignore_errors=True)
    _write_index()
    size = sum(file.stat().st_size for file in FOLDER.iterdir())
    if size > MOST_BYTES:
        troubles.append(f"整个文件夹 {size} 字节，超过 {MOST_BYTES}")
    for line in troubles:
        print(f"没有拍到 {line}", file=sys.stderr)
    return 1 if troubles else 0


def _fill_the_town(draft: UUID) -> str:
    """Let others file, remark, finish, rate, book and wait, so that no desk is empty; return the day of the booking."""
    from tests.cast import HOME, actor, file_one
    from tests.filed import officer_of, ready
    from yijianshi.domain.cases import Action, State
    from yijianshi.domain.corrections import Target
    from yijianshi.domain.ratings import Level
    from yijianshi.domain.workdays import legal_day
    from yijianshi.services.custody.places import home_window
    from yijianshi.services.delivering.rate import rate_submission
    from yijianshi.services.hall.book import book
    from yijianshi.services.hall.loading import centre_named
    from yijianshi.services.hall.times import next_free
    from yijianshi.services.handling.decide import Decision, decide_case
    from yijianshi.services.handling.loading import load_submission
    from yijianshi.services.handling.release import release_submission
    from yijianshi.services.handling.remark import make_remark
    from yijianshi.services.outside import outside
    from yijianshi.services.visits.wait import ask_to_look
    from yijianshi.services.working import drain

    at = outside().clock.now()
    hemin, chen = (actor(login, at=at) for login in ("hemin", "chenzhiyuan"))
    xu, qian, wang = (actor(login, at=at, enterprise=True) for login in ("xuming", "qianjin", "wangfang"))
    finished = file_one(xu, at=at - timedelta(days=6))
    release_submission(submission=finished, actor=hemin, at=at - timedelta(days=5))
    while any(case.now.state is not State.GRANTED for case in load_submission(finished).cases):
        drain(at=at)
        for case in ready(finished):
            grant = Decision(Action.GRANT)
            decide_case(
                case=case.now.id, actor=officer_of(case, at=at), decision=grant, at=at - timedelta(days=1)
            )
    drain(at=at)
    rate_submission(submission=finished, actor=xu, level=Level(5), comment="一次就办好了", at=at)
    under_way = file_one(qian, at=at - timedelta(days=3))
    release_submission(submission=under_way, actor=hemin, at=at - timedelta(days=2))
    fresh = file_one(wang, at=at)
    food = next(one for one in load_submission(fresh).cases if one.now.item == "food-business-permit")
    make_remark(
        case=food.now.id, actor=chen, target=Target.MATERIAL, code="food-layout-document", reason="看不清后厨怎么走",
        basis="《食品经营许可和备案管理办法》", remedy="请把进货、加工、出餐的路线标上", at=at,
    )  # fmt: skip
    drain(at=at)
    hall = centre_named("gulou")
    line = hall.line("A")
    assert line is not None
    slot = next_free(hall, line, after=at, at=at)
    assert slot is not None
    book(actor=wang, centre="gulou", line="A", begins=slot.begins, bundle="open-restaurant", at=at)
    ask_to_look(draft=draft, place=home_window(HOME, at=at), actor=wang, at=at)
    return legal_day(slot.begins).isoformat()


def _take(address: str, wanted: list[Shot], things: Mapping[str, Any]) -> list[str]:
    """Photograph each page at each size as the one who may see it; return what went wrong."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(exist_ok=True)
    troubles = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[*ARGUMENTS, "--lang=zh-CN"],
            env={**os.environ, "LANGUAGE": "zh_CN"},
        )
        for size, (width, most, points) in SIZES.items():
            high = 740 if size == "phone" else 800
            for login in dict.fromkeys(shot.login for shot in wanted):
                context = browser.new_context(
                    viewport={"width": width, "height": high}, locale="zh-CN",
                    device_scale_factor=points, reduced_motion="reduce",
                )  # fmt: skip
                page = context.new_page()
                if login:
                    sign_in(page, address, login)
                    _act_for_enterprise(page, address, login)
                for shot in (one for one in wanted if one.login == login):
                    answer = page.goto(address + shot.path.format(**things))
                    for label, text in shot.fills:
                        page.get_by_label(label, exact=True).first.fill(text)
                    if shot.press:
                        page.get_by_role("button", name=shot.press, exact=True).first.click()
                        page.wait_for_load_state()
                    elif answer is None or answer.status != shot.status:
                        troubles.append(f"{shot.name}: {shot.path} {answer.status if answer else ''}")
                        continue
                    # As high as the picture, so that bars which stay at the edge of the screen stand at its edge.
                    height = min(most, page.evaluate("document.documentElement.scrollHeight"))
                    page.set_viewport_size({"width": width, "height": height})
                    page.screenshot(
                        path=FOLDER / f"{shot.name}-{size}.jpg", type="jpeg", quality=QUALITY, full_page=True,
                        clip={"x": 0, "y": 0, "width": width, "height": height},
                    )  # fmt: skip
                    page.set_viewport_size({"width": width, "height": high})
                context.close()
        browser.close()
    return troubles


def _act_for_enterprise(page: Any, address: str, login: str) -> None:
    """王芳 acts for her enterprise; everybody else for himself."""
    if login == "wangfang":
        page.goto(f"{address}/account")
        page.get_by_role("button", name="南京禾味").first.click()
        page.wait_for_load_state()


def _write_index() -> None:
    """Write the page that shows all pictures, phone and desk side by side."""
    lines = [
        "# Screenshots",
        "",
        "Made by `python -m docs.make_screenshots` from a demo of its own; the list of pages is in that file. Everything on them is made up.",
        "",
        "| page | phone | desk |",
        "|---|---|---|",
    ]
    for shot in PAGES:
        cells = [
            f'<img src="{shot.name}-{size}.jpg" width="{SIZES[size][0] // (2 if size == "desk" else 1)}" alt="{shot.says}">'
            for size in SIZES
            if (FOLDER / f"{shot.name}-{size}.jpg").exists()
        ]
        lines.append(f"| {shot.says} | {' | '.join(cells)} |")
    (FOLDER / "README.md").write_text("\n".join(lines) + "\n")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(1200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("演示没有在四分钟内准备好")


if __name__ == "__main__":
    sys.exit(main())
