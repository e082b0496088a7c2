"""What was removed leaves SQLite's file as well, where it would lie in free pages until they are
used again."""

import sqlite3
from contextlib import closing

from sqlalchemy import make_url


def compact(url: str) -> bool:
    """Rewrite the ledger's file without what was removed; True when nothing of it is left there.
    False where somebody else is using it just now. PostgreSQL does so by itself, in time (see
    VACUUM), and after it the server's own write-ahead log."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return False
    with closing(sqlite3.connect(str(parsed.database), timeout=10)) as connection:
        try:
            connection.execute("VACUUM")
            (is_busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
    return not is_busy
