"""The organisers' own rules: where they look, what they change, and what they can't."""

from dataclasses import replace

import pytest

from intake.understanding.understand import understand
from storage.domain.message import MessageKind, Understanding
from storage.domain.programme import CustomField, CustomRule
from tests.support.incoming import STORY, write_message
from tests.support.programmes import ACE

PRESS = CustomRule("press", "from", r"@news\.example", MessageKind.QUESTION)
INTEREST = f"We would like to express our interest.\n\n{STORY}"


def read(raw: bytes, *rules: CustomRule) -> Understanding:
    programme = replace(ACE, rules=rules, fields=(CustomField("desk", "Desk"),))
    return understand(raw, programmes=[programme]).understanding


@pytest.mark.parametrize(
    ("place", "pattern", "fields"),
    [
        ("from", "sam@", ()),
        ("to", "^ace@leadership", ()),
        ("subject", "^our (big )?idea$", ()),
        ("body", "ward sisters", ()),
        ("X-Department", "estates", ("X-Department: Estates",)),
    ],
)
def test_a_rule_looks_where_it_says(place: str, pattern: str, fields: tuple[str, ...]) -> None:
    rule = CustomRule("mine", place, pattern, MessageKind.UNCLEAR)
    raw = write_message(INTEREST, *fields, subject="Our idea")

    told = read(raw, rule)
    assert (told.verdict.kind, told.verdict.rule) == (MessageKind.UNCLEAR, "mine")
    assert told.rules == ("mine",)
    assert read(raw, replace(rule, pattern="nowhere")).verdict.kind is MessageKind.EXPRESSION


def test_quoted_text_is_not_the_body() -> None:
    rule = CustomRule("mine", "body", "ward sisters", MessageKind.BULK)
    quoted = "\n".join(f"> {line}" for line in STORY.splitlines())

    assert read(write_message(f"Thank you, what now?\n\n{quoted}"), rule).rules == ()


def test_a_machine_stays_a_machine() -> None:
    raw = write_message("I am away.", "Auto-Submitted: auto-replied", sender="x@news.example")

    told = read(raw, PRESS)
    assert told.verdict.kind is MessageKind.AUTO_REPLY
    assert told.rules == ("press",)


def test_the_first_kind_counts_and_stop_ends_the_asking() -> None:
    first = CustomRule("first", "subject", "idea", values=(("desk", "north"),))
    second = CustomRule("second", "subject", "idea", MessageKind.UNCLEAR, stop=True)
    third = CustomRule("third", "subject", "idea", MessageKind.BULK)
    told = read(write_message(INTEREST, subject="Idea"), first, second, third)

    assert told.rules == ("first", "second")
    assert told.verdict.kind is MessageKind.UNCLEAR


def test_values_are_noted_and_come_before_what_was_found() -> None:
    values = (("area", "south-east-london"), ("desk", "south"))
    rule = CustomRule("south", "body", "borough", values=values)
    told = read(write_message(f"{INTEREST}\n\nArea: North East London\nDesk: 4"), rule)

    assert told.area == "south-east-london"
    assert told.custom == (("desk", "south"),)


def test_hold_leaves_the_kind_and_holds_the_answer() -> None:
    told = read(write_message(INTEREST), CustomRule("careful", "body", "heating", hold=True))

    assert told.verdict.kind is MessageKind.EXPRESSION
    assert told.verdict.hold == "careful"
