"""What must never happen to the outcomes of a simulated grant call, whatever its people do."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from intake.commands.simulating.grant.expectations import OUTCOME_LETTERS
from intake.commands.simulating.oracle import Judgement, kind_words
from intake.commands.simulating.posted import once
from storage.domain.letter import LetterKind

MOVED_UP = [LetterKind.OUTCOME_RESERVE, LetterKind.OUTCOME_FUNDED]


@dataclass(frozen=True, slots=True)
class OutcomesKept:
    """No outcome before its day; one a case, but for a reserve that moves up."""

    outcomes_at: datetime

    def __call__(self, year: Judgement) -> Iterator[str]:
        told: dict[str, list[LetterKind]] = defaultdict(list)
        for letter in once(year.arrivals):
            known = year.known.get(letter.message_id)
            if known is None or known.kind not in OUTCOME_LETTERS.values():
                continue
            told[known.case or "no case"].append(known.kind)
            if letter.at < self.outcomes_at:
                yield f"an outcome before its day: {year.name(letter)}"
        for case, kinds in sorted(told.items()):
            if len(kinds) > 1 and kinds != MOVED_UP:
                numbers = Counter(kinds)
                words = ", ".join(f"{n} {kind_words(kind)}" for kind, n in numbers.items())
                yield f"{case} was told {words}"
