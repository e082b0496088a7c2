"""Letters about outcomes: what was approved, from its day on, once; and a nudge for the silent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from responders.kinds import get_kind, letters_due, next_attention
from responders.kinds.base import BOUNCED
from responders.kinds.outcome_chase import OVERTAKEN
from responders.kinds.outcomes import WITHDRAWN
from responders.markdown import escape, parse_markdown, to_html, to_text
from storage.domain.case import CaseState
from storage.domain.decision import Outcome, ReleasedOutcome, Ruling
from storage.domain.letter import Due, LetterKind, LetterState
from storage.domain.message import MessageKind
from storage.domain.people import Address
from storage.domain.situation import Situation
from tests.support.situations import ACE, AMINA, FORM, a_case, a_message, a_situation, after

OUTCOMES_AT = datetime(2021, 9, 27, 8, tzinfo=UTC)
"""A Monday, 9 am in London."""
DAY = timedelta(days=1)
CHASING = replace(ACE, chase_after_days=(3, 6))


def released(outcome: Outcome, id: int = 1, *, at: datetime = OUTCOMES_AT) -> ReleasedOutcome:
    return ReleasedOutcome(id, 42, Ruling(outcome), "rosalind@nhs.example", at, at)


def decided(*outcomes: ReleasedOutcome, now: datetime = OUTCOMES_AT) -> Situation:
    """A case whose form was answered, and what was released about it."""
    applied = a_situation(
        a_message(MessageKind.APPLICATION, attachments=[FORM]), case=a_case(state=CaseState.APPLIED)
    )
    return replace(
        after(applied, *letters_due(applied)), outcomes=outcomes, now=now, programme=CHASING
    )


def told(
    s: Situation, *, sent_at: datetime | None = None, now: datetime | None = None
) -> Situation:
    """The same once its letters have left."""
    at = sent_at or s.now
    written = after(s, *letters_due(s))
    letters = tuple(replace(letter, sent_at=letter.sent_at or at) for letter in written.letters)
    return replace(written, letters=letters, now=now or s.now)


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (Outcome.FUNDED, LetterKind.OUTCOME_FUNDED),
        (Outcome.RESERVE, LetterKind.OUTCOME_RESERVE),
        (Outcome.NOT_FUNDED, LetterKind.OUTCOME_NOT_FUNDED),
    ],
)
def test_each_outcome_has_its_letter_once(outcome: Outcome, kind: LetterKind) -> None:
    s = decided(released(outcome))

    (due,) = letters_due(s)

    assert (due.kind, due.key, due.hold, due.skip) == (kind, f"{kind}/case:42", None, None)
    assert letters_due(after(s, due)) == ()


def test_feedback_keeps_its_lines() -> None:
    said = "Strong:\n- the plan\r\n1. the money\n\n# Weak\n===\n    nothing"
    s = decided(replace(released(Outcome.FUNDED), ruling=Ruling(Outcome.FUNDED, None, said)))
    (due,) = letters_due(s)

    feedback = get_kind(due.kind).values(s, due)["feedback"]

    assert isinstance(feedback, list)
    paragraphs = [escape(paragraph) for paragraph in feedback]
    assert to_text(parse_markdown("\n\n".join(paragraphs))) == (
        "Strong:\n- the plan\n1. the money\n\n# Weak\n===\nnothing\n"
    )
    html = to_html(parse_markdown(paragraphs[0]))
    assert html == "<p>Strong:<br />\n- the plan<br />\n1. the money</p>\n"


def test_feedback_stands_in_the_letter_to_its_end() -> None:
    said = ["One to improve. " * 600, "And the last word"]
    outcome = replace(
        released(Outcome.NOT_FUNDED), ruling=Ruling(Outcome.NOT_FUNDED, None, "\n\n".join(said))
    )
    s = decided(outcome)
    (due,) = letters_due(s)

    values = get_kind(due.kind).values(s, due)

    assert values["feedback"] == [said[0].strip(), said[1]]


def test_nothing_is_told_before_its_day() -> None:
    s = decided(released(Outcome.FUNDED), now=OUTCOMES_AT - timedelta(seconds=1))

    assert letters_due(s) == ()
    assert next_attention(s) == OUTCOMES_AT


def test_nothing_is_told_that_was_not_released() -> None:
    assert letters_due(decided()) == ()


def test_reserve_that_moves_up_is_told_and_so_is_one_that_does_not() -> None:
    reserve = told(decided(released(Outcome.RESERVE)))
    for outcome in (Outcome.FUNDED, Outcome.NOT_FUNDED):
        later = replace(reserve, outcomes=(*reserve.outcomes, released(outcome, 2)))
        (due,) = letters_due(later)
        assert due.key == f"outcome_{outcome}/case:42"
    assert get_kind(LetterKind.OUTCOME_FUNDED).values(
        replace(reserve, outcomes=(released(Outcome.FUNDED, 2),)), due
    )["was_reserve"]


def test_somebody_who_withdrew_is_left_out_with_the_reason() -> None:
    s = decided(released(Outcome.FUNDED))
    withdrawn = a_message(MessageKind.WITHDRAWAL, id=8)
    stepped_back = replace(
        s, messages=(*s.messages, withdrawn), case=a_case(state=CaseState.WITHDRAWN)
    )

    outcomes = [due for due in letters_due(stepped_back) if due.kind.is_outcome]

    assert [due.skip for due in outcomes] == [WITHDRAWN]


def test_letters_that_nobody_asked_for_go_to_somebody_who_has_written() -> None:
    """An address that only somebody else has told may be anybody's."""
    s = decided(released(Outcome.FUNDED))
    other = a_case(state=CaseState.APPLIED, contact=replace(AMINA, email="boss@trust.example"))
    assistant = replace(other, people=other.people | {AMINA.email or ""})
    wrote = a_message(
        MessageKind.FOLLOW_UP, id=8, answer_to=Address("boss@trust.example"), changed=["area"]
    )

    (told,) = letters_due(replace(s, case=assistant))
    heard = letters_due(replace(s, case=assistant, messages=(*s.messages, wrote)))

    assert told.recipient.email == AMINA.email
    assert [due.recipient.email for due in heard if due.kind.is_outcome] == ["boss@trust.example"]


def test_bounce_holds_an_outcome_and_silences_none() -> None:
    s = decided(released(Outcome.NOT_FUNDED))
    bounce = a_message(MessageKind.BOUNCE, id=8, answer_to=None)
    receipt = s.letters[-1]
    dead = replace(
        bounce,
        understanding=replace(
            bounce.understanding,
            bounced=(receipt.recipient.email,),
            bounced_letters=(receipt.message_id,),
        ),
    )

    (due,) = letters_due(replace(s, messages=(*s.messages, dead)))

    assert (due.hold, due.skip) == (BOUNCED, None)


def test_days_are_counted_once_the_letter_has_left() -> None:
    """The planner asks when the letter has only just been written."""
    s = decided(released(Outcome.FUNDED))
    written = after(s, *letters_due(s))
    (outcome,) = (letter for letter in written.letters if letter.kind.is_outcome)
    waiting = replace(outcome, state=LetterState.QUEUED, sent_at=None)
    queued = replace(
        written, letters=tuple(waiting if x is outcome else x for x in written.letters)
    )

    assert next_attention(queued) == OUTCOMES_AT + DAY
    assert letters_due(replace(queued, now=OUTCOMES_AT + 3 * DAY)) == ()


def test_silence_is_chased_on_its_days_and_an_answer_ends_it() -> None:
    s = told(decided(released(Outcome.FUNDED)))
    third, sixth = OUTCOMES_AT + 3 * DAY, OUTCOMES_AT + 8 * DAY  # a weekend between

    assert next_attention(s) == third
    assert _chased(replace(s, now=third - timedelta(seconds=1))) == []
    first = replace(s, now=third)
    assert _chased(first) == ["outcome_chase/case:42/outcome_funded/3"]
    chased = told(first)
    assert (_chased(chased), next_attention(chased)) == ([], sixth)
    assert _chased(replace(chased, now=sixth)) == ["outcome_chase/case:42/outcome_funded/6"]
    answer = a_message(MessageKind.FOLLOW_UP, id=9, received_at=third + DAY)
    answered = replace(chased, messages=(*s.messages, answer), now=sixth)
    assert [key for key in _chased(answered) if "chase" in key] == []


def test_after_standstill_only_the_last_nudge_is_sent() -> None:
    s = told(decided(released(Outcome.RESERVE)), now=OUTCOMES_AT + 30 * DAY)

    dues = letters_due(s)

    assert [(due.key[-1], due.skip) for due in dues] == [("3", OVERTAKEN), ("6", None)]


def test_nobody_is_chased_who_is_not_funded_or_whose_letter_has_not_left() -> None:
    late = OUTCOMES_AT + 30 * DAY
    held = decided(released(Outcome.FUNDED))
    waiting = after(held, *letters_due(held))
    letters = tuple(replace(x, state=LetterState.HELD, sent_at=None) for x in waiting.letters)

    assert _chased(told(decided(released(Outcome.NOT_FUNDED)), now=late)) == []
    assert _chased(replace(waiting, letters=letters, now=late)) == []


def _chased(s: Situation) -> list[str]:
    dues: tuple[Due, ...] = letters_due(s)
    return [due.key for due in dues if due.kind is LetterKind.OUTCOME_CHASE]
