"""Pages and lists over many stored cases."""

from typing import Any

from .ground import Ground


def reads(made: Ground) -> dict[str, Any]:
    return {}
