"""Whether messages could be sent, and whether the approved words keep to the rules."""

from pathlib import Path

from .templates import TEMPLATES

#: A text message is charged by pieces of 67 characters; more than two pieces are not read.
_LONGEST_TEXT = 134


def check(*, sink: Path | None = None) -> tuple[str, ...]:
    """Return what is wrong, one sentence each; nothing means all is well. `sink` is the demo's file, if there is one."""
    findings = [
        f"消息模板“{key}”有 {len(template.text)} 字，超过两条短信。请缩短到 {_LONGEST_TEXT} 字以内。"
        for key, template in TEMPLATES.items()
        if len(template.text) > _LONGEST_TEXT
    ]
    if sink is not None:
        findings.append(f"短信只写入文件 {sink}，群众收不到。请在生产环境接入短信网关。")
    return tuple(findings)
