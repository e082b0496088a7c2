"""Pure: where a message belongs, by what the ledger knows of its sender and its thread.

A reference, a Message-ID or a name alone proves nothing: whoever writes must belong to the case.
A sender who does not is held for a person, never merged.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from storage.domain.acquaintance import Acquaintance
from storage.domain.case import Case, CaseState
from storage.domain.message import PANEL_MEMBER, SCORES, MessageKind, Understanding, Verdict

SAME_TEXT = 85.0
"""Token-set similarity from which two summaries are one project told twice, of 100."""


@dataclass(frozen=True, slots=True)
class Placement:
    """The case a message belongs to (None: to none), the named rule that says so, and the
    verdict as it stands once the ledger has been asked. `is_held` messages change no case."""

    case: Case | None
    rule: str
    verdict: Verdict

    @property
    def is_held(self) -> bool:
        return self.rule in HOLDING_RULES


HOLDING_RULES = frozenset({"repeated", "stranger", "unknown_thread", "withdrawn_case"})


def place_message(understanding: Understanding, known: Acquaintance) -> Placement:
    """Decide where a message belongs, judging the thread first, then the person."""
    verdict = understanding.verdict
    thread = _thread_case(known)
    if verdict.kind.is_machine:
        return Placement(thread, "machine", verdict)
    if known.repeats is not None:
        return _held(thread, "repeated", verdict)
    if verdict.rule in (SCORES, PANEL_MEMBER):
        return Placement(None, "panel", verdict)
    if verdict.kind is MessageKind.NOMINATION:
        return Placement(None, "nomination", verdict)
    if thread is not None and not _belongs(understanding, thread):
        return _held(None, "stranger", verdict)
    if thread is not None:
        return _in_case(understanding, thread, "thread")
    return _by_person(understanding, known)


def take_as_reply(
    understanding: Understanding, known: Acquaintance
) -> tuple[Understanding, Acquaintance]:
    """What a nominee writes to their own letter and reads as if they put themselves forward again
    ("could I have a place in a later cohort?"): a person reads what they wish. Anything else is
    as it was."""
    thread, sender = _thread_case(known), understanding.head.sender
    is_nomination = understanding.verdict.kind is MessageKind.NOMINATION
    is_own = thread is not None and sender is not None and thread.contact.email == sender.email
    named = [case for _, case in known.nominated]
    if not (is_nomination and is_own and named == [thread] and len(understanding.nominees) == 1):
        return understanding, known
    rule = f"nominated_already:{understanding.verdict.rule}"
    verdict = replace(understanding.verdict, kind=MessageKind.UNCLEAR, rule=rule)
    told = replace(understanding, verdict=verdict, nominees=(), team=None)
    return told, replace(known, nominated=())


def _thread_case(known: Acquaintance) -> Case | None:
    if known.by_letter is not None:
        return known.by_letter
    if known.by_reference is not None:
        return known.by_reference
    return known.by_message[0] if known.by_message else None


def _belongs(understanding: Understanding, case: Case) -> bool:
    """Who belongs to the case, or a colleague of its lead who writes in the lead's name."""
    sender, lead = understanding.head.sender, understanding.contact.email
    if sender is None:
        return False
    is_colleague = lead in case.people and lead.endswith("@" + sender.domain) if lead else False
    return sender.email in case.people or is_colleague


def _by_person(understanding: Understanding, known: Acquaintance) -> Placement:
    """No thread: a message of somebody we know is about their case, or a new project."""
    verdict = understanding.verdict
    newest = known.of_people[0] if known.of_people else None
    if newest is None:
        return _of_stranger(verdict)
    match verdict.kind:
        case MessageKind.EXPRESSION:
            same = next(
                (case for case in known.of_people if _same_project(understanding, case)), None
            )
            if same is None:
                return Placement(None, "new_project", verdict)
            return _in_case(understanding, same, "same_project")
        case MessageKind.UNCLEAR:
            return _of_unclear(understanding, known)
        case _:
            likeliest = _likeliest(understanding, known.of_people)
            return _in_case(understanding, likeliest, "same_person")


def _likeliest(understanding: Understanding, cases: Sequence[Case]) -> Case:
    """Of several cases of a person the one with this project, else the sender's own, else the
    newest; `cases` are in that order."""
    sender = understanding.head.sender
    title, summary = understanding.title, understanding.summary
    for case in cases:
        is_titled = bool(title and case.title) and _alike(title, case.title)
        if is_titled or (summary and case.summary and _alike(summary, case.summary)):
            return case
    own = (case for case in cases if sender is not None and case.contact.email == sender.email)
    return next(own, cases[0])


def _of_unclear(understanding: Understanding, known: Acquaintance) -> Placement:
    """No thread and no telling what it is for: a correction, if there is but one open case that
    it can correct."""
    is_open = [case for case in known.of_people if case.state is not CaseState.WITHDRAWN]
    if len(is_open) == 1 and _corrects(understanding, is_open[0]):
        return _in_case(understanding, is_open[0], "same_person")
    return Placement(None, "none", understanding.verdict)


def _corrects(understanding: Understanding, case: Case) -> bool:
    """Whether it tells a detail of the lead that differs from what the case has: the lead any
    telephone, if only in a new signature; the others what they say in so many words."""
    said = {f.value for f in understanding.findings if f.method == "correction"}
    sender, told, known = understanding.head.sender, understanding.contact, case.contact
    is_lead = sender is not None and sender.email == known.email
    if is_lead and told.phone is not None and told.phone != known.phone:
        return True
    return any(
        getattr(told, field) in said and getattr(told, field) != getattr(known, field)
        for field in ("name", "email", "phone", "role", "organisation")
    )


def _of_stranger(verdict: Verdict) -> Placement:
    if verdict.kind in (MessageKind.FOLLOW_UP, MessageKind.WITHDRAWAL):
        return _held(None, "unknown_thread", verdict)
    return Placement(None, "none", verdict)


def _same_project(understanding: Understanding, case: Case) -> bool:
    """True when one of the two has no summary, or both summaries tell the same."""
    if case.is_nominee:
        return False
    if not understanding.summary or not case.summary:
        return True
    return _alike(understanding.summary, case.summary)


def _alike(one: str | None, other: str | None) -> bool:
    return fuzz.token_set_ratio(one or "", other or "") >= SAME_TEXT


def _in_case(understanding: Understanding, case: Case, rule: str) -> Placement:
    """In its own case an expression, and what corrects a detail without saying so, adds to it."""
    verdict = understanding.verdict
    if case.state is CaseState.WITHDRAWN:
        return _held(case, "withdrawn_case", verdict)
    is_correction = verdict.kind is MessageKind.UNCLEAR and _corrects(understanding, case)
    if verdict.kind is MessageKind.EXPRESSION or is_correction:
        verdict = replace(verdict, kind=MessageKind.FOLLOW_UP, rule=f"{rule}:{verdict.rule}")
    return Placement(case, rule, verdict)


def _held(case: Case | None, rule: str, verdict: Verdict) -> Placement:
    return Placement(case, rule, replace(verdict, hold=verdict.hold or rule))
