"""Whether the invented people hang together: right numbers, no strangers in their papers."""

from yijianshi.domain.codes import is_citizen_number, is_credit_code

from .people import Population


def check(population: Population) -> tuple[str, ...]:
    """Return what does not fit, one sentence each; nothing means all is well."""
    known = population.person
    findings = [
        f"{p.name}的身份证号码校验位不对。" for p in population.people if not is_citizen_number(p.number)
    ]
    findings += [
        f"{e.name}的信用代码校验位不对。" for e in population.enterprises if not is_credit_code(e.uscc)
    ]
    if len(known) != len(population.people):
        findings.append("有人共用一个身份证号码。请换一个种子重新生成。")
    for household in population.households:
        if household.head not in household.members or any(m not in known for m in household.members):
            findings.append(f"户 {household.number} 的户主或成员不在人口中。")
    for marriage in population.marriages:
        if marriage.husband not in known or marriage.wife not in known:
            findings.append(f"结婚证 {marriage.certificate_number} 的当事人不在人口中。")
    for birth in population.births:
        if birth.mother not in known or (birth.certificate_number and not birth.name):
            findings.append(f"票据 {birth.invoice_number} 对应的出生记录不完整。")
    for enterprise in population.enterprises:
        if enterprise.legal_representative not in known or enterprise.premises not in population.property:
            findings.append(f"{enterprise.name}的法定代表人或经营场所查不到。")
    return tuple(findings)
