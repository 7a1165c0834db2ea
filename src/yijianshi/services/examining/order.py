"""Ask for an examination on the page: take the files, queue it, and say where it stands; nobody has to sign in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yijianshi.store.examinations.models import ExaminationRow, ExaminedFileRow

from ..catalogue.reading import shipped_catalogue
from .carry_out import QUIET
from .keeping import unpack
from .report import Report

#: What one examination takes, how many may wait at a time, and for how long a report is there.
LARGEST_UPLOAD, MOST_FILES, MOST_WAITING = 30 * 1024 * 1024, 10, 5
KEPT = timedelta(hours=24)


class ListRefused(ValueError):
    """The files cannot be taken for an examination; the message says why and what would do."""


class TooManyWaiting(Exception):
    """Enough examinations are waiting already."""


class NoSuchExamination(LookupError):
    """There is no such examination, or it is a day old and gone."""


@dataclass(frozen=True, slots=True)
class Handed:
    """One file as it was handed in."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an examination stands."""

    id: UUID
    state: str  # waiting | running | done | failed
    names: tuple[str, ...]
    ahead: int
    phase: str
    done: int
    total: int
    is_quiet: bool  # whoever ran it has not been heard of for a while
    is_second_try: bool
    why_failed: str
    gone_at: datetime

    @property
    def is_open(self) -> bool:
        return self.state in (ExaminationRow.WAITING, ExaminationRow.RUNNING)


def order_examination(*, files: Iterable[Handed], division: str, at: datetime) -> UUID:
    """
    Queue an examination of `files`; return its key, by which alone it is found again.

    :raises ListRefused: if there is nothing in them, too much, or no such division.
    :raises TooManyWaiting: if enough are waiting.
    """
    handed = list(files)
    if not handed:
        raise ListRefused("还没有选文件。请先选事项清单，再按“开始体检”")
    if len(handed) > MOST_FILES:
        raise ListRefused(f"一次最多 {MOST_FILES} 个文件，这里有 {len(handed)} 个。请打成一个 .zip 再交")
    if sum(len(file.content) for file in handed) > LARGEST_UPLOAD:
        raise ListRefused(f"文件一共超过 {LARGEST_UPLOAD // 1024 // 1024} MB。请打成 .zip，或者拆成几次体检")
    if empty := [file.name for file in handed if not file.content]:
        raise ListRefused(f"“{empty[0]}”是空的。请换一个有内容的文件")
    if division and division not in shipped_catalogue().divisions:
        raise ListRefused(f"没有区划 {division}。请从列表里选，或者不选")
    with transaction.atomic():
        if ExaminationRow.objects.filter(state=ExaminationRow.WAITING).count() >= MOST_WAITING:
            raise TooManyWaiting(f"已有 {MOST_WAITING} 份在排队")
        row = ExaminationRow.objects.create(at=at, seen_at=at, division=division)
        ExaminedFileRow.objects.bulk_create(
            ExaminedFileRow(examination=row, name=file.name[-200:], content=file.content) for file in handed
        )
    return row.pk


def standing_of(examination: UUID, *, at: datetime) -> Standing:
    """Return how an examination stands. :raises NoSuchExamination: if it is not there."""
    row = ExaminationRow.objects.defer("report").filter(pk=examination).first()
    if row is None or row.at + KEPT < at:
        raise NoSuchExamination("没有这份体检，或者已经过了一天、自动删除了")
    waiting = row.state == ExaminationRow.WAITING
    ahead = ExaminationRow.objects.filter(
        state__in=(ExaminationRow.WAITING, ExaminationRow.RUNNING), at__lt=row.at
    )
    return Standing(
        id=row.pk,
        state=row.state,
        names=tuple(ExaminedFileRow.objects.filter(examination=row).order_by("id").values_list("name", flat=True)),
        ahead=ahead.count() if waiting else 0,
        phase=row.phase,
        done=row.done,
        total=row.total,
        is_quiet=row.state == ExaminationRow.RUNNING and row.seen_at + QUIET < at,
        is_second_try=row.attempts > 1,
        why_failed=row.why_failed,
        gone_at=row.at + KEPT,
    )  # fmt: skip


def report_of(examination: UUID, *, at: datetime) -> Report:
    """Return the report. :raises NoSuchExamination: if there is none, or none any more."""
    row = ExaminationRow.objects.filter(pk=examination, state=ExaminationRow.DONE, at__gte=at - KEPT).first()
    if row is None:
        raise NoSuchExamination("没有这份报告，或者已经过了一天、自动删除了")
    return unpack(bytes(row.report))


def forget_examination(examination: UUID) -> None:
    """Delete an examination at once, with its files and its report."""
    ExaminationRow.objects.filter(pk=examination).delete()


def forget_old(*, at: datetime) -> int:
    """Delete whatever has been there for a day; return how many were deleted."""
    old = ExaminationRow.objects.filter(at__lt=at - KEPT).values_list("pk", flat=True)
    keys = list(old[:100])
    ExaminationRow.objects.filter(pk__in=keys).delete()
    return len(keys)
