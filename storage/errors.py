"""What can go wrong in the ledger room.

StorageError
├── LedgerError            the database as a whole
│   ├── LedgerUnavailable  try again later
│   ├── LedgerMismatch     a schema or database that this version does not know
│   └── LedgerDamaged      the file itself is broken
├── ArchiveError           the folder of raw bytes
│   ├── ArchiveUnavailable try again later
│   └── ArchiveDamaged     a file is missing or altered
├── NotFound               no such thing in the ledger
└── Conflict               the ledger says otherwise by now
"""


class StorageError(Exception):
    """Something in the ledger or the archive failed."""


class LedgerError(StorageError):
    """The database refused. Run `postroom check`; the log names the statement's error."""


class LedgerUnavailable(LedgerError):
    """The database is locked, full or can't be reached. Nothing was lost: the same work is tried
    again at the next tick. If it lasts, look at the disk and at the database server."""


class LedgerMismatch(LedgerError):
    """The database is not one that this version can work with: another schema, another kind of
    database, or a driver that is not installed. Run `postroom check`, or the newer version."""


class LedgerDamaged(LedgerError):
    """The database file is broken. Stop Postroom, keep a copy, and restore the last backup; the
    archive and the mailbox still hold every message."""


class ArchiveError(StorageError):
    """The archive of raw bytes failed."""


class ArchiveUnavailable(ArchiveError):
    """The archive's folder can't be read or written: is the disk full, or the owner another
    user? What was not archived is still in the mailbox and comes again."""


class ArchiveDamaged(ArchiveError):
    """A file of the archive is missing or no longer what was stored. Restore it from a backup:
    its name is the SHA-256 of its content."""


class NotFound(StorageError):
    """The ledger has no such message, case or letter."""


class Conflict(StorageError):
    """Somebody else was faster, or the thing is not in the state this needs. Read it again."""
