"""The part of a submission's page that says how one came to the window: booking, ticket, call, numbers."""

from uuid import UUID

from yijianshi.services.reading.hall_chain import Visit, visits_of
from yijianshi.web import parts as p

from .chain import chain_of


def visits_part(submission: UUID) -> tuple[tuple[Visit, p.Pairs, p.History], ...]:
    """Return the visits to halls of which a submission came, drawn; nothing where there was none."""
    return tuple((one, *chain_of(one)) for one in visits_of(submission))
