"""Figures with their targets: what a measurement says, in the order in which it is shown."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Literal

from benchmarks import details, mail_pieces
from benchmarks.hostile import Growth
from benchmarks.reading import Read

Sense = Literal["at least", "at most"]

MACRO, INVENTED, KINDS = 0.97, 0.01, 63 / 64
UNSEEN_MACRO, UNSEEN_INVENTED = 0.92, 0.02
"""For messages that nobody looked at while tuning."""
MEDIAN_SECONDS, WORST_SECONDS = 0.008, 0.250
GROWTH = 12.0
"""Ten times the text, ten times the time, and a little for the noise of measuring."""
PIECES = {
    "bounce recall": 0.95,
    "bounce specificity": 0.98,
    "bounced addresses": 0.97,
    "automatic replies": 0.90,
    "reply exact": 0.85,
    "reply weak": None,
    "signature exact": 0.85,
    "forwards seen": 0.95,
    "forward specificity": None,
    "forward sender": 0.92,
    "forward subject": None,
    "forward body": 0.85,
    "MIME subject": 0.97,
    "MIME from": 0.98,
    "MIME text": 0.92,
    "MIME attachment names": 0.85,
}
"""The measures of the pieces in the order in which they are shown; None: without a target."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `right` of `of` where it is a share, `corpus` where it is of one alone. Times
    are seconds."""

    group: str
    name: str
    value: float
    target: float | None = None
    sense: Sense = "at least"
    right: float | None = None
    of: int | None = None
    corpus: str | None = None
    unit: str = ""

    @property
    def is_met(self) -> bool | None:
        """None where there is no target."""
        if self.target is None:
            return None
        least = self.sense == "at least"
        return self.value >= self.target if least else self.value <= self.target

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"met": self.is_met}


def of_corpus(
    name: str, reads: Sequence[Read], *, is_unseen: bool
) -> tuple[list[Figure], details.Tally]:
    """The figures of one corpus with details, then those of its fields, and what was missed."""
    predictions = {read.truth.row["file"]: read.prediction for read in reads if read.prediction}
    tally = details.score([read.truth.row for read in reads], predictions)
    macro, invented = (UNSEEN_MACRO, UNSEEN_INVENTED) if is_unseen else (MACRO, INVENTED)
    share = tally.kinds_and_actions / tally.messages
    shown = [
        Figure(name, "macro average", tally.macro, macro),
        Figure(
            name,
            "invented",
            tally.invented_share,
            invented,
            "at most",
            right=tally.invented,
            of=tally.told,
        ),
        Figure(
            name,
            "kind and action right",
            share,
            None if is_unseen else KINDS,
            right=tally.kinds_and_actions,
            of=tally.messages,
        ),
    ]
    fields = [
        Figure(
            name, field, tally.field_means[field], right=sum(scores), of=len(scores), corpus=name
        )
        for field, scores in tally.scores.items()
    ]
    return [*shown, *fields], tally


def of_pieces(reads: Sequence[Read]) -> tuple[list[Figure], list[tuple[str, str, str]]]:
    """The figures of a collection, as a whole and of each corpus in it, and what was missed as
    (measure, corpus, file)."""
    counted: Counter[tuple[str, str | None]] = Counter()
    right: Counter[tuple[str, str | None]] = Counter()
    missed: list[tuple[str, str, str]] = []
    for read in reads:
        corpus, row = read.truth.corpus, read.truth.row
        for measure, is_right in mail_pieces.measure(corpus, row, read.prediction or {}):
            for key in ((measure, None), (measure, corpus)):
                counted[key] += 1
                right[key] += is_right
            if not is_right:
                missed.append((measure, corpus, row["file"]))
    order = {measure: at for at, measure in enumerate(PIECES)}
    keys = sorted(counted, key=lambda key: (order[key[0]], key[1] or ""))
    figures = [
        Figure(
            "pieces",
            measure,
            right[measure, corpus] / counted[measure, corpus],
            PIECES[measure] if corpus is None else None,
            right=right[measure, corpus],
            of=counted[measure, corpus],
            corpus=corpus,
        )
        for measure, corpus in keys
    ]
    return figures, missed


def of_reading(reads: Sequence[Read]) -> Iterator[Figure]:
    """Crashes, refusals and the time that messages take."""
    there = [read for read in reads if read.prediction is not None]
    taken = [read.seconds for read in there if read.seconds is not None]
    crashes = sum(read.crash is not None for read in there)
    refused = len(there) - len(taken) - crashes
    group, count = "reading", len(there)
    yield Figure(group, "crashes", crashes, 0, "at most", of=count, unit="messages")
    yield Figure(group, "refused", refused, of=count, unit="messages")
    if taken:
        middle, worst = median(taken), max(taken)
        yield Figure(group, "time, median", middle, MEDIAN_SECONDS, "at most", unit="s")
        yield Figure(group, "time, worst", worst, WORST_SECONDS, "at most", unit="s")


def of_growth(growths: Sequence[Growth]) -> Iterator[Figure]:
    """The steepest growth from 100 kB to 1 MB of hostile text, then that of each shape."""
    worst = max(growths, key=lambda growth: growth.factor)
    yield Figure("hostile text", f"growth, worst: {worst.shape}", worst.factor, GROWTH, "at most")
    slowest = max(growths, key=lambda growth: growth.long)
    yield Figure("hostile text", f"1 MB, slowest: {slowest.shape}", slowest.long, unit="s")
    for growth in growths:
        yield Figure("hostile text", growth.shape, growth.factor, corpus=growth.shape, unit="")
