"""What the tests of letters do again and again: drive a case on, print a paper of it, and read the paper."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.services.handling.acts import FIRE, FOOD
from tests.services.printing.reading import words
from tests.services.town import Town
from yijianshi.domain.rights import Actor
from yijianshi.domain.workdays import legal_day
from yijianshi.services import printing
from yijianshi.services.handling.extend import extend_case
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.mend import ask_to_mend, report_mended
from yijianshi.services.handling.take_up import revoke_case
from yijianshi.services.reading.case_documents import PaperListed, papers_of_all
from yijianshi.store.cases.models import StepRow


@dataclass
class Desk:
    """A submission with who applied, and the acts and papers of its cases."""

    town: Town
    submission: UUID
    applicant: Actor

    def case(self, item: str) -> UUID:
        return self.town.case(self.submission, item).now.id

    def number(self, item: str) -> str:
        return self.town.case(self.submission, item).now.number

    def paper(self, item: str, kind: str, *, nth: int | None = None) -> str:
        """Return the text of a paper, without any blanks."""
        return words(
            printing.letter_pdf(
                case=self.case(item), kind=kind, nth=nth, actor=self.applicant, at=self.town.now
            )
        )

    def listed(self, item: str) -> tuple[PaperListed, ...]:
        rows = tuple(StepRow.objects.filter(submission_id=self.submission).order_by("at", "id"))
        return papers_of_all(load_submission(self.submission), rows)[self.case(item)]

    def extend(self, item: str = FOOD, **more: Any) -> None:
        usual: dict[str, Any] = {"days": 5, "approved_by": "局长 张明", "reason": "要等上级机关答复"}
        extend_case(
            case=self.case(item), actor=self.town.officer_of(self.submission, item), at=self.town.now,
            **(usual | more),
        )  # fmt: skip

    def mend(self, *findings: str) -> None:
        ask_to_mend(
            case=self.case(FIRE), actor=self.town.who("zhaokai"),
            findings=findings or ("安全出口被货架挡住，请移开", "灭火器过期，请换新的"), basis="消防法第十五条",
            mend_by=legal_day(self.town.now) + timedelta(days=5), inspectors="赵凯、钱立", at=self.town.now,
        )  # fmt: skip

    def report(self) -> None:
        report_mended(case=self.case(FIRE), actor=self.applicant, words="改好了", at=self.town.now)

    def revoke(self, item: str = FOOD) -> None:
        revoke_case(
            case=self.case(item), actor=self.town.officer_of(self.submission, item),
            reasons="申报的面积与实际不符，以欺骗手段取得", basis="行政许可法第六十九条第二款", at=self.town.now,
        )  # fmt: skip


def on_paper(day: date) -> str:
    """Return a day as letters sign it."""
    return f"{day.year}年{day.month}月{day.day}日"
