"""
What a page answers when a use case refuses: one table from the refusal to a status, a title and what would do.

`urlpatterns = answering(urlpatterns)` at the end of a package's `urls.py` puts it around every page of the package.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, reverse

from yijianshi.domain.administering import AdministrationRefused
from yijianshi.domain.appointments import AppointmentRefused
from yijianshi.domain.assurance import LevelTooLow
from yijianshi.domain.booking import BookingRefused
from yijianshi.domain.cases import ActionNotAllowed
from yijianshi.domain.changes import ChangeNotPossible
from yijianshi.domain.commitments import CheckNotPossible, NothingCommitted, RepairNotPossible
from yijianshi.domain.consultations import ConsultationNotPossible
from yijianshi.domain.corrections import CorrectionIncomplete, RemarkNotAllowed
from yijianshi.domain.countersigning import ProposalNotPossible, SecondPersonNeeded
from yijianshi.domain.custody import CustodyNotPossible
from yijianshi.domain.deadlines import ExtensionNotAllowed, StopNotAllowed
from yijianshi.domain.drafts import TamperedValue
from yijianshi.domain.editions import UnknownBundle, UnknownDivision
from yijianshi.domain.entitlements import OfferNotPossible
from yijianshi.domain.fees import ChargeNotPossible, RefundNotPossible, SumUnreadable
from yijianshi.domain.holds import DecisionHeld
from yijianshi.domain.joint import OperationRefused, OpinionIncomplete, RecordIncomplete
from yijianshi.domain.mandates import MandateNotPossible
from yijianshi.domain.manuscripts import MoveNotAllowed, PublicationRefused
from yijianshi.domain.misstatements import CentreMisstated
from yijianshi.domain.owing import NothingOwed, OwedTooLate, PromiseNotPossible
from yijianshi.domain.own_data import RequestAnswered, RequestRefused
from yijianshi.domain.plans import MissingAnswers, UnknownItem
from yijianshi.domain.portals import TicketRefused
from yijianshi.domain.practice import NothingToPractise
from yijianshi.domain.proposals import ProposalRefused
from yijianshi.domain.queues import QueueRefused
from yijianshi.domain.ratings import AlreadyRated
from yijianshi.domain.rekeying import RekeyingNotPossible
from yijianshi.domain.results import RefusalWithoutReasons
from yijianshi.domain.reviews import ReviewNotPossible
from yijianshi.domain.rights import Act, NotPermitted
from yijianshi.domain.saved import TextNotKept
from yijianshi.domain.submissions import ChoiceNotAllowed, NotReady, PriorMissing
from yijianshi.domain.together import ConfirmationNotPossible, ConfirmationsMissing
from yijianshi.domain.visits import CodeNotTaken, VisitOver
from yijianshi.services.applying.attach import MaterialNotAsked
from yijianshi.services.applying.drafting import DraftFiled
from yijianshi.services.applying.members import MemberUnknown, TooManyMembers
from yijianshi.services.applying.situation import AnswersRefused
from yijianshi.services.catalogue.lines import NotYaml
from yijianshi.services.catalogue.releasing import StandardWorsened
from yijianshi.services.delivering.deliver import DeliveryNotPossible
from yijianshi.services.delivering.rate import NotYetToRate
from yijianshi.services.editions.begin import ManuscriptNotBegun
from yijianshi.services.editions.checking import TextNotSound
from yijianshi.services.editions.circulate import SomebodyMovedIt
from yijianshi.services.editions.countersign import WordsMissing
from yijianshi.services.editions.facts import FactGone
from yijianshi.services.editions.revising import PartUnknown
from yijianshi.services.editions.write import TextTooLong
from yijianshi.services.guards.factors import FactorRefused
from yijianshi.services.hall.keep_centre import CentreChangedMeanwhile
from yijianshi.services.handling.acting import ReasonMissing
from yijianshi.services.handling.correct import NothingToCorrect
from yijianshi.services.handling.hand import HandOverNotPossible
from yijianshi.services.handling.release import AlreadyReleased
from yijianshi.services.handling.writing import SomebodyWasFaster
from yijianshi.services.joining.upload import OffsetWrong, PartBroken, UploadGone
from yijianshi.services.mandates.take import LinkNotValid
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.services.paying.pay import CounterReceiptMissing, NothingToPay
from yijianshi.services.people.parties import NumberRefused
from yijianshi.services.people.signing_in import TooManyTries, WrongLogin
from yijianshi.services.photographs.take import NobodyReads
from yijianshi.services.portal.carry_on import CarryingOnNotPossible
from yijianshi.services.portal.own_copy import CopyNotReady
from yijianshi.services.portal.settings import SettingNotKept
from yijianshi.services.portal.terminals import UnknownTerminal
from yijianshi.services.ports import FileMissing, PaymentNotOnline, PaymentUnavailable
from yijianshi.services.reading.coverage import UnknownList
from yijianshi.services.visits.transfer import TransferNotPossible
from yijianshi.services.visits.wait import HintNotPossible

from .acting import GuardMissing, NotSignedIn
from .errors import refused
from .identity.step_up import lead_to_step_up
from .mandates.mixing import mixed_up

View = Callable[..., HttpResponse]
BACK = "请按浏览器的“返回”回到上一页，您填的都还在；改好再试。"
LOOK_AGAIN = "请刷新看现在的状态，再决定要不要办。"


@dataclass(frozen=True, slots=True)
class Answer:
    """How one kind of refusal is told; without `why` the refusal's own words are."""

    status: int
    title: str
    remedy: str
    why: str = ""


#: What is not there is answered word for word like what somebody may not see, so that nobody learns which it is.
_NOT_SHOWN = Answer(
    404,
    "没有这一页，或者不能给您看",
    "请从首页或“我的办件”里找；替别人或单位办事，请先换成他的身份，或请他授权给您。",
    str(NotPermitted(Act.READ_SUBMISSION)),
)
ANSWERS: dict[type[Exception], Answer] = {
    NotPermitted: _NOT_SHOWN,
    ObjectDoesNotExist: _NOT_SHOWN,
    FileMissing: Answer(
        404, "这份文件暂时取不到", "请过几分钟再试；还不行就打电话问。", "文件库里没有找到它。"
    ),
    UnknownList: Answer(404, "没有这份清单", "请从“全部一件事”打开对照清单，再选一份。"),
    UnknownBundle: Answer(404, "没有这件事", "请换一个地区，或者从首页搜一搜您要办的事。"),
    UnknownDivision: Answer(404, "没有这个地区", "请重新选地区。"),
    ChangeNotPossible: Answer(422, "这处改动试算不了", "请回到试算页，从列出的改动里选。"),
    UnknownItem: Answer(400, "没有这个事项", "请回到上一页，从列出的事项里选。"),
    MissingAnswers: Answer(422, "还有问题没有回答", "请回到“选情形”，把问题答完。"),
    AnswersRefused: Answer(422, "有的回答看不懂", BACK),
    ChoiceNotAllowed: Answer(422, "这样选办不了", "请回到“选情形”，按提示改选。"),
    NotReady: Answer(422, "还有没填好的", BACK),
    ConfirmationsMissing: Answer(409, "还要别人确认", "请回到“确认提交”，请他确认。"),
    ConfirmationNotPossible: Answer(409, "现在不能这样确认", LOOK_AGAIN),
    TamperedValue: Answer(422, "这些内容不能直接改", BACK),
    FileRefused: Answer(422, "这个文件没有收下", BACK),
    MemberUnknown: Answer(404, "名单里没有这一个", "请回到名单看现在有谁。"),
    TooManyMembers: Answer(422, "名单满了", "请先把这些申报了，其余的再申报一次。"),
    MaterialNotAsked: Answer(422, "不需要这份材料", "请回到“交材料”，只交清单里的。"),
    NumberRefused: Answer(422, "号码不对", BACK),
    CorrectionIncomplete: Answer(422, "还没有补齐", BACK),
    NothingToCorrect: Answer(409, "没有要补的", "请到“我的办件”看进度。"),
    RemarkNotAllowed: Answer(422, "这条意见不能提", BACK),
    RefusalWithoutReasons: Answer(422, "还没有写明理由和依据", BACK),
    StopNotAllowed: Answer(422, "不能停止计时", BACK),
    ExtensionNotAllowed: Answer(422, "不能延期", BACK),
    ReasonMissing: Answer(422, "还没有写清楚", BACK),
    DecisionHeld: Answer(409, "现在还不能准予", "等这些办妥再准予；要不予，仍然可以不予。"),
    PromiseNotPossible: Answer(422, "不能这样后补", BACK),
    NothingOwed: Answer(409, "没有要补交的", "请到“我的办件”看进度。"),
    OwedTooLate: Answer(409, "补交的日子已经过了", "想办可以重新申报，已交的材料不用再交。"),
    ReviewNotPossible: Answer(409, "不用再请人看", "请到“我的办件”看进度；有别的意见，拨打 12345。"),
    OfferNotPossible: Answer(409, "现在不能这样答复", "请到“我的办件”看现在的情况。"),
    CheckNotPossible: Answer(409, "没有要核查的", LOOK_AGAIN),
    RepairNotPossible: Answer(409, "没有要修复的", LOOK_AGAIN),
    NothingCommitted: Answer(409, "没有承诺可撤回", "请到“我的办件”看进度。"),
    HandOverNotPossible: Answer(409, "不能这样交办", LOOK_AGAIN),
    ConsultationNotPossible: Answer(409, "现在不能这样征询", LOOK_AGAIN),
    SecondPersonNeeded: Answer(409, "这个事项要两个人决定", "请回到办件，按“拟办”“确认”“退回”来办。"),
    ProposalNotPossible: Answer(409, "现在不能这样拟办", LOOK_AGAIN),
    TextNotKept: Answer(422, "没有存下", BACK),
    PriorMissing: Answer(409, "现在还不能重新办理", LOOK_AGAIN),
    ChargeNotPossible: Answer(422, "不能这样收费", BACK),
    SumUnreadable: Answer(422, "金额看不懂", BACK),
    RefundNotPossible: Answer(422, "不能这样退费", BACK),
    NothingToPay: Answer(409, "没有要缴的", "请到“我的办件”看进度。"),
    CounterReceiptMissing: Answer(422, "还没有填票据号", BACK),
    PaymentNotOnline: Answer(409, "这里还不能网上缴费", "请到政务服务中心窗口缴，带上缴费通知书。"),
    PaymentUnavailable: Answer(
        503, "支付平台暂时连不上", "请过几分钟再试。已经付了的不会丢，也不会重复扣。", "支付平台没有应答。"
    ),
    ActionNotAllowed: Answer(409, "现在不能这样办", LOOK_AGAIN),
    SomebodyWasFaster: Answer(409, "刚才有人先办了这一步", LOOK_AGAIN),
    AlreadyReleased: Answer(409, "已经分办过了", LOOK_AGAIN),
    DeliveryNotPossible: Answer(409, "现在不能交付", LOOK_AGAIN),
    CustodyNotPossible: Answer(409, "现在不能这样办", LOOK_AGAIN),
    RekeyingNotPossible: Answer(409, "现在不能这样转录", LOOK_AGAIN),
    NotYetToRate: Answer(409, "还不能评价", "办完以后，这里会请您评价。"),
    AlreadyRated: Answer(409, "已经评价过了", "想补充，请拨 12345，或在“意见与投诉”里写。"),
    MoveNotAllowed: Answer(409, "现在不能这样办", LOOK_AGAIN),
    SomebodyMovedIt: Answer(409, "刚才有人先动了这份稿", LOOK_AGAIN),
    PublicationRefused: Answer(409, "还不能发布", "请回到稿子，把上面说的办好再发布。"),
    StandardWorsened: Answer(409, "比上级标准加重了，不能发布", "请回到稿子，只留下比标准更优的。"),
    ManuscriptNotBegun: Answer(409, "没有起草", BACK),
    TextNotSound: Answer(409, "稿子还有错误", "请回到稿子，照检查说的改好。"),
    NotYaml: Answer(409, "稿子读不了", "请到专家视图，照检查说的那一行改好。"),
    TextTooLong: Answer(413, "稿子太长，没有存", BACK),
    PartUnknown: Answer(404, "稿子里没有这一处", "请回到稿子，从列出的里面选。"),
    WordsMissing: Answer(422, "还没有写清楚", BACK),
    FactGone: Answer(409, "这一条已经变了", "请刷新，按现在的内容再确认。"),
    ProposalRefused: Answer(409, "现在不能这样办", LOOK_AGAIN),
    AppointmentRefused: Answer(422, "时间没有定下来", BACK),
    OperationRefused: Answer(409, "现在不能这样办", LOOK_AGAIN),
    OpinionIncomplete: Answer(422, "意见还没有写全", BACK),
    RecordIncomplete: Answer(409, "记录还不完整", LOOK_AGAIN),
    UploadGone: Answer(404, "没有这个正在上传的文件", "请重新选择文件上传。"),
    OffsetWrong: Answer(409, "没有接上", "请刷新页面，重新选择同一个文件，会从断的地方接着传。"),
    PartBroken: Answer(400, "这一段没有传好", "请重传这一段。"),
    MandateNotPossible: Answer(409, "现在不能这样授权", LOOK_AGAIN),
    LinkNotValid: Answer(404, "这个链接打不开", "请当面请他再做一个码；要确认是不是真的，拨打 12345。"),
    WrongLogin: Answer(422, "没有登录成功", "请回到登录页再试。"),
    NobodyReads: Answer(409, "这里不能拍照识别", "请回到表里自己填；照片可以在“交材料”上传。"),
    TooManyTries: Answer(429, "请稍等再试", "请过一会儿再试；忘了密码请到窗口重设。"),
    AdministrationRefused: Answer(409, "不能这样办", BACK),
    FactorRefused: Answer(409, "没有改动", BACK),
    BookingRefused: Answer(409, "这样约不了", "请回到上一页另选；也可以直接来大厅取号，不预约一样给您办。"),
    QueueRefused: Answer(409, "现在不能这样操作", LOOK_AGAIN),
    CentreMisstated: Answer(422, "写的前后不合", BACK),
    CentreChangedMeanwhile: Answer(409, "别人刚改过", LOOK_AGAIN),
    NothingToPractise: Answer(404, "没有这道题", "请回“练习”，换一件事或换一种题。"),
    CodeNotTaken: Answer(422, "没有验成", "请申请人重新亮码，再扫一次。"),
    VisitOver: Answer(409, "这次亮码结束了", "请申请人重新亮码，在“柜台”再扫一次。"),
    HintNotPossible: Answer(422, "没有记下", BACK),
    TransferNotPossible: Answer(422, "没有转过去", BACK),
    CarryingOnNotPossible: Answer(
        404, "链接不能用了", "请回到原来的设备，在草稿页再要一个二维码，用同一个账号登录。"
    ),
    UnknownTerminal: Answer(404, "没有这台自助机", "请大厅工作人员从“自助终端”里重新选这台机器。"),
    SettingNotKept: Answer(422, "没有存下", BACK),
    CopyNotReady: Answer(409, "还没有整理好", "请过几分钟再打开，不用重新申请。"),
    RequestRefused: Answer(422, "还没有写清楚", BACK),
    RequestAnswered: Answer(409, "已经答复过了", LOOK_AGAIN),
    TicketRefused: Answer(
        403, "没有从门户登录成功", "请回到原来的门户或小程序，重新点一次进来；还不行，可以在这里直接登录。"
    ),
}


def answer_to(request: HttpRequest, refusal: Exception) -> HttpResponse | None:
    """Return the page for a refusal, or None if it is not one that pages know."""
    if isinstance(refusal, NotSignedIn):
        back = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "/")
        return HttpResponseRedirect(reverse("login") + "?" + urlencode({"next": back}))
    if isinstance(refusal, LevelTooLow):
        return lead_to_step_up(request, refusal)
    if isinstance(refusal, GuardMissing):
        return HttpResponseRedirect(reverse(refusal.page))
    if isinstance(refusal, DraftFiled):
        return HttpResponseRedirect(reverse("my-case", args=[refusal.submission]))
    if isinstance(refusal, NotPermitted) and (changing_over := mixed_up(request)):
        return changing_over
    for kind in type(refusal).__mro__:
        if answer := ANSWERS.get(kind):
            why = answer.why or str(refusal)
            why += "" if why.endswith(("。", "？")) else "。"
            return refused(request, answer.title, why, answer.remedy, answer.status)
    return None


def answering(patterns: Sequence[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Return the patterns with every page answering refusals in words."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = _answering(pattern.callback)
        else:
            answering(pattern.url_patterns)
    return list(patterns)


def _answering(view: View) -> View:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Exception as refusal:
            answer = answer_to(request, refusal)
            if answer is None:
                raise
            return answer

    return answered
