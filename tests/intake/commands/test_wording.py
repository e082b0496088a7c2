"""Every rule that holds something, and every line of the history, has its words."""

import re
from pathlib import Path

import pytest

import intake.understanding.echoes
from intake.acting.following import KEPT_BACK
from intake.acting.receiving import ANSWERED_ALREADY, UNPROVEN
from intake.commands.wording import (
    EVENT_WORDS,
    LEDGER_HOLD_WORDS,
    LETTER_RULE_WORDS,
    SKIP_WORDS,
    event_in_words,
    explain_state,
    state_of,
    why_held,
    why_of_kind,
)
from intake.understanding.threads import HOLDING_RULES
from responders.fates import ENCLOSURE_LOST, GAVE_UP, REFUSED
from responders.kinds.base import BOUNCED
from responders.kinds.lead_answer import NOT_AGREED
from responders.kinds.mou import REVIEW
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.domain.people import Address
from storage.events import Event
from storage.outbox import IN_DOUBT
from storage.restorations import RESTORED
from tests.support.ledger import MONDAY

ROOT = Path(__file__).resolve().parents[3]


def make_letter(state: LetterState, rule: str | None) -> Letter:
    return Letter(
        id=7,
        key="acknowledgement/message:1",
        kind=LetterKind.ACKNOWLEDGEMENT,
        programme="ace",
        case_id=None,
        cause=None,
        recipient=Address("amina@riverside.example"),
        message_id="<7@postroom.example>",
        subject="ACE",
        state=state,
        created_at=MONDAY,
        not_before=MONDAY,
        rule=rule,
    )


def test_every_rule_that_holds_a_message_or_a_letter_has_words() -> None:
    echoes = Path(intake.understanding.echoes.__file__).read_text("utf-8")
    budgets = (ROOT / "responders" / "budgets.py").read_text("utf-8")

    told = {UNPROVEN, ANSWERED_ALREADY, *re.findall(r'hold="(\w+)"', echoes)}
    assert LEDGER_HOLD_WORDS.keys() == HOLDING_RULES | told
    assert LETTER_RULE_WORDS.keys() == {
        *re.findall(r'"((?:safety|budget)\.\w+)"', budgets),
        *(BOUNCED, ENCLOSURE_LOST, GAVE_UP, REFUSED, IN_DOUBT, NOT_AGREED, REVIEW, KEPT_BACK),
        RESTORED,
    }


def test_every_rule_that_leaves_a_letter_out_has_words() -> None:
    kinds = [path.read_text("utf-8") for path in (ROOT / "responders/kinds").glob("*.py")]
    named = {name for text in kinds for name in re.findall(r"skip=([A-Z_]+)", text)}
    rules = {rule for text in kinds for rule in re.findall(r'^([A-Z_]+) = "(\w+)"$', text, re.M)}

    assert named
    assert {value for name, value in rules if name in named} <= SKIP_WORDS.keys()


def test_every_event_of_a_case_has_words() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "storage").glob("*.py")]
    told = {what for text in sources for what in re.findall(r'what="((?:case|letter)_\w+)"', text)}
    told |= {f"letter_{state}" for state in ("sent", "deferred", "failed", "held", "discarded")}

    assert told <= EVENT_WORDS.keys()


@pytest.mark.parametrize(
    ("state", "rule", "short", "whole"),
    [
        (LetterState.QUEUED, None, "queued", "queued"),
        (
            LetterState.HELD,
            "safety.only_to",
            "held: not on only_to",
            "held: its addressee is not among those whom letters may reach (safety.only_to)",
        ),
        (LetterState.DISCARDED, "by phone", "discarded: by phone", "discarded: by phone"),
    ],
)
def test_the_state_of_a_letter_says_why(
    state: LetterState, rule: str | None, short: str, whole: str
) -> None:
    letter = make_letter(state, rule)

    assert (state_of(letter), explain_state(letter)) == (short, whole)


def test_rules_of_the_organisers_and_of_placing_have_words() -> None:
    assert why_held("half_term") == "your own rule half_term"
    assert why_held("organiser") == "an organiser wrote it"
    assert why_of_kind("thread:letter_answered") == "it answers one of our letters; by its thread"


def test_an_event_says_what_a_person_wants_to_know() -> None:
    detail = {"kind": "application_pack", "worker": "host/1/2", "attempt": "1"}
    event = Event(1, MONDAY, "postroom", "letter_claimed", letter_id=7, detail=detail)

    assert event_in_words(event) == ("letter handed over", "letter 7, application pack")
