"""What is planted in the specimen, kind by kind: edits of its files, with § on the line where the fault must be shown."""

T, K = "bundles/teahouse.yaml", "bundles/stall.yaml"
ELEMENTS, MATERIALS, LAWS = "elements.yaml", "materials.yaml", "laws.yaml"

#: A file, a text that stands there, and what is put in its place; None for no such file.
Edit = tuple[str, str, str | None]  # fmt: skip

#: A composite licence of the teahouse that is sound but for its certainty.
_COMPOSITE = """composite_licence:
  licence: tea-permit
  name: 茶馆综合许可证
  items: [registration, tea-permit]
  necessary: [registration]
  basis: 茶馆法 第二条
questions:
"""

_FORM: list[tuple[str, Edit]] = [
    ("not-yaml", (T, "audience: enterprise", "audience: [enterprise\n§lead: x")),
    ("missing-file", (MATERIALS, "    sample: {file: samples/floor-plan.typ", "    §sample: {file: samples/plan.typ")),
    ("missing-key", (T, "  - code: sign-filing\n    name: 招牌备案\n", "  §- code: sign-filing\n")),
    ("unknown-key", (T, "plain_name: 开茶馆", "§nickname: 开茶馆")),
    ("unknown-key", ("workdays.yaml", "years:", "§extra: 1\nyears:")),
    ("wrong-type", (T, "promised: 2}", "promised: 两天§}")),
    ("wrong-type", (T, "audience: enterprise", "§audience: company")),
    ("wrong-type", (T, "promised: 2}", "promised: -2}§")),
    ("wrong-type", (T, "promised: 2}", "promised: 2, unit: day}§")),
    ("wrong-type", (T, "type_code: '20'", "§type_code: 20")),
    ("wrong-type", (T, "depends_on: [registration]", "§depends_on: registration")),
    ("wrong-type", (ELEMENTS, "kind: region", "§kind: place")),
    ("wrong-type", (T, "茶艺许可证 10 元/件", "每件十元§")),
    ("duplicate-code", (T, "key: ledger", "key: sells-tea§")),
    ("duplicate-code", (T, "      - owner-phone", "      - owner-number§")),
    ("duplicate-code", (MATERIALS, "code: tea-list", "code: floor-plan§")),
    ("unknown-certainty", (ELEMENTS, "values_certainty: 高", "§values_certainty: 大概")),
    ("unknown-certainty", (T, "unit: m², certainty: 高}", "unit: m², certainty: 大概§}")),
    ("duplicate-key", (T, "    conditions: 有固定的地点", "    conditions: 有固定的地点\n§    conditions: 有地点")),
    ("duplicate-code", (T, "code: full-ledger", "code: simple-ledger§")),
    ("duplicate-code", (ELEMENTS, "code: sign-light", "code: sign-area§")),
    ("duplicate-code", (LAWS, "title: 招牌条例", "title: 茶馆法§")),
]  # fmt: skip

_REFERENCES: list[tuple[str, Edit]] = [
    ("unknown-element", (T, "      - approval-way", "      §- aproval-way")),
    ("unknown-element", (T, "number_element: owner-number", "number_element: owner-nummer§")),
    ("unknown-material", (T, "- sign-picture", "§- sign-pic")),
    ("unknown-resource", (T, "shop-name: shop-register", "§shop-name: tea-register")),
    ("unknown-department", (T, "department: town", "§department: city")),
    ("unknown-licence", (T, "licence: tea-permit", "§licence: tea-licence")),
    ("unknown-division", ("overrides.yaml", "'990101'", "§'990199'")),
    ("unknown-bundle", ("forbidden.yaml", "bundle: teahouse", "§bundle: house")),
    ("unknown-item", (T, "depends_on: [registration]", "§depends_on: [registry]")),
    ("unknown-item", (T, "depends_on: [registration]", "§depends_because: {full-ledger: 习惯}")),
    ("unknown-question", (T, "{eq: [sells-tea, true]}", "§{eq: [sells-coffee, true]}")),
    ("unknown-parameter", (T, "{param: sign-least}", "§{param: sign-most}")),
    ("unknown-option", (T, "{eq: [ledger, 简易]}", "§{eq: [ledger, 简单]}")),
    ("unknown-department", (T, "lead_department: markets", "§lead_department: market")),
    ("unknown-department", ("resources.yaml", "department: markets", "§department: market")),
    ("unknown-department", ("licences.yaml", "issuer: markets", "§issuer: market")),
    ("unknown-department", ("assignments.yaml", "to: markets", "to: market§")),
    ("unknown-element", (T, "element: sign-area}", "element: sign-size}§")),
    ("unknown-element", ("common-fields.yaml", "- by-agent", "§- by-nobody")),
    ("unknown-element", ("resources.yaml", "elements: [shop-name]", "§elements: [shop-title]")),
    ("unknown-material", ("forbidden.yaml", "material_codes: []", "§material_codes: [crime-proof]")),
    ("unknown-resource", (ELEMENTS, "sources: [shop-register]", "§sources: [register]")),
    ("unknown-licence", (MATERIALS, "licence: shop-licence\n  - code", "§licence: licence\n  - code")),
    ("unknown-division", ("divisions.yaml", "parent: '990000'", "§parent: '980000'")),
    ("unknown-item", (T, "{produced_by: [registration]}", "§{produced_by: [registry]}")),
    ("unknown-item", (T, "{eq: [sells-tea, true]}", "§{selected: tea-licence}")),
    ("unknown-item", ("forbidden.yaml", "item: tea-permit", "§item: tea-licence")),
    ("unknown-item", ("overrides.yaml", "item: tea-permit", "§item: tea-licence")),
    ("unknown-question", ("common-fields.yaml", "element:by-agent", "§element:by-nobody")),
    ("unknown-phase", (T, "    short: 报告", "    §phase: 试营业")),
    ("unknown-item", (T, "    short: 报告", "    §earliest_after: {item: registry, months: 3}")),
    ("unknown-bundle", (T, "message: 要记账}", "message: 要记账, redirect: market}§")),
    ("unknown-option", (T, "options: [简易, 完整]}", "options: [简易, 完整], advice: {简单: 请看说明}}§")),
    ("prior-without-item", (T, "shop-name: {prior: [registration]}", "§shop-name: {prefill: prior}")),
]  # fmt: skip

_CONDITIONS: list[tuple[str, Edit]] = [
    ("malformed-condition", (T, "{eq: [sells-tea, true]}", "§{equals: [sells-tea, true]}")),
    ("malformed-condition", (T, "{eq: [sells-tea, true]}", "§{eq: sells-tea}")),
    ("malformed-condition", (T, "{eq: [sells-tea, true]}", "§{all: {eq: [sells-tea, true]}}")),
    ("malformed-condition", (T, "{eq: [sells-tea, true]}", "§{not: [sells-tea]}")),
    ("malformed-condition", (T, "{eq: [sells-tea, true]}", "§{}")),
    ("wrong-comparison", (T, "{eq: [sells-tea, true]}", "§{eq: [sells-tea, 是]}")),
    ("wrong-comparison", (T, "{eq: [sells-tea, true]}", "§{gt: [sells-tea, 3]}")),
    ("unreachable", (T, "{eq: [sells-tea, true]}", "§{all: [{eq: [sells-tea, true]}, {eq: [sells-tea, false]}]}")),
    ("unreachable", (T, "{gt: [sign-size, 8]}", "§{lt: [sign-size, 2]}")),
    ("unreachable", (T, "{gt: ['element:seat-count', 20]}", "§{eq: [sells-tea, false]}")),
    ("dependency-cycle", (T, "    default_selected: true\n    limit", "    §after: [tea-permit]\n    limit")),
    ("rule-never-met", (T, "min: 1}", "min: 4}§")),
    ("rule-never-met", (T, "min: 1}", "min: 2, max: 1}§")),
    ("rule-never-met", (T, "[registration, opening-report], basis", "[simple-ledger, full-ledger], basis§")),
    ("produced-by-itself", (T, "{produced_by: [registration]}", "§{produced_by: [tea-permit]}")),
    ("produced-too-late", (T, "- application-form", "§- application-form: {produced_by: [sign-filing]}")),
    ("prior-too-late", (T, "      - shop-name\n      - shop-place", "      §- shop-name: {prior: [tea-permit]}\n      - shop-place")),
    ("prior-from-itself", (T, "shop-name: {prior: [registration]}", "§shop-name: {prior: [tea-permit]}")),
    ("prefill-not-offered", (T, "      - sign-area", "      §- sign-area: shop-register")),
]  # fmt: skip

_LAW: list[tuple[str, Edit]] = [
    ("item-without-basis", (T, "basis: [茶馆法 第三条]", "§basis: []")),
    ("rule-without-basis", (T, ", basis: 茶馆法 第九条}", "}§")),
    ("co-applicant-without-basis", (T, ", basis: 茶馆法 第九条, certainty: 高}", ", certainty: 高}§")),
    ("co-applicant-not-asked", (T, "number_element: owner-number", "number_element: seat-count§")),
    ("basis-repealed", (T, "[茶馆法 第二条]", "[旧茶馆条例 第二条]§")),
    ("basis-repealed", (MATERIALS, "basis: 茶馆法 第五条", "§basis: 旧茶馆条例 第五条")),
    ("basis-not-yet-in-force", (T, "[茶馆法 第二条]", "[新茶馆条例 第二条]§")),
    ("stop-reason-of-licence", (T, "    joint_operation", "    §stop_reasons: [{code: rain, name: 下雨, basis: 茶馆法}]\n    joint_operation")),
    ("type-code-mismatch", (T, "type_code: '10'", "§type_code: '07'")),
    ("type-code-mismatch", (T, "type: 其他类别", "§type: 备案")),
    ("commitment-not-offered", (T, "promised: 2}", "promised: 2, without_commitment: 3}§")),
    ("commitment-excluded", (T, "type: 其他类别\n    type_code: '10'", "type: 行政裁决\n    type_code: '09'\n    §commitment: {allowed: true}")),
    ("commitment-misstated", (T, "no: 一般办理}", "no: 普通办理}§")),
    ("commitment-misstated", (T, "element: approval-way", "element: sign-light§")),
    ("owable-misplaced", (T, "- application-form", "§- application-form: {owable: {within: 2}}")),
    ("fee-without-basis", (T, ", note: 每件 10 元, sums", "§, sums")),
    ("unknown-licence", (T, "questions:\n", _COMPOSITE.replace("licence: tea-permit", "licence: tea-card§"))),
    ("unknown-item", (T, "questions:\n", _COMPOSITE.replace("items: [registration", "items: [registry§"))),
    ("composite-without-basis", (T, "questions:\n", "§" + _COMPOSITE.replace("  basis: 茶馆法 第二条\n", ""))),
    ("composite-of-no-licence", (T, "questions:\n", _COMPOSITE.replace("tea-permit]\n  nec", "opening-report]§\n  nec"))),
    ("composite-misstated", (T, "questions:\n", _COMPOSITE.replace("necessary: [registration]", "necessary: [opening-report]§"))),
    ("composite-misstated", (T, "questions:\n", _COMPOSITE.replace("items: [registration, tea-permit]", "items: [registration]§"))),
    ("composite-misstated", (T, "questions:\n", _COMPOSITE.replace("necessary: [registration]", "necessary: []§"))),
    ("unconfirmed", (T, "questions:\n", "§" + _COMPOSITE)),
    ("offer-without-basis", (T, "    short: 报告\n", "    short: 报告\n    §without_application: {occasion: 开业, answers: {sells-tea: true}}\n")),
    ("offer-misstated", (T, "    short: 报告\n", "    short: 报告\n    without_application: {occasion: 开业, answers: {weather: true}, basis: 茶馆法 第九条}§\n")),
    ("offer-misstated", (T, "    materials:\n      - sign-picture", "    without_application: {occasion: 挂招牌, answers: {}, basis: 招牌条例 第四条}\n    materials:\n      §- sign-picture")),
    ("unconfirmed", (T, "    short: 报告\n", "    short: 报告\n    §without_application: {occasion: 开业, answers: {}, basis: 茶馆法 第九条}\n")),
    ("visits-increased", (T, "{before: 2, after: 0}", "{before: 2, after: 3}§")),
]  # fmt: skip

_REST: list[tuple[str, Edit]] = [
    ("promised-longer-than-statutory", (T, "promised: 2}", "promised: 6}§")),
    ("promised-longer-than-statutory", (T, "without_commitment: 8}", "without_commitment: 11}§")),
    ("override-worsens", ("overrides.yaml", "promised: 3}", "promised: 6}§")),
    ("workday-outside-year", ("workdays.yaml", "holidays: [2026-01-01", "§holidays: [2025-01-01")),
    ("workday-twice", ("workdays.yaml", "makeup_days: [2026-01-04]", "§makeup_days: [2026-01-01]")),
    ("question-unused", (T, "questions:\n", "questions:\n  §- {key: weather, text: 下雨吗？, type: bool}\n")),
    ("question-without-options", (T, "options: [简易, 完整]", "options: [简易]§")),
    ("element-in-two-kinds", (ELEMENTS, "{key: name, name: 帮工姓名}", "{key: name, name: 代办人姓名, kind: int}§")),
    ("element-in-two-kinds", (ELEMENTS, "    name: 招牌面积\n    kind", "    name: 座位数\n    §kind")),
    ("element-in-two-kinds", (ELEMENTS, "    kind: number\n", "    §kind: number\n    aliases: [座位数]\n")),
    ("division-not-a-place", (T, "division_from: shop-place", "§division_from: seat-count")),
]  # fmt: skip

_HINTS: list[tuple[str, Edit]] = [
    ("unconfirmed", (T, "unit: m², certainty: 高}", "unit: m², certainty: 中}§")),
    ("unconfirmed", (LAWS, "2020-01-01, certainty: 高}", "2020-01-01, certainty: 低}§")),
    ("condition-always-met", (T, "{eq: [sells-tea, true]}", "§{in: [sells-tea, [true, false]]}")),
    ("rule-without-effect", (T, "min: 1}", "min: 0}§")),
    ("rule-without-effect", (T, "[simple-ledger, full-ledger]}", "[simple-ledger]}§")),
    ("default-choice-refused", (T, "min: 1}", "min: 1, max: 1}§")),
    ("produced-without-order", (T, "- application-form", "§- application-form: {produced_by: [opening-report]}")),
    ("prior-without-order", (T, "shop-name: shop-register", "§shop-name: {prior: [opening-report]}")),
    ("duplicate-basis", (T, "[茶馆法 第二条]", "[茶馆法 第二条, 《中华人民共和国茶馆法》 第二条]§")),
    ("basis-not-listed", (T, "[茶馆法 第二条]", "[茶馆法 第二条, 茶园法]§")),
    ("vague-basis", (T, "[茶馆法 第二条]", "[茶馆法 第二条, 茶馆管理有关规定]§")),
    ("licence-set-too-low", (T, "basis: [茶馆法 第三条]", "§basis: [茶艺管理通知 第三条]")),
    ("days-mixed", (T, "public_notice_days: 3", "public_notice_days: 3\n    §public_notice_unit: calendar")),
    ("days-mixed", (T, "promised: 2}", "promised: 2, source: 承诺 2 个自然日}§")),
    ("limit-without-source", (T, "{promised: 0, source: 市场局公布的服务指南}", "{promised: 0}§")),
    ("total-not-met", (T, "promised_total: {promised: 10}", "§promised_total: {promised: 6}")),
    ("result-without-licence", (T, ", licence: tea-permit}", "}§")),
    ("licence-also-uploaded", (MATERIALS, "name: 茶叶目录\n    acq", "name: 茶艺许可证\n    §acq")),
    ("licence-also-uploaded", (MATERIALS, "name: 茶叶目录\n    acq", "name: 茶馆执照复印件\n    §acq")),
    ("near-duplicate-material", (MATERIALS, "  - code: tea-list\n    name: 茶叶目录", "  §- code: tea-list\n    name: 茶馆的平面图（复印件）")),
    ("department-without-level", ("departments.yaml", "levels: {province: 省城管局, city: 市城管局, county: 县城管局}", "levels: {province: 省城管局, city: 市城管局}§")),
    ("fee-without-sum", (T, ", sums: [茶艺许可证 10 元/件]}", "}§")),
    ("fee-unknown", (T, "{charged: 'yes', note: 每件 10 元,", "{charged: unknown§,")),
    ("parameter-unused", (T, "  sign-least:", "  §sign-most: {value: 9, certainty: 高}\n  sign-least:")),
    ("heading-without-group", (T, "headings: {招牌: 店招}", "headings: {招牌: 店招, 窗户: 门窗}§")),
    ("unused", (ELEMENTS, "elements:\n", "elements:\n  §- {code: spare, name: 备用, kind: string, group: 茶馆}\n")),
]  # fmt: skip


#: Faults that take several edits: what is wrong, and where it shows.
_SEVERAL: list[tuple[str, tuple[Edit, ...]]] = [
    ("missing-file", ((ELEMENTS, "", None),)),
    ("unmeetable-prerequisite", (
        (T, "name: 开业报告", "name: 开业报告\n    deferred: true"),
        (T, "depends_on: [registration]", "§depends_on: [registration, opening-report]"),
    )),
    ("unmeetable-prerequisite", (
        (T, "    after: [registration]", "    §depends_on_any: [simple-ledger]"),
        (T, "{eq: [ledger, 简易]}", "{all: [{eq: [ledger, 简易]}, {eq: [ledger, 完整]}]}"),
    )),
    ("never-asked", ((K, "    limit:", "    §applies_if: {eq: ['element:approval-way', 告知承诺]}\n    limit:"),)),
    ("produced-by-nobody", (
        (MATERIALS, "acquisition: generated", "acquisition: produced"),
        (T, "- application-form", "§- application-form"),
    )),
    ("prefill-from-own-result", (
        ("resources.yaml", "  - code", "  - {code: shop-licence, name: 执照库, department: markets, elements: [shop-name]}\n  - code"),
        (T, "      - shop-name\n", "      §- shop-name: shop-licence\n"),
    )),
    ("material-without-basis", ((T, "[招牌条例 第四条]", "[]"), (T, "- sign-picture", "§- sign-picture"))),
    ("condition-without-basis", ((T, "[茶馆法 第三条]", "[]"), (T, "conditions: 有会泡茶", "§conditions: 有会泡茶"))),
    ("step-without-basis", ((T, "[茶馆法 第三条]", "[]"), (T, "joint_operation", "§joint_operation"))),
    ("step-without-basis", ((T, "[茶馆法 第三条]", "[]"), (T, "special_procedures", "§special_procedures"))),
    ("step-without-basis", ((T, "[茶馆法 第三条]", "[]"), (T, "public_notice_days", "§public_notice_days"))),
    ("forbidden-material", ((MATERIALS, "name: 茶叶目录", "name: 无犯罪证明"), (T, "- tea-list", "§- tea-list"))),
    ("enum-without-values", (
        (ELEMENTS, "    values: [有灯, 无灯]\n", ""),
        (ELEMENTS, "- code: sign-light", "§- code: sign-light"),
    )),
    ("table-without-columns", (
        (ELEMENTS, "    columns:\n      - {key: name, name: 帮工姓名}\n", "    aliases:\n      - 帮工\n"),
        (ELEMENTS, "      - {key: seats, name: 看管座位, kind: enum, values: [楼上, 楼下]}\n", ""),
        (ELEMENTS, "- code: helpers", "§- code: helpers"),
    )),
    ("element-without-group", (
        (ELEMENTS, "    kind: table\n    group: 店主\n", "    kind: table\n"),
        (ELEMENTS, "- code: helpers", "§- code: helpers"),
    )),
    ("material-without-kind", (
        (MATERIALS, "    licence: shop-licence\n", ""),
        (MATERIALS, "- code: shop-licence", "§- code: shop-licence"),
    )),
    ("upload-without-checks", (
        (MATERIALS, "    checks:\n      - 写明产地\n", ""),
        (MATERIALS, "- code: tea-list", "§- code: tea-list"),
    )),
    ("division-not-asked", ((T, "      - shop-place\n", ""), (T, "division_from", "§division_from"))),
    ("title-clash", ((K, "plain_name: 摆茶摊", "plain_name: 开茶馆"), (T, "plain_name", "§plain_name"))),
    ("condition-on-optional", (
        (T, "      - owner-phone\n", "      - owner-phone?\n"),
        (T, "{gt: ['element:seat-count', 20]}", "§{eq: ['element:owner-phone', '12345']}"),
    )),
    ("needless-wait", ((T, "    after: [registration]", "    §depends_on: [opening-report]"),)),
    ("limit-without-source", (
        (T, "[招牌条例 第四条]", "[招牌条例]"),
        (T, "limit: {statutory: 5, promised: 3}", "limit: {statutory: 5, promised: 3}§"),
    )),
    ("near-duplicate-element", (
        (ELEMENTS, "- code: approval-way\n    name: 办理方式", "§- code: approval-way\n    name: 招牌的灯光"),
    )),
    ("item-told-differently", (
        (K, "code: stall-filing\n    name: 茶摊备案", "code: opening-report\n    name: 开业报告"),
        (T, "    department: markets\n    type: 公共服务", "    §department: markets\n    type: 公共服务"),
    )),
    ("keyword-clash", (
        (K, "keywords: [摆摊]", "keywords: [摆摊, 茶室]"),
        (T, "keywords: [开茶馆, 茶室]", "keywords: [开茶馆, 茶室]§"),
    )),
    ("not-marked-sensitive", (
        (ELEMENTS, "    sensitive: true\n", ""),
        (ELEMENTS, "- code: owner-number", "§- code: owner-number"),
    )),
    ("list-without-source", (
        ("lists.yaml", "    source: 镇政府公告\n", ""),
        ("lists.yaml", "  - code: town-2026", "  §- code: town-2026"),
    )),
    ("lonely-group", ((K, "      - sign-light\n", ""), (K, "items:", "§items:"))),
    ("group-count", (
        (K, "      - seat-count\n      - shop-place\n", ""),
        (K, "      - sign-area\n      - sign-light\n", ""),
        (K, "items:", "§items:"),
    )),
]  # fmt: skip

SYNONYMS, LISTS = "synonyms.yaml", "lists.yaml"

_WORDS: list[tuple[str, Edit]] = [
    ("synonym-of-what", (SYNONYMS, "- {word: 茶馆,", "§- {word: 茶馆, bundle: teahouse,")),
    ("duplicate-synonym", (SYNONYMS, "[茶楼, 茶铺]", "[茶楼, 茶楼]§")),
    ("unused-synonym", (SYNONYMS, "{word: 茶馆", "{word: 咖啡馆§")),
    ("unused-synonym", (SYNONYMS, "摆个摊", "摆摊§")),
    ("synonym-too-short", (SYNONYMS, "摆个摊", "摊§")),
    ("unknown-bundle", (SYNONYMS, "bundle: stall", "bundle: market§")),
    ("unknown-bundle", (LISTS, "bundle: stall}", "bundle: market}§")),
    ("duplicate-entry", (LISTS, "name: 摆摊,", "name: 茶馆开办§,")),
]

HALL = "centres/hall.yaml"

_CENTRES: list[tuple[str, Edit]] = [
    ("centre-misstated", (HALL, "['09:00-12:00', '13:30-17:00']", "['09:00-12:00', '11:30-17:00']§")),
    ("centre-misstated", (HALL, "open: ['09:00-12:00'", "open: ['12:00-09:00'§")),
    ("centre-misstated", (HALL, "one_things: [teahouse]", "one_things: [market]§")),
    ("centre-misstated", (HALL, "lines: [A]}", "lines: [B]}§")),
    ("centre-misstated", (HALL, "place: '990101'", "place: '990101001'§")),
    ("missing-key", (HALL, "code: hall\n", "§")),
    ("wrong-type", (HALL, "minutes: 20", "minutes: 二十§")),
    ("unconfirmed", (HALL, "{place: 高, hours: 高, takes: 高}", "{place: 高, hours: 低, takes: 高}§")),
]

PLANTS: list[tuple[str, tuple[Edit, ...]]] = [
    *(
        (rule, (edit,))
        for part in (_FORM, _REFERENCES, _CONDITIONS, _LAW, _REST, _HINTS, _WORDS, _CENTRES)
        for rule, edit in part
    ),
    *_SEVERAL,
]
