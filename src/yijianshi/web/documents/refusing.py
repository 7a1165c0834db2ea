"""What the pages of documents answer when a letter cannot be printed, beside what every page answers."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver

from yijianshi.services.letters import LetterIncomplete
from yijianshi.services.ports import GlyphsMissing
from yijianshi.services.printing import NoSuchLetter
from yijianshi.web import refusals
from yijianshi.web.errors import refused


def answering(patterns: Sequence[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Return the patterns with every page answering in words, those of unprintable letters included."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = _answering(pattern.callback)
    return refusals.answering(patterns)


def _answering(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NoSuchLetter as refusal:
            return refused(
                request,
                "没有这份文书",
                f"{refusal}。",
                "请到“我的办件”或工作台看现在办到哪一步。",
                status=404,
            )
        except GlyphsMissing as refusal:
            return refused(
                request,
                "这份文书现在印不出来",
                f"{refusal}。",
                "不影响办理。需要纸质的，请到综合窗口人工出具；补好字体以后，这里就能下载。",
                status=409,
            )
        except LetterIncomplete as refusal:
            return refused(
                request,
                "这份文书现在印不出来",
                f"{refusal}",
                "请拨打 12345 或联系承办部门，由承办人补写后再出具。",
                status=409,
            )

    return answered
