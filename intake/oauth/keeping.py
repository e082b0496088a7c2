"""Keeps a grant in a file of its owner's, written whole or not at all, one process at a time."""

import fcntl
import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from intake.oauth.grants import Grant, OAuthRefused, OAuthUnavailable

LOCK_PATIENCE = timedelta(seconds=90)
"""Longer than any request of whoever holds it may take."""
_PAUSE = 0.05


class TokenFile:
    """The grant of one account. The lock is a file beside it, as the file itself is replaced."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Grant | None:
        """The grant as it was written last, None where there is none. Raises OAuthRefused."""
        try:
            return _parse(json.loads(self.path.read_bytes()))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise OAuthRefused(f"{self.path} can't be read ({error.strerror})") from error
        except (ValueError, TypeError, KeyError):
            told = f"{self.path} holds no sign-in: sign in again"
            raise OAuthRefused(told) from None  # the cause would hold what stands there

    def write(self, grant: Grant) -> None:
        """Put `grant` in the place of what was there. Raises OAuthRefused."""
        try:
            self._make_folder()
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}-")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(_fields(grant), file)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(self.path)
            finally:
                Path(name).unlink(missing_ok=True)
            _sync(self.path.parent)
        except OSError as error:
            raise self._unwritable(error) from error

    @contextmanager
    def locked(self, patience: timedelta = LOCK_PATIENCE) -> Iterator[None]:
        """Only one process is inside. Raises OAuthUnavailable when that takes too long."""
        try:
            self._make_folder()
            handle = os.open(self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            give_up_at = time.monotonic() + patience.total_seconds()
            while not _is_locked(handle):
                if time.monotonic() > give_up_at:
                    raise OAuthUnavailable(f"another process holds {self.path}")
                time.sleep(_PAUSE)
            yield
        finally:
            os.close(handle)

    def _make_folder(self) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _unwritable(self, error: OSError) -> OAuthRefused:
        told = f"{self.path} can't be written ({error.strerror}), and a renewed token would be lost"
        return OAuthRefused(f"{told}: let the user Postroom runs as write to {self.path.parent}")


def _is_locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fields(grant: Grant) -> dict[str, str | None]:
    ends_at = grant.refresh_ends_at
    return {
        "access_token": grant.access_token,
        "granted_at": grant.granted_at.isoformat(),
        "ends_at": grant.ends_at.isoformat(),
        "refresh_token": grant.refresh_token,
        "refresh_ends_at": ends_at.isoformat() if ends_at else None,
        "signed_in_as": grant.signed_in_as,
    }


def _parse(fields: dict[str, str | None]) -> Grant:
    """Raises ValueError, TypeError and KeyError."""
    ends_at = fields["refresh_ends_at"]
    token = fields["access_token"]
    if not token:
        raise ValueError("no access token")
    return Grant(
        access_token=token,
        granted_at=_instant(fields["granted_at"]),
        ends_at=_instant(fields["ends_at"]),
        refresh_token=fields["refresh_token"],
        refresh_ends_at=_instant(ends_at) if ends_at else None,
        signed_in_as=fields["signed_in_as"],
    )


def _instant(text: str | None) -> datetime:
    return datetime.fromisoformat(text or "").astimezone(UTC)
