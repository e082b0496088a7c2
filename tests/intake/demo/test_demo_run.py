"""The demo, whole: real IMAP, real SMTP, the real application."""

import json
import time
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from intake.cli import app
from storage.domain.letter import LetterKind

LONGEST = 90
"""Seconds, on a machine that runs other tests as well; alone it takes less than 15."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def played(folder: Path) -> dict[str, Any]:
    """What `postroom demo --json` says."""
    started = time.monotonic()
    result = CliRunner().invoke(app, ["demo", "--into", str(folder), "--json"])
    assert result.exit_code == 0, result.output
    assert time.monotonic() - started < LONGEST
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def by_name(played: dict[str, Any], part: str) -> dict[str, Any]:
    found = [x for x in played["exchanges"] if part in x["message"]["link"]]
    assert len(found) == 1
    exchange: dict[str, Any] = found[0]
    return exchange


def kinds(exchange: dict[str, Any]) -> list[str]:
    return [reply["kind"] for reply in exchange["letters"]]


def test_demo_leaves_nothing_unhandled(played: dict[str, Any]) -> None:
    assert played["unhandled"] == []
    assert len(played["exchanges"]) == 31


OF_LATER_STAGES = {
    LetterKind.DECISIONS_RECEIPT,
    LetterKind.SCORING_RECEIPT,
    LetterKind.PLACE_CONFIRMED,
    LetterKind.NOMINATION_OUTCOME,
    LetterKind.ORGANISER_ANSWER,
    LetterKind.ACTION_RECEIPT,
    LetterKind.AWARD_RECEIPT,
    LetterKind.MOU_RECEIPT,
}
"""Kinds that answer an organiser or a member of the panel, or tell of places and awards."""


def test_demo_shows_every_letter_kind(played: dict[str, Any]) -> None:
    """All that answer an applicant, but the one about what nobody can read: the sample inbox holds
    no such message."""
    shown = {kind for exchange in played["exchanges"] for kind in kinds(exchange)}
    answers = {kind.value for kind in LetterKind if kind.answers_message}

    assert shown == answers - {LetterKind.ATTACHMENT_PROBLEM, *OF_LATER_STAGES}


@pytest.mark.parametrize(
    ("part", "verdict", "letters"),
    [
        ("one-night-porter", "nomination", ["nomination_receipt"]),
        ("table-of-five", "nomination", ["nomination_receipt"]),
        ("night-owls-team", "nomination", ["nomination_receipt"]),
        ("who-leads-ours", "question", ["lead_answer", "acknowledgement"]),
        ("seven-in-a-spreadsheet", "nomination", ["nomination_receipt"]),
        ("library-van", "withdrawal", ["withdrawal_confirmation"]),
        ("before-the-doors", "expression", ["not_yet_open", "application_pack"]),
        ("08-third-voice", "expression", ["application_pack"]),
        ("minicab-drivers", "expression", ["application_pack"]),
        ("11-slow-dig", "expression", ["application_pack"]),
        ("funding-ferret", "bulk", []),
        ("word-file", "expression", ["application_pack"]),
        ("oxygen-and-candles", "expression", ["application_pack"]),
        ("oxygen-new-number", "follow_up", ["update_receipt"]),
        ("what-do-you-need", "expression", ["details_request"]),
        ("forwarded-from-parking", "expression", ["application_pack"]),
        ("wendy-for-the", "expression", ["application_pack"]),
        ("the-puffin-choir", "expression", ["application_pack"]),
        ("choir-mailbox-full", "bounce", []),
        ("stroke-singers-the-rest", "follow_up", ["application_pack"]),
        ("minibus", "question", ["acknowledgement"]),
        ("marcus-is-away", "auto_reply", []),
        ("sign-here-quickly", "bulk", []),
        ("nothing-at-all", "unclear", ["acknowledgement"]),
        ("slow-dig-the-form", "application", ["application_receipt"]),
        ("drivers-step-back", "withdrawal", ["withdrawal_confirmation"]),
        ("heard-too-late", "expression", ["closed"]),
        ("form-too-late", "application", ["late_receipt"]),
    ],
)
def test_demo_gives_each_message_its_letter(
    played: dict[str, Any], part: str, verdict: str, letters: list[str]
) -> None:
    exchange = by_name(played, part)

    assert (exchange["verdict"], kinds(exchange)) == (verdict, letters)


def test_demo_answers_a_message_that_came_twice_once(played: dict[str, Any]) -> None:
    assert by_name(played, "delivered-twice")["outcome"] == "repeated"


def test_demo_holds_what_a_stranger_says_about_a_case(played: dict[str, Any]) -> None:
    exchange = by_name(played, "puffins-new-address")

    assert exchange["hold"]
    assert [reply["state"] for reply in exchange["letters"]] in ([], ["held"])


def test_demo_sorts_a_message_under_held_while_a_letter_of_it_waits(
    played: dict[str, Any],
) -> None:
    exchanges = played["exchanges"]
    waiting = [x for x in exchanges if "held" in [reply["state"] for reply in x["letters"]]]

    assert any("sent" in [reply["state"] for reply in x["letters"]] for x in waiting)
    assert [x["number"] for x in exchanges if x["outcome"] == "held"] == [
        x["number"] for x in waiting
    ]


def test_demo_letters_carry_nothing_that_was_injected(played: dict[str, Any], folder: Path) -> None:
    assert played["exchanges"]
    for path in (folder / "letters").glob("*.eml"):
        letter = message_from_bytes(path.read_bytes(), policy=policy.default)
        body = letter.get_body(("plain",))

        assert body is not None
        assert letter["Bcc"] is None
        assert "collect-all" not in body.get_content()
        assert "<script" not in path.read_text("utf-8", errors="replace")


def test_demo_keeps_letters_as_they_were_received(played: dict[str, Any], folder: Path) -> None:
    links = [r["text"]["link"] for x in played["exchanges"] for r in x["letters"] if not r["rule"]]

    assert sorted(links) == sorted(
        f"letters/{path.name}" for path in (folder / "letters").iterdir()
    )
    assert all((folder / x["message"]["link"]).is_file() for x in played["exchanges"])
    assert (folder / "index.html").is_file()
    assert (folder / "data" / "ledger.db").is_file()
