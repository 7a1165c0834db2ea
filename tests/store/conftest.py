"""The seeded town, really committed, so that several connections see it; the empty database is copied back afterwards."""

from tests.services.conftest import committed_town

__all__ = ["committed_town"]
