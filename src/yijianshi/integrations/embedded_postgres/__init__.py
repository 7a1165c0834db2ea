"""The database server that comes along: PostgreSQL under our own launcher, for demo, tests and small sites."""

from yijianshi.integrations.embedded_postgres.binaries import Binaries, BinariesMissing
from yijianshi.integrations.embedded_postgres.check import check
from yijianshi.integrations.embedded_postgres.footing import Footing, FootingRefused
from yijianshi.integrations.embedded_postgres.lock import FolderInUse
from yijianshi.integrations.embedded_postgres.place import SocketFolderUnsafe, connection_settings
from yijianshi.integrations.embedded_postgres.server import (
    EmbeddedPostgres,
    ServerNotStarted,
    ServerNotStopped,
    TrigramsMissing,
)

__all__ = [
    "Binaries",
    "BinariesMissing",
    "EmbeddedPostgres",
    "FolderInUse",
    "Footing",
    "FootingRefused",
    "ServerNotStarted",
    "ServerNotStopped",
    "SocketFolderUnsafe",
    "TrigramsMissing",
    "check",
    "connection_settings",
]
