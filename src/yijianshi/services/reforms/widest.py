"""The widest choice of published editions, worked out once for each: editions never change."""

from functools import lru_cache

from yijianshi.domain.choices import widest_choice
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import make_plan
from yijianshi.domain.reforms import Reform, reform_of


@lru_cache(maxsize=512)
def widest_reform(edition: Edition) -> Reform:
    """Return the four reductions of all that can be handled together."""
    return reform_of(make_plan(edition, widest_choice(edition), strict=False))
