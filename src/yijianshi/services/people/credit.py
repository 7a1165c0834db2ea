"""
Whether somebody may commit himself (信用): not while a commitment of his that was untrue stands unrepaired.

Basis: 国办发〔2020〕42号.
"""

from uuid import UUID

from yijianshi.domain.commitments import left_out_because
from yijianshi.domain.workdays import legal_day
from yijianshi.store.promises.models import CreditRow


def why_left_out(party: UUID) -> str:
    """Return why somebody may not commit himself now, or nothing if he may; one query."""
    rows = CreditRow.objects.filter(party=party, repaired_at=None).order_by("at")
    return left_out_because((name, legal_day(at)) for name, at in rows.values_list("item_name", "at"))
