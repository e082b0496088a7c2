"""Pure: what of an overview concerns one organiser, and what of it is new to them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from responders.kinds.base import Value
from responders.kinds.organisers.late_places import starts_of, tells_of_late_place
from responders.wording import checked, joined
from storage.domain.digest_days import digests_to
from storage.domain.letter import Due, Letter, LetterState
from storage.domain.message import MessageKind
from storage.domain.overview import CaseLine, HistoryLine, Overview
from storage.domain.placement import Reply
from storage.domain.programme import DigestRhythm, Organiser, Programme
from storage.domain.situation import Situation
from storage.domain.telling import untold

LONGEST_LABEL = 60
"""Characters of an organisation or a title in a list."""

LONGEST_LIST = 10
"""Items of a list; the rest is counted, and stands in the workbook."""

MOST_REFERENCES = 3
"""Things of the same sort that are told one by one; more are told together."""

Item = dict[str, Value]
"""One line of a list: `label` says whom it is about, `what` what happened, `help` how to look or
what to do, `number` how it is named in a reply; all but `what` may be None."""


@dataclass(frozen=True, slots=True)
class View:
    """The programme as one organiser is to see it. The lines of `overview` are those that are news
    to them; `told_at` is when they were told last, None: never. `areas` are the keys of theirs,
    `reader` is their address."""

    programme: Programme
    now: datetime
    overview: Overview
    cases: Mapping[int, CaseLine]
    areas: frozenset[str]
    told_at: datetime | None = None
    reader: str = ""

    @property
    def has_news(self) -> bool:
        return bool(self.overview.lines)

    def label(self, case_id: int | None) -> str | None:
        """`ACE-0042, Kentish Town Family Centre`; None where it belongs to no case of the round."""
        case = self.cases.get(case_id) if case_id is not None else None
        if case is None:
            return None
        organisation = checked(case.organisation, LONGEST_LABEL)
        return f"{case.reference}, {organisation}" if organisation else case.reference

    def name_of(self, actor: str | None) -> str:
        """An organiser by their name, anybody else by what the history calls them."""
        for organiser in self.programme.organisers:
            if organiser.address.email == actor and organiser.address.name:
                return organiser.address.name
        return actor or "nobody known"


def organiser_of(s: Situation, due: Due) -> Organiser:
    """Whom a letter goes to. Raises LookupError for somebody who does not run the programme."""
    for organiser in s.programme.organisers:
        if organiser.address.email == due.recipient.email:
            return organiser
    raise LookupError(f"{due.key} goes to nobody who runs the programme")


def view_of(s: Situation, organiser: Organiser, rhythm: DigestRhythm | None) -> View:
    """What this organiser is told now; `rhythm` None: of the state alone, and of no news."""
    overview = s.overview or Overview()
    digests = [x for _, x in digests_to(s.letters, organiser.address.email, rhythm or _ANY)]
    gaps = untold(digests, overview.withdrawn, overview.last_event) if rhythm is not None else ()
    concerning = _concerning(overview, s.programme, organiser)
    others = {x.id for x in s.letters if x.recipient.email != organiser.address.email}
    cases = {case.id: case for case in concerning.cases}
    for_a_person = {message.id for message in concerning.messages}
    starts = starts_of(s.programme, concerning.places)
    news = tuple(
        line
        for line in concerning.lines
        if any(line.id in gap for gap in gaps)
        and line.letter_id not in others
        and (_is_told(line, cases, for_a_person) or tells_of_late_place(line, starts))
    )
    return View(
        programme=s.programme,
        now=s.now,
        overview=replace(concerning, lines=news),
        cases=cases,
        areas=frozenset(organiser.areas or (area.key for area in s.programme.areas)),
        told_at=_told_at(digests),
        reader=organiser.address.email,
    )


_ANY = DigestRhythm.DAILY


def _is_told(
    line: HistoryLine, cases: Mapping[int, CaseLine], for_a_person: Collection[int]
) -> bool:
    """False for what no part of a letter tells: a message that changed nothing, what was opened in
    another round."""
    if line.what in ("case_opened", "likely_duplicate"):
        return line.case_id in cases
    if line.what == "case_changed":
        return bool(changed_fields(line))
    if line.what == "outcome_answered":
        return line.detail.get("reply") != Reply.UNCLEAR
    if line.what != "message_recorded" or line.message_id in for_a_person:
        return True
    match line.kind:
        case MessageKind.APPLICATION | MessageKind.WITHDRAWAL:
            return line.case_id in cases
        case MessageKind.BOUNCE | MessageKind.AUTO_REPLY | MessageKind.BULK:
            return True
        case _:
            return False


def changed_fields(line: HistoryLine) -> list[str]:
    """What changed in a case, without what its own lines tell."""
    return [field for field in line.detail.get("changed", "").split() if field not in _TOLD_APART]


_TOLD_APART = frozenset({"state", "people", "round", "nominated_by"})


def _told_at(digests: list[Letter]) -> datetime | None:
    gone = (LetterState.FAILED, LetterState.DISCARDED)
    told = (letter.created_at for letter in digests if letter.state not in gone)
    return max(told, default=None)


def _concerning(overview: Overview, programme: Programme, organiser: Organiser) -> Overview:
    """What belongs to the organiser's areas; what belongs to none, or to no case, is
    everybody's."""
    if not organiser.areas:
        return overview
    known = {area.key for area in programme.areas}
    foreign = {case.id for case in overview.cases if case.area in known - set(organiser.areas)}
    return replace(
        overview,
        cases=tuple(case for case in overview.cases if case.id not in foreign),
        letters=tuple(x for x in overview.letters if x.case_id not in foreign),
        messages=tuple(x for x in overview.messages if x.case_id not in foreign),
        lines=tuple(x for x in overview.lines if x.case_id not in foreign),
    )


def references(view: View, case_ids: Sequence[int | None]) -> str | None:
    """The first few cases by their references, and how many more; None for none."""
    cases = (view.cases.get(case_id or 0) for case_id in case_ids)
    return some_of([*dict.fromkeys(case.reference for case in cases if case is not None)]) or None


def some_of(names: Sequence[str]) -> str:
    """`ACE-0001, ACE-0002, ACE-0003 and 2 more`; empty for none."""
    shown, more = names[:MOST_REFERENCES], len(names) - MOST_REFERENCES
    return joined([*shown, f"{more} more"] if more > 0 else shown)


def item(label: str | None, what: str, help: str | None = None) -> Item:
    return {"label": label, "what": what, "help": help, "number": None}


def shortened(items: Sequence[Item], *, of: int) -> tuple[list[Value], int]:
    """The first items of a list of so many, and how many more there are."""
    shown = items[:LONGEST_LIST]
    return [*shown], of - len(shown)
