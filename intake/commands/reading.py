"""Single messages read in child processes, for commands that store nothing of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from intake.config import Configuration
from intake.isolation import DEFAULT_WORKERS, Reader


@contextmanager
def open_reader(
    configuration: Configuration,
    *,
    dissects: bool = False,
    lays_out: bool = False,
    workers: int = DEFAULT_WORKERS,
) -> Iterator[Reader]:
    """A reader as the configuration wants it, whose children are stopped behind it; attachments
    are thrown away."""
    reader = Reader(
        configuration.programmes,
        archive_folder=None,
        trusted_authserv_ids=configuration.trusted_authserv_ids,
        dissects=dissects,
        lays_out=lays_out,
        workers=workers,
    )
    try:
        yield reader
    finally:
        reader.close()
