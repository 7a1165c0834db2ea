"""Every building block in every state on one living page, with invented values; shown in the demo only and linked nowhere."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from yijianshi.domain.definitions import Column, Kind
from yijianshi.web import parts as p
from yijianshi.web.errors import TROUBLES, refused
from yijianshi.web.templatetags.yjs import LEGAL_TIME

NOW = datetime(2026, 11, 24, 10, 46, tzinfo=LEGAL_TIME)
TODAY = NOW.date()
WORKING_DAYS = [date(2026, 11, d) for d in (18, 19, 20, 23, 24, 25, 26, 27, 30)] + [date(2026, 12, 1)]
PHONE = "025-8000-0012"


def kit(request: HttpRequest) -> HttpResponse:
    """Show what citizens' pages are made of."""
    _only_in_the_demo()
    page = {
        "now": NOW, "today": TODAY, "account": "王芳", "nav": "help", "waiting": 1,
        "cuts": CUTS, "cards": CARDS, "steps": p.Steps(at=1), "groups": GROUPS, "facts": FACTS, "fields": fields(),
        "problems": PROBLEMS, "materials": MATERIALS, "spared": SPARED, "corrections": CORRECTIONS, "donut": p.Donut(done=2, total=5),
        "lanes": lanes(), "calendar_lanes": calendar_lanes(), "before_after": BEFORE_AFTER, "struck": STRUCK, "tags": TAGS,
        "notices": NOTICES, "acts": ACTS, "question": QUESTION, "empty": EMPTY, "persons": PERSONS, "history": HISTORY,
        "papers": PAPERS, "letters": LETTERS, "qr": QR, "rating": p.Rating(chosen=4), "refusal": REFUSAL, "lives": LIVES, "next_step": NEXT_STEP,
        "meters": METERS,
    }  # fmt: skip
    return render(request, "kit/citizen.html", page)


def kit_desk(request: HttpRequest) -> HttpResponse:
    """Show what staff's pages are made of."""
    _only_in_the_demo()
    page = {
        "now": NOW, "today": TODAY, "account": "陈志远", "unit": "南京市鼓楼区市场监管局 · 食品经营许可科", "rail": RAIL,
        "counts": COUNTS, "inbox": inbox(), "filters": FILTERS, "pages": p.Pages(number=3, last=12, total=236, keep=(("due", "all"),)),
        "pairs": PAIRS, "joint": JOINT, "desk_acts": DESK_ACTS, "checks": CHECKS, "meter": METERS[0],
    }  # fmt: skip
    return render(request, "kit/desk.html", page)


def kit_question(request: HttpRequest) -> HttpResponse:
    """Show the question before what cannot be undone, as a page."""
    _only_in_the_demo()
    return render(request, "confirm.html", {"question": QUESTION, "account": "王芳", "now": NOW})


def kit_trouble(request: HttpRequest, status: int) -> HttpResponse:
    """Show what a reader sees when something does not work."""
    _only_in_the_demo()
    trouble = TROUBLES.get(status)
    if trouble is None:
        raise Http404
    return refused(request, trouble.title, trouble.why, trouble.remedy, status)


def _only_in_the_demo() -> None:
    if getattr(getattr(settings, "ENVIRONMENT", None), "profile", "demo") != "demo":
        raise Http404


def _at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LEGAL_TIME)


CUTS = (
    p.Cut(name="交材料", before=17, after=8, unit="份", why="9 份由部门共享或系统生成"),
    p.Cut(name="等多久", before=60, after=7, unit="个工作日", why="今天受理，12 月 3 日前办完"),
    p.Cut(name="跑几次", before=9, after=0, unit="次", why="联合上门看一次，您在店里等"),
    p.Cut(name="填多少", before=74, after=32, unit="项", why="相同的只问一次，证照里有的不问"),
)
CARDS = (
    p.ServiceCard(
        title="新生儿出生", href="#", words="出生证、落户、医保、社保卡、生育津贴，9 个事项一次办",
        cuts=(p.Cut(name="", before=35, after=3, unit="份材料"), p.Cut(name="", before=58, after=15, unit="个工作日"), p.Cut(name="", before=14, after=0, unit="次跑动")),
    ),
    p.ServiceCard(
        title="开办餐饮店", href="#", words="食品经营许可、消防、招牌、排水，5 个事项一次办",
        cuts=(p.Cut(name="", before=17, after=8, unit="份材料"), p.Cut(name="", before=60, after=7, unit="个工作日"), p.Cut(name="", before=9, after=0, unit="次跑动")),
    ),
    p.ServiceCard(title="企业信用修复", href="#", words="一处申请，几个网站一起更新"),
)  # fmt: skip
GROUPS = p.GroupList(
    groups=tuple(
        p.GroupLink(label=label, href="#", done=done, total=total, current=label == "场所")
        for label, done, total in (("市场主体", 7, 7), ("负责人与经办人", 6, 6), ("场所", 6, 8), ("食品经营", 0, 9), ("消防", 0, 6))
    ),
    left="74 项里 42 项不用您填，还剩 30 项。",
)  # fmt: skip
FACTS = p.Facts(
    items=(
        p.Known(name="经营场所地址", value="南京市鼓楼区望湖路 88 号 1 层", source="电子营业执照", at=_at(24, 10, 32), object_href="#"),
        p.Known(name="建筑面积", value="326.4 ㎡", source="不动产登记", at=_at(24, 10, 32), object_href="#"),
        p.Known(name="法定代表人", value="王芳", source="人口库", at=_at(23, 16, 5), objected="您说有误，部门在核对"),
        p.Known(name="就餐座位", value="84 个", source="您在第 4 组填的", by_applicant=True, at=_at(24, 10, 41), object_href="#", object_words="去改"),
    )
)  # fmt: skip
INVESTORS = (
    Column(key="name", name="姓名"),
    Column(key="id", name="证件号码", kind=Kind.ID_NUMBER),
    Column(key="share", name="出资（万元）", kind=Kind.MONEY),
    Column(
        key="role",
        name="职务",
        kind=Kind.ENUM,
        values=("执行董事", "监事", "经理", "股东", "其他", "无"),
        required=False,
    ),
)


def fields() -> list[p.Asked]:
    """Return one question of every kind, some filled, some wrong."""
    options = tuple(p.Option(one, one) for one in ("中餐", "西餐", "火锅", "烧烤", "小吃", "饮品", "糕点"))
    ways = (
        p.Option("promise", "采用告知承诺", "1 个工作日许可，之后 20 个工作日内来核查"),
        p.Option("inspect", "不采用，先查后批", "10 个工作日内检查并决定"),
    )
    counties = tuple(
        p.Option(code, name)
        for code, name in (("320106", "南京市鼓楼区"), ("320102", "南京市玄武区"), ("320104", "南京市秦淮区"))
    )
    return [
        p.Asked(name="floor", label="所在楼层", value="1 层", hint="如：1 层，地下 1 层。食品、消防都用这一项。"),
        p.Asked(name="building", label="建筑物名称", optional=True, hint="如：望湖里商业中心 A 座"),
        p.Asked(name="exits", label="安全出口有几个？", kind=Kind.INT, value="两个", unit="个", error="请填数字，如 2。您填的是“两个”。"),
        p.Asked(name="kitchen", label="食品处理区面积", kind=Kind.NUMBER, value="96.5", unit="㎡", who="市场监管要"),
        p.Asked(name="capital", label="注册资本", kind=Kind.MONEY, value="500000"),
        p.Asked(name="opening", label="打算哪天开业", kind=Kind.DATE, value="2026-12-18"),
        p.Asked(name="insured", label="从哪个月起参保", kind=Kind.MONTH, value="2026-12"),
        p.Asked(name="built", label="房屋哪年建成", kind=Kind.YEAR, value="2014"),
        p.Asked(name="visit", label="哪天几点方便上门", kind=Kind.DATETIME, value="2026-11-26T10:00"),
        p.Asked(name="lease", label="租期", kind=Kind.DATE_RANGE, value={"from": "2026-10-01", "to": "2029-09-30"}),
        p.Asked(name="fire-way", label="消防检查怎么办？", kind=Kind.ENUM, value="promise", options=ways),
        p.Asked(name="cuisine", label="主营什么", kind=Kind.ENUM, value="火锅", options=options),
        p.Asked(name="sells", label="还卖哪些？", kind=Kind.MULTI_ENUM, value=["酒水"], options=tuple(p.Option(x, x) for x in ("酒水", "生食", "冷食", "自制饮品"))),
        p.Asked(name="waste", label="向市政管网排放餐饮废水吗？", kind=Kind.BOOL, value=True, yes="排放", no="不排放", error="请选一个。住建据此定排水许可。"),
        p.Asked(name="phone", label="联系手机", kind=Kind.PHONE, value="139-0000-2046"),
        p.Asked(name="manager-id", label="安全管理员证件号码", kind=Kind.ID_NUMBER, value="320106199001011234", error="末位和前 17 位对不上，请对着证件再填", sensitive=True),
        p.Asked(name="uscc", label="统一社会信用代码", kind=Kind.USCC, value="91350100M000100Y43"),
        p.Asked(name="account", label="收款账号", kind=Kind.BANK_ACCOUNT, value="6222 0000 0000 0000", sensitive=True),
        p.Asked(name="address", label="证照寄到哪里", kind=Kind.ADDRESS, value="南京市鼓楼区望湖路 88 号", hint="填到门牌号"),
        p.Asked(name="county", label="户口落在哪个区", kind=Kind.REGION, value="320106", options=counties),
        p.Asked(name="layout", label="设备布局说明", kind=Kind.TEXT, value="更衣、粗加工、烹饪、洗消四区分开。", hint="写清四区怎么走"),
        p.Asked(name="declaration", label="消防安全告知承诺", kind=Kind.DECLARATION, value=False, text="一、场所符合消防技术标准。\n\n二、疏散通道、安全出口畅通。\n\n三、许可后 20 个工作日内接受核查。"),
        p.Asked(name="investors", label="投资人", kind=Kind.TABLE, columns=INVESTORS, value=[{"name": "王芳", "share": "30", "role": "执行董事"}, {"name": "张伟", "share": "20"}]),
        p.Asked(name="plan", label="场所平面图", kind=Kind.FILE, value="平面图-终版.pdf，2 页", hint="PDF 或照片，20 MB 以内"),
    ]  # fmt: skip


PROBLEMS = p.Problems(
    items=(
        p.Problem(field="f-manager-id", text="安全管理员证件号码：末位和前 17 位对不上，请对着证件再填"),
        p.Problem(field="f-exits", text="安全出口：请填数字，如 2"),
        p.Problem(field="f-waste", text="餐饮废水：请选一个"),
    )
)
MATERIALS = (
    p.MaterialRow(name="招牌场地使用证明", state="again", about="城管要 · 复印件 1 份", problem="照片右下角被裁掉，看不到签章。请把整页放平重拍。", upload="#"),
    p.MaterialRow(name="消防设施平面图", state="asked", about="消防要 · 可先交承诺，核查时补", upload="#", links=(("看样例", "#"), ("下载空白表", "#"))),
    p.MaterialRow(name="场所平面布置图", state="accepted", about="平面图-终版.pdf · 2 页", at=_at(24, 10, 58), links=(("换一份", "#"),)),
    p.MaterialRow(name="排水平面图", state="checking", about="排水.jpg · 正在查毒，查完部门才看得到"),
    p.MaterialRow(name="健康证明", state="owed", about="容缺受理：12 月 8 日（周二）前补上就行"),
)  # fmt: skip
SPARED = (
    p.MaterialRow(
        name="营业执照", state="shared", source="电子营业执照", at=_at(24, 10, 32), object_href="#"
    ),
    p.MaterialRow(
        name="综合申请表",
        state="generated",
        about="系统按您填的表生成，提交前请您过目",
        links=(("预览", "#"),),
    ),
    p.MaterialRow(name="消防安全检查意见书", state="awaited", about="消防办出后自动送给市场监管"),
)
FILL_IN = p.Act(label="补材料", href="#", look="primary")
CORRECTIONS = (
    p.Correction(
        title="请您补 1 份材料", until=date(2026, 11, 27), act=FILL_IN,
        remarks=(p.Remark(what="招牌场地使用证明", why="第 2 页看不到业主签章。请补一张完整的。", by="城管"),),
        meanwhile="今天补上，不影响总的完成日期；食品和排水照常在办。",
    ),
    p.Correction(
        title="请您补 2 样材料", until=date(2026, 11, 27), act=FILL_IN,
        remarks=(
            p.Remark(what="设备设施布局图", why="上没有标油烟净化设备", by="市场监管局 陈志远", at=_at(23, 15, 20)),
            p.Remark(what="招牌效果图", why="上没有写长、高和离地高度", by="城市管理局 周琳", at=_at(24, 9, 5)),
        ),
    ),
)  # fmt: skip


def lanes() -> p.Lanes:
    """Return who holds what, over working days."""
    axis = p.axis(WORKING_DAYS, today=TODAY)
    d = {day.day: day for day in WORKING_DAYS}

    def under_way(end: date) -> tuple[p.Segment, ...]:
        return (axis.stretch("left", d[23], end), axis.stretch("run", d[23], TODAY, end=0.5))

    done = p.Tag(state="done", word="已办结")
    visit = (axis.place(d[26], 0.5),)
    rows = (
        p.Lane(title="营业执照核验", who="市场监管局 · 系统", says="营业执照核验，11 月 18 日自动办结", segments=(axis.stretch("done", d[18], d[18], end=0.2),), tag=done, end="11 月 18 日"),
        p.Lane(title="消防安全检查", who="消防救援大队 · 赵凯", says="消防安全检查，11 月 23 日许可", segments=(axis.stretch("done", d[23], d[23]),), tag=p.Tag(state="done", word="已许可"), end="11 月 23 日"),
        p.Lane(title="食品经营许可", who="市场监管局 · 陈志远", says="食品经营许可，11 月 23 日起，27 日前，26 日上门", segments=under_way(d[27]), visits=visit, tag=p.Tag(state="run", word="办理中"), end="11 月 27 日前", href="#"),
        p.Lane(title="户外招牌", who="城市管理局 · 周琳", says="户外招牌，等您补材料，补后 3 个工作日", segments=(axis.stretch("none", d[25], d[27]), axis.stretch("todo", d[23], TODAY, end=0.5)), tag=p.Tag(state="todo", word="等您补 1 份"), end="补后 3 个工作日"),
        p.Lane(title="排水许可", who="住房和城乡建设局 · 吴浩", says="排水许可，11 月 23 日起，12 月 1 日前，26 日上门", segments=under_way(d[1]), visits=visit, tag=p.Tag(state="run", word="办理中"), end="12 月 1 日前"),
    )  # fmt: skip
    return p.Lanes(axis=axis, rows=rows)


def calendar_lanes() -> p.Lanes:
    """Return one lane over calendar days, with the days of rest shaded."""
    days = [date(2026, 11, 16) + timedelta(days=n) for n in range(21)]
    axis = p.axis(days, today=TODAY, resting={day for day in days if day.weekday() > 4})
    row = p.Lane(title="公示", who="烟草专卖局 · 孙倩", says="公示，11 月 18 日起 15 天，12 月 2 日止", end="12 月 2 日止", tag=p.Tag(state="run", word="公示中"),
                 segments=(axis.stretch("left", date(2026, 11, 18), date(2026, 12, 2)), axis.stretch("run", date(2026, 11, 18), TODAY, end=0.5)))  # fmt: skip
    return p.Lanes(axis=axis, rows=(row,), legend=("run", "left"), note="灰的是休息日")


BEFORE_AFTER = p.BeforeAfter(
    before=tuple(p.Stage(name=name, days=days) for name, days in (("市场监管", 10), ("消防", 10), ("城管", 20), ("住建", 20))),
    after=(
        p.Stage(name="食品经营许可", days=5),
        p.Stage(name="消防安全检查", days=1, note="承诺制"),
        p.Stage(name="户外招牌", days=3),
        p.Stage(name="排水许可", days=7, note="最长"),
    ),
    before_words="60 个工作日，跑 9 次",
    after_words="7 个工作日，不用跑",
)  # fmt: skip
STRUCK = p.StruckOff(name="等多久", before=60, after=7, unit="个工作日")
TAGS = tuple(p.Tag(state=state, word=word) for state, word in (("wait", "待受理"), ("run", "办理中"), ("todo", "等您补正"), ("pause", "已暂停计时"), ("done", "已办结"), ("no", "不予许可"), ("late", "已超期")))  # fmt: skip
NOTICES = (
    p.Notice(
        title="面积以登记为准：326.4 ㎡", text="您先前答的是 320 ㎡。已按登记改过，要办的事项和天数都没有变。"
    ),
    p.Notice(kind="done", title="已受理", text="四家同时在办，最晚 12 月 1 日。"),
    p.Notice(kind="todo", title="人口库暂时连不上", text="请先自己填，我们稍后核对，不耽误提交。"),
    p.Notice(
        kind="no",
        title="没能送达：短信",
        text="手机号停机。请换一个号码。",
        act=p.Act(label="换号码", href="#", small=True),
    ),
)
ACTS = (
    p.Act(label="提交申报", href="#", look="primary"),
    p.Act(label="保存草稿", post="#"),
    p.Act(label="看样例", href="#", look="quiet"),
    p.Act(label="撤回申报", href="/kit/question", look="danger", dialog="confirm"),
    p.Act(label="提交申报", look="primary", why_not="还差 2 份材料"),
)
QUESTION = p.Confirmation(
    title="撤回整个申报？", text="四家都会停下。以后想办要重新提交，填过的内容会留着。", remains="消防检查意见书已经发出，撤回不影响它。",
    yes="撤回申报", post="/kit/question", no="不撤回", back="/kit", listed=("食品经营许可 · 市场监管局", "户外招牌 · 城市管理局"), ask_reason="为什么撤回（选填）",
)  # fmt: skip
EMPTY = p.Empty(
    title="还没有办件",
    text="提交以后，谁在办、办到哪天，都在这里看。",
    act=p.Act(label="去办一件事", href="#", look="primary"),
)
PERSONS = (
    p.Person(
        name="何敏", about="牵头 · 市场监管局", phone=PHONE, hours="工作日 9:00–17:00，其他时间拨 12345"
    ),
    p.Person(name="周琳", about="城管 · 问补正", phone="025-8000-0017"),
    p.Person(
        name="鼓楼区政务服务中心",
        about="今天 9:00–17:00 · 现在等 6 人",
        face="厅",
        act=p.Act(label="去预约", href="#", icon="clock", small=True),
    ),
)
HISTORY = p.History(
    events=(
        p.Event(at=_at(24, 9, 30), text="您补了招牌场地使用证明。", by="王芳"),
        p.Event(at=_at(23, 16, 5), text="消防救援大队许可，意见书已签发。20 个工作日内来核查。", mood="good"),
        p.Event(at=_at(20, 17, 10), text="四家看完材料，合成一张补正通知：只有 1 项。", mood="ask"),
        p.Event(at=_at(18, 15, 20), text="王芳提交。营业执照自动核验通过。"),
    )
)
PAPERS = (
    p.Paper(
        name="消防安全检查意见书",
        about="宁鼓消安检〔2026〕第 0317 号 · 11 月 23 日签发",
        href="#",
        look_href="#",
        sealed="准予许可",
    ),
    p.Paper(name="申报回执", about="11 月 18 日", href="#"),
    p.Paper(
        name="食品经营许可证",
        about="JY23201060000001",
        look_href="#",
        sealed="准予许可",
        void="2026 年 3 月 2 日已注销",
    ),
)
LETTERS = p.Letters(
    newest=(p.Letter(name="责令整改通知书", on=date(2026, 11, 23), number="鼓楼消防改〔2026〕1118100003443号", href="#"),),
    earlier=(p.Letter(name="补正告知书", on=date(2026, 11, 20), number="鼓楼一件事补〔2026〕1118100003424号"),),
)  # fmt: skip
QR = p.QrCode(
    address="https://yijianshi.example/verify/8F3K-22PQ",
    title="扫一扫，换手机接着填",
    about="不方便扫码，就在另一台电脑上打开这个地址。",
    shown="yijianshi.example/verify/8F3K-22PQ",
)
REFUSAL = p.Refusal(
    title="不予许可：户外招牌", reason="位置占压消防登高面。", basis="《江苏省城市市容和环境卫生管理条例》", review_body="南京市鼓楼区人民政府", review_until=date(2027, 1, 22),
    court="南京市鼓楼区人民法院", suit_until=date(2027, 5, 24), person=PERSONS[1],
)  # fmt: skip
LIVES = (
    p.LifeLine(
        title="人这一生", begin="出生", end="身后",
        stations=(
            p.Station(name="出生", icon="baby", things=(("新生儿出生", "#"),)),
            p.Station(name="上学", icon="school", things=(("教育入学", "#"), ("资助申请", "#"))),
            p.Station(name="工作", icon="work", things=(("灵活就业", "#"), ("社会保障卡", "#"))),
            p.Station(name="安家", icon="house", things=(("二手房过户", "#"), ("水电气过户", "#"))),
            p.Station(name="养老", icon="leaf", things=(("企业职工退休", "#"), ("尊老金", "#"))),
            p.Station(name="身后", icon="people", things=(("公民身后", "#"),)),
        ),
    ),
    p.LifeLine(
        title="企业这一程", begin="开办", end="退出",
        stations=(
            p.Station(name="开办", icon="shop", things=(("企业开办", "#"), ("开办餐饮店", "#"))),
            p.Station(name="经营", icon="work", things=(("信用修复", "#"), ("大型活动", "#"))),
            p.Station(name="退出", icon="exit", things=(("企业注销", "#"),)),
        ),
    ),
)  # fmt: skip
NEXT_STEP = (p.Act(label="改时间", href="#", small=True),)
METERS = (
    p.Meter(done=2, total=5, says="5 个工作日用了 2 个"),
    p.Meter(done=5, total=5, says="5 个事项都办完了", kind="done"),
    p.Meter(done=6, total=5, says="超过期限 1 天", kind="late"),
)

RAIL = (
    p.RailLink(label="待办", href="#", icon="inbox", badge=10, current=True),
    p.RailLink(label="联合上门", href="#", icon="join"),
    p.RailLink(label="查件", href="#", icon="search"),
    p.RailLink(label="统计", href="#", icon="chart"),
    p.RailLink(label="依据", href="#", icon="book"),
)
COUNTS = p.Counts(items=tuple(p.Count(number=n, label=label, href="#", kind=kind, current=n == 10) for n, label, kind in ((10, "全部在手", ""), (1, "已超期", "late"), (3, "今明到期", "soon"), (2, "待上门", ""), (1, "等补正", ""), (1, "停止计时", ""))))  # fmt: skip
FILTERS = p.FilterBar(choices=(p.Narrowing(name="item", label="事项", options=(("", "全部"), ("food", "食品经营许可"))), p.Narrowing(name="division", label="区县", options=(("", "全部"), ("320106", "鼓楼区")))))  # fmt: skip
CHECKS = (
    p.Check(number=1, name="场所平面布置图", about="标了 2 个安全出口", state="ok"),
    p.Check(number=2, name="招牌场地使用证明", about="第 2 页看不到签章", state="bad"),
    p.Check(number=3, name="消防安全制度和应急疏散预案", about="看：责任人签字、每半年演练", state="now", acts=(p.Act(label="齐", post="#", look="primary", small=True), p.Act(label="缺", post="#", small=True))),
    p.Check(number=4, name="排水平面图", about="看：隔油池位置、接管井号"),
)  # fmt: skip
PAIRS = p.Pairs(items=(p.Pair(name="主体业态", value="餐饮服务经营者"), p.Pair(name="建筑面积", value="326.4 ㎡", source="不动产登记"), p.Pair(name="就餐座位", value="84 个"), p.Pair(name="材料", value="5 份，都已过检", href="#")))  # fmt: skip
JOINT = p.Notice(title="11 月 26 日 10:00 联合上门", text="与住建 吴浩 一起，望湖路 88 号", icon="join")
DESK_ACTS = (
    p.Act(label="记上门结果", href="#", look="primary", small=True),
    p.Act(label="停止计时", href="#", small=True),
    p.Act(label="不予许可", href="#", look="danger", small=True),
)


def inbox() -> p.Inbox:
    """Return a list with every due colour."""
    lines = (
        ("老灶火锅（鼓楼店）", date(2026, 11, 23), -1, "late", "已超期", None),
        ("鼓楼区巷口面馆", TODAY, 0, "run", "待决定", None),
        ("小满茶饮店", date(2026, 11, 25), 1, "run", "待决定", None),
        ("禾味餐饮（望湖路店）", date(2026, 11, 27), 3, "run", "待上门", None),
        ("幸福里便利店", date(2026, 11, 30), 4, "todo", "待补正", None),
        ("云上民宿", date(2027, 1, 4), 27, "wait", "待受理", None),
        ("鲸落咖啡", date(2026, 12, 1), 5, "pause", "检测中", 3),
    )
    rows = tuple(
        p.InboxRow(
            id=str(n), href="#", applicant=name, item="食品经营许可", about=f"SP-09{n:02} · 开办餐饮店", origin="鼓楼 · 网上", materials="5/5",
            due=p.due(day, today=TODAY, working_days_left=left, stopped_for=stopped), tag=p.Tag(state=state, word=word), ticked=n in (1, 2), open=n == 3,
        )
        for n, (name, day, left, state, word, stopped) in enumerate(lines)
    )  # fmt: skip
    batch = p.Batch(label="准予所选", post="#", why="同一事项，材料齐，可一起决定")
    return p.Inbox(caption="在手办件，按到期先后", rows=rows, batch=batch, keys=True)


urlpatterns = [
    path("kit", kit, name="kit"),
    path("kit/desk", kit_desk, name="kit-desk"),
    path("kit/question", kit_question, name="kit-question"),
    path("kit/trouble/<int:status>", kit_trouble, name="kit-trouble"),
]
