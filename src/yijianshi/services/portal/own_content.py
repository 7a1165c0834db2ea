"""Everything that is kept about a party, gathered (个人信息副本): headings and lines in Chinese, readable without us."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yijianshi.domain.cases import STATE_WORDS, State
from yijianshi.domain.codes import ElementCode, ItemCode
from yijianshi.domain.editions import Edition
from yijianshi.domain.workdays import BEIJING
from yijianshi.store.cases.models import CaseRow
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.letters.models import MessageRow
from yijianshi.store.materials.models import CopyRow
from yijianshi.store.ratings.models import RatingRow
from yijianshi.store.reads.models import ReadRow
from yijianshi.store.results.models import ResultRow
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.published import edition_by_id
from ..contents import Content, open_content, open_text
from ..handling.content import open_revision
from ..people.parties import know_party
from ..reading.case_history import names_of
from ..reading.case_values import source_in_words
from ..reading.my_space import TRUST
from ..reading.units import name_of_unit
from .settings import settings_of

Section = dict[str, Any]


def everything_about(party: UUID, *, account: UUID, at: datetime) -> Section:
    """Return all that is kept: who it is, what was filed and drafted, documents, results, messages, who looked."""
    known = know_party(party)
    kept = settings_of(account)
    rows = list(SubmissionRow.objects.filter(party=party).order_by("received_at"))
    return {
        "说明": "这是平台保存的与您有关的全部信息。部门自己系统里的信息，请向部门查询。",
        "生成时间": _moment(at),
        "本人": {
            "名称": known.name, "号码": known.number, "电话": known.phone, "电子邮箱": kept.mail,
            "长辈版": "用" if kept.elder else "不用",
        },
        "申报": [_submission(row) for row in rows],
        "草稿": [_draft(row) for row in DraftRow.objects.filter(party=party, filed_as=None)],
        "材料": [_copy(row) for row in CopyRow.objects.filter(holder=party).order_by("obtained_at")],
        "办理结果": [
            {"名称": _item(row.case, rows).result.name, "编号": row.number, "日期": _moment(row.issued_at)}
            for row in ResultRow.objects.filter(case__submission__party=party).select_related("case")
        ],
        "评价": [
            {"申报号": row.submission.number, "几分": row.level, "您写的": open_text(row.comment_sealed, purpose="comment")}
            for row in RatingRow.objects.filter(submission__party=party).select_related("submission")
        ],
        "消息": [
            {"时间": _moment(sent), "编号": key, "内容": values}
            for sent, key, values in MessageRow.objects.filter(account=account).order_by("sent_at").values_list("sent_at", "key", "values")
        ],
        "谁看过": _reads([row.id for row in rows]),
    }  # fmt: skip


def _submission(row: SubmissionRow) -> Section:
    edition = edition_by_id(row.edition_id)
    cases = CaseRow.objects.filter(submission=row.id).order_by("id")
    return {
        "申报号": row.number,
        "一件事": edition.bundle.title,
        "收到": _moment(row.received_at),
        "办完": _moment(row.closed_at),
        "事项": [
            {"事项": edition.item(ItemCode(case.item)).name, "编号": case.number, "单位": name_of_unit(case.unit),
             "现在": STATE_WORDS[State(case.state)]}
            for case in cases
        ],
        "填的内容": _answers(open_revision(row.id), edition),
    }  # fmt: skip


def _draft(row: DraftRow) -> Section:
    edition = edition_by_id(row.edition_id)
    content = open_content(row.sealed, purpose="draft", under=row.wrapped_key)
    return {
        "一件事": edition.bundle.title,
        "存下": _moment(row.updated_at),
        "填的内容": _answers(content, edition),
    }


def _answers(content: Content, edition: Edition) -> list[Section]:
    sheets = [("", content.values), *((content.name_of(m), v) for m, v in content.member_values.items())]
    return [
        {"项目": f"{whose}：{name}" if whose else name, "内容": _plain(value.value), "来自": source_in_words(value.source, edition), "时间": _moment(value.at)}
        for whose, values in sheets
        for code, value in values.items()
        if (name := edition.elements[ElementCode(code)].name if code in edition.elements else code)
    ]  # fmt: skip


def _copy(row: CopyRow) -> Section:
    return {
        "材料": row.material,
        "文件名": open_text(row.name_sealed, purpose="file-name"),
        "可信程度": TRUST.get(row.trust, (row.trust, ""))[0],
        "得到": _moment(row.obtained_at),
        "摘要（SHA-256）": row.blob_id,
    }


def _reads(submissions: Iterable[UUID]) -> list[Section]:
    rows = list(ReadRow.objects.filter(submission_id__in=list(submissions)).order_by("at"))
    names = names_of({row.account_id for row in rows})
    return [
        {"时间": _moment(row.at), "谁": names.get(row.account_id, "—"), "单位": name_of_unit(row.unit)}
        for row in rows
    ]


def _item(case: CaseRow, rows: Iterable[SubmissionRow]) -> Any:
    edition = next(row.edition_id for row in rows if row.id == case.submission_id)
    return edition_by_id(edition).item(ItemCode(case.item))


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}" if at else ""


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value) if isinstance(value, date | datetime) else value
