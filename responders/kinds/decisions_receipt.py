"""Pure: an organiser's decision sheet came back by e-mail: what was taken, what was not and why."""

from dataclasses import replace

from responders.kinds.base import Kind, Value, Values, answer, answered_message, unanswered
from responders.kinds.basics import basics
from responders.wording import checked, money
from storage.domain.decision import Effect
from storage.domain.decision_sheet import OUTCOME_WORDS
from storage.domain.letter import Due, LetterKind
from storage.domain.message import MessageKind
from storage.domain.returned_sheet import SheetResult
from storage.domain.situation import Situation

MOST_ROWS = 400
"""Rows that a letter tells one by one; the ledger has them all."""

LONGEST_REASON = 160


def due(s: Situation) -> tuple[Due, ...]:
    """Not held, as other answers to organisers are: a trusted server vouched for this one."""
    return tuple(
        replace(answer(s, LetterKind.DECISIONS_RECEIPT, message), hold=None)
        for message in unanswered(s, MessageKind.UNCLEAR)
        if message.results
    )


def values(s: Situation, due: Due) -> Values:
    results = answered_message(s, due).results
    taken = [r for r in results if r.effect in (Effect.NEW, Effect.CHANGED)]
    refused = [r for r in results if r.effect is Effect.REFUSED]
    return basics(s, due) | {
        "taken": [_taken(s, result) for result in taken[:MOST_ROWS]],
        "refused": [_refused(result) for result in refused[:MOST_ROWS]],
        "unchanged": len(results) - len(taken) - len(refused),
        "untold": len(taken[MOST_ROWS:]) + len(refused[MOST_ROWS:]),
    }


def _taken(s: Situation, result: SheetResult) -> Value:
    words = OUTCOME_WORDS[result.outcome] if result.outcome else ""
    amount = f", {money(result.amount, s.programme.currency)}" if result.amount else ""
    return {
        "reference": result.reference,
        "decision": words + amount,
        "is_changed": result.effect is Effect.CHANGED,
    }


def _refused(result: SheetResult) -> Value:
    reasons = (checked(problem, LONGEST_REASON) for problem in result.problems)
    told = "; ".join(reason for reason in reasons if reason)
    return {
        "reference": checked(result.reference, 40) or "a row",
        "reason": told or "it could not be taken as it stands",
    }


KIND = Kind(LetterKind.DECISIONS_RECEIPT, due, values)
