"""Whether the scanner would see a threat if one came."""

from yijianshi.services.ports import Scanner, ScannerUnavailable

from .demo import EICAR


def check(scanner: Scanner) -> tuple[str, ...]:
    """Return what is wrong with the scanner, one sentence each; nothing means all is well."""
    findings = []
    if getattr(scanner, "is_demo", False):
        findings.append("正在使用演示查杀，只认识测试文件。请在生产环境配置 ClamAV。")
    try:
        if not scanner.scan(b"clean").is_clean:
            findings.append("查杀服务把无害内容报为病毒。请检查病毒库。")
        if scanner.scan(EICAR).is_clean:
            findings.append("查杀服务认不出 EICAR 测试文件。请更新病毒库。")
    except ScannerUnavailable as reason:
        findings.append(str(reason))
    return tuple(findings)
