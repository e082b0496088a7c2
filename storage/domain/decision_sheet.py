"""The sheet on which organisers decide: what its columns are called, for those who write it and
those who read it back, how it is known as ours, and what a row of it says."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from enum import StrEnum

from storage.domain.case import Case
from storage.domain.decision import Decision, Outcome, Ruling
from storage.domain.sheet_tokens import is_token, make_token

SHEET = "Decisions"
ORIGIN_SHEET = "Postroom"
"""The hidden sheet that says where the workbook comes from."""


class SheetColumn(StrEnum):
    """The headings, in the order of the sheet."""

    REFERENCE = "Case"
    VERSION = "Row version"
    TITLE = "Title"
    ORGANISATION = "Organisation"
    AREA = "Area"
    LATE = "Late"
    MERIT = "Merit"
    DECIDED = "Decided so far"
    DECIDED_AMOUNT = "Amount so far"
    DECISION = "Decision"
    AMOUNT = "Amount"
    FEEDBACK = "Feedback to the applicant"
    REASON = "Reason, for ourselves"


class OriginField(StrEnum):
    """What the hidden sheet tells before it lists the rows, each beside its value."""

    PROGRAMME = "Programme"
    ROUND = "Round"
    MADE_AT = "Exported"
    TOKEN = "Token"


OUTCOME_WORDS = {
    Outcome.FUNDED: "funded",
    Outcome.RESERVE: "reserve",
    Outcome.NOT_FUNDED: "not funded",
}
"""What people choose from, and read."""

MOST_CASES = 4_900
"""Rows of a sheet: more are not read when it comes back."""

_OUTCOMES = {word: outcome for outcome, word in OUTCOME_WORDS.items()}
_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a sheet says it comes from. `rows` are the cases it was exported with: reference and
    row version each. `token` shows that this installation made it."""

    programme: str
    round: str
    made_at: datetime
    rows: tuple[tuple[str, str], ...]
    token: str = ""

    def make_token(self, secret: bytes) -> str:
        """The token of a sheet of this programme, round and time with these rows, in any order."""
        told = (self.programme, self.round, self.made_at.isoformat(), sorted(self.rows))
        return make_token(secret, "decision_sheet", told)

    def is_ours(self, secret: bytes) -> bool:
        return is_token(self.make_token(secret), self.token)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """What a row of a sheet that came back says. `line` is its number in the sheet. `ruling` is
    None where nothing is filled in, and where `problems` say what can't be taken as it is."""

    line: int
    reference: str
    version: str
    ruling: Ruling | None = None
    reason: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionSheet:
    """A sheet that came back: where it says it comes from, and its rows but for blank ones."""

    origin: Origin
    rows: tuple[SheetRow, ...]


def row_version(case: Case, decision: Decision | None) -> str:
    """What changes with the case and with what is decided about it. No program takes it for a
    number or a date."""
    return f"v{case.version}-d{decision.id if decision else 0}"


def find_outcome(words: str) -> Outcome | None:
    """The outcome that a person's words name, in any spelling: `Not-funded`. None: none."""
    return _OUTCOMES.get(_plain(words))


def nearest_word(words: str) -> str | None:
    """The word that was probably meant by words that name no outcome; None where nothing is like
    them."""
    return next(iter(get_close_matches(_plain(words), _OUTCOMES, n=1)), None)


def _plain(words: str) -> str:
    known = unicodedata.normalize("NFKC", words[:_LONGEST_WORD]).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in known).split())
