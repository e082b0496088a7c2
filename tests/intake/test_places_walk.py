"""Places, whole: people are nominated by e-mail, placed, answer as people do, and hear back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from intake.app import App
from intake.commands.simulating.envelopes import Answered
from intake.commands.simulating.machines import report_undelivered
from intake.mailboxes import FolderAccount, open_mailbox
from storage import cases, letters, places, seating
from storage.domain.case import Case, CaseState
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.domain.programme import Cohort, Programme
from tests.support.installations import Servers, make_installation

APRIL = datetime(2019, 4, 3, 9, 0, tzinfo=UTC)
WINIFRED = "winifred.asante@heartlands.nhs.example"
NOMINATION = """\
Dear team,

I would like to nominate three people of our hospice for Surrey 500:

Joan Achterberg, nurse, joan@hospice.example
Piotr Sowa, porter, piotr@hospice.example
Bea Lindgren, physiotherapist, bea@hospice.example

Kind regards
Amina Yusuf-Cole
Director, St Bride's Hospice, Redhill
"""


class Office:
    """A programme with two places in its only cohort, on an inbox that is a folder."""

    def __init__(self, folder: Path) -> None:
        installation = make_installation(
            folder / "data", Servers(1, 1, "nobody", "nothing"), slug="surrey500"
        )
        cohort = Cohort(1, datetime(2019, 5, 23, 8, tzinfo=UTC), 2)
        self.programme: Programme = replace(installation.programmes[0], cohorts=(cohort,))
        installation = replace(installation, programmes=(self.programme,))
        self.app = App(installation, sends=False)
        self._folder, self._number = folder, 0
        self.now = APRIL

    def receive(self, sender: str, text: str, *fields: str, subject: str = "Surrey 500") -> None:
        """A message comes in and is recorded, and the letters that are due are written."""
        self.now += timedelta(hours=1)
        when = self.now.strftime("%a, %d %b %Y %H:%M:%S +0000")
        head = (
            f"Received: from a.example by mx.example; {when}",
            *fields,
            f"From: {sender}",
            "To: surrey500@heartlands.nhs.example",
            f"Subject: {subject}",
            f"Message-ID: <{self._number + 1}@hospice.example>",
            "Content-Type: text/plain; charset=utf-8",
        )
        self.take(("\r\n".join(head) + f"\r\n\r\n{text}").encode())

    def take(self, raw: bytes) -> None:
        """The same for a message as it lies in the mailbox."""
        self._number += 1
        inbox = self._folder / f"inbox-{self._number}"
        inbox.mkdir()
        (inbox / "1.eml").write_bytes(raw)
        mailbox = open_mailbox(FolderAccount("inbox", inbox))
        self.app.pipeline.collect(mailbox, "surrey500", self.now)
        self.app.pipeline.understand_all(self.now)
        self.app.plan(self.now)

    def answer(self, letter: Letter, text: str, *fields: str, sender: str | None = None) -> None:
        """The reader of a letter replies to it, with the letter quoted."""
        quoted = "\n".join(f"> {line}" for line in ("Yes or no is enough.", "No, thank you."))
        self.receive(
            sender or letter.recipient.email,
            f"{text}\n\nOn Mon, 8 Apr 2019 at 09:00, Surrey 500 wrote:\n{quoted}\n",
            f"In-Reply-To: {letter.message_id}",
            *fields,
            subject=f"Re: {letter.subject}",
        )

    def give_places(self) -> None:
        self.now += timedelta(hours=1)
        with self.app.database.writing() as session:
            stands = seating.seating_of(session, self.programme, self.now)
            seating.record(session, stands, stands.proposed(), by=WINIFRED, now=self.now)
        self.app.plan(self.now)

    def case(self, name: str) -> Case:
        with self.app.database.reading() as session:
            found = cases.list_cases(session)
        return next(case for case in found if (case.contact.name or "").startswith(name))

    def cohort(self, name: str) -> int | None:
        with self.app.database.reading() as session:
            return places.standing(session, "surrey500", "2019")[self.case(name).id].cohort

    def letters(self, kind: LetterKind) -> list[Letter]:
        with self.app.database.reading() as session:
            found = letters.list_letters(session, limit=200)
        return sorted((x for x in found if x.kind is kind), key=lambda letter: letter.id)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Amina has nominated three people; two of them have been offered the two places."""
    ours = Office(tmp_path)
    with ours.app:
        ours.receive("Amina Yusuf-Cole <amina@hospice.example>", NOMINATION)
        ours.give_places()
        yield ours


def test_places_are_offered_in_order_and_the_last_waits(office: Office) -> None:
    invited = office.letters(LetterKind.PLACE_INVITATION)
    waiting = office.letters(LetterKind.WAITING_LIST)

    assert [letter.recipient.email for letter in invited] == [
        "joan@hospice.example",
        "piotr@hospice.example",
    ]
    assert [letter.recipient.email for letter in waiting] == ["bea@hospice.example"]
    assert {letter.state for letter in (*invited, *waiting)} == {LetterState.QUEUED}


def test_yes_confirms_no_frees_the_place_and_who_waits_moves_up(office: Office) -> None:
    joans, piotrs = office.letters(LetterKind.PLACE_INVITATION)

    office.answer(joans, "Yes, I'd love to. Thank you!\n\nJoan")
    office.answer(piotrs, "Sorry, I'm afraid I can't make it this year.\n\nPiotr")
    office.give_places()
    (beas,) = office.letters(LetterKind.PLACE_OFFER)
    office.answer(beas, "yes please :)")

    assert office.case("Joan").state is CaseState.CONFIRMED
    assert office.case("Piotr").state is CaseState.WITHDRAWN
    assert (office.case("Bea").state, office.cohort("Bea")) == (CaseState.CONFIRMED, 1)
    confirmed = office.letters(LetterKind.PLACE_CONFIRMED)
    assert [letter.recipient.email for letter in confirmed] == [
        "joan@hospice.example",
        "bea@hospice.example",
    ]
    assert len(office.letters(LetterKind.WITHDRAWAL_CONFIRMATION)) == 1
    (told,) = office.letters(LetterKind.NOMINATION_OUTCOME)
    assert told.recipient.email == "amina@hospice.example"
    assert office.letters(LetterKind.UPDATE_RECEIPT) == []
    assert office.letters(LetterKind.ACKNOWLEDGEMENT) == []


def test_only_who_belongs_to_the_case_answers_for_it(office: Office) -> None:
    joans, piotrs = office.letters(LetterKind.PLACE_INVITATION)

    office.answer(joans, "Yes, she accepts.", sender="stranger@elsewhere.example")
    office.answer(piotrs, "Yes, Piotr accepts the place.", sender="amina@hospice.example")

    assert office.case("Joan").state is CaseState.NOMINATED
    assert office.case("Piotr").state is CaseState.CONFIRMED
    assert office.case("Piotr").contact.email == "piotr@hospice.example"


@pytest.mark.parametrize(
    "fields",
    [
        ("Auto-Submitted: auto-replied",),
        ("X-Autoreply: yes", "Precedence: bulk"),
    ],
)
def test_machine_takes_no_place(office: Office, fields: tuple[str, ...]) -> None:
    joans, _ = office.letters(LetterKind.PLACE_INVITATION)

    office.answer(joans, "Yes, I accept.", *fields)

    assert office.case("Joan").state is CaseState.NOMINATED
    assert office.letters(LetterKind.PLACE_CONFIRMED) == []


@pytest.mark.parametrize(
    "text",
    [
        "I'd love to, but could I join a later cohort instead?",
        "Can I let you know next week? I need to ask my manager.",
        "Thank you for your letter.",
        "I can't make May. Is there another cohort?",
        "The dates are difficult for me. Could I have a place in a later cohort?",
        "Thank you, but could I join a later cohort instead? We are short of people just now.",
    ],
)
def test_what_is_not_clear_changes_nothing_and_a_person_answers(office: Office, text: str) -> None:
    joans, _ = office.letters(LetterKind.PLACE_INVITATION)

    office.answer(joans, text)

    assert office.case("Joan").state is CaseState.NOMINATED
    (written,) = office.letters(LetterKind.ACKNOWLEDGEMENT)
    assert written.recipient.email == "joan@hospice.example"


def test_quoted_yes_is_nobodys_answer(office: Office) -> None:
    joans, _ = office.letters(LetterKind.PLACE_INVITATION)

    office.answer(joans, "What time does it end?")

    assert office.case("Joan").state is CaseState.NOMINATED


def test_yes_in_a_new_thread_counts_from_the_nominee_alone(office: Office) -> None:
    office.receive("joan@hospice.example", "Yes, I accept my place on Surrey 500. Joan")
    office.receive("amina@hospice.example", "Yes, we accept the places.")

    assert office.case("Joan").state is CaseState.CONFIRMED
    assert office.case("Piotr").state is CaseState.NOMINATED


def test_who_leads_is_answered_with_the_right_name_and_held(office: Office) -> None:
    office.receive(
        "Wes Amadi <wes@redhillsurgery.example>",
        "Hello,\n\nI am a GP in Redhill. Who leads our nominations?\n\nWes Amadi\nRedhill Surgery",
        subject="Nominations",
    )

    (answer,) = office.letters(LetterKind.LEAD_ANSWER)
    with office.app.database.reading() as session:
        written, _ = letters.wire_parts(session, answer.id)
    assert (answer.state, answer.rule) == (LetterState.HELD, "answers_not_agreed")
    assert b"Gordon Abara" in written
    assert b"Imelda Rook" not in written
    assert len(office.letters(LetterKind.ACKNOWLEDGEMENT)) == 1


def test_whoever_nominates_somebody_again_gets_a_receipt(office: Office) -> None:
    office.receive(
        "Rhys Oakden <rhys@redhillsurgery.example>",
        "I would like to nominate two people:\n\nJoan Achterberg, nurse, joan@hospice.example\n"
        "Len Hobday, driver, len@redhillsurgery.example\n\nRhys Oakden\nRedhill Surgery",
    )
    office.receive(
        "Una Marsh <una@redhilllibrary.example>",
        "I would like to nominate Joan Achterberg, nurse, joan@hospice.example.\n\nUna Marsh",
    )

    receipts = office.letters(LetterKind.NOMINATION_RECEIPT)
    assert [letter.recipient.email for letter in receipts] == [
        "amina@hospice.example",
        "rhys@redhillsurgery.example",
        "una@redhilllibrary.example",
    ]


def test_letter_that_comes_back_goes_to_the_nominator_at_once(office: Office) -> None:
    (beas,) = office.letters(LetterKind.WAITING_LIST)
    report = report_undelivered(
        "bea@hospice.example",
        Answered(beas.message_id, beas.subject),
        inbox=office.programme.inbox,
        at=office.now,
    )

    office.take(report)

    _, again = office.letters(LetterKind.WAITING_LIST)
    assert again.recipient.email == "amina@hospice.example"
