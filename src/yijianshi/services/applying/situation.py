"""Answers to the plain questions, as typed in (情形问答): understood, or refused with what would do."""

from collections.abc import Iterable, Mapping
from typing import Any

from yijianshi.domain.catalogue import Question
from yijianshi.domain.drafts import Trouble
from yijianshi.domain.editions import Edition


class AnswersRefused(ValueError):
    """Some answers to the situation cannot be understood."""

    def __init__(self, troubles: Iterable[Trouble]) -> None:
        self.troubles = tuple(troubles)
        super().__init__("；".join(trouble.message for trouble in self.troubles))


def read_situation(edition: Edition, given: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return the answers to the situation questions as typed in, understood.

    :raises AnswersRefused: naming each question that cannot be understood.
    """
    answers: dict[str, Any] = {}
    troubles = []
    for question in edition.bundle.questions:
        if question.key not in given or given[question.key] in ("", None, []):
            continue
        value, said = _read(question, given[question.key])
        if said:
            troubles.append(Trouble(question.key, f"{question.text.rstrip('?？')}：{said}"))
        else:
            answers[question.key] = value
    if troubles:
        raise AnswersRefused(troubles)
    return answers


def _read(question: Question, given: Any) -> tuple[Any, str]:
    if question.type == "bool":
        values = {"true": True, "false": False, "是": True, "否": False}
        value = given if isinstance(given, bool) else values.get(str(given).strip().lower())
        return value, "" if value is not None else "请选“是”或“否”"
    if question.type == "number":
        try:
            number = float("nan" if isinstance(given, bool) else given)
        except (TypeError, ValueError):
            return None, f"请填数字，如 120。您填的是“{given}”"
        if not 0 <= number < 10**9:
            return None, "请填 0 以上的数字"
        return (int(number) if number.is_integer() else number), ""
    if question.type == "multi":
        chosen = list(given) if isinstance(given, list | tuple) else [given]
        strangers = [str(v) for v in chosen if v not in question.options]
        return chosen, f"“{'、'.join(strangers)}”不在选项里" if strangers else ""
    return given, "" if given in question.options else f"“{given}”不在选项里；请从列出的选项中选一项"
