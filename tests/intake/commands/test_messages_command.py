"""`postroom messages` and `message`: what a person must judge, with the message itself."""

import json
from pathlib import Path

import pytest
from sqlmodel import Session

from intake.recording import record_message
from intake.understanding.understand import understand
from storage import events, messages, quarantine
from storage.archive import Archive
from storage.database import Database
from storage.overviews import look_over
from storage.received import get_received, list_received
from tests.intake.commands.conftest import Call
from tests.support.incoming import STORY, write_message
from tests.support.ledger import MONDAY, enqueue, make_draft, remember
from tests.support.programmes import ACE

SAM = "Sam Hill <sam@actonadvice.example>"
INTEREST = f"We would like to express our interest.\n\n{STORY}\n\nSam Hill\n07700 900123"
QUESTIONS = "\n".join(f"Is point {number} of the guidance meant?" for number in range(1, 61))
STRANGER = "Please note that our new telephone number is 07700 900555.\n\nMallory"


def take(session: Session, archive: Archive, number: int, raw: bytes) -> int:
    """The id of a message of these bytes, recorded as the pipeline does."""
    raw = raw.replace(b"<1@", f"<{number}@".encode())
    id = remember(session, number, sha256=archive.put(raw))
    (item,) = (waiting for waiting in messages.waiting(session, 100) if waiting.id == id)
    understood = understand(raw, programmes=(ACE,)).understanding
    record_message(
        session, item, programme=ACE, understanding=understood, secret=b"secret", now=MONDAY
    )
    return id


@pytest.fixture
def inbox(folder: Path, ledger: Database) -> Database:
    """An expression with a case, a question, and a stranger's correction of that case whose letter
    is held."""
    archive = Archive(folder / "data" / "archive")
    question = write_message(
        f"When does the call close?\x1b[31m\n\n{QUESTIONS}",
        subject="Closing date",
        sender="Eve Quill <eve@quill.example>",
    )
    correction = write_message(
        STRANGER, subject="Re: ACE [ACE-0001]", sender="mallory@elsewhere.example"
    )
    with ledger.writing() as session:
        take(session, archive, 1, write_message(INTEREST, subject="Cold homes", sender=SAM))
        take(session, archive, 2, question)
        held = take(session, archive, 3, correction)
        enqueue(session, make_draft(f"ack/message:{held}", cause=held, hold="stranger"))
    return ledger


def test_messages_are_listed_newest_first_with_what_wants_a_person(
    inbox: Database, call: Call
) -> None:
    lines = [line.strip() for line in call("messages").stdout.splitlines()]

    heads = [line for line in lines if "2021" in line]
    assert [line.split("  ")[-1] for line in heads] == [
        "follow up (addition_told)",
        "question (question_asked)",
        "ACE-0001",
    ]
    assert "→ release or discard letter 1: its writer does not belong to the case that it" in lines
    assert "→ answer it (only a person can), then `postroom settle 2`" in lines
    assert "Eve Quill <eve@quill.example>" in lines
    assert max(map(len, lines)) <= 80
    with inbox.reading() as session:
        wanting = list_received(session, only_for_a_person=True)
        assert wanting == tuple(r for r in list_received(session) if r.wants_a_person)


@pytest.mark.usefixtures("inbox")
def test_messages_can_be_narrowed(call: Call) -> None:
    wanting = json.loads(call("messages", "--for-a-person", "--json").stdout)
    questions = json.loads(call("messages", "--kind", "question", "--json").stdout)
    newest = json.loads(call("messages", "--limit", "1", "--json").stdout)

    assert [one["subject"] for one in wanting] == ["Re: ACE [ACE-0001]", "Closing date"]
    assert [one["subject"] for one in questions] == ["Closing date"]
    assert newest == wanting[:1]
    assert newest[0]["letters"] == [
        {"id": 1, "kind": "application_pack", "state": "held", "rule": "stranger"}
    ]
    assert newest[0]["hold_in_words"] == (
        "its writer does not belong to the case that it names or answers"
    )


@pytest.mark.usefixtures("inbox")
def test_a_message_is_shown_with_its_new_text(call: Call) -> None:
    lines = call("messages", "--kind", "question", "--json").stdout
    (question,) = json.loads(lines)

    told = call("message", str(question["id"])).stdout.splitlines()

    assert "From:    Eve Quill <eve@quill.example>" in told
    assert "Case:    none" in told
    assert any(line.startswith("  When does the call close?") for line in told)
    assert not any("\x1b" in line for line in told)
    assert "  Is point 38 of the guidance meant?" in told
    assert told[-1] == f"  … 22 more lines: `postroom message {question['id']} --save FILE`"


@pytest.mark.usefixtures("inbox")
def test_a_letter_is_shown_with_the_message_it_answers(call: Call) -> None:
    told = call("letter", "show", "1").stdout

    assert (
        "State:   held: its writer does not belong to the case that it names or answers (stranger)"
        in told
    )
    letter, _, message = told.partition("The message that it answers")
    assert "Dear Amina" in letter
    assert "From:    mallory@elsewhere.example" in message
    assert (
        "Case:    not its own; it names or answers ACE-0001, expressed, of sam@actonadvice.example"
        in message
    )
    assert "  Please note that our new telephone number is 07700 900555." in message


@pytest.mark.usefixtures("inbox")
def test_a_message_is_saved_as_it_came(folder: Path, call: Call) -> None:
    (*_, first) = json.loads(call("messages", "--json").stdout)

    result = call("message", str(first["id"]), "--save", str(folder / "copy.eml"))

    assert result.exit_code == 0
    expected = write_message(INTEREST, subject="Cold homes", sender=SAM)
    assert (folder / "copy.eml").read_bytes() == expected


@pytest.mark.usefixtures("inbox")
def test_a_message_whose_bytes_are_gone_is_shown_without_its_text(folder: Path, call: Call) -> None:
    (first, *_) = json.loads(call("messages", "--json").stdout)
    (folder / "data" / "archive" / first["sha256"][:2] / first["sha256"]).unlink()

    result = call("message", str(first["id"]))

    assert result.exit_code == 0
    assert "is missing from the archive" in result.stdout


def test_a_message_that_could_not_be_read_says_why(ledger: Database, call: Call) -> None:
    with ledger.writing() as session:
        id = remember(session, 1)
        waiting = remember(session, 2)
        messages.quarantine(session, id, "took more than 10 s", MONDAY)

    told = call("messages").stdout
    shown = call("message", str(id)).stdout

    assert "could not be read" in told
    assert "To do:   look at it, it could not be read: took more than 10 s" in shown
    assert "State:   not read yet" in call("message", str(waiting)).stdout


@pytest.mark.usefixtures("ledger")
def test_an_empty_list_and_an_unknown_number_are_told(call: Call) -> None:
    assert call("messages").stdout == "No messages.\n"
    result = call("message", "7")
    assert (result.exit_code, result.stderr) == (
        1,
        "There is no message 7: `postroom messages` lists them.\n",
    )


BY = ("--by", "Rosalind Okoro")


def test_what_somebody_dealt_with_is_ticked_off(inbox: Database, call: Call) -> None:
    told = call("settle", "2", *BY, "--note", "answered by telephone").stdout

    assert told == "Message 2 is ticked off.\n"
    wanting = json.loads(call("messages", "--for-a-person", "--json").stdout)
    assert [one["id"] for one in wanting] == [3]
    shown = call("message", "2").stdout
    assert "Settled: ticked off by rosalind.okoro@leadership.nhs.example" in shown
    assert ": answered by telephone" in shown
    assert "To do:" not in shown
    with inbox.reading() as session:
        assert events.of_message(session, 2)[-1].what == "message_settled"
        assert [m.id for m in look_over(session, ACE, (), MONDAY).messages] == []


@pytest.mark.usefixtures("inbox")
def test_ticking_off_twice_does_nothing_and_can_be_undone(call: Call) -> None:
    lines = [
        call("settle", "2", *BY, *options).stdout.splitlines()[0]
        for options in (("--undo",), ("--dry-run",), (), (), ("--undo",))
    ]

    assert lines == [
        "Message 2 was not ticked off: nothing was done.",
        "Message 2 is ticked off (tried only, nothing was changed).",
        "Message 2 is ticked off.",
        "Message 2 wanted nobody: nothing was done.",
        "Message 2 wants a person again.",
    ]


@pytest.mark.usefixtures("inbox")
def test_a_held_letter_is_still_to_be_decided_about(call: Call) -> None:
    told = json.loads(call("settle", "3", "1", *BY, "--json").stdout)

    assert told == [
        {
            "id": 3,
            "to_do": [
                "release or discard letter 1: its writer does not belong to the case that it names "
                "or answers"
            ],
            "done": False,
        },
        {"id": 1, "to_do": [], "done": False},
    ]


@pytest.mark.usefixtures("inbox")
@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("99", *BY), 1, "There is no message 99: `postroom messages` lists them.\n"),
        (
            ("2", "--by", "Mallory"),
            2,
            "Mallory is no organiser of ace: it has no organisers: add "
            "[[programmes.ace.organisers]]; Rosalind Okoro, "
            "whom its letters name, may say so too.\n",
        ),
    ],
)
def test_what_can_not_be_ticked_off_is_told(
    arguments: tuple[str, ...], status: int, told: str, call: Call
) -> None:
    result = call("settle", *arguments)

    assert (result.exit_code, result.stderr) == (status, told)


def test_a_message_that_could_not_be_read_is_ticked_off(inbox: Database, call: Call) -> None:
    with inbox.writing() as session:
        id = remember(session, 9)
        messages.quarantine(session, id, "too deep", MONDAY)

    call("settle", str(id), *BY)

    with inbox.reading() as session:
        found = get_received(session, id)
        assert not found.wants_a_person
        assert id not in [one.id for one in list_received(session, only_for_a_person=True)]
    with inbox.writing() as session:
        quarantine.requeue(session, id, MONDAY, actor="test")
        assert get_received(session, id).settled_at is None
