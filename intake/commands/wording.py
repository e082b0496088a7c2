"""What the ledger's kinds, rules and events are called when a person reads of them.

What rules saw in a message by itself is in `intake.commands.explaining.words`, why something is
held or left out in `responders.reasons`.
"""

from collections.abc import Callable, Mapping, Sequence

from intake.commands.explaining.words import hold_in_words
from intake.commands.printing import plain
from responders.reasons import (
    HOLD_WORDS,
    LEDGER_HOLD_WORDS,
    LETTER_RULE_WORDS,
    SKIP_WORDS,
    TROUBLE_WORDS,
    why_left_out,
)
from responders.rule_words import RULE_WORDS, rule_in_words
from storage.domain.letter import Letter, LetterState
from storage.events import Event

SHORT_WORDS = {
    "safety.only_to": "not on only_to",
    "budget.address": "too many to the address",
    "budget.case": "too many about the case",
    "budget.domain": "too many to the domain",
    "budget.overall": "too many today",
    "budget.breaker": "too many within an hour",
    "refused": "refused by the server",
    "second_address_in_from": "second address in From",
    "no_single_sender": "no single sender in From",
    "dmarc_fail": "disowned by its domain",
    "stranger": "not of the case",
    "unknown_thread": "of no known case",
    "acknowledged_already": "told so already",
    "answers_our_letter": "tells nothing new",
}
"""What a table says of those that are not clear at sight by their names."""

EVENT_WORDS = {
    "case_opened": "case opened",
    "case_changed": "case changed",
    "likely_duplicate": "looks like another case",
    "message_arrived": "message arrived",
    "message_recorded": "message understood",
    "message_filed": "message filed in the mailbox",
    "message_quarantined": "message set aside unread",
    "message_settled": "message ticked off",
    "answered_by_hand": "answered by hand",
    "answer_written": "answer written in a reply",
    "answer_withdrawn": "answer taken back",
    "acted_by_reply": "acted by a word in a reply",
    "handed_over": "handed to somebody else",
    "message_unsettled": "message to be dealt with again",
    "message_requeued": "message to be read again",
    "same_message_id": "another message with the same Message-ID",
    "letter_queued": "letter written",
    "letter_held": "letter held for a person",
    "letter_claimed": "letter handed over",
    "letter_sent": "letter sent",
    "letter_deferred": "letter put off",
    "letter_failed": "letter failed",
    "letter_released": "letter released",
    "letter_discarded": "letter discarded",
    "letter_edited": "letter edited by hand",
    "letter_rewritten": "letter written anew",
    "letter_in_doubt": "sending broken off; once more",
    "letter_found": "sent after all",
    "letter_arrived": "arrived, as somebody found out",
    "letter_skipped": "letter left out",
    "round_extended": "closes later for everybody",
    "case_extended": "closes later for this case",
    "scores_requested": "a member of the panel asked again for scores",
    "decided": "decision recorded",
    "outcome_released": "outcome approved",
    "outcome_answered": "outcome answered",
    "award_details_told": "told who receives the award",
    "agreement_returned": "signed agreement came back",
    "agreement_countersigned": "agreement countersigned",
    "event_answered": "invitation answered",
    "placed": "place in a cohort given",
    "waitlisted": "put on the waiting list",
    "pack_published": "new version of the pack",
    "pack_reissued": "pack sent again",
    "messages_gone": "messages taken out of the mailbox",
    "strays_found": "messages in the mailbox that were never read",
    "trouble_noticed": "trouble noticed",
    "trouble_over": "trouble over",
    "programme_known": "programme first seen",
    "settings_changed": "settings changed",
    "templates_changed": "templates changed",
    "attention_wanted": "all cases looked at again",
}
"""Line of the history → what happened."""

PLACEMENT_WORDS = {
    "none": "belongs to no earlier case",
    "new_project": "a further project of somebody known",
    "thread": "by its thread",
    "same_person": "by its writer",
    "same_project": "by its writer and what it tells",
    "award_details": "tells who receives the award",
    "award_signed": "brings a signed agreement",
    "award_event": "answers an invitation",
    "award_unsettled": "leaves open what it means for the award",
    "nomination": "a nomination",
    "machine": "by a machine",
    "place_taken": "takes the place that was offered",
    "place_declined": "declines the place that was offered",
    "place_unsettled": "leaves open whether the place is taken",
    "organiser_reply": "an organiser's answer to an applicant",
    "instructions": "words of an organiser, followed",
    "outcome_taken": "accepts the outcome",
    "outcome_declined": "declines the outcome",
    "outcome_unsettled": "leaves open whether the outcome is accepted",
    **LEDGER_HOLD_WORDS,
}
"""Rule that says where a message belongs → how."""


_DETAILS: Mapping[str, Callable[[str], str]] = {
    "kind": lambda value: spaced(value),
    "reply": lambda value: spaced(value),
    "word": str,
    "to": lambda value: f"to {value}",
    "outcome": lambda value: spaced(value),
    "state": lambda value: spaced(value),
    "rule": lambda value: SHORT_WORDS.get(value, spaced(value)),
    "hold": lambda value: f"held: {spaced(value)}",
    "placement": lambda value: PLACEMENT_WORDS.get(value, spaced(value)),
    "changed": lambda value: listed(value.split()),
    "attempt": lambda value: f"attempt {value}" if value != "1" else "",
    "cohort": lambda value: f"cohort {value}",
    "case": str,
    "reasons": lambda value: ", ".join(map(spaced, value.split())),
    "message": lambda value: f"message {value}",
    "reason": str,
    "number": str,
    "names": str,
    "trouble": lambda value: TROUBLE_WORDS.get(value, spaced(value)),
    "closes_at": lambda value: f"at {value[:10]} {value[11:16]} UTC",
}
"""What an event tells, by its names; others, such as which process it was, stay in the JSON."""


def event_in_words(event: Event) -> tuple[str, str]:
    """What happened, and what a person wants to know of it."""
    subject, _, _ = event.what.partition("_")
    number = {"message": event.message_id, "letter": event.letter_id}.get(subject)
    told = [f"{subject} {number}"] if number is not None else []
    told += [_DETAILS[name](value) for name, value in event.detail.items() if name in _DETAILS]
    return EVENT_WORDS.get(event.what, spaced(event.what)), ", ".join(filter(None, told))


def spaced(name: str) -> str:
    """A kind, state or field as people write it: `application pack`."""
    return name.replace("_", " ")


def why_held(rule: str) -> str:
    """Why a message's answer waits for a person, or a letter does not leave, in words; a rule of
    the programme's own goes by its name."""
    if rule in LETTER_RULE_WORDS:
        return LETTER_RULE_WORDS[rule]
    if rule in LEDGER_HOLD_WORDS:
        return LEDGER_HOLD_WORDS[rule]
    if rule in HOLD_WORDS or rule in RULE_WORDS:
        return hold_in_words(rule)
    return f"your own rule {plain(rule)}"


def why_of_kind(rule: str) -> str:
    """What made a message of its kind; before the colon stands how the ledger placed it."""
    placed, _, seen = rule.rpartition(":")
    words = rule_in_words(seen)
    return f"{words}; {PLACEMENT_WORDS.get(placed, placed)}" if placed else words


def state_of(letter: Letter) -> str:
    """The state of a letter in a few words, with what brought it about: `held: stranger`."""
    if not letter.rule:
        return str(letter.state)
    if letter.is_left_out:
        return f"left out: {spaced(letter.rule)}"
    is_ours = letter.state is not LetterState.DISCARDED
    reason = SHORT_WORDS.get(letter.rule, spaced(letter.rule)) if is_ours else letter.rule
    return f"{letter.state}: {plain(reason)}"


def explain_state(letter: Letter) -> str:
    """The state of a letter with the whole reason; what a person gave as one stands as it is."""
    if not letter.rule:
        return str(letter.state)
    if letter.is_left_out:
        return f"left out: {why_left_out(letter.rule)} ({plain(letter.rule)})"
    if letter.state is LetterState.DISCARDED:
        return f"{letter.state}: {plain(SKIP_WORDS.get(letter.rule, letter.rule))}"
    return f"{letter.state}: {why_held(letter.rule)} ({plain(letter.rule)})"


def listed(names: Sequence[str]) -> str:
    """Names of fields as people write them, without the group that each belongs to."""
    return ", ".join(spaced(name.rpartition(".")[2]) for name in names)
