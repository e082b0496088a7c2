"""Secrets: from the configuration or the environment, from a file, or from systemd."""

import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from pydantic import SecretStr

from intake.configuration.problems import ConfigError, Problem

LARGEST_SECRET = 16 * 1024
"""Bytes; a secret is one short line, a token some thousand characters."""


def read_secret_file(path: Path, key: str) -> str:
    """The one line of a secret's file. Raises ConfigError when it can't be read or is empty."""
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST_SECRET).decode().strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise ConfigError(
            Problem(str(path), key, f"a file that can't be read ({reason})", _FILE_ADVICE)
        ) from error
    if not text or "\n" in text:
        found = "an empty file" if not text else "more than one line"
        raise ConfigError(Problem(str(path), key, found, _FILE_ADVICE))
    return text


_FILE_ADVICE = "the path of a file whose only line is the secret, readable by Postroom's user"


def find_secret(
    value: SecretStr | None, file: Path | None, *, key: str, credential: str
) -> str | None:
    """The secret, from the first place that has one: `value`, `file`, systemd's `credential`.

    None where there is none. Raises ConfigError when a place is named but can't be read.
    """
    if value is not None:
        return value.get_secret_value()
    if file is not None:
        return read_secret_file(file, key)
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if folder and (path := Path(folder) / credential).exists():
        return read_secret_file(path, key)
    return None


def token_reader(path: Path, key: str, refused: type[Exception]) -> Callable[[], str]:
    """Reads the token afresh at each log-in; raises `refused` when there is none to read."""

    def read() -> str:
        try:
            return read_secret_file(path, key)
        except ConfigError as error:
            raise refused(str(error)) from error

    return read


def missing_secret(key: str, credential: str, refused: type[Exception]) -> Callable[[], str]:
    """Stands in for a password that nobody gave: the log-in says so, all else works."""

    variable = "POSTROOM_" + key.replace(".", "__").upper()
    # No shell sets a variable with a hyphen in its name.
    environment = f"{variable} in the environment, " if "-" not in variable else ""

    def refuse() -> str:
        raise refused(
            f"no password: give {key}_file in the configuration, {environment}"
            f"or the systemd credential {credential}"
        )

    return refuse


def keep_secret(folder: Path) -> bytes:
    """The secret kept in `folder`, made there once, whoever comes first. Raises ConfigError."""
    path = folder / "secret"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _create(path, secrets.token_hex(32))
    except OSError as error:
        raise ConfigError(
            Problem(
                str(folder),
                "data_folder",
                f"a folder that can't be written ({error.strerror})",
                "a folder that Postroom's user may write, for example /var/lib/postroom",
            )
        ) from error
    return read_secret_file(path, "secret").encode()


def replace_secret(folder: Path, secret: bytes) -> bool:
    """Put another secret in the place of the one kept in `folder`; False where none is kept there,
    as the configuration gives one. Raises OSError."""
    path = folder / "secret"
    if not path.exists():
        return False
    path.unlink()
    _create(path, secret.decode())
    return True


def _create(path: Path, text: str) -> None:
    """Write `path` whole or not at all, for its owner only, unless it is there already."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".secret-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(temporary, path)
        except FileExistsError:
            return
    finally:
        temporary.unlink()
