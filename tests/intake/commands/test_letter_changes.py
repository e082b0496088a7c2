"""`postroom letter edit`, `rerender`, `release` and `discard`: what people do to held letters."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from intake.app import App
from intake.config import default_templates_folder, load_configuration
from storage import deeds, events, outbox
from storage.archive import Archive
from storage.database import Database
from storage.domain.letter import LetterKind, LetterState
from tests.intake.commands.conftest import Call
from tests.intake.commands.test_messages_command import take
from tests.support.configurations import GRANT, write_configuration
from tests.support.incoming import write_message
from tests.support.ledger import enqueue, make_draft

BY = ("--by", "Rosalind Okoro")
ROSALIND = "rosalind.okoro@leadership.nhs.example"
NOW = datetime(2021, 7, 14, 9, tzinfo=UTC)
QUESTION = "Could you tell us when the call closes? We are not sure.\n\nEve"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation with templates of its own."""
    (tmp_path / "templates" / "default").mkdir(parents=True)
    for path in (default_templates_folder() / "default").iterdir():
        (tmp_path / "templates" / "default" / path.name).write_bytes(path.read_bytes())
    linked = GRANT.replace("team =", 'pack_link = "https://ace.example/pack"\nteam =', 1)
    text = 'data_folder = "data"\ntemplates_folder = "templates"\n' + linked
    write_configuration(tmp_path, text).chmod(0o600)
    return tmp_path


@pytest.fixture
def held(folder: Path, ledger: Database) -> Iterator[Database]:
    """Two questions; the acknowledgement of the first, letter 1, is held."""
    archive = Archive(folder / "data" / "archive")
    elsewhere = "Reply-To: eve@another.example"
    first = write_message(QUESTION, elsewhere, subject="When", sender="Eve <eve@quill.example>")
    second = write_message(f"{QUESTION} Adams", subject="And how", sender="sam@acton.example")
    with ledger.writing() as session:
        take(session, archive, 1, first)
        take(session, archive, 2, second)
    plan(folder)
    yield ledger


def plan(folder: Path) -> None:
    with App(load_configuration(folder / "config.toml")) as application:
        application.plan(NOW)


def mend(folder: Path, old: str, new: str) -> None:
    path = folder / "templates" / "default" / "acknowledgement.md.j2"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def write_text(folder: Path, call: Call, old: str, new: str) -> Path:
    """The Markdown of letter 1 with one thing changed, as a file."""
    markdown = call("letter", "show", "1", "--markdown").stdout
    assert old in markdown
    path = folder / "letter.md"
    path.write_text(markdown.replace(old, new), encoding="utf-8")
    return path


def html_of(content: bytes) -> str:
    html = message_from_bytes(content, _class=EmailMessage, policy=default).get_body(("html",))
    assert html is not None
    return str(html.get_content())


def test_edited_letter_leaves_with_the_new_text(held: Database, folder: Path, call: Call) -> None:
    path = write_text(folder, call, "Thank you for your question.", "Thank you, **Eve**.")
    with held.reading() as session:
        before, _ = outbox.wire_parts(session, 1)

    result = call("letter", "edit", "1", *BY, "--file", str(path), "--reason", "she is a friend")

    assert result.exit_code == 0, result.output
    assert "Letter 1 is changed:\n  -Thank you for your question." in result.stdout
    with held.reading() as session:
        content, _ = outbox.wire_parts(session, 1)
        (deed,) = deeds.of_letters(session, [1])
    assert ">Eve</strong>" in html_of(content)
    assert deed.by == ROSALIND
    assert Archive(folder / "data" / "archive").get(deed.before or "") == before
    shown = call("letter", "show", "1").stdout
    assert f"Edited by {ROSALIND}" in shown
    assert ": she is a friend\n  -Thank you for your question." in shown


def test_editor_is_asked_and_what_it_saves_is_taken(
    held: Database, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "sed -i s/your.question/yours/")

    result = call("letter", "edit", "1", *BY)

    assert result.exit_code == 0, result.output
    with held.reading() as session:
        assert outbox.get(session, 1).subject.startswith("We have yours")


def test_dry_run_of_an_edit_changes_nothing(held: Database, folder: Path, call: Call) -> None:
    path = write_text(folder, call, "Thank you for your question.", "Thank you.")

    told = json.loads(
        call("letter", "edit", "1", *BY, "--file", str(path), "--dry-run", "--json").stdout
    )

    assert (told["done"], told["edited_by"]) == (False, None)
    assert (
        "-Thank you for your question. One of us will read it and answer you by"
        in (told["difference"])
    )
    with held.reading() as session:
        assert outbox.get(session, 1).edited_by is None


def test_what_is_written_into_a_letter_is_text_and_no_template(
    held: Database, folder: Path, call: Call
) -> None:
    path = write_text(
        folder,
        call,
        "Thank you",
        "{{ person.email }} {% for x in y %} <script>x</script> Thank you",
    )

    call("letter", "edit", "1", *BY, "--file", str(path))

    with held.reading() as session:
        content, _ = outbox.wire_parts(session, 1)
    assert "{{ person.email }} {% for x in y %} &lt;script&gt;" in html_of(content)


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Dear Eve", "Nothing was changed: the text is no letter: its first line must be Subject:"),
        ("Subject: Hello", "Nothing was changed: the text is no letter: it has no text"),
    ],
)
def test_text_that_is_no_letter_is_refused(folder: Path, call: Call, text: str, told: str) -> None:
    (folder / "letter.md").write_text(text, encoding="utf-8")

    result = call("letter", "edit", "1", *BY, "--file", str(folder / "letter.md"))

    assert result.exit_code == 1
    assert result.stderr.startswith(told)


@pytest.mark.usefixtures("held")
def test_what_was_written_in_an_editor_is_not_lost(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "sed -i s/^Subject/Betreff/")

    result = call("letter", "edit", "1", *BY)

    assert result.exit_code == 1
    _, _, rest = result.stderr.partition("What you wrote is in ")
    kept = Path(rest.partition(": give it again")[0])
    assert kept.read_text(encoding="utf-8").startswith("Betreff: We have your question")
    kept.unlink()


@pytest.mark.usefixtures("held")
def test_editor_that_can_not_be_started_is_told(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor --wait")

    result = call("letter", "edit", "1", *BY)

    assert result.exit_code == 1
    assert "no-such-editor --wait can't be used: set EDITOR" in result.stderr


@pytest.mark.usefixtures("held")
def test_strangers_change_no_letter(call: Call) -> None:
    for command in (("edit", "1"), ("rerender", "1"), ("release", "1"), ("discard", "1")):
        result = call("letter", *command, "--by", "Mallory")

        assert result.exit_code == 2
        assert result.stderr == (
            "Mallory is no organiser of ace: it has no organisers: add "
            "[[programmes.ace.organisers]]; Rosalind Okoro, "
            "whom its letters name, may say so too.\n"
        )


def test_letter_that_has_left_is_not_edited(held: Database, call: Call) -> None:
    with held.writing() as session:
        outbox.claim(session, NOW, 1, "worker")

    result = call("letter", "edit", "2", *BY)

    assert result.exit_code == 1
    assert result.stderr == (
        "Nothing was done: letter 2 is sending, and only letters that have not left can be "
        "changed.\n"
    )


def test_held_letters_are_written_anew_after_a_template_was_mended(
    held: Database, folder: Path, call: Call
) -> None:
    before = call("letter", "rerender", "--all", *BY)
    mend(folder, "Thank you for your question.", "Thanks for asking.")

    result = call("letter", "rerender", "--all", *BY, "--reason", "warmer")

    assert before.stdout == "Letter 1, acknowledgement: left alone, its template has not changed\n"
    assert "Letter 1, acknowledgement: written anew\n  -Thank you" in result.stdout
    with held.reading() as session:
        assert outbox.get(session, 1).state is LetterState.HELD
        assert b"Thanks for asking." in outbox.wire_parts(session, 1)[0]
        assert b"Thanks for asking." not in outbox.wire_parts(session, 2)[0]
        assert events.of_letter(session, 1)[-1].what == "letter_rewritten"


def test_letter_edited_by_hand_is_left_alone(held: Database, folder: Path, call: Call) -> None:
    path = write_text(folder, call, "Thank you for your question.", "Thank you.")
    call("letter", "edit", "1", *BY, "--file", str(path))
    mend(folder, "Thank you for your question.", "Thanks for asking.")

    alone = call("letter", "rerender", "1", *BY)
    anew = call("letter", "rerender", "1", *BY, "--although-edited")

    assert alone.exit_code == 1
    assert alone.stdout == f"Letter 1, acknowledgement: left alone, {ROSALIND} edited it by hand\n"
    assert "+Thanks for asking." in anew.stdout
    with held.reading() as session:
        assert outbox.get(session, 1).edited_by is None


def test_dry_run_of_writing_anew_changes_nothing(held: Database, folder: Path, call: Call) -> None:
    mend(folder, "Thank you for your question.", "Thanks for asking.")

    told = json.loads(call("letter", "rerender", "--all", *BY, "--dry-run", "--json").stdout)

    (one,) = told["letters"]
    assert (told["done"], one["id"], one["left_alone"]) == (False, 1, None)
    assert any("Thanks for asking" in line for line in one["difference"])
    with held.reading() as session:
        assert b"Thanks for asking." not in outbox.wire_parts(session, 1)[0]


@pytest.mark.usefixtures("held")
def test_template_that_is_still_wrong_is_told(folder: Path, call: Call) -> None:
    mend(folder, "{{ greeting }}", "{{ greting }}")

    result = call("letter", "rerender", "1", *BY)

    assert result.exit_code == 1
    assert "left alone, it can't be written: default/acknowledgement.md.j2:3:" in result.stdout


def test_letter_that_could_not_be_written_is_tried_again(
    ledger: Database, folder: Path, call: Call
) -> None:
    mend(folder, "{{ greeting }}", "{{ greting }}")
    raw = write_message(QUESTION, subject="When", sender="sam@acton.example")
    with ledger.writing() as session:
        take(session, Archive(folder / "data" / "archive"), 1, raw)
    plan(folder)
    mend(folder, "{{ greting }}", "{{ greeting }}")

    dry = call("letter", "rerender", "--all", *BY, "--dry-run")
    result = call("letter", "rerender", "--all", *BY)

    assert dry.stdout == "What could not be written for 1 matter would be tried again.\n"
    assert result.stdout == (
        "What could not be written for 1 matter is tried again with the next tick.\n"
    )
    with App(load_configuration(folder / "config.toml")) as application:
        application.plan(datetime.now(UTC))
    with ledger.reading() as session:
        (letter,) = outbox.list_letters(session)
    assert letter.kind is LetterKind.ACKNOWLEDGEMENT
    assert call("letter", "rerender", "--all", *BY).stdout == "No letter is held.\n"


@pytest.mark.usefixtures("held")
def test_letters_to_be_written_anew_are_named_one_way(call: Call) -> None:
    for arguments in ((), ("1", "--all")):
        result = call("letter", "rerender", *arguments, *BY)

        assert result.exit_code == 2
        assert result.stderr == "Name the letters by their numbers, or give --all.\n"


def test_release_says_that_the_allow_list_holds_the_letter_again(
    held: Database, call: Call, folder: Path
) -> None:
    path = folder / "config.toml"
    path.write_text('safety.only_to = ["@leadership.nhs.example"]\n' + path.read_text())

    result = call("letter", "release", "1", *BY)

    assert result.exit_code == 0, result.output
    assert "will leave" not in result.stdout
    with held.reading() as session:
        address = outbox.get(session, 1).recipient.email
    assert f"holds it again: {address} is not in safety.only_to." in result.stdout


def test_release_takes_several_letters_or_none(held: Database, call: Call) -> None:
    with held.writing() as session:
        third = enqueue(session, make_draft("application_pack/case:9", hold="stranger")).id

    refused = call("letter", "release", "1", "2", *BY)
    with held.reading() as session:
        before = outbox.get(session, 1).state
    done = call("letter", "release", "1", str(third), "1", *BY)

    assert (refused.exit_code, before) == (1, LetterState.HELD)
    assert done.stdout == (
        f"Letter 1 will leave with the next tick.\nLetter {third} will leave with the next tick.\n"
    )
    with held.reading() as session:
        assert outbox.get(session, third).state is LetterState.QUEUED


def test_release_and_its_reason_stand_in_the_history(held: Database, call: Call) -> None:
    result = call("letter", "release", "1", *BY, "--reason", "she is known")

    assert result.stdout == "Letter 1 will leave with the next tick.\n"
    with held.reading() as session:
        assert outbox.get(session, 1).state is LetterState.QUEUED
        assert events.of_letter(session, 1)[-1].actor == ROSALIND
        assert [deed.reason for deed in deeds.of_letters(session, [1])] == ["she is known"]
