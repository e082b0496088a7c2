"""Pure: a member of the panel told scores: what was understood, value by value, what could not be
taken and why, and what is still missing. It shows nothing that others said."""

from dataclasses import replace

from responders.kinds.base import Kind, Value, Values, answer, answered_message, unanswered
from responders.kinds.basics import basics
from responders.kinds.panel import panel_values
from responders.wording import checked
from storage.domain.assessment import Scoring, Stance
from storage.domain.decision import Effect
from storage.domain.letter import Due, LetterKind
from storage.domain.message import MessageKind
from storage.domain.programme import Programme
from storage.domain.returned_sheet import ScoringResult
from storage.domain.situation import Situation

MOST_ROWS = 150
"""Rows that a letter tells one by one; the ledger has them all."""

LONGEST_REASON = 200

_STANCES = {Stance.CONFLICT: "a conflict of interest", Stance.ABSTAINED: "you abstain"}


def due(s: Situation) -> tuple[Due, ...]:
    """Not held, as other answers to the panel are: a trusted server vouched for this one."""
    return tuple(
        replace(answer(s, LetterKind.SCORING_RECEIPT, message), hold=None)
        for message in unanswered(s, MessageKind.UNCLEAR)
        if message.scores
    )


def values(s: Situation, due: Due) -> Values:
    message = answered_message(s, due)
    results, sender = message.scores, message.understanding.head.sender
    taken = [r for r in results if r.effect in (Effect.NEW, Effect.CHANGED)]
    refused = [r for r in results if r.effect is Effect.REFUSED]
    email = sender.email if sender is not None else due.recipient.email
    missing = s.panel.standing.missing_from(email) if s.panel is not None else ()
    return basics(s, due) | {
        **panel_values(s, email, missing),
        "taken": [_taken(s.programme, result) for result in taken[:MOST_ROWS]],
        "refused": [_refused(result) for result in refused[:MOST_ROWS]],
        "unchanged": len(results) - len(taken) - len(refused),
        "untold": len(taken[MOST_ROWS:]) + len(refused[MOST_ROWS:]),
    }


def _taken(programme: Programme, result: ScoringResult) -> Value:
    scoring = result.scoring or Scoring(Stance.ABSTAINED)
    words = [text for text in (scoring.reason, scoring.comment) if text]
    return {
        "reference": result.reference,
        "told": _in_words(scoring, programme),
        "words": checked(" ".join(" / ".join(words).split()), LONGEST_REASON),
        "has_words": bool(words),
        "is_changed": result.effect is Effect.CHANGED,
    }


def _in_words(scoring: Scoring, programme: Programme) -> str:
    if scoring.stance is not Stance.SCORED:
        return _STANCES[scoring.stance]
    names = {criterion.key: criterion.name for criterion in programme.criteria}
    return ", ".join(f"{names.get(key, key)} {score}" for key, score in scoring.scores)


def _refused(result: ScoringResult) -> Value:
    reasons = (checked(problem, LONGEST_REASON) for problem in result.problems)
    told = "; ".join(reason for reason in reasons if reason)
    return {
        "reference": checked(result.reference, 40) or "a row",
        "reason": told or "it could not be taken as it stands",
    }


KIND = Kind(LetterKind.SCORING_RECEIPT, due, values)
