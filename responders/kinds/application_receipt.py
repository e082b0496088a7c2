"""Pure: the completed form came back in time. It says what was read under each question, so that
nobody finds out later what was left blank."""

from responders.kinds.base import (
    Kind,
    Value,
    Values,
    answer,
    answered_message,
    unanswered,
    window_of,
)
from responders.kinds.basics import basics, local
from responders.kinds.files import kept_files, unread_files
from storage.domain.answer_changes import compare_answers
from storage.domain.answers import Answer
from storage.domain.form import answered_questions
from storage.domain.letter import Due, LetterKind
from storage.domain.message import MessageKind, RecordedMessage
from storage.domain.programme import Question, Window
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    return tuple(
        answer(s, LetterKind.APPLICATION_RECEIPT, message)
        for message in unanswered(s, MessageKind.APPLICATION)
        if window_of(s, message) is not Window.AFTER and not message.understanding.is_unreadable
    )


def values(s: Situation, due: Due) -> Values:
    message = answered_message(s, due)
    return basics(s, due) | {
        "files": kept_files(message),
        "answers": _answers(s, message),
        "needs_more": _needs_more(s, message),
        "replaced": _replaced(s, message),
    }


def _answers(s: Situation, message: RecordedMessage) -> Value:
    earlier = _earlier_texts(s, message)
    return [_told(question, answer, earlier) for question, answer in _read(s, message)]


def _read(s: Situation, message: RecordedMessage) -> list[tuple[Question, Answer]]:
    """Every question of the form with what was read under it, nothing where its heading is gone;
    empty where nothing of the form could be read."""
    told = {answer.question: answer for answer in message.understanding.answers}
    questions = answered_questions(s.programme)
    if not any(question.key in told for question in questions):
        return []
    return [(question, told.get(question.key, Answer(question.key, ""))) for question in questions]


def _needs_more(s: Situation, message: RecordedMessage) -> bool:
    is_short = any(
        not answer.words or answer.words > (question.max_words or answer.words)
        for question, answer in _read(s, message)
    )
    return is_short or bool(unread_files(message))


def _told(question: Question, answer: Answer, earlier: frozenset[str]) -> Value:
    limit = question.max_words
    return {
        "question": question.text,
        "words": answer.words,
        "limit": limit,
        "is_blank": not answer.words,
        "is_too_long": limit is not None and answer.words > limit,
        "is_unchanged": _bare(answer.text) in earlier,
    }


def _earlier_texts(s: Situation, message: RecordedMessage) -> frozenset[str]:
    """The summaries told before, with which the form was filled in when it was sent."""
    before = (m.understanding.summary for m in s.messages if m.id != message.id)
    return frozenset(_bare(text) for text in before if text)


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()


def _replaced(s: Situation, message: RecordedMessage) -> Value:
    """The newest form before this one, and which answers differ; empty where this is the first."""
    forms = [m for m in s.messages if m.understanding.verdict.kind is MessageKind.APPLICATION]
    before = [m for m in forms if m.received_at < message.received_at and m.understanding.answers]
    if not before or not message.understanding.answers:
        return {"received_at": None, "changed": []}
    compared = compare_answers(message.understanding.answers, before[-1].understanding.answers)
    changed = [told.answer.question for told in compared if told.is_changed]
    questions = {question.key: question.text for question in answered_questions(s.programme)}
    return {
        "received_at": local(s, before[-1].received_at),
        "changed": [f"“{questions[key]}”" for key in changed if key in questions],
    }


KIND = Kind(LetterKind.APPLICATION_RECEIPT, due, values)
