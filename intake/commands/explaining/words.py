"""What rules, methods, pieces and actions are called when a person is told why.

A test holds the tables to the rules of triage and the methods of the finders.
"""

from intake.commands.printing import plain
from intake.understanding.texts.pieces import PieceKind
from responders.kinds.basics import MISSING_WORDS
from responders.reasons import HOLD_WORDS
from responders.rule_words import RULE_WORDS
from storage.domain.message import Action, Understanding

METHOD_WORDS = {
    "label": "behind its label",
    "signature": "in the signature",
    "block": "in a block of contact details",
    "prose": "said in the text",
    "header": "shown in the address of the sender",
    "address": "made out of the e-mail address",
    "directory": "in brackets behind the sender's name",
    "copied": "among the people it also went to",
    "correction": "given as a correction",
    "introduction": "said where somebody introduces themselves",
    "apposition": "said beside the name",
    "list": "in a list of theirs",
    "listed": "in a list with the name in it",
    "letterhead": "in the letterhead",
    "row": "in a row of details",
    "table": "in a table of people",
    "self": "the writer, who puts themselves forward",
    "heading": "as a heading",
    "subject": "in the subject",
    "body": "on a line of its own",
    "form": "in a section of the application form",
    "document": "in an attached document",
    "text": "named in the text",
    "organisation": "in the organisation's name",
    "domain": "with the name that the sender's address has too",
    "pattern": "by the field's own pattern",
    "rule": "noted by a rule of your own",
    "named": "where the name first stands",
    "joined": "put together from several places",
}
"""Method of a finding → where such a value stands. The last three are no finder's."""

PIECE_WORDS = {
    PieceKind.NEW: "new",
    PieceKind.CLOSING: "sign-off",
    PieceKind.QUOTED: "quoted",
    PieceKind.SIGNATURE: "signature",
    PieceKind.DISCLAIMER: "disclaimer",
    PieceKind.BANNER: "banner",
    PieceKind.FORWARD_HEADER: "header",
    PieceKind.ATTRIBUTION: "attribution",
    PieceKind.SENT_FROM: "sent from",
}
"""The margin beside a piece of the text, at most eleven characters."""

ANSWER_WORDS = {
    Action.PACK: "the application pack",
    Action.ASK: "a request for a summary",
    Action.RECEIPT: "a receipt for the application",
    Action.NOMINATION_RECEIPT: "a receipt for the nomination",
    Action.ACKNOWLEDGE: "an acknowledgement: a person will answer",
    Action.UPDATE: "a receipt that says what it changed, an acknowledgement if nothing",
    Action.WITHDRAWN: "a confirmation of the withdrawal",
    Action.NONE: "nothing: a machine is never answered",
}
"""What would be answered, as far as one message tells without the ledger."""


LONGEST_ANSWER = 160
"""Characters of an answer in a form."""


def name_of(field: str) -> str:
    """A field as people call it: `senior leader`, `your reference`."""
    return field.removeprefix("custom.").replace("_", " ")


def hold_in_words(hold: str) -> str:
    """Why an answer waits: a hold of its own, or a rule about machines that was overruled."""
    if hold in HOLD_WORDS:
        return HOLD_WORDS[hold]
    if hold in RULE_WORDS:
        return f"{RULE_WORDS[hold]}, and still reads as a person's own"
    return "a rule of your own"


def method_in_words(method: str) -> str:
    """Where a value of this method stands; an unknown method by its name."""
    return METHOD_WORDS.get(method, method)


def percent(confidence: float) -> str:
    """How sure, in words; nothing that was read is ever wholly sure."""
    return f"{min(confidence, 0.99):.0%}"


def answer_in_words(understanding: Understanding) -> str:
    """What would be answered, as far as one message tells."""
    words = ANSWER_WORDS[understanding.action]
    return f"{words}, asking for what is missing" if understanding.missing else words


def outcome_in_words(understanding: Understanding) -> list[tuple[str, str, bool]]:
    """What follows from a message: name, words, and whether it is something that is not there."""
    told: list[tuple[str, str, bool]] = []
    if understanding.missing:
        missing = (MISSING_WORDS[field] for field in understanding.missing)
        told.append(("missing", "; ".join(missing), True))
    if understanding.rules:
        told.append(("own rules", ", ".join(map(plain, understanding.rules)), False))
    if understanding.bounced:
        told.append(("not reached", ", ".join(map(plain, understanding.bounced)), False))
    for answer in understanding.answers:
        text = plain(answer.text, limit=LONGEST_ANSWER)
        told.append(("form answer", f"{plain(answer.question)}: {text}", not answer.text))
    told.append(("answer", answer_in_words(understanding), False))
    if understanding.answer_to and understanding.action is not Action.NONE:
        told.append(("answered to", plain(understanding.answer_to.email), False))
    if understanding.verdict.hold:
        told.append(("held", "written, and held for a person", True))
    return told
