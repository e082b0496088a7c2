"""A configuration on disk with a ledger behind it, for commands that look at it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from intake.cli import app
from storage.database import Database
from tests.support.configurations import GRANT, write_configuration
from tests.support.empty_ledgers import open_empty_ledger

Call = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an installation: a configuration of the programme `ace`, no cases yet."""
    write_configuration(tmp_path, 'data_folder = "data"\n' + GRANT).chmod(0o600)
    return tmp_path


@pytest.fixture
def ledger(folder: Path) -> Iterator[Database]:
    """The installation's ledger."""
    database = open_empty_ledger(f"sqlite:///{folder}/data/ledger.db")
    yield database
    database.close()


@pytest.fixture
def call(folder: Path) -> Call:
    """Runs a command on the installation, in a terminal of 80 columns unless told otherwise."""

    def run(*arguments: str, columns: int = 80) -> Result:
        told = [*arguments, "--config", str(folder / "config.toml")]
        return CliRunner().invoke(app, told, env={"COLUMNS": str(columns), "NO_COLOR": "1"})

    return run
