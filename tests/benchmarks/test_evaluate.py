"""`make evaluate` over small folders of the form that it takes."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer import Typer
from typer.testing import CliRunner, Result

from benchmarks import hostile
from benchmarks.evaluate import main
from benchmarks.reading import is_message

MESSAGE = (
    b"From: Una Marsh <una@marshhealth.example>\r\nTo: ace@leadership.nhs.example\r\n"
    b"Subject: When does it close?\r\nMIME-Version: 1.0\r\n\r\n"
    b"When does the call for expressions of interest close?\r\n\r\nUna Marsh\r\n"
)
TRUTH = {
    "file": "messages/1.eml",
    "kind": "question",
    "action": "acknowledge",
    "contact": {"name": "Una Marsh", "email": "una@marshhealth.example", "phone": None},
}
MIME = {"file": "a/1.eml", "kind": "mime", "expect": {"subject": "When does it close?"}}
BODY = {"file": "a/2.txt", "kind": "reply", "expect": {"reply": "Thank you."}}


@pytest.fixture(autouse=True)
def _few_short_shapes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile, "SHAPES", {"blanks": hostile.SHAPES["blanks"]})
    monkeypatch.setattr(hostile, "SHORT", 1_000)
    monkeypatch.setattr(hostile, "LONG", 10_000)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "messages").mkdir(parents=True)
    (folder / "messages" / "1.eml").write_bytes(MESSAGE)
    (folder / "truth.jsonl").write_text(json.dumps(TRUTH) + "\n", "utf-8")
    return folder


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "collection" / "odd"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "1.eml").write_bytes(MESSAGE)
    (folder / "a" / "2.txt").write_text("Thank you.\n\nOn 2 Aug 2021, ACE wrote:\n> Yes?\n")
    lines = (json.dumps(row) + "\n" for row in (MIME, BODY))
    (folder / "truth.jsonl").write_text("".join(lines), "utf-8")
    return folder.parent


def _evaluate(*options: object) -> Result:
    app = Typer()
    app.command()(main)
    return CliRunner(env={"COLUMNS": "80"}).invoke(app, [str(option) for option in options])


def _figures(result: Result) -> dict[str, dict[str, Any]]:
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)["figures"]
    return {figure["name"]: figure for figure in told if figure["corpus"] is None}


def test_figures_stand_beside_their_targets(corpus: Path, collection: Path) -> None:
    result = _evaluate("--corpus", corpus, "--thirdparty", collection, "--json")

    figures = _figures(result)
    assert figures["macro average"]["value"] == 1.0
    assert figures["kind and action right"]["met"] is True
    assert (figures["MIME subject"]["right"], figures["MIME subject"]["of"]) == (1, 1)
    assert (figures["reply exact"]["value"], figures["reply exact"]["target"]) == (1.0, 0.85)
    assert figures["crashes"]["value"] == 0
    assert figures["crashes"]["of"] == 3
    assert 0 < figures["time, median"]["value"] <= figures["time, worst"]["value"]
    assert figures["growth, worst: blanks"]["met"] is not None


def test_the_table_fits_a_terminal(corpus: Path, collection: Path) -> None:
    result = _evaluate("--corpus", corpus, "--thirdparty", collection, "--detail", "--misses")

    assert result.exit_code == 0, result.output
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "MIME subject / odd" in result.stdout


def test_without_a_collection_its_measures_are_left_out(corpus: Path) -> None:
    result = _evaluate("--corpus", corpus)

    assert "macro average" in result.stdout
    assert "MIME subject" not in result.stdout
    assert "THIRDPARTY names no folder" in result.stdout


def test_a_file_that_is_not_there_counts_as_wrong_and_is_told(corpus: Path) -> None:
    (corpus / "messages" / "1.eml").unlink()

    result = _evaluate("--corpus", corpus, "--json")

    assert "messages/1.eml is in a truth, but not in its folder" in result.stderr
    assert _figures(result)["macro average"]["value"] == 0.0


@pytest.mark.parametrize(
    ("truth", "told"),
    [
        (None, "truth.jsonl can't be read: No such file or directory."),
        ("", "truth.jsonl is empty."),
        ("{", "truth.jsonl line 1 is no JSON."),
        ('{"kind": "bulk"}', "truth.jsonl line 1 names no `file`."),
    ],
)
def test_a_folder_that_lacks_something_is_told(corpus: Path, truth: str | None, told: str) -> None:
    (corpus / "truth.jsonl").unlink()
    if truth is not None:
        (corpus / "truth.jsonl").write_text(truth, "utf-8")

    result = _evaluate("--corpus", corpus)

    assert (result.exit_code, result.stderr) == (2, f"{corpus}/{told}\n")


def test_a_collection_without_truths_is_told(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    nothing = _evaluate("--corpus", corpus, "--thirdparty", tmp_path / "empty")
    other_form = _evaluate("--corpus", corpus, "--thirdparty", tmp_path)

    assert nothing.stderr == f"{tmp_path}/empty has no folder with a truth.jsonl in it.\n"
    assert other_form.stderr == f"a line of the truth in {corpus} has no `expect`.\n"
    assert (nothing.exit_code, other_form.exit_code) == (2, 2)


@pytest.mark.parametrize(
    ("content", "kind", "is_whole"),
    [
        (MESSAGE, "reply", True),
        (
            b"From sam Mon Aug  2 11:12:00 2021\nReceived: from a\n\tby b\nSubject: x\n\nHi",
            None,
            True,
        ),
        (b"From: Tom\nSent: Monday\nTo: Una\nSubject: The lay-by\n\nClear it.", "forward", False),
        (b"From: Tom\nSubject: The lay-by\n\nClear it.", "bounce", True),
        (b"Thank you.\n\nContent-Type: text/plain", "reply", False),
        (b"Message-ID: is what I mean\nnot a field", None, False),
        (b"", "reply", False),
    ],
)
def test_whole_messages_are_told_from_bare_texts(
    content: bytes, kind: str | None, is_whole: bool
) -> None:
    assert is_message(content, kind) is is_whole
