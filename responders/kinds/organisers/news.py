"""Pure: what came and what was done since an organiser was last told."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from responders.kinds.base import Value
from responders.kinds.basics import CHANGED_WORDS
from responders.kinds.organisers.view import (
    LONGEST_LABEL,
    LONGEST_LIST,
    Item,
    View,
    changed_fields,
    item,
    references,
    shortened,
)
from responders.wording import checked, counted, joined, local_moment
from storage.domain.case import CaseState
from storage.domain.message import MessageKind
from storage.domain.overview import CaseLine, HistoryLine
from storage.domain.placement import Reply
from storage.domain.programme import ProgrammeKind

Making = Callable[[], Item]
"""An item that is only put into words where it is shown."""


@dataclass(frozen=True, slots=True)
class News:
    """What is new, in groups with a title each; `opened` and `forms` count cases, `others` the
    rest."""

    groups: list[Value]
    opened: int
    forms: int
    others: int


def news_of(view: View) -> News:
    is_cohort = view.programme.kind is ProgrammeKind.COHORT
    opened, forms = list(_opened(view)), list(_forms(view))
    titled: tuple[tuple[str, list[Making]], ...] = (
        ("New nominations" if is_cohort else "New expressions of interest", opened),
        ("Forms that came back", forms),
        ("Answers to outcomes", list(_answered(view))),
        ("Withdrawn", list(_withdrawn(view))),
        ("Changed", list(_changed(view))),
        (
            "Done by organisers",
            [*_told(view), *_discarded(view), *_settled(view), *_counted(view, _BY_ORGANISERS)],
        ),
        ("From the panel", list(_counted(view, _BY_PANEL))),
    )
    return News(
        groups=[_group(title, items) for title, items in titled if items],
        opened=len(opened),
        forms=len(forms),
        others=sum(len(items) for _, items in titled) - len(opened) - len(forms),
    )


def _group(title: str, items: list[Making]) -> Value:
    shown, more = shortened([make() for make in items[:LONGEST_LIST]], of=len(items))
    return {"title": title, "lines": shown, "more": more}


def _opened(view: View) -> Iterator[Making]:
    for line in view.overview.lines:
        case = view.cases.get(line.case_id or 0)
        if line.what == "case_opened" and case is not None:
            yield partial(_opened_item, view, case)


def _opened_item(view: View, case: CaseLine) -> Item:
    area = view.programme.area(case.area)
    title = checked(case.title, LONGEST_LABEL)
    told = (f"“{title}”" if title else None, area.name if area else "no area yet")
    return item(view.label(case.id), ", ".join(filter(None, told)))


def _forms(view: View) -> Iterator[Making]:
    """One item a case, of its newest form."""
    newest = {x.case_id: x for x in _messages(view, MessageKind.APPLICATION)}
    for case_id, line in newest.items():
        case = view.cases.get(case_id or 0)
        if case is not None and line.received_at is not None:
            yield partial(_form_item, view, case, line.received_at)


def _form_item(view: View, case: CaseLine, received_at: datetime) -> Item:
    told = [local_moment(received_at, view.programme.zone)]
    is_late = received_at > case.closes_at + view.programme.round.grace
    told.append("late" if is_late else "in time")
    if case.form_at is not None and case.form_at < received_at:
        told.append("in place of an earlier one")
    return item(view.label(case.id), ", ".join(told))


def _answered(view: View) -> Iterator[Making]:
    """What applicants say to their outcome; what is not clear needs a person, and stands there."""
    for line in view.overview.lines:
        reply = line.detail.get("reply", "")
        if line.what == "outcome_answered" and reply in _ANSWERS:
            outcome = line.detail.get("outcome", "").replace("_", " ")
            help = f"postroom outcomes show {view.programme.slug}" if reply == Reply.NO else None
            yield partial(item, view.label(line.case_id), _ANSWERS[reply].format(outcome), help)


_ANSWERS: Mapping[str, str] = {
    Reply.YES: "accepts (told: {})",
    Reply.NO: "declines (told: {}); whether a reserve moves up is yours to decide",
}


def _withdrawn(view: View) -> Iterator[Making]:
    declined = {line.message_id for line in view.overview.lines if line.what == "outcome_answered"}
    for line in _messages(view, MessageKind.WITHDRAWAL):
        case = view.cases.get(line.case_id or 0)
        if case is not None and line.message_id not in declined:
            is_done = case.state is CaseState.WITHDRAWN
            what = "withdrawn by message" if is_done else "a message asks for it"
            help = None if is_done else f"postroom case {case.reference}"
            yield partial(item, view.label(case.id), what, help)


def _changed(view: View) -> Iterator[Making]:
    """What applicants told of cases that are not new themselves, and not by a form."""
    lines = view.overview.lines
    told_apart = {line.case_id for line in lines if line.what == "case_opened"}
    told_apart |= {line.case_id for line in _messages(view, MessageKind.APPLICATION)}
    told: dict[int, list[str]] = {}
    for line in lines:
        if line.what == "case_changed" and line.actor is None and line.case_id is not None:
            told.setdefault(line.case_id, []).extend(changed_fields(line))
    for case_id, fields in told.items():
        if case_id not in told_apart:
            words = dict.fromkeys(CHANGED_WORDS.get(field, _own_field(field)) for field in fields)
            yield partial(item, view.label(case_id), joined([*words]))


def _own_field(field: str) -> str:
    return field.rpartition(".")[2].replace("_", " ")


def _messages(view: View, *kinds: MessageKind) -> Iterator[HistoryLine]:
    return (line for line in view.overview.lines if line.kind in kinds)


def _counted(view: View, known: Mapping[str, str]) -> Iterator[Making]:
    """Decisions, outcomes and scores come in numbers."""
    counts: Counter[tuple[str, str, str | None]] = Counter()
    for line in view.overview.lines:
        if line.what in known:
            counts[line.what, line.detail.get("outcome", ""), line.actor] += 1
    for (what, outcome, actor), number in counts.items():
        words = f"{counted(number, 'case', 'cases')} {known[what]} {outcome.replace('_', ' ')}"
        yield partial(item, None, f"{words.strip()}, by {view.name_of(actor)}")


_BY_ORGANISERS = {
    "decided": "decided as",
    "outcome_released": "approved for the applicants as",
    "panel_assigned": "given to the panel to score",
}
_BY_PANEL = {"assessed": "judged"}


def _told(view: View) -> Iterator[Making]:
    for line in view.overview.lines:
        words = _ONE_BY_ONE.get(line.what)
        is_by_message = line.what == "case_changed" and line.actor is None
        if words is not None and not is_by_message:
            yield partial(item, view.label(line.case_id), words(view, line))


def _discarded(view: View) -> Iterator[Making]:
    """Letters that somebody judged not to be sent, of one kind together."""
    alike: dict[tuple[str, str | None], list[int | None]] = defaultdict(list)
    for line in view.overview.lines:
        if line.what == "letter_discarded":
            alike[line.detail.get("kind", "letter"), line.actor].append(line.case_id)
    for (kind, actor), cases in alike.items():
        words = f"{counted(len(cases), 'letter', 'letters')} discarded ({kind.replace('_', ' ')})"
        yield partial(item, references(view, cases), f"{words}, by {view.name_of(actor)}")


def _settled(view: View) -> Iterator[Making]:
    """Messages that somebody has dealt with, of one person together; those that they answered are
    told as that."""
    lines = view.overview.lines
    answered = {(line.at, line.actor) for line in lines if line.what in _ANSWERING}
    alike: dict[str | None, list[int | None]] = defaultdict(list)
    for line in lines:
        if line.what == "message_settled" and (line.at, line.actor) not in answered:
            alike[line.actor].append(line.case_id)
    for actor, cases in alike.items():
        words = f"{counted(len(cases), 'message', 'messages')} dealt with"
        yield partial(item, references(view, cases), f"{words}, by {view.name_of(actor)}")


def _extended(view: View, line: HistoryLine) -> str:
    closes_at = datetime.fromisoformat(line.detail["closes_at"])
    whom = "this case" if line.case_id is not None else "the round"
    told = local_moment(closes_at, view.programme.zone)
    return f"{whom} now closes at {told}, by {view.name_of(line.actor)}"


def _pack(_view: View, line: HistoryLine) -> str:
    is_reissue = line.what == "pack_reissued"
    what = "goes to all who hold an older one" if is_reissue else "is out"
    return f"version {line.detail['version']} of the application pack {what}"


def _by_hand(view: View, line: HistoryLine) -> str:
    fields = [_own_field(field) for field in changed_fields(line)]
    return f"{joined(fields)} changed by {view.name_of(line.actor)}"


def _answered_by(view: View, line: HistoryLine) -> str:
    return f"answered by {view.name_of(line.actor)}"


_ANSWERING = ("answered_by_hand", "answer_written")


def _handed_over(view: View, line: HistoryLine) -> str:
    return f"given to {view.name_of(line.detail.get('to'))} by {view.name_of(line.actor)}"


_ONE_BY_ONE: Mapping[str, Callable[[View, HistoryLine], str]] = {
    "case_extended": _extended,
    "round_extended": _extended,
    "pack_published": _pack,
    "pack_reissued": _pack,
    "case_changed": _by_hand,
    "answered_by_hand": _answered_by,
    "answer_written": _answered_by,
    "handed_over": _handed_over,
}
