"""
Messages to the reader (消息): what was told, in words; the rows keep only a key and numbers, nothing personal.

The words are those of the approved templates, as the reader meets them inside the platform.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.rights import Act, Actor, own, require
from yijianshi.store.letters.models import MessageRow
from yijianshi.store.submissions.models import SubmissionRow

from ..contents import open_text
from ..mandates.keeping import matters_by_mandate

PER_PAGE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRead:
    """One message."""

    id: UUID
    title: str
    text: str
    number: str
    about: str  # whose matter: the title of the submission
    link: str
    at: datetime
    is_new: bool
    asks: bool


#: By template key: heading, words, whether it asks the reader to do something; {item} names the items it is about.
WORDS: Mapping[str, tuple[str, str, bool]] = {
    "submission.received": ("已收到申报", "各部门看完材料，一次告诉您结果。办到哪一步，随时能看。", False),
    "submission.released": (
        "已交各部门办理",
        "材料齐了，已交各部门同时办理。谁在办、办到哪天，都能看。",
        False,
    ),
    "submission.closed": ("都办完了", "结果怎么送到您手里，点开看。也请您评价一句。", False),
    "correction.asked": ("请您补材料", "各部门的意见已汇总，只需补这一次。不用补的事项照常办。", True),
    "correction.received": ("已收到补正", "您补的收到了，各部门接着办。", False),
    "correction.due": ("请在 {day}前补齐", "补正快到期了。来不及的，打 12345 说明。", True),
    "case.accepted": ("{item}：已受理", "办理时限开始计算，办到哪天点开看。", False),
    "case.declined": ("{item}：不予受理", "理由和您还可以怎么办，点开看。", False),
    "case.decided": ("{item}：有结果了", "办成没有，点开看。", False),
    "case.granted": ("{item}：办好了", "点开就能看、能下载。", False),
    "composite.issued": ("{item}：发给您了", "各项证照列在一张证上，点开看、下载、核验。", False),
    "case.refused": ("{item}：没有批准", "理由、复议和诉讼的期限，点开看。", False),
    "case.suspended": ("{item}：暂停计时", "原因和依据点开看；等原因消除就接着办。", False),
    "case.resumed": ("{item}：恢复计时", "接着办了，新的期限点开看。", False),
    "payment.due": ("请缴费", "多少钱、谁收、依据什么，点开看。只在这里缴，不要向个人转账。", True),
    "payment.received": ("缴费到账了", "凭证号点开看，事项接着办。", False),
    "payment.refund": ("退费有结果", "退不退、退多少，点开看。退的钱原路返回。", False),
    "review.answered": ("{item}：工作人员看过了", "怎么答复的，点开看。", False),
    "offer.made": ("{item}：您可能可以领", "不用申请，看看数据对不对，确认就行；不想要也可以说不要。", True),
    "offer.answered": ("{item}：数据核对过了", "核对的结果点开看。", True),
    "owed.received": ("{item}：补交的材料收到了", "接着办，您不用再做什么。", False),
    "owed.due": ("{item}：还欠着材料", "请在说好的日子前补交，过期这一项就停了。点开上传。", True),
    "owed.remind": ("{item}：{day}前要补材料", "过期没有补，这一项就停了。点开上传。", True),
    "payment.remind": ("请在 {day}前缴费", "过期没有缴，这一项就停了。只在这里缴，不要向个人转账。", True),
    "check.remind": ("{item}：{day}前要核查承诺", "点开记下核查结果。", True),
    "joint.remind": ("{item}：约在 {day}，快到了", "地点点开看。来不了的请尽早改时间。", True),
    "joint.planned": ("{item}：请报您哪天方便", "几个部门一起来，只来这一次。勾上您方便的半天。", True),
    "joint.asked": ("{item}：请报哪天能参加", "勾上本单位能去的半天，牵头部门来定。", True),
    "joint.proposed": ("{item}：有大家都空的时间", "请定下时间和地点。", True),
    "joint.fixed": ("{item}：约在 {day}", "地点和参加的部门点开看。不方便的，可以改一次。", False),
    "joint.moved": ("{item}：改到 {day}", "为什么改，点开看。", False),
    "joint.cancelled": ("{item}：取消了", "原因点开看。各部门照常办自己的事项。", False),
    "joint.recorded": ("{item}：有结果了", "各部门的意见和记录点开看。", False),
    "joint.marked": ("{item}：图纸上有批注请您回复", "点开看是哪一处、怎么改。", True),
    "joint.answered": ("{item}：申请人回复了批注", "请看改得对不对，对了就标为已解决。", True),
    "together.asked": (
        "请您确认一份共同申请",
        "写了您的一份申请，要您本人确认才能提交。不认识的不要确认。",
        True,
    ),
    "together.confirmed": ("对方已确认", "全部确认后自动提交。", False),
    "together.declined": ("对方没有确认", "原因点开看，改好可以再请他确认。", True),
    "together.fell": ("您确认过的申请改了", "您的确认已作废，对方会再请您确认。", False),
    "together.again": ("请再请对方确认", "申请的内容改了，原来的确认已作废。", True),
    "together.withdrawn": ("有一项撤回了", "申请人撤回了一项，别的还办不办点开看。", False),
    "correction.by_other": ("补正已交回", "共同办理的另一方已经交回，您不用再补。", False),
    "mandate.accepted": ("对方接受了", "现在可以替您办。他做了什么随时看得到，不想让他办随时收回。", False),
    "mandate.declined": ("对方没有接受", "可以再请别人，或者自己接着办。", False),
    "mandate.held": ("您可以替别人办事了", "替谁办、办什么、到哪天，点开看。", False),
    "mandate.ended": ("授权结束了", "您不能再替对方办，这件事回到他本人手里。", False),
    "mandate.back": ("授权结束了", "事情回到您自己手里，填过的都还在。", False),
    "mandate.attested": ("窗口记下了您的授权", "不是您的意思，点开收回，或者打 12345。", True),
    "mandate.steward": ("给您指定了项目管家", "他看进度、替您催问，不作决定。点开看是谁。", False),
    "chase.asked": ("项目管家在问进度", "点开看是哪一件。", True),
    "visit.taken": ("上门的日子定了：{day}", "上门的人带工作证，不收钱，不要您的密码。", False),
    "booking.made": ("约好了：{day}", "到{place}。带什么、怎么走、改约和取消，点开看。", False),
    "booking.moved": ("预约改到 {day}", "到{place}。日历文件点开重新下载。", False),
    "booking.cancelled": ("预约取消了", "{day} 到{place}的预约已取消。", False),
    "booking.remind": ("明天到窗口：{day}", "到{place}，先签到取号。来不了的请取消。", True),
    "booking.moved_by_hall": ("预约改到 {day}", "{place}临时关了窗口，很抱歉。不方便的点开改约。", True),
    "booking.excused": ("预约没能保住", "{place}临时关了窗口，{day} 办不了，不算失约。点开另约。", True),
    "submission.withdrawn": ("已撤回", "您的申报已经撤回。以后要办，可以重新申报。", False),
    "case.taken_up": ("{item}：接着办了", "原来的处理已经纠正，部门接着办，新的期限点开看。", False),
    "case.extended": ("{item}：期限延长了", "延长到哪天、为什么、谁批准的，点开看。", False),
    "case.rerouted": ("{item}：换了办理单位", "由哪个单位接着办，点开看。", False),
    "case.revoked": ("{item}：被撤销了", "理由、复议和诉讼的期限，点开看。", True),
    "correction.again": ("请再补一次材料", "部门又提了要补的，要补什么、到哪天，点开看。", True),
    "mending.asked": ("请您整改", "现场查出要改的地方，改什么、到哪天，点开看。改好了在那里告诉我们。", True),
    "mending.passed": ("复查合格", "整改过了，接着办。", False),
    "appointment.made": ("约好了时间", "哪天、在哪里、要准备什么，点开看。", False),
    "appointment.moved": ("约好的时间改了", "改到哪天，点开看。", False),
    "delivery.sent": ("结果寄出了", "快递单号点开看。", False),
    "delivery.ready": ("结果可以取了", "到哪里取、带什么，点开看。", False),
    "draft.expiring": ("草稿快到期", "没有提交的，到期会删掉。要接着办，请尽快提交。", True),
    "edition.changed": ("要求有变", "哪里变了、要不要重填，点开看。", True),
    "rating.due": ("请您评价", "这件事办得怎么样，点开说一句。评差了，有人回访。", False),
    "policy.matched": ("有一项您可能能领的", "是什么、怎么领，点开看。", False),
    "ticket.answered": ("您问的有答复了", "点开看。", False),
    "licence.expiring": ("证照快到期", "{day} 到期，请在这以前办延续。", True),
    "consent.used": ("您授权的数据被使用", "哪个部门、查了什么，点开看。", False),
    "guards.guessed": ("有人在试您的第二道验证", "不是您本人的，请马上换密码，再看一看登录设备。", True),
    "guards.changed": ("登录保护有改动", "不是您本人改的，请马上联系管理员。", False),
    "guards.link": ("管理员给您发了新的登录链接", "不是您要的，请马上联系单位的安全管理员。", False),
    "case.terminated": ("{item}：终止", "这一项停下了，原因点开看。", False),
    "data.answered": ("您要求更正的信息有答复", "改了什么、没改的理由，点开看。", False),
}


def messages_of(actor: Actor, *, page: int = 1) -> tuple[tuple[MessageRead, ...], int]:
    """Return a page of the reader's messages, newest first, and how many there are; three queries."""
    require(actor, Act.READ_OWN, own(actor))
    rows = MessageRow.objects.filter(account=UUID(actor.account)).order_by("-sent_at", "-id")
    shown = list(rows[(page - 1) * PER_PAGE : page * PER_PAGE])
    about = _titles(actor, shown)
    return tuple(_read(row, about.get(str(row.values.get("number")), "")) for row in shown), rows.count()


def _titles(actor: Actor, rows: Iterable[MessageRow]) -> dict[str, str]:
    """Return the titles of the reader's own submissions that the messages are about."""
    numbers = {str(row.values.get("number", "")) for row in rows}
    mine = matters_by_mandate(actor) or Q(pk=None)
    if actor.party:
        mine |= Q(party=UUID(actor.party)) | Q(together__contains=[UUID(actor.party)])
    found = SubmissionRow.objects.filter(mine, number__in=numbers)
    return {
        number: open_text(sealed, purpose="title")
        for number, sealed in found.values_list("number", "title_sealed")
    }


def note_messages_read(actor: Actor, *, at: datetime) -> None:
    """Note that the reader has seen his messages."""
    MessageRow.objects.filter(account=UUID(actor.account), read_at=None, sent_at__lte=at).update(read_at=at)


def _read(row: MessageRow, about: str) -> MessageRead:
    title, text, asks = WORDS.get(row.key, ("有新的进展", "点开看。", False))
    said = {name: str(value) for name, value in row.values.items()}
    said = {"day": "", "place": "窗口"} | said | {"item": said.get("item") or "有事项"}
    title, text = title.format_map(said), text.format_map(said)
    return MessageRead(
        id=row.id,
        title=title,
        text=text,
        number=str(row.values.get("number", "")),
        about=about,
        link=row.link,
        at=row.sent_at,
        is_new=row.read_at is None,
        asks=asks,
    )
