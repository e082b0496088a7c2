"""How right the details of messages are, on small examples worked out by hand."""

from typing import Any

import pytest

from benchmarks.details import score

CONTACT = {
    "name": "Una Marsh",
    "email": "una@marshhealth.example",
    "phone": "+447700900101",
    "role": None,
    "organisation": "The Marsh Health Trust",
}
TRUTH: dict[str, Any] = {
    "file": "messages/1.eml",
    "kind": "expression",
    "action": "pack",
    "contact": CONTACT,
    "title": None,
    "summary": "People fall at weekends and nobody comes to see why they do it again and again",
    "area": "north-east-london",
    "senior_leader": None,
    "partners": ["Age Concern Havering", "St Cedd's Hospice"],
    "nominees": [],
    "team": None,
    "missing": [],
    "bounce_of": [],
}


def _told(**changes: Any) -> dict[str, dict[str, Any]]:
    return {TRUTH["file"]: TRUTH | changes}


def test_the_truth_itself_is_right_in_every_field() -> None:
    tally = score([TRUTH], {TRUTH["file"]: TRUTH})

    assert (tally.macro, tally.invented, tally.kinds_and_actions) == (1.0, 0, 1)
    assert set(tally.scores) == {
        *("kind", "action", "name", "email", "phone", "role", "organisation", "area", "title"),
        *("summary", "senior_leader", "partners", "missing"),
    }
    assert tally.missed == []


def test_a_message_that_was_not_told_is_wrong_in_every_field() -> None:
    tally = score([TRUTH], {})

    assert tally.macro == 0.0
    assert (tally.told, tally.kinds_and_actions) == (0, 0)


@pytest.mark.parametrize(
    ("field", "told", "expected"),
    [
        ("name", "una  MARSH", 1.0),
        ("name", "Una", 0.0),
        ("email", "Una@MarshHealth.example", 1.0),
        ("phone", "07700 900101", 0.0),
        ("organisation", "marsh health trust.", 1.0),
        ("organisation", None, 0.0),
        ("role", "Nurse", 0.0),
    ],
)
def test_contacts_are_compared_as_people_read_them(
    field: str, told: str | None, expected: float
) -> None:
    tally = score([TRUTH], _told(contact=CONTACT | {field: told}))

    assert tally.field_means[field] == expected


def test_other_values_that_a_truth_allows_are_right() -> None:
    truth = TRUTH | {"contact": CONTACT | {"role_ok": ["Chief Nurse"]}}

    tally = score([truth], _told(contact=CONTACT | {"role": "chief nurse"}))

    assert tally.field_means["role"] == 1.0
    assert tally.invented == 0


@pytest.mark.parametrize(
    ("field", "told", "expected"),
    [
        ("summary", TRUTH["summary"] + ".", 1.0),
        ("summary", TRUTH["summary"].replace("People", "Men"), 0.0),  # one word in 16 is foreign
        ("summary", " ".join(TRUTH["summary"].split()[:8]), 0.0),
        ("partners", ["age concern havering"], 2 / 3),
        ("partners", ["Age Concern Havring", "St Cedds Hospice"], 1.0),
        ("partners", [], 0.0),
        ("missing", ["Phone"], 0.0),
    ],
)
def test_texts_and_lists_are_compared_by_their_words(
    field: str, told: Any, expected: float
) -> None:
    tally = score([TRUTH], _told(**{field: told}))

    assert tally.field_means[field] == pytest.approx(expected)


def test_values_where_the_truth_has_none_are_invented() -> None:
    tally = score([TRUTH], _told(title="Falls", team="Us", contact=CONTACT | {"role": "Nurse"}))

    assert tally.told == 10
    assert {missed.field for missed in tally.missed if missed.truth is None} == {
        *("title", "title invented", "role", "role invented", "team invented"),
    }
    assert tally.invented == 3
    assert tally.invented_share == pytest.approx(0.3)


def test_fields_count_on_their_kinds_only() -> None:
    bounce = TRUTH | {
        "kind": "bounce",
        "action": "none",
        "contact": dict.fromkeys(CONTACT),
        "bounce_of": ["una@marshhealth.example"],
    }

    tally = score([bounce], {bounce["file"]: bounce | {"bounce_of": ["UNA@marshhealth.example"]}})

    assert set(tally.scores) == {"kind", "action", "bounce_of"}
    assert tally.macro == 1.0


def test_nominees_are_compared_by_name_and_address() -> None:
    people = [{"name": "Tom Reed", "email": "tom@reed.example"}, {"name": "Una Marsh"}]
    truth = TRUTH | {"kind": "nomination", "nominees": people}
    told = [{"name": "TOM REED", "email": "Tom@reed.example", "role": "Nurse"}, {"name": "Ona"}]

    tally = score([truth], {truth["file"]: truth | {"nominees": told}})

    assert tally.field_means["nominees"] == 0.5
