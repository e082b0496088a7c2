"""What the demo did, as one page that shows each message beside the letter it got.

The root fills the plain values below; the page is self-contained and loads nothing from anywhere.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template

from intake.commands.staging.blocks import Block
from intake.commands.staging.look import read_look

TEMPLATE = Path(__file__).with_name("index.html.j2")


class Outcome(StrEnum):
    """How a message ended, as the filters of the page sort them."""

    ANSWERED = "answered"
    HELD = "held"
    SILENT = "silent"
    REPEATED = "repeated"
    REFUSED = "refused"


OUTCOME_WORDS = {
    Outcome.ANSWERED: "Answered",
    Outcome.HELD: "Held for a person",
    Outcome.SILENT: "Stored, no answer",
    Outcome.REPEATED: "Same message again",
    Outcome.REFUSED: "Quarantined",
}


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that came with a message or went with a letter; `size` in bytes."""

    name: str
    size: int

    @property
    def told_size(self) -> str:
        """The size as people say it."""
        if self.size < 1000:
            return f"{self.size} bytes"
        return f"{self.size / 1000:,.0f} kB"


@dataclass(frozen=True, slots=True)
class Text:
    """One side of an exchange: who wrote to whom, what it says, where the whole file is.

    `body` is its plain text; `blocks`, where there are any, are shown in its place. `link` is
    relative to the page, None where nothing left the house.
    """

    subject: str
    sender: str
    recipient: str
    at: str
    body: str
    files: tuple[Enclosed, ...] = ()
    link: str | None = None
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding: the field, its value, the method that found it, how sure from 0 to 1."""

    field: str
    value: str
    method: str
    confidence: float

    @property
    def percent(self) -> str:
        return f"{self.confidence:.0%}"


@dataclass(frozen=True, slots=True)
class Reply:
    """A letter that answers a message. `rule` is why it is held; None when it has left."""

    kind: str
    state: str
    text: Text
    rule: str | None = None

    @property
    def name(self) -> str:
        return self.kind.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A message and what came of it.

    `rule` decided the verdict, `hold` keeps the answer for a person. `told` are the facts now on
    file, each a name and a value; `noted` is how they were found. `aside` says what there is to
    say where nothing was understood: a repetition, a refusal.
    """

    number: int
    programme: str
    programme_name: str
    message: Text
    outcome: Outcome
    verdict: str
    rule: str
    hold: str | None = None
    cases: tuple[str, ...] = ()
    told: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    noted: tuple[Noted, ...] = ()
    letters: tuple[Reply, ...] = ()
    aside: str | None = None

    @property
    def verdict_name(self) -> str:
        return self.verdict.replace("_", " ")

    @property
    def case_range(self) -> str:
        """`ACE-0042`, `S500-0002–0006` where one message opened several, a dash for none."""
        if len(self.cases) < 2:
            return "".join(self.cases) or "–"
        return f"{self.cases[0]}–{self.cases[-1].rpartition('-')[2]}"

    @property
    def outcome_name(self) -> str:
        return OUTCOME_WORDS[self.outcome]


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter of the page: `key` is a class of the exchanges it shows."""

    key: str
    name: str
    count: int


def render_page(exchanges: Sequence[Exchange], *, seconds: float, files: Sequence[str]) -> str:
    """The page as HTML. `seconds` is how long the demo took, `files` what else it left beside
    the page, relative to it."""
    letters = [reply for exchange in exchanges for reply in exchange.letters]
    return _template().render(
        exchanges=exchanges,
        programmes=_programmes(exchanges),
        outcomes=_outcomes(exchanges),
        sent=sum(reply.rule is None for reply in letters),
        held=sum(reply.rule is not None for reply in letters),
        cases=len({case for exchange in exchanges for case in exchange.cases}),
        openers=_count_openers(exchanges),
        seconds=seconds,
        files=files,
        look=read_look(),
    )


def _count_openers(exchanges: Sequence[Exchange]) -> int:
    """How many messages opened the cases: one may open several, another none."""
    known: set[str] = set()
    openers = 0
    for exchange in exchanges:
        openers += not known.issuperset(exchange.cases)
        known.update(exchange.cases)
    return openers


def _programmes(exchanges: Sequence[Exchange]) -> list[Choice]:
    counts = Counter((exchange.programme, exchange.programme_name) for exchange in exchanges)
    return [Choice(slug, name, count) for (slug, name), count in counts.items()]


def _outcomes(exchanges: Sequence[Exchange]) -> list[Choice]:
    counts = Counter(exchange.outcome for exchange in exchanges)
    return [
        Choice(outcome.value, OUTCOME_WORDS[outcome], counts[outcome])
        for outcome in Outcome
        if counts[outcome]
    ]


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
