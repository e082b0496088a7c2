"""Places in cohorts as `postroom places` shows them, in tables of 80 columns and as JSON."""

from collections import Counter
from collections.abc import Sequence

import typer

from intake.commands.printing import console, make_table
from storage.domain.case import CaseState
from storage.domain.cohorts import Assignment, Seeker, Why
from storage.domain.overview import PlaceLine
from storage.domain.programme import Programme
from storage.seating import Seating

WHY_WORDS = {
    Why.FITS: "the next cohort with room",
    Why.LATER: "no room in an earlier one",
    Why.FULL: "all places are taken",
    Why.AREA: "its partnership has its places",
    Why.TEAM: "too few places for the team",
    Why.TIE: "came together; not room for all",
    Why.MATES: "no room beside the team",
}
"""Why somebody comes where they come, in a few words."""

FOR_A_PERSON = "for you"
WAITS = "waits"


def show_assignments(
    ours: Programme, stands: Seating, found: Sequence[Assignment], *, is_done: bool
) -> None:
    """Who comes where and why, then in numbers."""
    if not found:
        typer.echo("There is nobody to be placed.")
        return
    waited = {seeker.case_id for seeker in stands.waiting}
    rows = [
        (
            stands.cases[one.seeker.case_id].reference,
            stands.cases[one.seeker.case_id].contact.name,
            _area(ours, one.seeker),
            _place(one),
            _why(one, waited),
        )
        for one in found
    ]
    title = f"{ours.name}: places {'given' if is_done else 'proposed'}"
    columns = ("case", "name", "area", "place", "why")
    console().print(make_table(title, columns, rows, whole=("case", "place")))
    counted = Counter(_place(one) for one in found)
    typer.echo("; ".join(f"{place}: {number}" for place, number in sorted(counted.items())) + ".")
    held = [stands.cases[one.seeker.case_id].reference for one in found if _is_held(one)]
    if held:
        typer.echo(f"For you to decide with `postroom places move`: {', '.join(held)}.")
    if not is_done:
        typer.echo("Nothing was changed.")


def assignment_fields(stands: Seating, found: Sequence[Assignment]) -> list[dict[str, object]]:
    waited = {seeker.case_id for seeker in stands.waiting}
    return [
        {
            "case": stands.cases[one.seeker.case_id].reference,
            "area": one.seeker.area,
            "team": stands.cases[one.seeker.case_id].team,
            "cohort": one.cohort,
            "why": one.why,
            "for_a_person": _is_held(one),
            "waited": one.seeker.case_id in waited,
        }
        for one in found
    ]


def show_standing(ours: Programme, stands: Seating, late: Sequence[PlaceLine]) -> None:
    """The cohorts, the waiting list, and whose place is for a person to decide about."""
    rows = [tuple(row.values()) for row in _cohort_rows(ours, stands)]
    columns = ("cohort", "places", "confirmed", "offered", "free")
    console().print(make_table(f"Cohorts of {ours.name}", columns, rows, whole=columns))
    if stands.waiting:
        listed = [
            (
                rank,
                stands.cases[one.case_id].reference,
                stands.cases[one.case_id].contact.name,
                _area(ours, one),
                stands.cases[one.case_id].team,
            )
            for rank, one in enumerate(stands.waiting, start=1)
        ]
        console().print(
            make_table(
                "Waiting list",
                ("rank", "case", "name", "area", "team"),
                listed,
                whole=("rank", "case"),
            )
        )
    if late:
        typer.echo(
            "Have not answered in time, their places are for you to decide about: "
            f"{', '.join(line.reference for line in late)}."
        )
    if stands.nominated:
        typer.echo(
            f"Not placed yet: {len(stands.nominated)}. `postroom places propose` says where."
        )


def standing_fields(
    ours: Programme, stands: Seating, late: Sequence[PlaceLine]
) -> dict[str, object]:
    return {
        "cohorts": list(_cohort_rows(ours, stands)),
        "places": [
            {
                "case": stands.cases[seat.case_id].reference,
                "cohort": seat.cohort,
                "area": seat.area,
                "team": stands.cases[seat.case_id].team,
                "confirmed": stands.cases[seat.case_id].state is CaseState.CONFIRMED,
            }
            for seat in stands.seats
        ],
        "waiting": [stands.cases[one.case_id].reference for one in stands.waiting],
        "not_placed": [stands.cases[one.case_id].reference for one in stands.nominated],
        "unanswered": [line.reference for line in late],
    }


def _cohort_rows(ours: Programme, stands: Seating) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for cohort in ours.cohorts:
        seats = [seat for seat in stands.seats if seat.cohort == cohort.number]
        states = Counter(stands.cases[seat.case_id].state for seat in seats)
        rows.append(
            {
                "cohort": cohort.number,
                "places": cohort.places,
                "confirmed": states[CaseState.CONFIRMED],
                "offered": states[CaseState.NOMINATED],
                "free": max(0, cohort.places - len(seats)),
            }
        )
    return rows


def _area(ours: Programme, seeker: Seeker) -> str | None:
    area = ours.area(seeker.area)
    return area.name if area is not None else None


def _is_held(one: Assignment) -> bool:
    return one.why.is_for_a_person


def _place(one: Assignment) -> str:
    if _is_held(one):
        return FOR_A_PERSON
    return f"cohort {one.cohort}" if one.cohort is not None else WAITS


def _why(one: Assignment, waited: set[int]) -> str:
    words = WHY_WORDS[one.why]
    return f"waited; {words}" if one.seeker.case_id in waited and one.cohort is not None else words
