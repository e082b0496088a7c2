"""`postroom award`: what it shows, what it changes, and what it refuses."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document

from intake.config import load_configuration
from responders.award_staleness import DETAILS_CAME, REPLACED, SIGNED_CAME, WITHDRAWN
from responders.kinds.organisers.awards import awards_of
from responders.kinds.organisers.view import view_of
from responders.staleness import find_staleness
from storage import awards, cases, decisions, outbox, outcome_answers
from storage.award_lines import award_lines
from storage.database import Database
from storage.domain.award import AgreementStage, SignedFile
from storage.domain.award_standing import AwardStep
from storage.domain.case import Case, CaseState
from storage.domain.decision import Outcome, Ruling
from storage.domain.letter import Letter, LetterKind
from storage.domain.placement import Reply
from storage.domain.programme import Programme
from storage.situations import situation_of_programme
from tests.intake.commands.conftest import Call
from tests.support.awarding import DETAILS
from tests.support.configurations import GRANT, write_configuration
from tests.support.files import make_pdf
from tests.support.ledger import enqueue, make_draft, open_case, remember

SCAN = SignedFile("scan.pdf", "application/pdf", 9, "c" * 64)
SEPTEMBER = datetime(2021, 9, 28, 9, tzinfo=UTC)
BY = ("--by", "rosalind okoro")
AWARD = """
[programmes.ace.award]
introductions_at = 2021-11-08T09:00:00

[[programmes.ace.organisers]]
name = "Rosalind Okoro"
email = "rosalind.okoro@leadership.nhs.example"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_configuration(tmp_path, 'data_folder = "data"\n' + GRANT + AWARD).chmod(0o600)
    return tmp_path


@pytest.fixture
def programme(folder: Path) -> Programme:
    return load_configuration(folder / "config.toml", is_scratch=True).programmes[0]


@pytest.fixture
def case(ledger: Database) -> Iterator[Case]:
    """Funded, and they have said yes; the details were asked for."""
    with ledger.writing() as session:
        made = open_case(session, state=CaseState.APPLIED)
        decision = decisions.decide(
            session, made, Ruling(Outcome.FUNDED), reason="So.", by="r@o.example", now=SEPTEMBER
        )
        (told,) = decisions.release(
            session, [(made, decision)], by="r@o.example", now=SEPTEMBER, not_before=SEPTEMBER
        )
        message_id = remember(session, 2)
        outcome_answers.record(
            session,
            made,
            told,
            Reply.YES,
            message_id=message_id,
            received_at=SEPTEMBER,
            now=SEPTEMBER,
        )
        _leave(session, f"award_details/case:{made.id}", LetterKind.AWARD_DETAILS, made)
    yield made


def _leave(session, key: str, kind: LetterKind, case: Case) -> Letter:  # type: ignore[no-untyped-def]
    letter = enqueue(session, make_draft(key, kind=kind, case_id=case.id))
    outbox.claim(session, SEPTEMBER, 9, "test")
    outbox.mark_sent(session, letter.id, SEPTEMBER, "250 OK")
    return letter


def tell(ledger: Database, case: Case, **more: str) -> None:
    with ledger.writing() as session:
        awards.tell(session, case, {**DETAILS, **more}, by="a@b.example", now=SEPTEMBER)


def send_agreement(ledger: Database, case: Case, edition: int = 1) -> None:
    with ledger.writing() as session:
        _leave(session, f"mou/case:{case.id}/{edition}", LetterKind.MOU, case)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.pdf"
    path.write_bytes(make_pdf())
    return path


def step(ledger: Database, programme: Programme) -> AwardStep:
    with ledger.reading() as session:
        (line,) = award_lines(session, programme)
    return line.step


@pytest.mark.usefixtures("case")
def test_status_says_what_is_waited_for_and_since_when(call: Call) -> None:
    told = call("award", "status", columns=100)
    (fields,) = json.loads(call("award", "status", "--json").stdout)

    assert told.exit_code == 0
    assert "0 of 7" in told.stdout
    assert "Waits for details: 1." in told.stdout
    assert "Not answered in time: ACE-0001." in told.stdout
    assert (fields["waits_for"], fields["overdue"]) == ("details", True)
    assert fields["missing"] == list(DETAILS)


def test_award_goes_its_way_step_by_step(
    call: Call, case: Case, ledger: Database, programme: Programme, scan: Path
) -> None:
    steps = [step(ledger, programme)]
    told = [argument for key, value in DETAILS.items() for argument in ("--set", f"{key}={value}")]
    assert call("award", "amend", "ace-1", *told, *BY).exit_code == 0
    steps.append(step(ledger, programme))
    send_agreement(ledger, case)
    steps.append(step(ledger, programme))
    assert call("award", "receive", "ACE-0001", str(scan), *BY).exit_code == 0
    steps.append(step(ledger, programme))
    done = call("award", "countersign", "ACE-0001", str(scan), *BY)
    steps.append(step(ledger, programme))

    assert steps == [
        AwardStep.DETAILS,
        AwardStep.AGREEMENT,
        AwardStep.SIGNATURE,
        AwardStep.COUNTERSIGNATURE,
        AwardStep.DONE,
    ]
    assert "it leaves with the next tick" in done.stdout
    again = call("award", "countersign", "ACE-0001", str(scan), *BY)
    assert again.exit_code == 1
    assert "it is countersigned already" in again.stderr


def test_copies_are_written_under_our_own_names(
    call: Call, case: Case, ledger: Database, scan: Path, tmp_path: Path
) -> None:
    tell(ledger, case)
    send_agreement(ledger, case)
    call("award", "receive", "ACE-0001", str(scan), *BY)
    shown = call("award", "show", "ACE-0001", "--into", str(tmp_path / "copies"))

    assert "Joyce Adeyemi" in shown.stdout
    (copy,) = (tmp_path / "copies").iterdir()
    assert (copy.name, copy.read_bytes()) == ("ACE-0001 1 returned.pdf", make_pdf())


def test_dry_run_changes_nothing(
    call: Call, case: Case, ledger: Database, programme: Programme, scan: Path
) -> None:
    tell(ledger, case)
    send_agreement(ledger, case)
    for words in (
        ("amend", "ACE-0001", "--set", "contact=Samir Nasser"),
        ("receive", "ACE-0001", str(scan)),
        ("countersign", "ACE-0001", str(scan)),
    ):
        told = call("award", *words, *BY, "--dry-run")
        assert (told.exit_code, "Nothing was changed." in told.stdout) == (0, True)

    assert step(ledger, programme) is AwardStep.SIGNATURE


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(
    ("words", "status", "problem"),
    [
        (("amend", "ACE-0001", "--set", "iban=1"), 2, "--set takes KEY=VALUE, with a key of"),
        (("amend", "ACE-0001", "--set", "contact"), 2, "--set takes KEY=VALUE"),
        (("amend", "ACE-0001", "--set", "email=nobody"), 2, "email has to be an e-mail address"),
        (("amend", "ACE-0001", "--set", "introductions=perhaps"), 2, "has to be yes or no"),
        (
            ("amend", "ACE-0001", "--set", "reference=sort code 20-30-40, account 12345678"),
            2,
            "a text without bank details",
        ),
        (("amend", "ACE-0001", "--set", f"contact={'x' * 301}"), 2, "of 300 characters at most"),
        (("amend", "ACE-0009", "--set", "contact=x"), 1, "There is no case ACE-0009"),
        (("receive", "ACE-0001", "SCAN"), 1, "no agreement has been sent"),
        (("countersign", "ACE-0001", "config.toml"), 2, "is no signed copy"),
        (("countersign", "ACE-0001", "gone.pdf"), 1, "can't be read"),
        (("countersign", "ACE-0001", "program.pdf"), 1, "can't be taken"),
    ],
)
def test_what_makes_no_sense_is_refused(
    call: Call, folder: Path, scan: Path, words: tuple[str, ...], status: int, problem: str
) -> None:
    (folder / "program.pdf").write_bytes(b"MZ\x90\x00" + bytes(100))
    paths = {"SCAN": str(scan), **{name: str(folder / name) for name in words if "." in name}}
    told = call("award", *(paths.get(word, word) for word in words), *BY)

    assert (told.exit_code, problem in told.stderr) == (status, True), told.stderr


def test_case_that_is_not_funded_has_no_award(call: Call, ledger: Database) -> None:
    with ledger.writing() as session:
        open_case(session)

    assert "ACE-0001 has no award: it is not funded." in call("award", "show", "ACE-0001").stderr


@pytest.mark.usefixtures("ledger")
def test_blank_agreement_is_a_word_file_to_start_from(call: Call, tmp_path: Path) -> None:
    into = tmp_path / "mou.docx"

    assert call("award", "blank", "--into", str(into)).exit_code == 0
    assert "{{ team }}" in "\n".join(p.text for p in Document(str(into)).paragraphs)


def test_digest_names_what_waits_for_an_organiser(
    call: Call, case: Case, ledger: Database, programme: Programme, scan: Path
) -> None:
    def needs() -> list[object]:
        with ledger.reading() as session:
            s = situation_of_programme(session, programme, SEPTEMBER.replace(month=12))
        view = view_of(s, programme.organisers[0], None)
        return [one["what"] for one in awards_of(view)]

    asked = needs()
    tell(ledger, case)
    send_agreement(ledger, case)
    unsigned = needs()
    call("award", "receive", "ACE-0001", str(scan), *BY)
    (back,) = needs()

    assert asked == [
        "who receives the money, which we asked for on Tuesday 28 September 2021, not told in time"
    ]
    assert unsigned == [
        "the agreement, which we sent on Tuesday 28 September 2021, not signed in time"
    ]
    assert str(back).endswith(": look, and countersign")


def test_letter_that_is_true_no_longer_is_dropped_when_its_turn_comes(
    case: Case, ledger: Database, programme: Programme
) -> None:
    def staleness(key: str, kind: LetterKind) -> str | None:
        with ledger.writing() as session:
            letter = enqueue(session, make_draft(key, kind=kind, case_id=case.id))
            return find_staleness(session, letter, programme, SEPTEMBER)

    whole = f"case:{case.id}"
    assert staleness(f"award_chase/{whole}/1/5", LetterKind.AWARD_CHASE) is None
    tell(ledger, case)
    assert staleness(f"award_chase/{whole}/1/8", LetterKind.AWARD_CHASE) == DETAILS_CAME
    send_agreement(ledger, case)
    assert staleness(f"mou_chase/{whole}/1/5", LetterKind.MOU_CHASE) is None
    tell(ledger, case, reference="PO 2")
    assert staleness(f"mou_chase/{whole}/1/8", LetterKind.MOU_CHASE) == REPLACED
    send_agreement(ledger, case, edition=2)
    with ledger.writing() as session:
        awards.file(session, case, AgreementStage.RETURNED, [SCAN], by="a", now=datetime.now(UTC))
    assert staleness(f"mou_chase/{whole}/2/5", LetterKind.MOU_CHASE) == SIGNED_CAME
    with ledger.writing() as session:
        held = cases.get(session, case.id)
        cases.save(session, replace(held, state=CaseState.WITHDRAWN), SEPTEMBER)
    assert staleness(f"introduction/{whole}/0-9", LetterKind.INTRODUCTION) == WITHDRAWN


def test_organiser_says_yes_for_somebody_who_said_it_by_telephone(
    call: Call, ledger: Database, programme: Programme
) -> None:
    with ledger.writing() as session:
        made = open_case(session, state=CaseState.APPLIED)
        decision = decisions.decide(
            session, made, Ruling(Outcome.FUNDED), reason="So.", by="r@o.example", now=SEPTEMBER
        )
        decisions.release(
            session, [(made, decision)], by="r@o.example", now=SEPTEMBER, not_before=SEPTEMBER
        )
    before = step(ledger, programme)
    first = call("award", "start", "ACE-0001", *BY)
    again = call("award", "start", "ACE-0001", *BY)

    assert (before, step(ledger, programme)) == (AwardStep.CONFIRMATION, AwardStep.DETAILS)
    assert "is asked who receives the money with the next tick" in first.stdout
    assert "has taken up its award already" in again.stdout
