"""A year that stops on its way and leaves a folder to practise in."""

import json
import shlex
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from intake.cli import app
from intake.commands.simulating.command import prepare_folder
from intake.commands.simulating.practice import OutOfYear, Stop, next_commands, stop_at
from tests.support.once import make_once

NOW = datetime(2026, 3, 10, 14, 30, tzinfo=UTC)


def test_stop_moves_every_date_of_a_configuration() -> None:
    stop = Stop("ace", date(2021, 9, 10), NOW)

    moved = stop.adapt(
        "opens_at = 2021-07-05T09:00:00  # Monday 5 July 2021\n"
        'days_off = [2021-08-30]\nwhen = "15 November 2021", "January 2022"\n'
        'key = "2021"\nphone = "+442079460100"\n'
    )

    assert moved == (
        "opens_at = 2026-01-02T09:00:00  # Friday 2 January 2026\n"
        'days_off = [2026-02-27]\nwhen = "15 May 2026", "July 2026"\n'
        'key = "2021"\nphone = "+442079460100"\n'
    )


@pytest.mark.parametrize("day", [date(2021, 6, 1), date(2022, 6, 1)])
def test_stop_is_refused_outside_the_year(day: date) -> None:
    with pytest.raises(OutOfYear, match="is no day between 2021-06-29 and"):
        stop_at("ace", day, NOW)


def _told_on(day: date) -> set[tuple[str, ...]]:
    """The commands of the panel, the outcomes and the awards, by their first words."""
    words = [shlex.split(one) for one in next_commands(stop_at("ace", day, NOW), Path("x"))]
    groups = ("panel", "allocate", "outcomes", "award")
    own = [one[1:3] for one in words if one[1] in groups]
    return {tuple(word for word in one if not word.startswith("-")) for one in own}


READ, SCORED = {("panel", "status")}, {("panel", "table"), ("allocate",)}


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2021, 8, 20), set()),
        (date(2021, 8, 30), {("panel", "assign")}),
        (date(2021, 9, 2), {("panel", "assign"), ("panel", "remind"), *READ}),
        (date(2021, 9, 10), {("panel", "remind"), *READ, *SCORED}),
        (date(2021, 9, 23), {("outcomes", "release"), *READ, *SCORED}),
        (date(2021, 10, 8), {("outcomes", "show"), ("award", "status"), *READ, *SCORED}),
    ],
)
def test_commands_are_those_of_the_day(day: date, told: set[tuple[str, ...]]) -> None:
    assert _told_on(day) == told


@pytest.mark.parametrize("day", [date(2021, 8, 30), date(2021, 9, 10), date(2021, 10, 8)])
def test_every_command_that_is_told_is_one(day: date) -> None:
    for command in next_commands(stop_at("ace", day, NOW), Path("x")):
        words = [word for word in shlex.split(command) if word != "postroom"]
        if words[0] != "export" or "--to" in words:
            assert CliRunner().invoke(app, [*words, "--help"]).exit_code == 0, command


def test_a_folder_that_was_practised_in_is_only_cleared_when_told(tmp_path: Path) -> None:
    (tmp_path / ".postroom-simulate").touch()
    (tmp_path / "mailbox").mkdir()
    mine = tmp_path / "data"
    mine.mkdir()

    for more in ((), ("--until", "2021-09-10")):
        call = ["simulate", "ace", *more, "--into", str(tmp_path)]
        refused = CliRunner().invoke(app, call, env={"COLUMNS": "400"})

        assert refused.exit_code == 2
        assert "loses what you did there; nothing was changed. Add --again" in refused.output
        assert mine.is_dir()


def test_a_folder_that_was_practised_in_is_cleared_with_again(tmp_path: Path) -> None:
    (tmp_path / ".postroom-simulate").touch()
    (tmp_path / "mailbox").mkdir()

    prepare_folder(tmp_path, again=True)

    assert [place.name for place in tmp_path.iterdir()] == [".postroom-simulate"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small year of the cohort programme, stopped when the first places have been given."""
    return make_once(tmp_path_factory, "practice", _stopped)


def _stopped(folder: Path) -> Path:
    options = ["--messages", "8", "--until", "2019-03-15", "--folder", str(folder)]
    result = CliRunner().invoke(app, ["simulate", "surrey500", *options])
    assert result.exit_code == 0, result.output
    assert "postroom places show surrey500" in result.output
    return folder


def run(folder: Path, *words: str) -> Any:
    """What a command of the folder says as JSON."""
    result = CliRunner().invoke(app, ["-c", str(folder / "config.toml"), *words, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.timeout(400)
def test_commands_work_in_the_folder_of_a_stopped_year(folder: Path) -> None:
    unread = list((folder / "mailbox" / "new").iterdir())

    ticked = run(folder, "tick")
    placed = run(folder, "places", "propose", "surrey500")
    known = run(folder, "cases")

    assert ticked["new"] == ticked["recorded"] == len(unread)
    assert ticked["sent"] == ticked["deferred"] == 0
    assert ticked["mailbox_errors"] == ticked["transport_errors"] == {}
    assert placed["done"] is False
    assert {case["programme"] for case in known} == {"surrey500"}


@pytest.mark.timeout(400)
def test_commands_that_are_told_work(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = stop_at("surrey500", date(2019, 3, 15), NOW)
    told = [shlex.split(command) for command in next_commands(stop, folder)]
    monkeypatch.chdir(tmp_path)
    config = ["-c", str(folder / "config.toml")]

    ended = {
        words[1]: CliRunner().invoke(app, [*config, *words[1:]]).exit_code
        for words in told
        if words[0] == "postroom"
    }

    assert ended == dict.fromkeys(ended, 0)
    assert ended.keys() >= {"tick", "cases", "digest", "places"}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--until", "2018-01-01"], "is no day between"),
        (["--until", "2019-04-01", "--kills", "3"], "leave out --kills"),
    ],
)
def test_stop_that_can_not_be_is_refused(options: list[str], told: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["simulate", "surrey500", *options, "--into", str(tmp_path / "new")]
    )

    assert result.exit_code == 2
    assert told in " ".join(result.output.replace("│", " ").split())
    assert not (tmp_path / "new").exists()
