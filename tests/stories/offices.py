"""What officials do in every story, through their pages: read their part, remark or not, release, decide."""

from tests.stories.people import Person


def finds(official: Person, applicant: str, item: str) -> None:
    """Open one case from the inbox of the unit, as its reader would: by who applies and for what."""
    official.opens("/desk")
    row = official.page.get_by_role("row").filter(has_text=applicant).filter(has_text=item)
    official.goes_by(row.get_by_role("link", name=applicant))


def says_nothing(official: Person, applicant: str, item: str) -> None:
    """Read a part of the form and answer that nothing is missing."""
    finds(official, applicant, item)
    official.presses("没有意见")
    official.sees("已回复：没有意见")


def remarks(official: Person, on: str, *, reason: str, remedy: str, basis: str) -> None:
    """Say what is missing on a field or a document of the page at hand."""
    official.follows(f"提意见：{on}")
    official.answers_all({"哪里不对": reason, "怎么补": remedy, "依据": basis})
    official.presses("记下意见")
    official.sees("意见已记下")


def releases(coordinator: Person, applicant: str, *, then: tuple[str, ...]) -> None:
    """Look at everybody's answers, read what will happen, and send everything out in one act."""
    coordinator.opens("/coordinate")
    coordinator.follows(applicant)
    coordinator.follows("分办")
    coordinator.sees(*then)
    coordinator.presses("看一遍，再分办")
    coordinator.presses("分办")
    coordinator.sees("已分办")


def grants(official: Person, applicant: str, item: str, *, word: str = "准予") -> None:
    """Grant a case after the question whether it is meant."""
    finds(official, applicant, item)
    official.follows(word)
    official.presses(word)
    official.sees("已准予")


def refuses(official: Person, applicant: str, item: str, *, reasons: str) -> None:
    """Refuse a case, with reasons and a basis, after reading the letter; without reasons it cannot be done."""
    finds(official, applicant, item)
    official.follows("不予许可")
    official.presses("写好了，看一遍")
    official.sees("请写明查到什么事实")
    official.answers("理由", reasons)
    official.hands.mark(official.page.get_by_role("group", name="依据").locator("label").first)
    official.presses("写好了，看一遍")
    official.sees(reasons, "行政复议")
    official.presses("不予许可")
    official.sees("已作出不予许可的决定")


def stops_and_resumes(official: Person, applicant: str, item: str, *, reason: str) -> None:
    """Stop the clock on one of the grounds of the law, and start it again."""
    finds(official, applicant, item)
    official.follows("停止计时")
    official.answers_all({"因为什么停": "检验", "做什么，为什么": reason, "大约几天": 3})
    official.presses("停止计时")
    official.sees("已停止计时", reason)
    official.presses("恢复计时")
    official.sees("已恢复计时")
