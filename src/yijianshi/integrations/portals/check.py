"""Whether the receiver of a portal answers at all; nothing is told by asking."""

import httpx

_PATIENCE = 5.0


def check(address: str, *, transport: httpx.BaseTransport | None = None) -> tuple[str, ...]:
    """Return what is wrong with a receiver, one sentence each; nothing means that it answers."""
    try:
        with httpx.Client(timeout=_PATIENCE, transport=transport) as client:
            answer = client.head(address)
    except httpx.HTTPError as away:
        return (f"门户的接收地址 {address} 连不上（{type(away).__name__}）。请核对地址和防火墙。",)
    if answer.status_code >= 500:
        return (f"门户的接收地址 {address} 出错（{answer.status_code}）。请门户的运行单位查看。",)
    return ()
