"""Pure: the programme in numbers, and as bars that read as text and as cells of a table."""

from collections import Counter
from collections.abc import Iterator

from responders.kinds.base import Value
from responders.kinds.organisers.view import Item, View, item
from responders.wording import counted, local_moment
from storage.domain.calendar import A_DAY, local_date
from storage.domain.case import CaseState
from storage.domain.decision import Outcome
from storage.domain.overview import CaseLine
from storage.domain.placement import Reply
from storage.domain.programme import Area, ProgrammeKind

LONGEST_BAR = 20
"""Characters of the longest bar of a chart."""

DAYS = 14
"""Of the chart by days, today included."""

_DECIDED = {
    Outcome.FUNDED: "Decided as funded",
    Outcome.RESERVE: "Decided as reserve",
    Outcome.NOT_FUNDED: "Decided as not funded",
}


def numbers_of(view: View) -> list[Value]:
    """`label` and `value` of what there is; what nobody has come to yet is left out. Who withdrew
    counts as that, not by what was decided."""
    cases = view.overview.cases
    is_cohort = view.programme.kind is ProgrammeKind.COHORT
    staying = (case for case in cases if case.state is not CaseState.WITHDRAWN)
    decisions = Counter(case.decision for case in staying)
    always = [("Nominations" if is_cohort else "Expressions of interest", len(cases))]
    in_time = sum(_has_form(case) and not case.is_late for case in cases)
    if not is_cohort:
        always.append(("Packs sent", sum(case.pack_sent_at is not None for case in cases)))
        always.append(("Forms in time", in_time))
    later = (
        ("Forms that came late", sum(case.is_late for case in cases)),
        ("Withdrawn", sum(case.state is CaseState.WITHDRAWN for case in cases)),
        *((label, decisions[outcome]) for outcome, label in _DECIDED.items()),
        ("Outcomes approved", sum(case.outcome is not None for case in cases)),
        ("Told their outcome", sum(case.told_at is not None for case in cases)),
        ("Answered since", sum(case.has_answered for case in cases)),
        ("Accepted", sum(case.reply is Reply.YES for case in cases)),
        ("Declined", sum(case.reply is Reply.NO for case in cases)),
    )
    reconciled = view.overview.reconciled
    if reconciled is not None:
        always.append(("Messages in the mailbox", reconciled.in_mailbox))
        always.append(("Messages of it in the ledger", reconciled.in_ledger))
    told = [*always, *((label, number) for label, number in later if number)]
    return [{"label": label, "value": number} for label, number in told]


def areas_of(view: View) -> list[Value]:
    """Cases and forms of each area of this organiser, in the programme's order, then those without
    one; empty where the programme has no areas, or no cases yet."""
    places: list[Area | None] = [*view.programme.areas] if view.programme.areas else []
    cases = Counter(_area_key(view, case) for case in view.overview.cases)
    forms = Counter(_area_key(view, case) for case in view.overview.cases if _has_form(case))
    if cases[None] and places:
        places.append(None)
    most = max(cases.values(), default=0)
    if not most:
        return []
    return [
        {
            "name": area.name if area else "No area yet",
            "cases": cases[key],
            "forms": forms[key],
            "bar": bar(cases[key], most),
        }
        for area in places
        if (key := area.key if area else None) is None or key in view.areas
    ]


def days_of(view: View) -> list[Value]:
    """What came on each of the last two weeks' days, by the programme's calendar; empty where
    nothing did."""
    zone = view.programme.zone
    today = local_date(view.now, zone)
    since = view.now - (DAYS + 1) * A_DAY
    cases = view.overview.cases
    opened = Counter(local_date(c.opened_at, zone) for c in cases if c.opened_at > since)
    forms = Counter(local_date(c.form_at, zone) for c in cases if c.form_at and c.form_at > since)
    days = [today - number * A_DAY for number in reversed(range(DAYS))]
    most = max(opened[day] + forms[day] for day in days)
    if not most:
        return []
    return [
        {
            "day": f"{day:%a} {day.day} {day:%b}",
            "opened": opened[day],
            "forms": forms[day],
            "bar": bar(opened[day] + forms[day], most),
        }
        for day in days
    ]


def at_risk(view: View) -> list[CaseLine]:
    """Cases without a form whose closing is near, the nearest first, those without a pack before
    the others. A nomination wants no form."""
    if view.programme.kind is ProgrammeKind.COHORT:
        return []
    zone = view.programme.zone
    last_day = local_date(view.now, zone) + view.programme.digests.at_risk
    found = [
        case
        for case in view.overview.cases
        if view.now <= case.closes_at
        and local_date(case.closes_at, zone) <= last_day
        and not _has_form(case)
        and case.state is not CaseState.WITHDRAWN
    ]
    return sorted(found, key=lambda case: (case.closes_at, case.pack_sent_at is not None, case.id))


def risk_items(view: View, cases: list[CaseLine]) -> Iterator[Item]:
    zone = view.programme.zone
    for case in cases:
        days = (local_date(case.closes_at, zone) - local_date(view.now, zone)).days
        left = f"closes in {counted(days, 'day', 'days')}" if days else "closes today"
        pack = case.pack_sent_at
        has = f"pack sent at {local_moment(pack, zone)}" if pack else "no pack yet"
        yield item(view.label(case.id), f"no form, {has}; {left}")


def bar(number: int, most: int) -> str:
    """A bar of block characters, as long as its share of the longest; none for nothing."""
    return "█" * max(1, round(LONGEST_BAR * number / most)) if number > 0 else ""


def _has_form(case: CaseLine) -> bool:
    return case.form_at is not None


def _area_key(view: View, case: CaseLine) -> str | None:
    area = view.programme.area(case.area)
    return area.key if area is not None else None
