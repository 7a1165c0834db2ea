"""The written situations happen in the town of the services' tests."""

from tests.services.conftest import settled_town, town

__all__ = ["settled_town", "town"]
