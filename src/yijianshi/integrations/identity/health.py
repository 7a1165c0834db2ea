"""Whether people could sign in with a provider: it answers, and would be asked at an address of its own."""

from yijianshi.services.providers import IdentityProvider, IdentityUnavailable


def check(provider: IdentityProvider, *, back: str) -> tuple[str, ...]:
    """Return what is wrong with a provider, one sentence each; nothing means all is well."""
    findings = []
    if getattr(provider, "is_demo", False):
        findings.append("正在使用演示的身份认证，谁都能以虚构的人登录。请在生产环境接入真实的平台。")
    try:
        provider.begin(back=back)
    except IdentityUnavailable as reason:
        findings.append(f"身份认证平台没有应答：{reason}")
    return tuple(findings)
