"""What the script of a year calls for at its panel: which letters each member must have got, and
what the scores come to, reckoned once more from what the members said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from intake.commands.simulating.calendar import last_working_day
from intake.commands.simulating.grant.diary import Diary
from intake.commands.simulating.oracle import Expected, Judgement
from storage.domain.letter import LetterKind
from storage.domain.programme import Criterion, Programme


def expect_of_member(email: str, programme: Programme, *, diary: Diary) -> tuple[Expected, ...]:
    """A sheet whenever they are asked something, a receipt for each message that tells scores, and
    a reminder where any are missing some days before they are due."""
    letters = [*_sheets(email, diary), *_receipts(email, diary)]
    letters += _reminders(email, programme, diary)
    return tuple(sorted(letters, key=lambda letter: letter.at))


def reckon(diary: Diary, criteria: tuple[Criterion, ...]) -> dict[str, Fraction]:
    """The mean of each case by its reference: of the members' means by weight, where they scored.
    What a member said last counts."""
    last = {
        (one.email, ref): verdict for one in diary.scored for ref, verdict in one.verdicts.items()
    }
    weights = [Fraction(str(criterion.weight)) for criterion in criteria]
    totals: dict[str, list[Fraction]] = {}
    for (_, reference), verdict in last.items():
        if verdict.refusal is None:
            paired = zip(weights, verdict.scores, strict=True)
            worth = sum((weight * score for weight, score in paired), Fraction(0))
            totals.setdefault(reference, []).append(worth / sum(weights))
    return {ref: sum(found, Fraction(0)) / len(found) for ref, found in totals.items()}


@dataclass(frozen=True, slots=True)
class ScoresKept:
    """Who is proposed is the best of their area by the panel's scores; nobody was asked to read
    what they have refused, and the allocation counted what the members said. `funded` and `others`
    are references by area, `counted` the merits that the organisers saw."""

    diary: Diary
    criteria: tuple[Criterion, ...]
    counted: Mapping[str, float]
    funded: Mapping[str, frozenset[str]]
    others: Mapping[str, frozenset[str]]
    most: int

    def __call__(self, _: Judgement) -> Iterator[str]:
        reckoned = reckon(self.diary, self.criteria)
        for reference, merit in self.counted.items():
            mine = float(reckoned.get(reference, Fraction(0)))
            if abs(merit - mine) > 1e-5:
                yield f"{reference} was counted with {merit}, and its scores come to {mine:.6f}"
        for area, references in self.funded.items():
            if len(references) > self.most:
                yield f"{len(references)} of {area} are funded, and {self.most} may be"
            worst = min((reckoned.get(one, Fraction(0)) for one in references), default=Fraction(0))
            for other in sorted(self.others.get(area, ())):
                if len(references) < self.most or reckoned.get(other, Fraction(0)) > worst:
                    yield f"{other} is no worse than those of {area} that are funded"
        yield from _asked_in_vain(self.diary)


def _asked_in_vain(diary: Diary) -> Iterator[str]:
    for asked in diary.asked:
        for email, references in asked.readers.items():
            said = _said(email, diary, asked.at)
            for reference in sorted(references & said.keys()):
                if said[reference]:
                    yield f"{email} was asked again about {reference}, which they had refused"


def _sheets(email: str, diary: Diary) -> Iterator[Expected]:
    for asked in diary.asked:
        if email in asked.readers:
            says = tuple(sorted(asked.readers[email]))
            yield Expected(asked.at, LetterKind.SCORING_SHEET, "is asked to read", says)


def _receipts(email: str, diary: Diary) -> Iterator[Expected]:
    for scored in diary.scored:
        if scored.email == email:
            says = tuple(sorted(scored.verdicts))
            yield Expected(scored.at, LetterKind.SCORING_RECEIPT, "sends scores", says)


def _reminders(email: str, programme: Programme, diary: Diary) -> Iterator[Expected]:
    scores_by, settings = programme.round.scores_by, programme.reminders
    if scores_by is None:
        return
    closes_on = scores_by.astimezone(programme.zone).date()
    for days in settings.scores_days_before:
        day = last_working_day(programme, closes_on - timedelta(days))
        at = datetime.combine(day, settings.at, programme.zone)
        asked, said = _asked(email, diary, at), _said(email, diary, at)
        missing = asked.keys() - said.keys()
        if missing and min(asked[one] for one in missing) <= at - settings.after_pack:
            why = f"scores are missing {days} days before they are due"
            yield Expected(at, LetterKind.SCORING_REMINDER, why, tuple(sorted(missing)))


def _asked(email: str, diary: Diary, at: datetime) -> dict[str, datetime]:
    """Since when a member has been asked to read each case, of those they were asked by then."""
    ours = (asked for asked in diary.asked if asked.at < at)
    return {ref: asked.at for asked in ours for ref in asked.readers.get(email, ())}


def _said(email: str, diary: Diary, at: datetime) -> dict[str, bool]:
    """The cases that a member has told about by then, and whether they refused each."""
    told = (one for one in diary.scored if one.email == email and one.at < at)
    return {ref: bool(verdict.refusal) for one in told for ref, verdict in one.verdicts.items()}
