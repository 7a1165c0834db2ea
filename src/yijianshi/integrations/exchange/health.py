"""Whether the sharing platform answers, asked about nobody."""

from collections.abc import Iterable

from yijianshi.domain.codes import ResourceCode
from yijianshi.services.ports import DataExchange, SourceUnavailable, Subject

_NOBODY = Subject(person="")


def check(exchange: DataExchange, *, resources: Iterable[ResourceCode]) -> tuple[str, ...]:
    """Return which registers do not answer, one sentence each; nothing means all answer."""
    findings = []
    for resource in resources:
        try:
            exchange.ask(resource, about=_NOBODY, elements=())
        except SourceUnavailable as reason:
            findings.append(f"共享来源“{resource}”不可用：{reason}")
    try:
        exchange.licences_of(_NOBODY)
    except SourceUnavailable as reason:
        findings.append(f"电子证照库不可用：{reason}")
    return tuple(findings)
