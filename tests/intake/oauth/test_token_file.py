"""A grant is kept for its owner's eyes, whole or not at all, by one process at a time."""

import json
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from intake.oauth.grants import Grant, OAuthRefused, OAuthUnavailable
from intake.oauth.keeping import TokenFile

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
GRANT = Grant(
    access_token="access-canary",
    granted_at=NOON,
    ends_at=NOON + timedelta(hours=1),
    refresh_token="refresh-canary",
    refresh_ends_at=NOON + timedelta(days=7),
    signed_in_as="ace@leadership.nhs.example",
)


def modes(path: Path) -> tuple[int, int]:
    return stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)


def test_what_is_written_is_read_and_nobody_elses(tmp_path: Path) -> None:
    file = TokenFile(tmp_path / "tokens" / "ace.json")

    assert file.read() is None
    file.write(GRANT)

    assert file.read() == GRANT
    assert modes(file.path) == (0o600, 0o700)
    assert list(file.path.parent.iterdir()) == [file.path]


def test_a_grant_shows_no_token() -> None:
    assert "canary" not in repr(GRANT)


def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = TokenFile(tmp_path / "tokens" / "ace.json")
    file.write(GRANT)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        with pytest.raises(OAuthRefused, match="can't be written"):
            file.write(Grant("another", NOON, NOON))

    assert file.read() == GRANT
    assert list(file.path.parent.iterdir()) == [file.path]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"access_token": "canary"}', "canary", "\udcff"])
def test_a_damaged_file_says_to_sign_in_again(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ace.json"
    path.write_text(text, errors="surrogateescape")

    with pytest.raises(OAuthRefused, match="sign in again") as caught:
        TokenFile(path).read()

    assert "canary" not in str(caught.value)


def test_another_process_is_waited_for_but_not_for_ever(tmp_path: Path) -> None:
    file = TokenFile(tmp_path / "ace.json")
    holder = subprocess.Popen(
        [
            *(sys.executable, "-c"),
            "import sys; from pathlib import Path; from intake.oauth.keeping import TokenFile\n"
            "with TokenFile(Path(sys.argv[1])).locked(): print('held', flush=True); input()",
            str(file.path),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
        with pytest.raises(OAuthUnavailable, match="another process"):
            file.locked(timedelta()).__enter__()
        holder.communicate(b"\n")
    with file.locked():
        file.write(GRANT)

    assert json.loads(file.path.read_text())["refresh_token"] == "refresh-canary"
