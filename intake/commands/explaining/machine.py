"""An explanation as JSON. Other programs build on these names: they are added to, never changed."""

from dataclasses import asdict

from intake.commands.explaining.account import Explanation, Field, Taken
from intake.commands.explaining.words import (
    answer_in_words,
    hold_in_words,
    method_in_words,
)
from intake.commands.printing import Json
from responders.rule_words import rule_in_words


def fields_of(told: Explanation) -> Json:
    """Everything that the terminal and the page show, with places as offsets into `texts`."""
    understanding, layout = told.understanding, told.layout
    verdict, head = understanding.verdict, understanding.head
    return {
        "file": told.file,
        "programme": told.programme.slug,
        "head": {
            "from": layout.text("header:From") or None,
            "to": layout.text("header:To") or None,
            "cc": layout.text("header:Cc") or None,
            "subject": head.subject,
            "date": head.date,
            "message_id": head.message_id,
        },
        "verdict": {
            "kind": verdict.kind,
            "rule": verdict.rule,
            "rule_in_words": rule_in_words(verdict.rule),
            "hold": verdict.hold,
            "hold_in_words": hold_in_words(verdict.hold) if verdict.hold else None,
        },
        "action": understanding.action,
        "answer": answer_in_words(understanding),
        "answer_to": understanding.answer_to.email if understanding.answer_to else None,
        "missing": list(understanding.missing),
        "fields": [_field(told, field) for field in told.fields],
        "custom": dict(understanding.custom),
        "rules": list(understanding.rules),
        "nominees": [asdict(nominee) for nominee in understanding.nominees],
        "bounced": list(understanding.bounced),
        "answers": [asdict(answer) for answer in understanding.answers],
        "attachments": [asdict(attachment) for attachment in understanding.attachments],
        "texts": dict(layout.texts),
        "pieces": [asdict(piece) | {"name": told.margin_of(piece)} for piece in told.pieces],
        "forward_start": layout.forward_start,
    }


def _field(told: Explanation, field: Field) -> Json:
    return {
        "field": field.name,
        "taken": [_taken(told, taken) for taken in field.taken],
        "lost": [asdict(lost.finding) | {"reason": lost.reason} for lost in field.lost],
    }


def _taken(told: Explanation, taken: Taken) -> Json:
    return {
        "number": taken.number,
        "value": taken.value,
        "method": taken.method,
        "method_in_words": method_in_words(taken.method),
        "confidence": taken.confidence,
        "where": told.where(taken.span) or None,
        "span": asdict(taken.span) if taken.span else None,
        "agreeing": [asdict(finding) for finding in taken.agreeing],
    }
