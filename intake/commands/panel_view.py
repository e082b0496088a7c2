"""The panel in tables and sentences for people, and as values for machines."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import typer

from intake.commands.panel_asking import Asking
from intake.commands.printing import Json, console, make_table, plain
from storage.domain.assessment import Stance
from storage.domain.case import Case
from storage.domain.moderation import OUTLIER_RULE, ModeratedCase
from storage.domain.scoring import PanelStanding

Asked = Sequence[tuple[Case, str, int]]
"""Cases with who is asked to read them, by address, and the message with the form."""


def show_asked(found: Asking, *, is_done: bool) -> None:
    """Who is asked for how many, and what nobody or too few can read."""
    new = Counter(email for _, email, _ in found.asked)
    rows = [
        (
            one.address.name,
            one.organisation or None,
            new[one.address.email],
            _load(found.asked, found.standing, one.address.email),
        )
        for one in found.standing.programme.panel
    ]
    title = "Asked" if is_done else "Would be asked"
    columns = ("member", "organisation", "now", "in all")
    console().print(make_table(title, columns, rows, whole=("now", "in all")))
    for case_id, count in found.allotment.short.items():
        reference = found.standing.cases[case_id].reference
        typer.echo(f"{reference} has only {count} who may read it.")
    if found.unread:
        names = ", ".join(case.reference for case in found.unread)
        typer.echo(f"Without a form that can be read, and so not assigned: {names}.")
    if not found.asked:
        typer.echo("Nothing is new: everybody has what they are to read.")
    elif is_done:
        typer.echo("Their sheets leave with the next tick.")


def asked_fields(found: Asking) -> Json:
    cases = found.standing.cases
    return {
        "asked": [{"case": case.reference, "member": email} for case, email, _ in found.asked],
        "short": {cases[id].reference: count for id, count in found.allotment.short.items()},
        "without_form": [case.reference for case in found.unread],
    }


def show_members(standing: PanelStanding) -> None:
    """Each member with the counts, then who is missing what."""
    emails = [member.address.email for member in standing.programme.panel]
    missing = {email: standing.missing_from(email) for email in emails}
    columns = ("member", "asked", "scored", "conflicts", "abstained", "missing")
    rows = [
        (standing.name_of(email), *_counts(standing, email), len(missing[email]))
        for email in emails
    ]
    done = sum(bool(standing.assigned_to(email)) and not missing[email] for email in emails)
    title = f"Panel of {standing.programme.name}: the scores of {done} of {len(emails)} are in"
    console().print(make_table(title, columns, rows, whole=columns[1:]))
    for email, cases in missing.items():
        if cases:
            names = ", ".join(case.reference for case in cases)
            typer.echo(plain(f"{standing.name_of(email)} has not told: {names}.", limit=2000))


def status_fields(standing: PanelStanding) -> list[dict[str, object]]:
    """Each member with the counts of what they said, for machines."""
    return [_member(standing, member.address.email) for member in standing.programme.panel]


def show_moderated(moderated: Sequence[ModeratedCase], standing: PanelStanding) -> None:
    if not moderated:
        typer.echo("The panel was not asked to read anything yet: `postroom panel assign` does.")
        return
    rows = [
        (
            one.case.reference,
            one.case.title,
            _number(one.mean),
            _number(one.spread),
            len(one.scores),
            ", ".join(_beside(one, standing)),
        )
        for one in moderated
    ]
    columns = ("case", "title", "mean", "spread", "scores", "beside")
    title = f"Moderation of {standing.programme.name}"
    whole = ("case", "mean", "spread", "scores")
    console().print(make_table(title, columns, rows, whole=whole))
    typer.echo(OUTLIER_RULE)


def moderated_fields(moderated: Sequence[ModeratedCase], standing: PanelStanding) -> Json:
    """The table for machines; the means are numbers from 1 to 5."""
    return {
        "rule": OUTLIER_RULE,
        "cases": [
            {
                "case": one.case.reference,
                "mean": _rounded(one.mean),
                "spread": _rounded(one.spread),
                "criteria": {
                    criterion.key: _rounded(one.criterion_mean(criterion.key))
                    for criterion in standing.programme.criteria
                },
                "scores": {score.member: _rounded(score.total) for score in one.scores},
                "outliers": list(one.outliers),
                "conflicts": list(one.conflicts),
                "abstentions": list(one.abstentions),
                "missing": list(one.missing),
            }
            for one in moderated
        ],
    }


def _member(standing: PanelStanding, email: str) -> dict[str, object]:
    asked, scored, conflicts, abstained = _counts(standing, email)
    return {
        "member": email,
        "name": standing.name_of(email),
        "asked": asked,
        "scored": scored,
        "conflicts": conflicts,
        "abstained": abstained,
        "missing": [case.reference for case in standing.missing_from(email)],
    }


def _counts(standing: PanelStanding, email: str) -> tuple[int, int, int, int]:
    """How many applications a member was asked to read, scored, has a conflict about, abstains
    from."""
    asked = standing.assigned_to(email)
    said = Counter(
        standing.assessments[email, case.id].scoring.stance
        for case, _ in asked
        if (email, case.id) in standing.assessments
    )
    return len(asked), said[Stance.SCORED], said[Stance.CONFLICT], said[Stance.ABSTAINED]


def _load(asked: Asked, standing: PanelStanding, email: str) -> int:
    """How many applications a member has in all once they are asked."""
    has = {case.id for case, _ in standing.assigned_to(email)}
    return len(has | {case.id for case, other, _ in asked if other == email})


def _beside(one: ModeratedCase, standing: PanelStanding) -> list[str]:
    told = {
        "outlier": one.outliers,
        "conflict": one.conflicts,
        "abstains": one.abstentions,
        "missing": one.missing,
    }
    return [
        f"{word} {standing.name_of(email)}" for word, emails in told.items() for email in emails
    ]


def _number(value: Fraction | None) -> str | None:
    return None if value is None else f"{float(value):.2f}"


def _rounded(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 6)
