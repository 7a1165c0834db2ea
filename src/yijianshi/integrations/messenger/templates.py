"""
The words that may be sent, each approved once; a text message shows on a locked screen, so nothing personal is in it.

Numbers of submissions, names of one-things, dates and office telephones may be filled in; people may not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

_LONGEST_VALUE = 60
#: Eighteen digits of a citizen, or eleven of a mobile telephone, not inside a longer number such as a submission's.
_PERSONAL = re.compile(r"(?<![0-9])(?:[1-9][0-9]{16}[0-9Xx]|1[3-9][0-9]-?[0-9]{4}-?[0-9]{4})(?![0-9])")


class TemplateUnknown(KeyError):
    """No approved words stand under this key."""

    def __str__(self) -> str:
        return f"没有编号为“{self.args[0]}”的消息模板，消息没有发出。请先在模板清单中报批。"


class ValueUnfit(ValueError):
    """A value is missing, too long, or would tell something personal."""


@dataclass(frozen=True, slots=True)
class Template:
    """One approved message: a heading for the list of messages and the words themselves."""

    heading: str
    text: str

    @property
    def keys(self) -> frozenset[str]:
        """The values that the words need."""
        return frozenset(
            name for part in (self.heading, self.text) for _, name, _, _ in Formatter().parse(part) if name
        )


TEMPLATES: Mapping[str, Template] = {
    "submission.received": Template(
        "已收到申报", "申报 {number} 已收到。各部门看完材料后会一次告诉您结果，办到哪一步可以随时查看。"
    ),
    "submission.released": Template("已交各部门办理", "申报 {number} 的材料已齐，已交各部门同时办理。谁在办、办到哪天，都可以查看。"),
    "correction.asked": Template(
        "请您补材料", "申报 {number} 还缺材料，各部门的意见已汇总，只需补这一次。请登录查看要补什么。不用补的事项会继续办理。"
    ),
    "correction.again": Template(
        "请您再补材料", "申报 {number} 又有要补的地方。本应一次说清，这次再提已记入监督。请登录查看要补什么、为什么。"
    ),
    "correction.received": Template("已收到补正", "申报 {number} 补的材料已收到，各部门继续办理。"),
    "correction.due": Template("补正快到期", "申报 {number} 的材料请在 {day} 前补齐。来不及的，可以打政务服务热线 12345 说明。"),
    "case.accepted": Template("已受理", "申报 {number} 有事项已受理，办理时限开始计算。"),
    "case.declined": Template("有事项不予受理", "申报 {number} 有事项不予受理。理由和可以怎么办写在决定书里，请登录查看。"),
    "case.decided": Template("有新的办理结果", "申报 {number} 有事项已办出结果，请登录查看。"),
    "case.granted": Template("已办成一项", "申报 {number} 有事项已办成，证照可以登录查看和下载。"),
    "composite.issued": Template("综合许可证已发", "申报 {number} 的{item}已发，里面列着各项证照，可以登录查看和下载。"),
    "case.refused": Template(
        "有事项不予批准", "申报 {number} 有事项没有批准。理由、复议和诉讼的期限写在决定书里，请登录查看。"
    ),
    "case.suspended": Template("暂停计时", "申报 {number} 有事项暂停计时，等原因消除后继续。原因和依据请登录查看。"),
    "case.resumed": Template("恢复计时", "申报 {number} 暂停的事项已恢复办理，新的到期日请登录查看。"),
    "case.extended": Template("延长期限", "申报 {number} 有事项延长了办理期限，理由和新的到期日请登录查看。"),
    "mending.asked": Template("请您整改", "申报 {number} 现场查看后有需要整改的地方，改好以后请登录报告，部门再来复查。"),
    "mending.passed": Template("复查合格", "申报 {number} 的整改复查合格，接着办理。"),
    "case.rerouted": Template("改由别的部门办", "申报 {number} 有事项改由别的部门办理，期限不变。改到哪里、为什么，请登录查看。"),
    "case.revoked": Template("有结果被撤销", "申报 {number} 有一项结果被撤销。理由、复议和诉讼的期限写在决定书里，请登录查看。"),
    "case.taken_up": Template("重新办理", "申报 {number} 有事项重新办理，期限重新计算，请登录查看。"),
    "owed.received": Template("已收到补交的材料", "申报 {number} 说好后补的材料已收到，接着办理。"),
    "owed.due": Template("请按时补材料", "申报 {number} 已受理，还欠着说好后补的材料，请在 {day} 前登录补交。"),
    "owed.remind": Template("请按时补材料", "申报 {number} 说好后补的材料，请在 {day} 前登录补交。过期没有补，这一项会终止。"),
    "check.remind": Template("承诺核查快到期", "申报 {number} 按承诺办结的事项，请在 {day} 前完成核查。"),
    "appointment.made": Template("已约好上门时间", "申报 {number} 的现场查看约在 {day}，几个部门一起来，只跑这一次。"),
    "appointment.moved": Template("上门时间有变", "申报 {number} 的现场查看改到 {day}。时间不便的，请登录改约。"),
    "joint.planned": Template("请报方便的时间", "申报 {number} 要{item}，几个部门一起来，只来一次。请登录勾选您方便的半天。"),
    "joint.asked": Template("请报能参加的时间", "申报 {number} 要{item}，请登录勾选本单位能参加的半天。"),
    "joint.proposed": Template("可以定时间了", "申报 {number} 的{item}有大家都空的时间，请登录定下时间和地点。"),
    "joint.fixed": Template("时间已约好", "申报 {number} 的{item}约在 {day}，地点请登录查看。"),
    "joint.moved": Template("时间有变", "申报 {number} 的{item}改到 {day}，原因请登录查看。"),
    "joint.cancelled": Template("联合行动取消", "申报 {number} 的{item}取消了，原因请登录查看。各部门照常办理。"),
    "joint.recorded": Template("联合行动有结果", "申报 {number} 的{item}已有记录，各部门的意见请登录查看。"),
    "joint.marked": Template("图纸有批注", "申报 {number} 的图纸上有批注请您回复，请登录查看。"),
    "joint.answered": Template("批注有回复", "申报 {number} 的申请人回复了图纸批注，请登录查看。"),
    "joint.remind": Template("约好的时间快到了", "申报 {number} 的{item}约在 {day}，地点请登录查看。来不了的请尽早登录改时间。"),
    "payment.remind": Template("缴费快到期", "申报 {number} 的费用请在 {day} 前缴。过期没有缴，这一项会终止。只在本平台缴费，不要向个人转账。"),
    "payment.due": Template("请缴费", "申报 {number} 有费用要缴，多少钱、依据什么、缴到哪里，请登录查看。只在本平台缴费，不要向个人转账。"),
    "payment.received": Template("已收到缴费", "申报 {number} 的缴费已到账，凭证可以登录查看。事项接着办。"),
    "payment.refund": Template("退费有结果", "申报 {number} 的退费已有决定，退不退、退多少和理由请登录查看。退款原路返回，不会打电话要您的银行卡号。"),
    "submission.closed": Template("全部办完", "申报 {number} 的事项全部办完，结果已按您选的方式送出。"),
    "submission.withdrawn": Template("已撤回", "申报 {number} 已按您的要求撤回。"),
    "delivery.sent": Template("证照已寄出", "申报 {number} 的证照已寄出，物流可以登录查看。"),
    "delivery.ready": Template("证照可以领取", "申报 {number} 的证照可以到窗口领取，请带身份证件。"),
    "together.asked": Template(
        "请您确认一份共同申请", "有一份申请写了您，要您本人确认才能提交。请登录本平台查看；不认识这件事的不要确认，写明原因即可。"
    ),
    "together.confirmed": Template("对方已确认", "您请确认的申请，又有一位已确认。全部确认后自动提交。"),
    "together.declined": Template("对方没有确认", "您请确认的申请，有一位没有确认。原因请登录查看，改好可以再请他确认。"),
    "together.fell": Template("您确认过的申请改了", "您确认过的申请改动了内容，您的确认已作废。对方会再请您确认。"),
    "together.again": Template("请再请对方确认", "申请的内容改了，原来的确认已作废。请登录核对，再请对方确认一次。"),
    "together.withdrawn": Template("有一项撤回了", "申报 {number} 有事项由申请人撤回。哪一项、别的还办不办，请登录查看。"),
    "correction.by_other": Template("补正已交回", "申报 {number} 要补的内容，共同办理的另一方已经交回，您不用再补。"),
    "mandate.accepted": Template("对方接受了", "您请的人接受了，现在可以替您办。他做了什么随时看得到，不想让他办随时收回。"),
    "mandate.declined": Template("对方没有接受", "您请的人没有接受，不能替您办。可以再请别人，或者自己接着办。"),
    "mandate.held": Template("您可以替别人办事了", "有人授权您替他办事。办什么、到哪天，请登录查看。"),
    "mandate.ended": Template("授权结束了", "一份授权结束了，您不能再替对方办。这件事回到他本人手里。"),
    "mandate.back": Template("授权结束了", "您给别人的一份授权结束了，事情回到您自己手里，填过的都还在。"),
    "mandate.attested": Template("窗口记下了您的授权", "窗口记下了您请人代办的授权。不是您的意思，请登录收回，或拨打 12345。"),
    "mandate.steward": Template("给您指定了项目管家", "牵头部门给您的项目指定了管家，他看进度、替您催问，不作决定。"),
    "chase.asked": Template("项目管家在问进度", "有项目管家问您办的一件事的进度，请登录查看。"),
    "visit.taken": Template("上门的日子定了", "您约的上门帮办定在 {day}。上门的人会带工作证，不收钱，不要您的银行卡密码。"),
    "case.terminated": Template("有一项终止了", "申报 {number} 有一项终止了，原因和还可以怎么办，请登录查看。"),
    "draft.expiring": Template("草稿快到期", "您有一份没有提交的申报，{day} 后会删除。要接着办，请在此前提交。"),
    "edition.changed": Template("要求有变", "您没有提交的申报，办理要求有变化。哪里变了、要不要重填，打开草稿就能看到。"),
    "rating.due": Template("请您评价", "申报 {number} 办得怎么样？请您评价，差评会有人回访。"),
    "ticket.answered": Template("您的问题有答复", "您提的问题已有答复，请登录查看。"),
    "policy.matched": Template("可能有适合您的政策", "有一项政策您可能符合条件，不用申请材料，登录确认即可。"),
    "review.answered": Template("工作人员看过了", "申报 {number} 里您请工作人员看的“{item}”有答复了，请登录查看。"),
    "offer.made": Template(
        "有一项待遇等您确认", "您可能可以领“{item}”，不用申请。请登录看数据对不对，确认了才办。不会打电话要您的银行卡号。"
    ),
    "offer.answered": Template("您说的数据核对过了", "您说“{item}”的数据不对，单位已经核对，结果请登录查看。"),
    "licence.expiring": Template("证照快到期", "您的一本证照将在 {day} 到期，请登录办理延续。"),
    "booking.made": Template("已约好到窗口的时间", "您约了 {day} 到{place}办事。来不了的，请在开始以前登录取消或改约。"),
    "booking.moved": Template("预约改好了", "您到{place}的预约改到 {day}。"),
    "booking.cancelled": Template("预约已取消", "您 {day} 到{place}的预约已取消。需要时可以再约，或直接来取号。"),
    "booking.remind": Template("明天到窗口办事", "您约了 {day} 到{place}。请带上材料，到了先签到取号；来不了的请登录取消。"),
    "booking.moved_by_hall": Template("预约的时间有变", "{place}临时关了窗口，您的预约改到 {day}。不方便的请登录改约，很抱歉。"),
    "booking.excused": Template("预约没能保住", "{place}临时关了窗口，您 {day} 的预约办不了，不算失约。请登录另约，很抱歉。"),
    "data.answered": Template("您要求更正的信息有答复", "您要求更正的个人信息有答复了，请登录查看。"),
    "consent.used": Template("您授权的数据被使用", "申报 {number} 按您的授权查询了共享数据。哪个部门、查了什么，登录可以查看。"),
    "guards.guessed": Template(
        "有人在试您的第二道验证", "有人知道您的密码，正在试您的第二道验证，已让他等待。不是您本人的，请登录后换密码，并看一看登录设备。"
    ),
    "guards.changed": Template("登录保护有改动", "您的密码或第二道验证刚刚改过。不是您本人改的，请马上联系管理员。"),
    "guards.link": Template("管理员给您发了新的登录链接", "管理员为您的账号发了一个重设密码的链接。不是您要的，请马上联系单位的安全管理员。"),
}  # fmt: skip


def render(key: str, values: Mapping[str, str]) -> str:
    """
    Return the words of the approved template `key` with `values` filled in.

    :raises TemplateUnknown: if nothing is approved under `key`.
    :raises ValueUnfit: if a value is missing, too long, or would tell something personal.
    """
    template = _approved(key)
    return template.text.format_map(_fit(key, template, values))


def heading(key: str, values: Mapping[str, str]) -> str:
    """Return the heading of the template. :raises TemplateUnknown: if nothing is approved under `key`."""
    template = _approved(key)
    return template.heading.format_map(_fit(key, template, values))


def _approved(key: str) -> Template:
    try:
        return TEMPLATES[key]
    except KeyError:
        raise TemplateUnknown(key) from None


def _fit(key: str, template: Template, values: Mapping[str, str]) -> dict[str, str]:
    fit = {}
    for name in sorted(template.keys):
        if not values.get(name):
            raise ValueUnfit(f"消息“{key}”缺少“{name}”，没有发出。请补上后重发。")
        value = str(values[name])
        if len(value) > _LONGEST_VALUE or any(character in value for character in "\r\n"):
            raise ValueUnfit(f"消息“{key}”的“{name}”太长或分了行，没有发出。请缩短为一行。")
        if _PERSONAL.search(value):
            raise ValueUnfit(f"消息“{key}”的“{name}”含有证件号或手机号，没有发出。请改用申报编号。")
        fit[name] = value
    return fit
