"""Letters in doubt are looked for in the Sent folder before anything is sent twice."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from intake.app import App
from responders.doubts import LEASE, SEARCHED_FOR, SETTLING, SentFolder, resolve_doubts
from responders.retry import DOUBT_PAUSE
from storage import events, outbox
from storage.domain.letter import Letter, LetterKind, LetterState
from tests.support.dovecot import Dovecot
from tests.support.installations import Servers, make_installation
from tests.support.ledger import MONDAY, enqueue, make_draft
from tests.support.post_office import PostOffice, open_post_office
from tests.support.smtp_recorder import ACCEPT_THEN_DROP, SmtpOptions, SmtpRecorder

SECOND = timedelta(seconds=1)
GONE = "another machine/12"
LATER = MONDAY + LEASE + SECOND


class Copies:
    """A Sent folder that holds these letters. `is_out`: it can't be searched; `is_late`: they are
    on their way there."""

    name = "Sent Items"

    def __init__(self, *held: Letter, is_out: bool = False, is_late: bool = False) -> None:
        self._held = frozenset(letter.message_id for letter in held)
        self._is_out, self._is_late = is_out, is_late
        self.asked: list[str] = []

    def find(self, message_ids: Sequence[str]) -> dict[str, bool] | None:
        self.asked += message_ids
        found = self._held & set(message_ids)
        return None if self._is_out else dict.fromkeys(found, not self._is_late)

    def __call__(self, slug: str) -> SentFolder | None:
        return self if slug == "ace" else None


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PostOffice]:
    with open_post_office(f"sqlite:///{tmp_path}/ledger.db", tmp_path) as office:
        yield office


def claimed(office: PostOffice, count: int = 1, *, kind: LetterKind | None = None) -> list[Letter]:
    """Letters that somebody took for sending on Monday and never marked."""
    with office.database.writing() as session:
        for number in range(count):
            name = kind or LetterKind.ACKNOWLEDGEMENT
            enqueue(session, make_draft(f"{name}/message:{number}", kind=name))
        return list(outbox.claim(session, MONDAY, count, GONE))


def test_a_letter_with_a_copy_has_left_and_the_other_goes_once_more(
    office: PostOffice, smtp_recorder: SmtpRecorder
) -> None:
    office.connect(smtp_recorder)
    first, second = claimed(office, 2)

    resolve_doubts(office.database, LATER, sent_folders=Copies(first))

    found = office.letter(first.id)
    assert (found.state, found.sent_at) == (LetterState.SENT, MONDAY)
    assert found.server_reply == "a copy is in Sent Items"
    assert office.deliver(LATER).sent == 1
    assert office.letter(second.id).state is LetterState.SENT
    assert len(smtp_recorder.received) == 1
    with office.database.reading() as session:
        assert [x.what for x in events.of_letter(session, first.id)][-1] == "letter_found"


def test_an_outcome_with_a_copy_needs_no_person(office: PostOffice) -> None:
    told, untold = claimed(office, 2, kind=LetterKind.OUTCOME_FUNDED)

    resolve_doubts(office.database, LATER, sent_folders=Copies(told))

    assert [office.letter(x.id).state for x in (told, untold)] == ["sent", "held"]
    assert office.letter(untold.id).rule == outbox.IN_DOUBT


def test_an_outcome_held_in_doubt_is_found_when_its_copy_appears(office: PostOffice) -> None:
    (outcome,) = claimed(office, kind=LetterKind.OUTCOME_RESERVE)
    resolve_doubts(office.database, LATER, sent_folders=Copies())
    assert office.letter(outcome.id).state is LetterState.HELD

    resolve_doubts(office.database, LATER + SECOND, sent_folders=Copies(outcome))

    assert (office.letter(outcome.id).state, office.letter(outcome.id).rule) == ("sent", None)


def test_a_copy_is_given_time_to_appear(office: PostOffice) -> None:
    (letter,) = claimed(office)
    just_after = MONDAY + SETTLING - SECOND

    assert resolve_doubts(office.database, just_after, before=MONDAY, sent_folders=Copies()) == ()
    with office.database.writing() as session:  # a process of ours that died would be seen at once
        assert outbox.doubted(session, just_after, since=MONDAY, before=MONDAY, workers=[GONE]) == (
            outbox.Doubt(letter, MONDAY),
        )


def test_a_folder_that_cannot_be_searched_ends_no_lease(
    office: PostOffice, smtp_recorder: SmtpRecorder
) -> None:
    office.connect(smtp_recorder)
    (letter,) = claimed(office)

    (decided,) = resolve_doubts(office.database, LATER, sent_folders=Copies(is_out=True))

    assert decided.id == letter.id
    assert office.deliver(LATER).sent == 1


def test_what_was_broken_off_is_looked_for_before_it_is_sent_again(office: PostOffice) -> None:
    answers = {("end", ""): ACCEPT_THEN_DROP}
    options = SmtpOptions(replies=lambda stage, _: answers.get((stage, "")))
    with SmtpRecorder(options) as recorder:
        office.connect(recorder)
        letter = office.letter(office.enqueue(1))
        assert office.deliver(MONDAY).doubted == 1
        copies = Copies(letter)
        resolve_doubts(office.database, MONDAY + SECOND, sent_folders=copies)
        assert copies.asked == []  # its pause is not over

        again = MONDAY + DOUBT_PAUSE
        resolve_doubts(office.database, again, sent_folders=copies)

        assert office.letter(letter.id).state is LetterState.SENT
        assert office.deliver(again).sent == 0
        assert len(recorder.received) == 1


@pytest.mark.parametrize("reason", ["is_out", "is_late"])
def test_what_was_broken_off_waits_while_nobody_can_tell(office: PostOffice, reason: str) -> None:
    """Until its lease is over: then it is better sent twice than never."""
    answers = {("end", ""): ACCEPT_THEN_DROP}
    options = SmtpOptions(replies=lambda stage, _: answers.get((stage, "")))
    with SmtpRecorder(options) as recorder:
        office.connect(recorder)
        letter = office.letter(office.enqueue(1))
        assert office.deliver(MONDAY).doubted == 1
        answers.clear()
        nobody_knows = Copies(letter, is_out=reason == "is_out", is_late=reason == "is_late")

        for minutes in (5, 7, 9, 29):
            now = MONDAY + timedelta(minutes=minutes)
            resolve_doubts(office.database, now, sent_folders=nobody_knows)
            assert office.deliver(now).sent == 0

        resolve_doubts(office.database, LATER, sent_folders=nobody_knows)
        assert office.deliver(LATER + SETTLING).sent == 1
        assert len(recorder.received) == 2


def test_a_letter_is_not_looked_for_for_ever(office: PostOffice) -> None:
    claimed(office, kind=LetterKind.OUTCOME_FUNDED)
    copies = Copies()
    resolve_doubts(office.database, LATER, sent_folders=copies)
    asked = len(copies.asked)

    resolve_doubts(office.database, MONDAY + SEARCHED_FOR + SECOND, sent_folders=copies)

    assert len(copies.asked) == asked == 1


def test_the_copy_is_found_on_a_real_server(
    dovecot: Dovecot, smtp_recorder: SmtpRecorder, tmp_path: Path
) -> None:
    """A process died with two letters in its hands; the server has a copy of one."""
    user, now = dovecot.new_user(), datetime.now(UTC)
    servers = Servers(dovecot.port, smtp_recorder.port, user, dovecot.password)
    installation = make_installation(tmp_path, servers)
    account = replace(installation.mailboxes["ace"], sent="Sent Items")
    with App(replace(installation, mailboxes={"ace": account})) as application:
        with application.database.writing() as session:
            for number in (1, 2):
                enqueue(session, make_draft(f"acknowledgement/message:{number}"))
            letters = outbox.claim(session, now - LEASE - SECOND, 2, GONE)
        copy = f"Message-ID: {letters[0].message_id}\r\nSubject: A copy\r\n\r\nGood morning\r\n"
        sent = dovecot.folder(user, "Sent Items")
        (sent / "cur" / "1.copy:2,S").write_bytes(copy.encode())

        application.tick(now)

        with application.database.reading() as session:
            found, other = (outbox.get(session, letter.id) for letter in letters)
    assert (found.state, found.server_reply) == (LetterState.SENT, "a copy is in Sent Items")
    assert other.state is LetterState.SENT
    to_amina = [x for x in smtp_recorder.received if other.recipient.email in x.recipients]
    assert len(to_amina) == 1
