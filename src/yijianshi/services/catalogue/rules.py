"""
Every kind of fault that the check of a catalogue knows: what it is, why it is one, and what would do (检查规则).

A stop (错误) forbids publication; a hint (提醒) asks a steward to look. The list is printed by `yijianshi catalogue rules`.
"""

from dataclasses import dataclass

from .findings import Remark, Severity


@dataclass(frozen=True, slots=True)
class FaultKind:
    """One kind of fault (检查规则)."""

    rule: str
    title: str
    why: str
    remedy: str
    severity: Severity = Severity.ERROR


def _listed(severity: Severity, *rows: tuple[str, str, str, str]) -> dict[str, FaultKind]:
    return {row[0]: FaultKind(*row, severity) for row in rows}


_STOPS = _listed(
    Severity.ERROR,
    # 写法
    ("not-yaml", "不是合格的 YAML", "读不出来就发布不了", "检查缩进、冒号和引号"),
    ("missing-file", "少了文件", "目录或样表不全", "补上文件"),
    ("missing-key", "少了必写的键", "办事要用到它", "补上"),
    ("unknown-key", "不认识的键", "写错一个字母，内容就悄悄丢了", "改成认识的键，或删去"),
    ("wrong-type", "写的不是该写的东西", "读不出它的意思", "按提示改"),
    ("unknown-certainty", "不认识的把握程度", "事实有多可靠要照实写", "写高、中、低、未评或未知"),
    ("duplicate-key", "同一个键写了两次", "不知道以哪个为准", "只留一处"),
    ("duplicate-code", "编码重复", "一个编码只能指一样东西", "删去一处，或换一个编码"),
    # 所指
    ("unknown-element", "没有这个数据元", "表单上没有可填的", "改正编码，或补上数据元"),
    ("unknown-material", "没有这份材料", "清单上列不出来", "改正编码，或补上材料"),
    ("unknown-resource", "没有这个共享来源", "取不到数", "改正编码，或补上共享来源"),
    ("unknown-department", "没有这个部门", "不知道由谁办", "改正编码，或补上部门"),
    ("unknown-licence", "没有这种证照", "结果发不出来，已有的证照认不出来", "改正编码，或补上证照类型"),
    ("unknown-division", "没有这个行政区划", "不知道是哪里", "改正六位代码"),
    ("unknown-bundle", "没有这件事", "规则落了空", "改正编码"),
    ("unknown-item", "没有这个事项", "先后、规则、产出落了空", "改正编码，或补上事项"),
    ("unknown-question", "条件问到没有的问题", "条件永远定不下来", "补上问题，或写“element:数据元编码”"),
    ("unknown-parameter", "条件用到没有的参数", "条件永远定不下来", "在 params 里补上值和来源"),
    ("unknown-option", "条件里的值不是选项", "条件永远不成立", "改成其中一个选项"),
    ("unknown-phase", "没有这个阶段", "事项不知道在哪一阶段办", "改成 phases 里的一个"),
    ("prior-without-item", "取自前序事项，没有写哪一项", "不知道从哪个结果取", "写上 prior: [事项编码]"),
    # 条件与先后
    ("malformed-condition", "条件写得不对", "系统判断不了", "照 README.md 的条件写法改"),
    ("wrong-comparison", "不能这样比较", "是非题、文字不能比大小", "改用 eq 或 in，或改问题的类型"),
    ("never-asked", "条件要看的数没有人问", "条件永远定不下来", "在某个事项的 fields 里问它，或改条件"),
    ("unreachable", "永远用不到", "条件自相矛盾，事项、字段或材料永远不会出现", "改条件，或删去"),
    ("dependency-cycle", "先后成了一个圈", "谁都等不到", "去掉其中一个前置"),
    ("unmeetable-prerequisite", "前置条件永远满足不了", "前置事项办不了，也没有可以已经持有的证照", "去掉这个前置，或给前置的结果写 licence"),
    ("rule-never-met", "选择规则永远满足不了", "怎么选都不对，谁也办不成", "改 min、max 或 items"),
    ("produced-by-nobody", "没有事项产出这份材料", "说是同案产出，其实要不到", "写 produced_by，或改材料的 acquisition"),
    ("produced-by-itself", "要的是自己的结果", "办结之前不会有", "从 produced_by 里去掉本事项"),
    ("produced-too-late", "产出的事项排在后面", "要材料的时候还没有产出", "改先后，或改由申请人提供"),
    ("prior-too-late", "取自排在后面的事项", "填表的时候结果还没有出来", "改先后，或改由申请人填"),
    ("prior-from-itself", "取自本事项自己的结果", "办结之前不会有", "改成别的来源"),
    ("prefill-from-own-result", "从本事项要发的证照里取数", "证照还没有发，取不到", "改由申请人填，或取自别的来源"),
    ("prefill-not-offered", "共享来源不提供这个数", "取不到，申请人又没有机会填", "补进 resources.yaml，或改由申请人填"),
    # 依法
    ("item-without-basis", "事项没有依据", "行政许可法第十二至十七条：没有依据的不得设定", "写上 basis"),
    ("material-without-basis", "材料没有依据", "优化营商环境条例第四十条：没有依据的不得索要", "写上依据，或删去"),
    ("condition-without-basis", "受理条件没有依据", "行政许可法第十六条：不得增设违反上位法的条件", "写上依据，或删去"),
    ("step-without-basis", "环节没有依据", "行政许可法第四十五条：检验、鉴定、公示等要依法才有", "写上依据，或删去"),
    ("rule-without-basis", "说依法联办，没有写哪条法", "没有依据的不得捆绑办理", "写上 basis，或改成 together"),
    ("co-applicant-without-basis", "要几方一起确认，没有依据", "没有依据的不得要求共同申请", "写上 basis，或删去"),
    ("co-applicant-not-asked", "共同申请人在表上找不到", "不知道该由谁确认", "改编码，或在表上问他的姓名和号码"),
    ("composite-without-basis", "综合许可证没有依据", "“一业一证”也要有依据，不能自行设证", "写上 basis，或删去"),
    ("composite-of-no-licence", "综合许可证归集了不发证照的事项", "没有证照，就没有可列、可核验的", "从 items 里去掉，或给结果写 licence"),
    ("composite-misstated", "综合许可证写得不全", "归集哪些、哪些必不可少，决定它什么时候发、什么时候失效", "写全 items 和 necessary"),
    ("offer-without-basis", "免申即享没有依据", "谁可以不申请就给，要有文件写明", "写上 basis，或删去"),
    ("offer-misstated", "免申即享办不到", "情形答不出来，或者还要本人上传材料，就不能只请他确认", "改 answers，或改材料的取得方式"),
    ("forbidden-material", "要了不得索要的材料", "国办发〔2022〕32号：能共享的不得要求提供", "删去这份材料"),
    ("basis-repealed", "依据已经废止", "失效的规定不得再作依据", "改成现行的依据"),
    ("basis-not-yet-in-force", "依据还没有施行", "施行之前不得作依据", "改成现行的依据，或推迟生效日"),
    ("stop-reason-of-licence", "行政许可自设停止计时的情形", "行政许可法第四十五条已经列尽", "删去 stop_reasons"),
    ("type-code-mismatch", "事项类型和类型代码不一致", "GB/T 39046 附录 A：01 行政许可 … 20 公共服务", "改成一致"),
    ("commitment-not-offered", "写了不承诺时的天数，却不许承诺", "两句话对不上", "写 commitment: {allowed: true}，或删去天数"),
    ("commitment-excluded", "这类事项不能告知承诺", "国办发〔2020〕42号：高风险、不依申请的不适用", "写 allowed: false"),
    ("commitment-misstated", "承诺的选项对不上字段", "承诺与否从表上读不出来", "改 commitment 的 element、yes、no"),
    ("owable-misplaced", "不能容缺的写成了可以容缺", "国发〔2022〕5号：容缺的是申请人后补的次要材料，期限不超过承诺办结的天数", "删去 owable，或改 within"),
    ("fee-without-basis", "收费没有依据和标准", "行政许可法第五十八条：收费要有法律、行政法规依据，并公布标准", "写上 basis 或 note"),
    ("visits-increased", "跑动次数反而多了", "苏政办发〔2022〕87号：减环节、减跑动", "核对 before 和 after"),
    # 时限
    ("promised-longer-than-statutory", "承诺比法定还长", "行政许可法第四十二条", "缩短到法定时限以内"),
    ("override-worsens", "本地放宽了标准", "苏政办发〔2022〕87号：各地只能更优", "删去，或缩短"),
    ("workday-outside-year", "放假日不在那一年", "工作日会算错", "移到那一年下面"),
    ("workday-twice", "既放假又上班", "工作日会算错", "照国务院办公厅通知只留一处"),
    # 完整
    ("question-unused", "问题没有规则用到", "能少问就少问", "删去，或在条件里用上"),
    ("question-without-options", "选择题不到两个选项", "没得选", "写上 options"),
    ("enum-without-values", "选择项没有可选的值", "申请人填不了", "写上 values 和 values_certainty"),
    ("table-without-columns", "表格没有列", "申请人填不了", "写上 columns"),
    ("element-without-group", "数据元没有归组", "表单上不知道放哪里", "写上 group"),
    ("element-in-two-kinds", "同一个数据两种类型", "同名数据元、别名或表格列类型不同，合并不了", "统一 kind，或改名"),
    ("material-without-kind", "说是电子证照，没有写哪一种", "取不到", "写上 licence"),
    ("upload-without-checks", "要上传，没有写审查看什么", "审查标准因人而异", "写上 checks"),
    ("division-not-a-place", "不是地区，定不了由哪里办", "分办不到单位", "改成类型为 region 或 address 的数据元"),
    ("division-not-asked", "没有问由哪里办", "分办不到单位", "把它放进这个事项的 fields"),
    ("title-clash", "两件事同名", "群众分不清", "改 plain_name"),
    # 同义词和清单
    ("synonym-of-what", "同义词没有说清指什么", "word、bundle、item 只能有一个", "留下所指的那一个"),
    ("duplicate-synonym", "同一个说法写了两次", "不知道算哪一个", "删去一处"),
    ("list-without-source", "清单没有出处", "谁公布的、哪一版要查得到", "写上 source"),
    ("duplicate-entry", "清单里同一条写了两次", "覆盖情况会算错", "删去一处"),
    # 大厅和服务站
    ("centre-misstated", "大厅或服务站写得前后不合", "群众会白跑，预约会约到没人的时候", "按提示改"),
)  # fmt: skip

_HINTS = _listed(
    Severity.WARNING,
    ("unconfirmed", "待主管部门确认", "把握程度不是“高”", "请主管部门确认后改为高"),
    ("condition-always-met", "条件总是成立", "写了等于没写，多问一个问题", "删去条件，或改正"),
    ("condition-on-optional", "条件要看选填的数", "没有填就定不下来", "改成必填，或改成情形问题"),
    ("rule-without-effect", "选择规则不起作用", "怎么选都满足", "删去，或改正 items、min、max"),
    ("default-choice-refused", "默认勾选的不许一起选", "一进来就是错的", "改 default_selected 或规则"),
    ("needless-wait", "等了用不着的结果", "苏政办发〔2022〕87号：能并联的不得串联", "改成 after 或去掉；确要等的写 depends_because"),
    ("produced-without-order", "要的材料由没有排先后的事项产出", "两项会同时办", "把产出的事项写进 depends_on 或 after"),
    ("prior-without-order", "取自没有排先后的事项", "两项会同时办", "把它写进 depends_on 或 after"),
    ("duplicate-basis", "同一条依据写了两次", "告知书上会重复", "只留一处"),
    ("basis-not-listed", "依据不在法规表里", "不知道是否现行有效", "在 laws.yaml 里补上"),
    ("vague-basis", "依据说不清是哪份文件", "“有关规定”查不到，等于没有依据", "写出名称和文号"),
    ("licence-set-too-low", "行政许可的依据层级不够", "行政许可法第十四至十七条：规章以下不得设定", "写上设定它的法律、法规或国务院决定"),
    ("days-mixed", "自然日和工作日混用", "两种天数不能相加，群众会算错", "统一单位，或在 note 里写明"),
    ("limit-without-source", "天数没有出处", "不知道天数从哪里来", "写依据条号、certainty.limit 或 source"),
    ("total-not-met", "总承诺比关键路径还短", "照事项的承诺办不到", "缩短事项的承诺，或放长总承诺"),
    ("result-without-licence", "结果没有写哪种证照", "以后办事不能免交", "在 result 里写 licence"),
    ("licence-also-uploaded", "能取电子证照的，还要上传", "国办发〔2022〕32号：能共享的不得要求提供", "合成一份材料，写 acquisition: licence"),
    ("near-duplicate-element", "两个数据元像是同一个", "同一个数会问两遍", "并成一个，另一个名称写进 aliases"),
    ("near-duplicate-material", "两份材料像是同一份", "同一份材料会要两遍", "并成一份，另一个名称写进 aliases"),
    ("item-told-differently", "同一事项两处说法不一", "同一事项无差别受理、同标准办理", "核对后统一"),
    ("keyword-clash", "两件事有同样的搜索词", "搜出来不知道去哪一件", "留给最合适的一件，或改得更具体"),
    ("department-without-level", "部门在某一级没有名字", "那一级不知道由谁办", "在 departments.yaml 的 levels 里补上"),
    ("not-marked-sensitive", "个人敏感信息没有标明", "个人信息保护法第二十八条", "写上 sensitive: true"),
    ("fee-without-sum", "收费没有写金额", "缴费单上的金额只能由部门通知缴费时逐件写", "有统一标准的写 sums: [住宅 80 元/件]；没有的写 set_by: 由谁、按什么定"),
    ("fee-unknown", "不知道收不收费", "告知书上要写清", "核对后写 yes 或 no"),
    ("parameter-unused", "参数没有条件用到", "改了也不起作用", "删去，或在条件里用上"),
    ("group-count", "表单分组太多或太少", "2 到 9 组才好填", "合并或拆开 group"),
    ("lonely-group", "一组只有一个字段", "表单零碎", "并到别的组"),
    ("heading-without-group", "改名的组不在表上", "写了也不起作用", "改成表上有的组名，或删去"),
    ("unused-synonym", "同义词不起作用", "目录里没有这个词，或名称、关键词里已经有了", "改成目录里用的词，或删去"),
    ("synonym-too-short", "说法只有一个字", "会把不相干的也找出来", "写成两个字以上的说法"),
    ("unused", "没有事项用到", "没人用的内容会过时", "删去，或在事项里用上"),
)  # fmt: skip

#: Every kind of fault under its rule, stops first.
KINDS: dict[str, FaultKind] = {**_STOPS, **_HINTS}


def severity_of(remark: Remark) -> Severity:
    """Return how grave a remark is: as it says itself, else as its kind is."""
    return remark.severity or KINDS[remark.rule].severity
