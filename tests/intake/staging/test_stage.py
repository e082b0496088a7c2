"""A demo clears what a demo left, never a real installation."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from intake.cli import app
from intake.commands.demo.command import LEAVES
from intake.commands.staging.stage import NotOurs, marker_of, prepare_stage

MARKER = marker_of("demo")
WIDE = {"COLUMNS": "400", "NO_COLOR": "1"}


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    folder = tmp_path / "ace"
    (folder / "data").mkdir(parents=True)
    (folder / "config.toml").write_text("real settings", "utf-8")
    (folder / "data" / "ledger.db").write_text("real cases", "utf-8")
    return folder


def test_demo_refuses_the_folder_of_a_real_installation(installation: Path) -> None:
    before = contents(installation)

    result = CliRunner().invoke(app, ["demo", "--into", str(installation)], env=WIDE)

    assert result.exit_code == 2
    assert "holds files that no demo put there; nothing was changed" in result.output
    assert "Name a new or empty folder with --into" in result.output
    assert contents(installation) == before


def test_demo_refuses_a_file(tmp_path: Path) -> None:
    place = tmp_path / "notes.txt"
    place.write_text("mine", "utf-8")

    result = CliRunner().invoke(app, ["demo", "--into", str(place)], env=WIDE)

    assert (result.exit_code, place.read_text("utf-8")) == (2, "mine")


@pytest.mark.parametrize("exists", [True, False])
def test_a_new_or_empty_folder_is_marked(exists: bool, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "demo"
    if exists:
        folder.mkdir(parents=True)

    prepare_stage(folder, "demo", LEAVES)

    assert [path.name for path in folder.iterdir()] == [MARKER]


def test_what_an_earlier_demo_left_is_removed_and_nothing_else(installation: Path) -> None:
    (installation / MARKER).touch()
    (installation / "notes.txt").write_text("mine", "utf-8")
    elsewhere = installation.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "letter.eml").touch()
    (installation / "letters").symlink_to(elsewhere)

    prepare_stage(installation, "demo", LEAVES)

    assert sorted(path.name for path in installation.iterdir()) == [MARKER, "notes.txt"]
    assert (elsewhere / "letter.eml").exists()


def test_a_folder_of_the_markers_name_marks_nothing(installation: Path) -> None:
    (installation / MARKER).mkdir()

    with pytest.raises(NotOurs):
        prepare_stage(installation, "demo", LEAVES)
