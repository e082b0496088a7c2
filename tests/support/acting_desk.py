"""Four days after the closing, the digest of the morning has left, and several things wait for its
reader: what organisers act upon by a word in reply."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

from sqlmodel import Session, col, select

from storage import events, extensions, messages, organiser_answers, outbox, panels
from storage.domain.case import CaseState
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.domain.message import MessageKind, RecordedMessage
from storage.domain.people import Address, Contact
from storage.domain.programme import DigestRhythm, Organiser, PanelMember, Programme
from storage.facts import known_id
from storage.received import list_received
from storage.rows import MessageRow
from tests.support.ledger import make_draft, make_hash, open_case, with_id
from tests.support.programmes import ACE
from tests.support.reply_office import PASS, ROSALIND, ReplyOffice
from tests.support.reply_styles import Style, gmail_text, thread
from tests.support.understandings import make_understanding

TOMASZ = "tomasz.brandt@leadership.nhs.example"
IDRIS = "idris.bello@borough.example"
MORNING = datetime(2021, 8, 24, 7, 30, tzinfo=UTC)
VOUCHED = f"Authentication-Results: {PASS}"
PROGRAMME: Programme = replace(
    ACE,
    organisers=(
        Organiser(Address(ROSALIND, "Rosalind Okoro"), DigestRhythm.DAILY),
        Organiser(Address(TOMASZ, "Tomasz Brandt"), DigestRhythm.DAILY),
    ),
    panel=(PanelMember(Address(IDRIS, "Idris Bello"), "Borough Council"),),
)
HELD, ASKED = 1, 2
"""The numbers of a letter that is held, and of a question that only a person can answer."""


@dataclass(frozen=True, slots=True)
class Stands:
    """What an organiser's words can change: the state of each letter that waits, closing times,
    what is settled, who reads what, and what is answered."""

    letters: tuple[tuple[int, LetterState], ...]
    closings: tuple[tuple[int | None, datetime], ...]
    settled: tuple[int, ...]
    readers: tuple[tuple[str, int], ...]
    answers: tuple[tuple[str, bool], ...]
    handed: tuple[str, ...]


class Desk(ReplyOffice):
    """Case 1 asks something, of case 2 a letter is held, the form of case 3 is late, and of case 4
    a letter is about to leave."""

    def prepare(self) -> None:
        with self.database.writing() as session:
            for number in range(1, 5):
                email = f"lead{number}@trust{number}.example"
                contact = Contact(f"Lead Number{number}", email, None, "Manager", f"Trust {number}")
                state = CaseState.APPLIED if number == 3 else CaseState.EXPRESSED
                open_case(session, number, contact=contact, state=state)
            pack = make_draft(case_id=2, recipient="lead2@trust2.example", hold="stranger")
            outbox.enqueue(session, pack, self.now)
            self._late_form(session)
        self.receive("Hello,\n\nMay we name two leads?\n\nLead", sender="lead1@trust1.example")
        self.plan()
        self.send()
        with self.database.writing() as session:
            leaving = make_draft(
                "update_receipt/message:4", kind=LetterKind.UPDATE_RECEIPT, case_id=4
            )
            outbox.enqueue(session, leaving, self.now)

    def _late_form(self, session: Session) -> None:
        late = datetime(2021, 8, 21, 9, 0, tzinfo=UTC)
        arrival = messages.Arrival("inbox", "late", make_hash(30), 2_000, late, "ace")
        messages.remember(session, [arrival], late)
        form = make_understanding(MessageKind.APPLICATION, sender="lead3@trust3.example")
        (item,) = messages.waiting(session, 10)
        messages.record(
            session,
            item.id,
            programme="ace",
            understanding=with_id(form, "<30@x.example>"),
            placement_rule="test",
            case_ids=(3,),
            changed=("state",),
            attention_at=None,
            now=late,
        )

    def digest(self, to: str = ROSALIND) -> Letter:
        """The newest digest to somebody."""
        return [x for x in self.letters(LetterKind.DIGEST) if x.recipient.email == to][-1]

    def text(self, letter: Letter) -> str:
        body = message_from_bytes(self.wire(letter), policy=policy.default)
        part = body.get_body(("plain",))
        assert part is not None
        return str(part.get_content())

    def act(
        self,
        typed: str,
        *,
        on: Letter | None = None,
        style: Style = gmail_text,
        sender: str = f"Rosalind Okoro <{ROSALIND}>",
        vouched: str | None = VOUCHED,
        fields: tuple[str, ...] | None = None,
    ) -> RecordedMessage:
        """Somebody answers a letter, the digest of the morning unless told otherwise."""
        letter = on or self.digest()
        written = style(typed, self.text(letter))
        head = thread(letter) if fields is None else fields
        return self.receive(
            written.body,
            *((vouched,) if vouched else ()),
            *head,
            *written.fields,
            sender=sender,
            subject=f"Re: {letter.subject}",
            content_type=written.content_type,
        )

    def stands(self) -> Stands:
        notices = (LetterKind.DIGEST, LetterKind.ACTION_RECEIPT)
        with self.database.reading() as session:
            standing = panels.standing_of(session, self.programme)
            answers = [x for n in range(1, 5) for x in organiser_answers.of_cases(session, [n])]
            settled = select(MessageRow.id).where(col(MessageRow.settled_at).is_not(None))
            return Stands(
                letters=tuple((x.id, x.state) for x in self.letters() if x.kind not in notices),
                closings=tuple(
                    (e.case_id, e.closes_at) for e in extensions.of_programme(session, "ace")
                ),
                settled=tuple(known_id(id) for id in session.exec(settled)),
                readers=tuple(standing.assignments),
                answers=tuple((x.text, x.withdrawn_at is None) for x in answers),
                handed=tuple(self._handed()),
            )

    def _handed(self) -> list[str]:
        with self.database.reading() as session:
            found = events.recent(session, programme="ace", limit=500)
        return [e.detail["to"] for e in found if e.what == "handed_over"]

    def caused(self, message: RecordedMessage) -> list[Letter]:
        return [x for x in self.letters() if x.cause == message.id]

    def waits(self, message: RecordedMessage) -> bool:
        """Whether a person is to read it."""
        with self.database.reading() as session:
            found = list_received(session, only_for_a_person=True)
        return message.id in {one.id for one in found}


def make_ledger(folder: Path) -> bytes:
    """The ledger of such a morning, made once for many tests."""
    desk = Desk(folder, PROGRAMME, now=MORNING)
    desk.prepare()
    desk.database.close()
    return (folder / "ledger.db").read_bytes()


@contextmanager
def open_desk(folder: Path, ledger: bytes, programme: Programme = PROGRAMME) -> Iterator[Desk]:
    desk = Desk(folder, programme, now=MORNING + timedelta(hours=1), ledger=ledger)
    desk.number, desk.step = 500, timedelta(minutes=2)
    try:
        yield desk
    finally:
        desk.database.close()
