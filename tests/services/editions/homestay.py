"""开办民宿 as a county would write it: one text in the catalogue's words, with an element and a material of its own."""

CODE = "open-homestay"

#: With a material that nothing demands: neither the need, the material nor its item has a basis.
WITHOUT_BASIS = """\
# 开办民宿：利用自有住宅开办、单幢客房不超过 14 间的民宿。
code: open-homestay
name: 开办民宿
plain_name: 开办民宿
audience: enterprise
description: 利用住宅开办民宿
stage: 准营
keywords: [开民宿, 民宿, 农家乐]
lead_department: market-regulation
cooperating_departments: [public-security, fire-rescue]
certainty: {list: 中, lead: 高, composition: 中}

questions:
  - {key: serves-meals, text: 提供餐饮吗？, type: bool, yes: 提供餐饮, no: 不提供餐饮}

items:
  - code: homestay-licence
    name: 旅馆业特种行业许可证核发（民宿）
    short: 特种行业许可
    department: public-security
    type: 行政许可
    type_code: '01'
    basis: []
    default_selected: true
    limit: {statutory: 20, promised: 7}
    visits: {before: 2, after: 1}
    result: {name: 特种行业许可证（民宿）, licence: homestay-licence}
    checklist: [房屋权属清楚]
    materials:
      - homestay-house-photo
      - business-licence
    fields:
      - enterprise-name: business-licence
      - enterprise-uscc: business-licence
      - homestay-room-count
      - premises-address: business-licence

  - code: homestay-fire-check
    name: 民宿消防安全检查
    short: 消防检查
    department: fire-rescue
    type: 公共服务
    type_code: '20'
    basis: [消防法 第十五条]
    default_selected: true
    limit: {statutory: 10, promised: 5}
    visits: {before: 2, after: 1}
    result: {name: 消防安全检查意见}
    materials: [homestay-house-photo]
    fields:
      - enterprise-name: business-licence
      - enterprise-uscc: business-licence
      - homestay-room-count
      - premises-address: business-licence

  - code: homestay-food-permit
    name: 食品经营许可（民宿）
    short: 食品经营许可
    department: market-regulation
    type: 行政许可
    type_code: '01'
    basis: [食品安全法 第三十五条]
    applies_if: {eq: [serves-meals, true]}
    limit: {statutory: 10, promised: 5}
    visits: {before: 2, after: 0}
    result: {name: 食品经营许可证, licence: food-business-permit}
    materials: [business-licence]
    fields:
      - enterprise-name: business-licence
      - enterprise-uscc: business-licence
      - premises-address: business-licence

elements:
  - {code: homestay-room-count, name: 客房间数, kind: int, group: 场所, ask: 有几间客房？, unit: 间}
materials:
  - {code: homestay-house-photo, name: 房屋外观和客房照片, acquisition: applicant, checks: [看得清门牌和客房]}
licences:
  - {code: homestay-licence, name: 特种行业许可证（民宿）, issuer: public-security}
"""
MENDED = WITHOUT_BASIS.replace("    basis: []\n", "    basis: [旅馆业治安管理办法 第四条]\n")
