"""Pure: what every letter may say, and how a case's details are told back to whom they belong.

Values that came in a message stand in a letter only as short checked values.
"""

from datetime import datetime

from responders.kinds.base import Value, Values, answered_message, thread_of, window_now
from responders.kinds.files import unread_files
from responders.wording import checked, dialled, money
from storage.domain.calendar import working_days_after
from storage.domain.case import Case
from storage.domain.letter import Due, LetterKind
from storage.domain.message import RecordedMessage
from storage.domain.people import Contact
from storage.domain.programme import CustomField, Programme, ProgrammeKind, Window
from storage.domain.situation import Situation

MISSING_WORDS = {
    "name": "the name of the project lead",
    "phone": "a telephone number",
    "organisation": "the name of the organisation",
    "area": "the area in which the project will work",
    "summary": "a short summary of the project",
}

CHANGED_WORDS = {
    "title": "the title of the project",
    "summary": "the summary of the project",
    "area": "the area",
    "senior_leader": "the senior leader",
    "partners": "the partners who take part",
    "team": "the team",
    "contact.name": "the name of the lead",
    "contact.email": "the email address",
    "contact.phone": "the telephone number",
    "contact.role": "the job title",
    "contact.organisation": "the organisation",
}

LONGEST_NAME = 60
"""Characters of a name in a letter."""


def basics(s: Situation, due: Due) -> Values:
    """What every letter may say: the placeholders of every kind."""
    return {
        "greeting": _greeting(s, due),
        "programme": _programme(s.programme),
        "person": _person(s.programme),
        "round": _round(s),
        "case": {
            "reference": s.case.reference if s.case else None,
            "title": checked(s.case.title) if s.case else None,
            "custom": {f.key: value for f, value in _custom(s.programme, s.case)},
        },
        **(_answering(s, answered_message(s, due)) if due.cause is not None else {}),
    }


def _answering(s: Situation, message: RecordedMessage) -> Values:
    """What every letter may say that answers a message."""
    return {
        "message": {"received_at": local(s, message.received_at)},
        "unread_files": unread_files(message),
    }


def noted(s: Situation, case: Case) -> Value:
    """The details that stand now, as label and value; what is not told or not fit to show is
    left out."""
    area = s.programme.area(case.area)
    rows = (
        ("Project lead", checked(case.contact.name)),
        ("Organisation", checked(case.contact.organisation)),
        ("Telephone", dialled(case.contact.phone)),
        ("Area", area.name if area else None),
        ("Project title", checked(case.title)),
        *((field.label, value) for field, value in _custom(s.programme, case)),
    )
    return [{"label": label, "value": value} for label, value in rows if value]


def missing_words(case: Case) -> list[Value]:
    return [MISSING_WORDS[field] for field in case.missing]


def changed_words(s: Situation, message: RecordedMessage) -> list[Value]:
    own = {f"custom.{f.key}": f"“{f.label}”" for f in s.programme.fields}
    words = CHANGED_WORDS | own
    return [words[field] for field in message.changed if field in words]


def area_names(programme: Programme) -> list[Value]:
    return [area.name for area in programme.areas]


def answer_by(s: Situation, message: RecordedMessage) -> str:
    """When a person answers at the latest: the programme's promise in working days."""
    received = message.received_at.astimezone(s.programme.zone)
    days = s.programme.answer_within_days
    return working_days_after(received, days, s.programme.holidays).isoformat()


def is_just_late(s: Situation, message: RecordedMessage) -> bool:
    """True where a clock showed the closing time still: its letter can't tell the two apart."""
    closes_at = s.programme.round.closes_at
    is_late = s.programme.round.window(message.received_at) is Window.AFTER
    return is_late and _to_the_minute(message.received_at) == _to_the_minute(closes_at)


def has_pack(s: Situation) -> bool:
    return s.has_letter(LetterKind.APPLICATION_PACK)


def _custom(programme: Programme, case: Case | None) -> list[tuple[CustomField, str | None]]:
    """The programme's own fields with what stands for this case, None for what can't be shown."""
    told = dict(case.custom) if case is not None else {}
    return [(field, checked(told.get(field.key))) for field in programme.fields]


def local(s: Situation, at: datetime) -> str:
    """An instant as a template is given it: to the minute, by the programme's clock."""
    return _local(s, _to_the_minute(at))


def _local(s: Situation, at: datetime) -> str:
    return at.astimezone(s.programme.zone).isoformat()


def _to_the_minute(at: datetime) -> datetime:
    """The minute in which it was, as a clock shows it."""
    return at.replace(second=0, microsecond=0)


def _greeting(s: Situation, due: Due) -> str:
    """By name only where the name surely belongs to the address the letter goes to."""
    message = thread_of(s, due)
    contacts = [message.understanding.contact] if message is not None else []
    if s.case is not None:
        contacts += [s.case.contact, s.case.nominated_by or Contact()]
    known = [organiser.address for organiser in s.programme.organisers]
    known += [area.nomination_lead for area in s.programme.areas if area.nomination_lead]
    known += [member.address for member in s.programme.panel]
    contacts += [Contact(address.name, address.email) for address in known]
    names = (checked(c.name, LONGEST_NAME) for c in contacts if c.email == due.recipient.email)
    name = next((name for name in names if name), None)
    return f"Dear {name}" if name else "Hello"


def _programme(programme: Programme) -> Value:
    amount = programme.amount
    return {
        "name": programme.name,
        "team": programme.team,
        "inbox": programme.inbox,
        "introduction": programme.introduction,
        "amount": money(amount, programme.currency) if amount else None,
        "keep_months": programme.keep_months,
        "is_cohort": programme.kind is ProgrammeKind.COHORT,
    }


def _person(programme: Programme) -> Value:
    return {
        "name": programme.person.name or programme.team,
        "email": programme.person.email,
        "phone": dialled(programme.person_phone),
    }


def _round(s: Situation) -> Value:
    current = s.programme.round
    return {
        "opens_at": _local(s, current.opens_at),
        "closes_at": _local(s, current.closes_at),
        "outcomes_at": _local(s, current.outcomes_at) if current.outcomes_at else None,
        "is_open": window_now(s) is Window.OPEN,
        "is_closed": window_now(s) is Window.AFTER,
    }
