"""The panel by command: assigned, looked at, moderated, and what the allocation makes of it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from storage import cases, panels
from storage.database import Database
from storage.domain.assessment import Scoring, Stance
from storage.domain.case import CaseState
from storage.domain.decision import Effect
from storage.domain.message import MessageKind
from storage.domain.scoring import JudgedScoring
from tests.intake.commands.conftest import Call
from tests.support.ledger import MONDAY, open_case, record, with_id
from tests.support.panelling import KEPT_FORM
from tests.support.programmes import ACE
from tests.support.sheets import tables_of
from tests.support.understandings import make_understanding

BY = ("--by", "rosalind okoro")
NAMES = ("Beatrice Alabi", "Idris Penhaligon", "Sunita Rao")
EMAILS = tuple(f"{name.split()[0].lower()}@panel.example" for name in NAMES)
HOMES = ("Riverside Trust", "Patient Voices", "North Quay Hospital")
SETTINGS = (
    """
[[programmes.ace.organisers]]
name = "Rosalind Okoro"
email = "rosalind.okoro@leadership.nhs.example"
"""
    + "".join(
        f'[[programmes.ace.panel]]\nname = "{name}"\nemail = "{email}"\norganisation = "{home}"\n'
        for name, email, home in zip(NAMES, EMAILS, HOMES, strict=True)
    )
    + "".join(
        f'[[programmes.ace.criteria]]\nkey = "{key}"\nname = "{key.title()}"\n'
        'solid = "Solid."\nstrong = "Strong."\n'
        for key in ("issue", "plan")
    )
)
FORM = make_understanding(MessageKind.APPLICATION, attachments=(KEPT_FORM,))


@pytest.fixture
def round_of_four(folder: Path, ledger: Database) -> Database:
    """Four applications, the first of Beatrice's own organisation; two areas, an award in each."""
    path = folder / "config.toml"
    told = path.read_text("utf-8")
    told = told.replace("closes_at =", "scores_by = 2091-09-10T17:00:00\ncloses_at =")
    told = told.replace('kind = "grant"\n', 'kind = "grant"\namount = 20000\nawards_per_area = 1\n')
    path.write_text(told + SETTINGS, "utf-8")
    with ledger.writing() as session:
        for number in (1, 2, 3, 4):
            form = with_id(FORM, f"<form-{number}@x.example>")
            case = open_case(session, number, state=CaseState.APPLIED, understanding=form)
            home = "Riverside Trust" if number == 1 else f"Trust {number}"
            area = "north" if number % 2 else "south"
            contact = replace(case.contact, organisation=home)
            cases.save(session, replace(case, contact=contact, area=area), MONDAY)
    return ledger


def say(ledger: Database, reference: str, member: int, *scores: int) -> None:
    """The member's scores of a case; none: a conflict."""
    scoring = Scoring(Stance.CONFLICT)
    if scores:
        scoring = Scoring(Stance.SCORED, tuple(zip(("issue", "plan"), scores, strict=True)))
    with ledger.writing() as session:
        case = cases.get_by_reference(session, reference)
        judged = JudgedScoring(Effect.NEW, reference, case, scoring)
        told = {"member": EMAILS[member], "message_id": case.opened_by, "now": MONDAY}
        panels.record(session, [judged], **told)  # type: ignore[arg-type]


def assigned(ledger: Database) -> set[tuple[str, int]]:
    with ledger.reading() as session:
        return set(panels.standing_of(session, ACE).assignments)


def fields(call: Call, *arguments: str) -> dict[str, object]:
    result = call(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)  # type: ignore[no-any-return]


def test_everybody_is_asked_but_about_their_own(round_of_four: Database, call: Call) -> None:
    dry = call("panel", "assign", *BY, "--dry-run")
    assert assigned(round_of_four) == set()
    done = call("panel", "assign", *BY)
    again = call("panel", "assign", *BY)

    assert (dry.exit_code, done.exit_code) == (0, 0), done.output
    assert "Would be asked" in dry.output
    assert len(assigned(round_of_four)) == 11
    assert (EMAILS[0], 1) not in assigned(round_of_four)
    assert "Nothing is new" in again.output


def test_so_many_readers_each_and_a_conflict_is_made_good(
    round_of_four: Database, call: Call
) -> None:
    first = fields(call, "panel", "assign", *BY, "--readers", "1", "--seed", "3")
    left = next(one for one in first["asked"] if one["case"] == "ACE-0002")  # type: ignore[attr-defined]
    say(round_of_four, "ACE-0002", EMAILS.index(left["member"]))

    then = fields(call, "panel", "assign", *BY, "--readers", "1", "--seed", "3")

    (replacement,) = then["asked"]  # type: ignore[misc]
    assert replacement["case"] == "ACE-0002"
    assert replacement["member"] != left["member"]


def test_newer_form_is_assigned_to_those_who_read_the_older(
    round_of_four: Database, call: Call
) -> None:
    call("panel", "assign", *BY)
    with round_of_four.writing() as session:
        newer = with_id(FORM, "<newer@x.example>")
        message = record(session, 30, understanding=newer, case_ids=(2,))

    asked = fields(call, "panel", "assign", *BY)["asked"]

    assert asked == [{"case": "ACE-0002", "member": email} for email in sorted(EMAILS)]
    with round_of_four.reading() as session:
        standing = panels.standing_of(session, ACE)
    assert {one.form for (_, id), one in standing.assignments.items() if id == 2} == {message.id}


def test_status_names_who_is_missing(round_of_four: Database, call: Call) -> None:
    call("panel", "assign", *BY)
    for number in (2, 3, 4):
        say(round_of_four, f"ACE-000{number}", 0, 4, 4)
    say(round_of_four, "ACE-0001", 1)

    told = call("panel", "status", columns=120).output

    assert "the scores of 1 of 3 members are in" not in told
    assert "the scores of 1 of 3 are in" in told
    assert "Idris Penhaligon has not told: ACE-0002, ACE-0003, ACE-0004." in told


def test_table_has_means_outliers_and_who_is_missing(
    round_of_four: Database, folder: Path, call: Call
) -> None:
    call("panel", "assign", *BY)
    for member, scores in enumerate([(5, 4), (4, 5), (2, 2)]):
        say(round_of_four, "ACE-0003", member, *scores)
    say(round_of_four, "ACE-0002", 1)
    book = folder / "moderation.xlsx"

    shown = call("panel", "table", "--into", str(book), columns=160)
    found = fields(call, "panel", "table")["cases"]

    assert shown.exit_code == 0, shown.output
    assert "An outlier's weighted score is more than 1 point away" in shown.output
    best = found[0]  # type: ignore[index]
    assert (best["case"], best["mean"], best["spread"]) == ("ACE-0003", 3.666667, 2.5)
    assert best["outliers"] == [EMAILS[2]]
    rows = tables_of(book.read_bytes())
    assert [row[0] for row in rows["Moderation"]][:2] == ["Case", "ACE-0003"]
    assert len(rows["All scores"]) == 5


def test_allocation_takes_its_merits_from_the_panel(round_of_four: Database, call: Call) -> None:
    nothing = call("allocate")
    call("panel", "assign", *BY)
    for reference, score in (("ACE-0001", 3), ("ACE-0002", 5), ("ACE-0003", 4), ("ACE-0004", 2)):
        say(round_of_four, reference, 1, score, score)

    result = call("allocate", "--json")

    assert nothing.exit_code == 1
    assert "The panel has scored nothing yet" in nothing.output
    assert result.exit_code == 0, result.output
    proposed = json.loads(result.stdout)["cases"]
    funded = [row["case"] for row in proposed if row["outcome"] == "funded"]
    assert sorted(funded) == ["ACE-0002", "ACE-0003"]
    assert "Still missing from Sunita Rao: ACE-0001, ACE-0002, ACE-0003, ACE-0004." in result.stderr


def test_panel_is_not_asked_too_late_nor_by_anybody(
    round_of_four: Database, folder: Path, call: Call
) -> None:
    stranger = call("panel", "assign", "--by", "amina")
    path = folder / "config.toml"
    path.write_text(path.read_text("utf-8").replace("2091-09-10", "2021-09-10"), "utf-8")
    late = call("panel", "assign", *BY)

    assert (stranger.exit_code, late.exit_code) == (2, 1)
    assert "set a later scores_by first" in late.output
    assert assigned(round_of_four) == set()
