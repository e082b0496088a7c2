"""What one understood message does to the ledger's cases: a pure decision, applied by verbs.

A message opens cases, changes one, or changes none. Machines never change anything.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from storage.domain.case import Case, CaseState, NewCase
from storage.domain.message import MessageKind, Understanding, Verdict
from storage.domain.people import Contact, Nominee
from storage.domain.placement import Reply
from storage.domain.programme import Programme


@dataclass(frozen=True, slots=True)
class Consequence:
    """What is to be written: cases to open, or one case in its new shape with the names of the
    fields that changed (`summary`, `contact.phone`, `state`, …). Both empty: nothing."""

    opens: tuple[NewCase, ...] = ()
    changes: Case | None = None
    changed: tuple[str, ...] = ()


def decide_consequence(
    understanding: Understanding,
    programme: Programme,
    *,
    case: Case | None,
    known_nominees: Collection[int] = (),
    takes_place: bool = False,
) -> Consequence:
    """What `understanding` does, given the case it belongs to (None: to none).

    `known_nominees` are the places in `understanding.nominees` of people who have a case already.
    `takes_place`: it takes the place that the case was offered. A message held as a stranger's or
    an unknown thread's is the caller's to keep from here.
    """
    if understanding.is_unreadable:
        return Consequence()
    if takes_place and case is not None:
        return _changed(case, _confirmed(case, understanding))
    match understanding.verdict.kind:
        case MessageKind.EXPRESSION if case is None:
            return Consequence(opens=(_expressed(understanding, programme, CaseState.EXPRESSED),))
        case MessageKind.APPLICATION if case is None:
            return Consequence(opens=(_expressed(understanding, programme, CaseState.APPLIED),))
        case MessageKind.NOMINATION:
            return Consequence(opens=_nominated(understanding, programme, known_nominees))
        case MessageKind.APPLICATION if case is not None:
            return _changed(case, _with_told(case, understanding, state=CaseState.APPLIED))
        case MessageKind.EXPRESSION | MessageKind.FOLLOW_UP if case is not None:
            return _changed(case, _with_told(case, understanding, state=case.state))
        case MessageKind.WITHDRAWAL if case is not None:
            return _changed(case, replace(case, state=CaseState.WITHDRAWN))
        case _:
            return Consequence()


class Offered(StrEnum):
    """What somebody is asked to take or to decline."""

    PLACE = "place"
    OUTCOME = "outcome"


def judge_reply(
    verdict: Verdict, reply: Reply | None, offered: Offered = Offered.PLACE
) -> tuple[Verdict, bool]:
    """What a message is that came to a case while something was offered, and whether it takes
    that. A clear no declines it; what is not clear, or held, is for a person."""
    is_clear = reply in (Reply.YES, Reply.NO) and verdict.hold is None
    is_withdrawal = verdict.kind is MessageKind.WITHDRAWAL
    if reply is None or verdict.kind.is_machine:
        return verdict, False
    if is_clear and reply is Reply.NO:
        return _judged(verdict, MessageKind.WITHDRAWAL, f"{offered}_declined"), False
    if is_clear and not is_withdrawal:
        is_question = verdict.kind is MessageKind.QUESTION
        kind = MessageKind.QUESTION if is_question else MessageKind.FOLLOW_UP
        return _judged(verdict, kind, f"{offered}_taken"), True
    if verdict.kind is MessageKind.QUESTION:
        return verdict, False
    return _judged(verdict, MessageKind.UNCLEAR, f"{offered}_unsettled"), False


def _judged(verdict: Verdict, kind: MessageKind, rule: str) -> Verdict:
    return replace(verdict, kind=kind, rule=f"{rule}:{verdict.rule.rpartition(':')[2]}")


def _confirmed(case: Case, understanding: Understanding) -> Case:
    if understanding.verdict.kind is MessageKind.FOLLOW_UP:
        return _with_told(case, understanding, state=CaseState.CONFIRMED)
    return replace(case, state=CaseState.CONFIRMED)


def _expressed(understanding: Understanding, programme: Programme, state: CaseState) -> NewCase:
    return NewCase(
        programme=programme.slug,
        round=programme.round.key,
        prefix=programme.reference_prefix,
        state=state,
        contact=understanding.contact,
        people=_people(understanding),
        title=understanding.title,
        summary=understanding.summary,
        area=understanding.area,
        senior_leader=understanding.senior_leader,
        partners=understanding.partners,
        team=understanding.team,
        custom=understanding.custom,
    )


def _nominated(
    understanding: Understanding, programme: Programme, known: Collection[int]
) -> tuple[NewCase, ...]:
    return tuple(
        replace(
            _expressed(understanding, programme, CaseState.NOMINATED),
            contact=_nominee_contact(nominee),
            people=_people(understanding) | ({nominee.email} if nominee.email else set()),
            nominated_by=understanding.contact,
        )
        for place, nominee in enumerate(understanding.nominees)
        if place not in known
    )


def _nominee_contact(nominee: Nominee) -> Contact:
    return Contact(nominee.name, nominee.email, None, nominee.role, nominee.organisation)


def _people(understanding: Understanding) -> frozenset[str]:
    sender = understanding.head.sender
    answer_to = understanding.answer_to
    return _known(
        understanding.contact.email,
        sender.email if sender else None,
        answer_to.email if answer_to else None,
    )


def _known(*addresses: str | None) -> frozenset[str]:
    return frozenset(address for address in addresses if address)


def _with_told(case: Case, understanding: Understanding, *, state: CaseState) -> Case:
    """The case with what the message tells. A summary that stands is replaced by a form only."""
    from_form = understanding.verdict.kind is MessageKind.APPLICATION
    keeps_summary = case.summary is not None and not from_form
    contact = _contact_after(case, understanding)
    return replace(
        case,
        state=state,
        contact=contact,
        title=understanding.title or case.title,
        summary=case.summary if keeps_summary else understanding.summary or case.summary,
        area=understanding.area or case.area,
        senior_leader=understanding.senior_leader or case.senior_leader,
        partners=_partners_after(case, understanding, from_form=from_form),
        team=understanding.team or case.team,
        custom=tuple({**dict(case.custom), **dict(understanding.custom)}.items()),
        people=case.people | _people(understanding) | _known(contact.email),
    )


def _partners_after(
    case: Case, understanding: Understanding, *, from_form: bool
) -> tuple[str, ...]:
    """A form tells all partners, any other message more of them."""
    if from_form and understanding.partners:
        return understanding.partners
    return tuple(dict.fromkeys((*case.partners, *understanding.partners)))


def _contact_after(case: Case, understanding: Understanding) -> Contact:
    """An assistant of the case who writes does not become its lead; a person new to the case,
    whom the message names as its contact, does. Whoever nominated somebody tells at most where
    that person is reached."""
    told = understanding.contact
    nominator = case.nominated_by.email if case.nominated_by else None
    if nominator is not None and told.email == nominator != case.contact.email:
        return replace(case.contact, email=case.contact.email or understanding.told_address)
    is_assistant = told.email in case.people and told.email != case.contact.email
    if is_assistant and case.contact.email:
        return case.contact
    is_new_lead = bool(case.contact.email and told.email and told.email != case.contact.email)
    if is_new_lead:
        return replace(told, organisation=told.organisation or case.contact.organisation)
    return case.contact.merged(told)


def _changed(before: Case, after: Case) -> Consequence:
    names = tuple(_changed_fields(before, after))
    if not names and before.people == after.people:
        return Consequence()
    return Consequence(changes=after, changed=names)


def _changed_fields(before: Case, after: Case) -> list[str]:
    """Names of the fields that differ, contact details as `contact.<field>`, the programme's own
    as `custom.<key>`."""
    plain = ("state", "title", "summary", "area", "senior_leader", "partners", "team")
    names = [name for name in plain if getattr(before, name) != getattr(after, name)]
    names += [
        f"contact.{f.name}"
        for f in fields(Contact)
        if getattr(before.contact, f.name) != getattr(after.contact, f.name)
    ]
    known = dict(before.custom)
    return names + [f"custom.{key}" for key, value in after.custom if known.get(key) != value]
