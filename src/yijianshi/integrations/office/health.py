"""Whether officers could be told in their own app."""

from yijianshi.services.providers import OfficeApp, OfficeAppUnavailable, ToDo


def check(office: OfficeApp, *, subject: str, once: str) -> tuple[str, ...]:
    """Show a trial sentence to one subject and return what is wrong, one sentence each; nothing means all is well."""
    findings = []
    if getattr(office, "is_demo", False):
        findings.append("正在使用演示的办公平台，没有人会看到。请在生产环境接入真实的平台，或不接。")
    try:
        office.push(ToDo(subject, "这是一次接入测试，不用办", ""), once=once)
    except OfficeAppUnavailable as reason:
        findings.append(f"办公平台没有收下：{reason}")
    return tuple(findings)
