"""Amina, who took up the award for Ask Dad, and what follows, in a line or two."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from responders.kinds import letters_due
from storage.domain.award import (
    DEFAULT_DETAILS,
    Agreement,
    AgreementStage,
    Award,
    AwardDetails,
    AwardFacts,
    AwardReply,
    Fellow,
    ProgrammeEvent,
)
from storage.domain.case import CaseState
from storage.domain.decision import Outcome, OutcomeAnswer, ReleasedOutcome, Ruling
from storage.domain.letter import Due, Letter, LetterKind
from storage.domain.message import MessageKind, RecordedMessage
from storage.domain.placement import Reply
from storage.domain.programme import Programme
from storage.domain.situation import Situation
from tests.support.programmes import ACE as FULL_ACE
from tests.support.situations import ACE as PLAIN_ACE
from tests.support.situations import AMINA_ADDRESS, a_case, a_letter, a_message, a_situation

ROSALIND = "rosalind.okoro@leadership.nhs.example"
TOLD_AT = datetime(2021, 9, 27, 8, tzinfo=UTC)
TAKEN_AT = datetime(2021, 9, 28, 9, 30, tzinfo=UTC)
"""10.30 am on Tuesday 28 September 2021."""
DAY = timedelta(days=1)

AWARD = Award(
    chase_after_days=(5, 8),
    starts_on=date(2021, 10, 1),
    ends_on=date(2022, 3, 31),
    signatory="Rosalind Okoro",
    signatory_post="Programme Director",
    introductions_at=datetime(2021, 11, 8, 9, tzinfo=UTC),
)
MASTERCLASS = ProgrammeEvent(
    key="masterclass-1",
    title="Masterclass: measuring what people care about",
    starts_at=datetime(2021, 11, 18, 14, tzinfo=UTC),
    length=timedelta(minutes=90),
    link="https://meet.leadership.nhs.example/masterclass-1",
    about="With Dr Ines Halloran, who has worked on measures with patients for twenty years.",
)
ACE = replace(PLAIN_ACE, award=AWARD)
AWARDING = replace(FULL_ACE, award=AWARD)
"""The same by its full name, as the ledger's tests have it."""

DETAILS = {
    "organisation": "Kentish Town Family Centre",
    "department": "Finance and Contracts",
    "contact": "Joyce Adeyemi",
    "email": "finance@kentishtownfamilies.example",
    "phone": "+442079460188",
    "reference": "PO 70012",
    "signatory": "Bernard Kite, Chief Executive",
}
LABELS = {detail.key: detail.label for detail in DEFAULT_DETAILS}
FINANCE = DETAILS["email"]


def as_lines(told: Mapping[str, str] = DETAILS) -> str:
    """Details as somebody types them into a reply."""
    return "\n".join(f"{LABELS[key]}: {value}" for key, value in told.items())


def took_up(*messages: RecordedMessage, programme: Programme = ACE) -> Situation:
    """Amina was told that Ask Dad is funded, and has said yes."""
    yes = a_message(MessageKind.FOLLOW_UP, id=9, received_at=TAKEN_AT)
    released = ReleasedOutcome(
        1, 42, Ruling(Outcome.FUNDED, 18_500, ""), ROSALIND, TOLD_AT, TOLD_AT
    )
    case = replace(a_case(state=CaseState.APPLIED, opened_by=5), senior_leader="Dr Theo Marsh")
    outcome = Due(LetterKind.OUTCOME_FUNDED, "outcome_funded/case:42", AMINA_ADDRESS, 42)
    letter = replace(a_letter(outcome, id=90), sent_at=TOLD_AT)
    s = a_situation(yes, *messages, case=case, letters=[letter], programme=programme)
    return replace(
        s,
        outcomes=(released,),
        answers=(OutcomeAnswer(1, 42, 1, 9, Reply.YES, TAKEN_AT),),
        award=AwardFacts(),
    )


def sent(s: Situation, *, now: datetime | None = None) -> Situation:
    """The same once the letters that are due have left."""
    letters = tuple(
        replace(_letter(due, number), created_at=s.now, sent_at=s.now)
        for number, due in enumerate(letters_due(s), start=200 + len(s.letters))
    )
    return replace(s, letters=s.letters + letters, now=now or s.now)


def _letter(due: Due, id: int) -> Letter:
    return a_letter(due, id=id)


def asked(*, now: datetime | None = None) -> Situation:
    return sent(took_up(), now=now)


def details(
    told: Mapping[str, str] = DETAILS, *, id: int = 1, message_id: int | None = 11
) -> AwardDetails:
    at = TAKEN_AT + timedelta(days=2, minutes=id)
    return AwardDetails(id, 42, told, message_id, AMINA_ADDRESS.email, at)


def a_telling(
    *, id: int = 11, changed: Sequence[str] = ("award.details",), reply: AwardReply | None = None
) -> RecordedMessage:
    """What Amina wrote two days later."""
    message = a_message(
        MessageKind.FOLLOW_UP, id=id, received_at=TAKEN_AT + 2 * DAY, changed=changed
    )
    understanding = replace(message.understanding, award=reply or AwardReply())
    return replace(message, understanding=understanding)


def told_in_part() -> Situation:
    """Three details are missing, one can't be right, and an account number was sent."""
    missing = ("email", "reference", "signatory")
    known = {key: value for key, value in DETAILS.items() if key not in missing}
    reply = AwardReply(unread=("email",), has_bank_details=True)
    message = a_telling(reply=reply)
    s = asked(now=message.received_at + timedelta(minutes=2))
    facts = AwardFacts((details(known),))
    return replace(s, messages=(*s.messages, message), award=facts)


def told_all() -> Situation:
    """By a message that was answered; the agreement is due."""
    message = a_telling()
    s = asked(now=message.received_at + timedelta(minutes=2))
    s = replace(s, messages=(*s.messages, message), award=AwardFacts((details(),)))
    return only(s, LetterKind.AWARD_RECEIPT)


def only(s: Situation, *kinds: LetterKind) -> Situation:
    """The same once those of these kinds that are due have left."""
    letters = tuple(
        replace(_letter(due, number), created_at=s.now, sent_at=s.now)
        for number, due in enumerate(letters_due(s), start=300 + len(s.letters))
        if due.kind in kinds
    )
    return replace(s, letters=s.letters + letters)


def out_to_sign(*, now: datetime | None = None) -> Situation:
    return sent(told_all(), now=now)


def a_paper(
    stage: AgreementStage, at: datetime, *, id: int = 1, message_id: int | None = None
) -> Agreement:
    content = "b" * 64
    return Agreement(
        id, 42, stage, "scan.pdf", "application/pdf", 9, content, message_id, ROSALIND, at
    )


def returned() -> Situation:
    """The signed copy came back a week later."""
    s = out_to_sign()
    at = TAKEN_AT + 9 * DAY
    message = a_message(MessageKind.FOLLOW_UP, id=12, received_at=at, changed=("award.signed",))
    paper = a_paper(AgreementStage.RETURNED, at + timedelta(seconds=5), message_id=12)
    assert s.award is not None
    return replace(
        s,
        messages=(*s.messages, message),
        award=replace(s.award, agreements=(paper,)),
        now=at + timedelta(minutes=2),
    )


def countersigned(sha256: str = "b" * 64) -> Situation:
    """Rosalind has signed; the lead and the finance department are to be told."""
    s = sent(returned(), now=TAKEN_AT + 10 * DAY)
    assert s.award is not None
    paper = replace(a_paper(AgreementStage.COUNTERSIGNED, s.now, id=2), sha256=sha256)
    return replace(s, award=replace(s.award, agreements=(*s.award.agreements, paper)))


def a_fellow(number: int) -> Fellow:
    names = ("Piotr Sowa", "Ngozi Eze", "Rhys Bevan")
    projects = ("Walk With Me", "The Long Table", "Open Door")
    email = f"{names[number].split()[0].lower()}@project{number}.example"
    return Fellow(50 + number, 20 + number, names[number], "A Trust", projects[number], email)


def introduced(*fellows: Fellow, now: datetime | None = None) -> Situation:
    """Everything is signed, and Amina agreed to be introduced to these."""
    s = countersigned()
    agreed = details({**DETAILS, "introductions": "yes"})
    assert s.award is not None
    facts = replace(s.award, details=(agreed,), fellows=fellows)
    assert AWARD.introductions_at is not None
    return replace(sent(s), award=facts, now=now or AWARD.introductions_at)


def invited(event: ProgrammeEvent = MASTERCLASS, *, now: datetime | None = None) -> Situation:
    """Everything is signed, and four weeks later is a masterclass."""
    s = sent(countersigned())
    programme = replace(s.programme, events=(event,))
    return replace(s, programme=programme, now=now or event.starts_at - event.invite_before)


def told_of_both(sha256: str, *, to_finance: bool = False) -> Situation:
    """The same, where one of the two letters has left."""
    s = countersigned(sha256)
    other = [due for due in letters_due(s) if due.key.endswith("/finance") is not to_finance]
    letters = [replace(_letter(due, 400), sent_at=s.now) for due in other]
    return replace(s, letters=(*s.letters, *letters))


def all_told() -> Situation:
    """Nothing is missing; the agreement was written before this receipt."""
    message = a_telling()
    s = asked(now=message.received_at + timedelta(minutes=2))
    s = replace(s, messages=(*s.messages, message), award=AwardFacts((details(),)))
    return only(s, LetterKind.MOU)


def begun() -> Situation:
    """Five working days after some of it was told."""
    return sent(told_in_part(), now=TAKEN_AT + 10 * DAY)


def amended() -> Situation:
    """An organiser put a detail right while the agreement was out."""
    s = out_to_sign(now=TAKEN_AT + 4 * DAY)
    assert s.award is not None
    known = {**DETAILS, "reference": "PO 70013"}
    later = details(known, id=2, message_id=None)
    return replace(s, award=replace(s.award, details=(*s.award.details, later)))


def introduced_again() -> Situation:
    """A third project agrees a week after the introductions."""
    s = sent(introduced(a_fellow(0), a_fellow(1)))
    assert s.award is not None
    fellows = (*s.award.fellows, a_fellow(2))
    return replace(s, award=replace(s.award, fellows=fellows), now=s.now + 7 * DAY)


def moved(*, is_cancelled: bool = False) -> Situation:
    """What Amina was invited to comes two days later, or not at all."""
    s = sent(invited())
    later = replace(
        MASTERCLASS, starts_at=MASTERCLASS.starts_at + 2 * DAY, is_cancelled=is_cancelled
    )
    programme = replace(s.programme, events=(later,))
    return replace(s, programme=programme, now=s.now + 3 * DAY)
