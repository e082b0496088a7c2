"""Situations in a line or two: what the ledger knows around one matter, for tests of letters."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage.domain.case import Case, CaseState
from storage.domain.letter import Due, Letter, LetterState
from storage.domain.message import (
    Attachment,
    Head,
    MessageKind,
    RecordedMessage,
    Understanding,
    Verdict,
)
from storage.domain.people import Address, Contact, Nominee
from storage.domain.programme import Programme
from storage.domain.situation import Situation
from tests.support.programmes import ACE as FULL_ACE
from tests.support.programmes import SURREY

ACE = replace(FULL_ACE, name="ACE 2021")
"""The grant call by the short name that letters use."""

JULY = datetime(2021, 7, 14, 7, 41, tzinfo=UTC)
"""A Wednesday on which ACE is open: 8.41 am by the clock of London."""
BEFORE_OPENING = datetime(2021, 7, 1, 9, 12, tzinfo=UTC)
AFTER_CLOSING = datetime(2021, 8, 20, 16, 0, 1, tzinfo=UTC)
"""One second after five in London."""

SURREY_OPEN = datetime(2019, 4, 3, 13, 5, tzinfo=UTC)

AMINA = Contact(
    name="Amina Yusuf-Cole",
    email="amina.yusuf-cole@kentishtownfamilies.example",
    phone="+447700900123",
    role="Head of Family Support",
    organisation="Kentish Town Family Centre",
)
AMINA_ADDRESS = Address("amina.yusuf-cole@kentishtownfamilies.example")
SUMMARY = "Fathers of newborn children are seldom asked how they are, and we would like to ask."
FORM = Attachment(
    name="form.docx",
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    size=48_112,
    sha256="a" * 64,
)
JOAN = Nominee("Joan Achterberg", "joan@hospice.example", "Nurse", "St Bride's Hospice")
PIOTR = Nominee("Piotr Sowa", None, "Porter", None)


def a_message(
    kind: MessageKind,
    *,
    id: int = 7,
    received_at: datetime = JULY,
    contact: Contact = AMINA,
    answer_to: Address | None = AMINA_ADDRESS,
    hold: str | None = None,
    changed: Sequence[str] = (),
    nominees: Sequence[Nominee] = (),
    team: str | None = None,
    attachments: Sequence[Attachment] = (),
    case_ids: Sequence[int] = (42,),
    references: Sequence[str] = (),
    programme: str = "ace",
) -> RecordedMessage:
    """A recorded message of Amina's, told apart by what a test is about."""
    understanding = Understanding(
        head=Head(
            sender=answer_to,
            subject="About our project",
            message_id=f"<message-{id}@kentishtownfamilies.example>",
            references=tuple(references),
        ),
        verdict=Verdict(kind, rule="test", hold=hold),
        answer_to=answer_to,
        contact=contact,
        nominees=tuple(nominees),
        team=team,
        attachments=tuple(attachments),
    )
    return RecordedMessage(
        id=id,
        sha256=f"{id:064d}",
        programme=programme,
        received_at=received_at,
        understanding=understanding,
        case_ids=tuple(case_ids),
        changed=tuple(changed),
    )


def a_case(
    *,
    id: int = 42,
    reference: str = "ACE-0042",
    state: CaseState = CaseState.EXPRESSED,
    contact: Contact = AMINA,
    summary: str | None = SUMMARY,
    area: str | None = "north-central-london",
    title: str | None = "Ask Dad",
    opened_at: datetime = JULY,
    opened_by: int = 7,
    nominated_by: Contact | None = None,
    programme: Programme = ACE,
) -> Case:
    """Amina's case, with everything told."""
    return Case(
        id=id,
        reference=reference,
        programme=programme.slug,
        round=programme.round.key,
        state=state,
        contact=contact,
        opened_at=opened_at,
        opened_by=opened_by,
        title=title,
        summary=summary,
        area=area,
        nominated_by=nominated_by,
        people=frozenset(filter(None, [contact.email])),
    )


def a_nominee_case(nominee: Nominee, id: int) -> Case:
    """The case of somebody Amina nominated to Surrey 500."""
    return a_case(
        id=id,
        reference=f"S500-{id:04d}",
        state=CaseState.NOMINATED,
        contact=Contact(nominee.name, nominee.email, None, nominee.role, nominee.organisation),
        summary=None,
        area=None,
        title=None,
        opened_at=SURREY_OPEN,
        nominated_by=AMINA,
        programme=SURREY,
    )


def a_letter(due: Due, *, id: int = 1, state: LetterState = LetterState.SENT) -> Letter:
    """The letter that this due became."""
    return Letter(
        id=id,
        key=due.key,
        kind=due.kind,
        programme="ace",
        case_id=due.case_id,
        cause=due.cause,
        recipient=due.recipient,
        message_id=f"<letter-{id}@postroom.leadership.nhs.example>",
        subject="A letter",
        state=state,
        created_at=JULY,
        not_before=JULY,
    )


def a_situation(
    *messages: RecordedMessage,
    case: Case | None = None,
    letters: Sequence[Letter] = (),
    nominees: Sequence[Case] = (),
    programme: Programme = ACE,
    now: datetime | None = None,
) -> Situation:
    """What the ledger knows; `now` is two minutes after the newest message if not given."""
    return Situation(
        programme=programme,
        now=now or max(m.received_at for m in messages) + timedelta(minutes=2),
        case=case,
        messages=messages,
        letters=tuple(letters),
        nominees=tuple(nominees),
    )


def a_nomination(*nominees: Nominee, received_at: datetime = SURREY_OPEN) -> Situation:
    """Amina nominates these people to Surrey 500, which has opened a case for each."""
    cases = [a_nominee_case(nominee, 7 + place) for place, nominee in enumerate(nominees)]
    message = a_message(
        MessageKind.NOMINATION,
        received_at=received_at,
        nominees=nominees,
        case_ids=[case.id for case in cases],
        programme="surrey500",
    )
    return a_situation(message, nominees=cases, programme=SURREY)


def after(s: Situation, *dues: Due) -> Situation:
    """The same situation once these letters were sent."""
    sent = tuple(a_letter(due, id=100 + place) for place, due in enumerate(dues))
    return replace(s, letters=s.letters + sent)
