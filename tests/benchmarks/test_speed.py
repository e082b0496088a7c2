"""`make bench` at a tiny size: that every figure exists, and that each is told for what it is. How
large a figure is fails nothing."""

import json
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console
from typer import Typer
from typer.testing import CliRunner

from benchmarks.speed.__main__ import main
from benchmarks.speed.mail import FILE_BYTES, message, mixed_mail
from benchmarks.speed.measure import Figure, Measure, NotMeasured, Pair, Size, take_turns
from benchmarks.speed.measures import MEASURES, figures_of
from benchmarks.speed.page import PAGE, RESULTS, replace_figures, write_figures
from benchmarks.speed.sink import ROOT, Sink
from benchmarks.speed.table import number, table_of
from tests.conftest import need
from tests.support.dovecot import PROGRAM
from tests.support.postgres import find_programs


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_measure_gives_figures(tmp_path: Path) -> None:
    need(PROGRAM.exists(), "Dovecot")
    need(find_programs(), "PostgreSQL")
    results = tmp_path / "results.json"
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.speed", "--small", "--to", str(results)],
        cwd=ROOT,
        env={"COLUMNS": "80", "PATH": "/usr/bin:/bin:/usr/sbin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert max(map(len, ran.stdout.splitlines())) <= 80
    figures = json.loads(results.read_text("utf-8"))["figures"]
    assert {figure["measure"] for figure in figures} == {one.number for one in MEASURES}
    unmeasured = [figure["why"] for figure in figures if figure["value"] is None]
    assert [why for why in unmeasured if "fetchmail" not in why] == []


def test_an_unknown_measure_is_told() -> None:
    app = Typer()
    app.command()(main)

    result = CliRunner().invoke(app, ["99"])

    assert result.exit_code == 2
    assert "There is no measure 99: 1, 3, 4" in result.stderr


@pytest.mark.parametrize(
    ("figure", "is_met"),
    [
        (Figure("faster", 15.0, least=15), True),
        (Figure("faster", 14.9, least=15), False),
        (Figure("longer", 0.3, most=0.2), False),
        (Figure("none", 0.0, most=0), True),
        (Figure("told only", 3.0), None),
        (Figure("not measured", None, least=15), None),
    ],
)
def test_a_goal_is_met_or_missed(figure: Figure, is_met: bool | None) -> None:
    assert figure.is_met is is_met
    assert figure.as_json()["met"] is is_met


def test_sides_take_turns_and_neighbours_are_compared() -> None:
    order = []

    def side(name: str, seconds: Iterator[float]) -> float:
        order.append(name)
        return next(seconds)

    ours, theirs = iter([1.0, 10.0, 2.0]), iter([4.0, 50.0, 6.0])
    pair = take_turns(3, lambda: side("ours", ours), lambda: side("theirs", theirs))

    assert order == ["theirs", "ours", "ours", "theirs", "theirs", "ours"]
    assert pair == Pair([1.0, 10.0, 2.0], [4.0, 50.0, 6.0])
    assert (pair.times_faster, pair.our_seconds) == (4.0, 2.0)


def test_what_is_not_measured_is_told_with_its_reason() -> None:
    def nothing(_size: Size) -> Iterator[Figure]:
        yield Figure("first", 1.0)
        raise NotMeasured("there is no server")

    measure = Measure(7, "reading", nothing)
    figures = list(figures_of(measure, Size.SMALL))
    console = Console(width=80, record=True)
    console.print(table_of([(measure, figures)], {"a thing": "it takes a week"}))
    told = console.export_text()

    assert [figure.value for figure in figures] == [1.0, None]
    assert "not measured: there is no" in " ".join(told.split())
    assert "a thing: it takes a week" in " ".join(told.split())


@pytest.mark.parametrize(
    ("value", "told"),
    [(0, "0"), (0.025, "0.0250"), (1.857, "1.86"), (27.44, "27.4"), (4e4, "40,000")],
)
def test_figures_have_three_digits_that_count(value: float, told: str) -> None:
    assert number(value) == told


def test_the_mail_mix_is_what_it_is_said_to_be() -> None:
    mixed = mixed_mail(40, first=101)

    assert 3_200 < len(message(7)) < 3_600
    assert sum(len(raw) > FILE_BYTES for raw in mixed) == 2
    assert len(set(mixed)) == 40
    assert mixed == mixed_mail(40, first=101)


def test_the_sink_takes_letters_and_tells_of_them() -> None:
    letter = b"Message-ID: <1@x.example>\r\nSubject: x\r\n\r\n" + b"a line\r\n..two\r\n" * 50_000
    with Sink() as sink:
        started = time.monotonic()
        with smtplib.SMTP(sink.host, sink.port) as server:
            for reader in ("a@x.example", "b@x.example"):
                server.sendmail("ace@x.example", [reader], letter)
        assert sink.wait_for(2)

    assert [taken.recipient for taken in sink.taken] == ["a@x.example", "b@x.example"]
    assert {taken.message_id for taken in sink.taken} == {"<1@x.example>"}
    assert started < sink.taken[0].at <= sink.taken[1].at


def test_the_page_tells_the_figures_that_were_measured() -> None:
    results = json.loads(RESULTS.read_text("utf-8"))
    page = PAGE.read_text("utf-8")

    assert replace_figures(page, results) == page, "run: python -m benchmarks.speed.page"
    assert results["size"] == "full"


def test_a_page_with_other_figures_is_told() -> None:
    results = json.loads(RESULTS.read_text("utf-8"))
    results["figures"][0]["value"] = 1234.0

    told = write_figures(results)

    assert "1,234 ×" in told
    assert told not in PAGE.read_text("utf-8")
