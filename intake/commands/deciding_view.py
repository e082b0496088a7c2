"""What wishes about cases come to, in tables and sentences for people, as values for machines."""

from collections import Counter
from collections.abc import Sequence

import typer

from intake.commands.printing import console, make_table, plain
from storage.domain.deciding import Judged
from storage.domain.decision import Decision, Effect, Outcome, Ruling
from storage.domain.decision_sheet import OUTCOME_WORDS
from storage.domain.money import money
from storage.domain.programme import Programme

LONGEST_PROBLEM = 500


def show_judged(judged: Sequence[Judged], programme: Programme, *, is_done: bool) -> None:
    """What is new and changed as a table, what is refused in sentences, and the counts of all."""
    rows = [
        (
            one.reference,
            one.case.title if one.case else None,
            _ruling_words(one.before.ruling, programme) if one.before else None,
            _ruling_words(one.ruling, programme) if one.ruling else None,
            ", ".join(_beside(one)),
        )
        for one in judged
        if one.is_to_be_recorded
    ]
    if rows:
        columns = ("case", "title", "was", "becomes", "beside")
        title = "Recorded" if is_done else "Would be recorded"
        console().print(make_table(title, columns, rows, whole=("case",)))
    for one in judged:
        if one.effect is Effect.REFUSED:
            typer.echo(_refusal(one))
    typer.echo(f"{_counts(judged)}.{'' if is_done else ' Nothing was recorded.'}")


def judged_fields(one: Judged) -> dict[str, object]:
    """A wish and what it comes to, for machines."""
    return {
        "row": one.line,
        "case": one.reference,
        "effect": one.effect,
        "was": ruling_fields(one.before.ruling) if one.before else None,
        "becomes": ruling_fields(one.ruling) if one.ruling and one.is_to_be_recorded else None,
        "reason": one.reason if one.is_to_be_recorded else None,
        "lifted": one.lifted,
        "problems": list(one.problems),
    }


def ruling_fields(ruling: Ruling) -> dict[str, object]:
    """What is decided, for machines."""
    return {"outcome": ruling.outcome, "amount": ruling.amount, "feedback": ruling.feedback}


def decision_fields(reference: str, decision: Decision) -> dict[str, object]:
    """A recorded decision, for machines."""
    return {
        "case": reference,
        **ruling_fields(decision.ruling),
        "reason": decision.reason,
        "lifted": decision.lifted,
        "by": decision.by,
        "at": decision.at,
    }


def _ruling_words(ruling: Ruling, programme: Programme) -> str:
    words = OUTCOME_WORDS[ruling.outcome]
    amount = ruling.amount or programme.amount
    is_money = ruling.outcome is Outcome.FUNDED and amount is not None
    return f"{words}, {money(amount, programme.currency)}" if is_money and amount else words


def _beside(one: Judged) -> list[str]:
    """What else is recorded with the outcome."""
    assert one.ruling is not None  # only what is recorded is shown
    before = one.before
    had = before.ruling.feedback if before else ""
    told = []
    if one.ruling.feedback != had:
        is_other = "other feedback" if had else "feedback"
        told.append(is_other if one.ruling.feedback else "feedback removed")
    if before is not None and before.reason != one.reason:
        told.append("other reason")
    if one.lifted:
        told.append("limit lifted")
    return told


def _refusal(one: Judged) -> str:
    row = f"Row {one.line}, " if one.line is not None else ""
    problems = "; ".join(plain(problem, limit=LONGEST_PROBLEM) for problem in one.problems)
    return (
        f"{row}{plain(one.reference)} is refused: {problems}{'' if problems.endswith('?') else '.'}"
    )


def _counts(judged: Sequence[Judged]) -> str:
    """`2 new, 1 changed, 30 unchanged, 1 refused`."""
    counts = Counter(one.effect for one in judged)
    return ", ".join(f"{counts[effect]} {effect}" for effect in Effect)
