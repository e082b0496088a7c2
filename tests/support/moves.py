"""Situations of a round under way: the pack is out, the closing moves, a new pack comes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from responders.kinds import letters_due
from storage.domain.extension import Extension, extended
from storage.domain.message import MessageKind
from storage.domain.people import Address
from storage.domain.reissue import Reissue
from storage.domain.situation import Situation
from tests.support.situations import JULY, a_case, a_letter, a_message, a_situation

EXTENDED_AT = datetime(2021, 8, 18, 10, tzinfo=UTC)
"""A Wednesday, two days before ACE closes."""

LATER = datetime(2021, 8, 27, 16, tzinfo=UTC)
"""A week after: five on a Friday in London."""


def a_packed(received_at: datetime = JULY) -> Situation:
    """Amina's expression has got the pack, in its version 2, two minutes after it came."""
    message = a_message(
        MessageKind.EXPRESSION, received_at=received_at, references=["<first@nhs.example>"]
    )
    asked = a_situation(message, case=a_case(opened_at=received_at))
    letters = (
        replace(a_letter(due), pack_version=2, created_at=asked.now, sent_at=asked.now)
        for due in letters_due(asked)
    )
    return replace(asked, letters=tuple(letters))


def an_extension(
    closes_at: datetime = LATER,
    *,
    id: int = 1,
    case_id: int | None = None,
    at: datetime = EXTENDED_AT,
) -> Extension:
    return Extension(
        id=id,
        programme="ace",
        round="2021",
        case_id=case_id,
        closes_at=closes_at,
        reason="Many of you asked for more time, because colleagues are away in August.",
        by="rosalind.okoro@leadership.nhs.example",
        at=at,
    )


def moved(s: Situation, *extensions: Extension) -> Situation:
    """The same a minute after organisers recorded these extensions."""
    applying = s.extensions + extensions
    programme = replace(s.programme, round=extended(s.programme.round, extensions))
    now = max(extension.at for extension in extensions) + timedelta(minutes=1)
    return replace(s, programme=programme, extensions=applying, now=now)


def a_reissue(version: int = 3, *, form_still_fine: bool = True) -> Reissue:
    return Reissue(
        id=1,
        programme="ace",
        round="2021",
        pack_version=version,
        note="The guidance now says that the money can pay for childcare.",
        form_still_fine=form_still_fine,
        by="rosalind.okoro@leadership.nhs.example",
        at=JULY + timedelta(days=9),
    )


def a_bounce(s: Situation, address: Address, *, at: datetime, id: int = 90) -> Situation:
    """The same once every letter to this address has come back."""
    report = a_message(MessageKind.BOUNCE, id=id, received_at=at, answer_to=None)
    named = tuple(x.message_id for x in s.letters if x.recipient.email == address.email)
    told = replace(report.understanding, bounced=(address.email,), bounced_letters=named)
    return replace(s, messages=(*s.messages, replace(report, understanding=told)))
