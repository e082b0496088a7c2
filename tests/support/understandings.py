"""Understandings and cases in one line each, for tests of what follows from them."""

from dataclasses import replace
from datetime import UTC, datetime

from storage.domain.case import Case, CaseState
from storage.domain.message import Head, MessageKind, Understanding, Verdict
from storage.domain.people import Address, Contact

AMINA = Contact(
    name="Amina Okonjo",
    email="amina@riverside.example",
    phone="+447700900101",
    role="Manager",
    organisation="Riverside Trust",
)
BEN = Contact(name="Ben Achterberg", email="ben@riverside.example", phone="+447700900102")
SUMMARY = "Carers wait for a call that nobody makes. We want nurses and carers to plan together."
NOON = datetime(2021, 7, 12, 11, 0, tzinfo=UTC)


def make_understanding(
    kind: MessageKind = MessageKind.EXPRESSION,
    *,
    sender: str | None = "amina@riverside.example",
    contact: Contact = AMINA,
    **told: object,
) -> Understanding:
    """What `sender` wrote: an expression of Amina's, unless told otherwise."""
    base = Understanding(
        head=Head(
            sender=Address(sender) if sender else None, subject="ACE", message_id="<1@x.example>"
        ),
        verdict=Verdict(kind, "test"),
        answer_to=Address(sender) if sender else None,
        contact=contact,
        summary=SUMMARY if kind is MessageKind.EXPRESSION else None,
    )
    return replace(base, **told)  # type: ignore[arg-type]


def make_case(**told: object) -> Case:
    """Amina's open case, unless told otherwise."""
    base = Case(
        id=1,
        reference="ACE-0001",
        programme="ace",
        round="2021",
        state=CaseState.EXPRESSED,
        contact=AMINA,
        opened_at=NOON,
        opened_by=1,
        summary=SUMMARY,
        people=frozenset({"amina@riverside.example"}),
    )
    return replace(base, **told)  # type: ignore[arg-type]
