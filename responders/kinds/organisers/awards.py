"""Pure: what of the awards waits for an organiser: signed agreements to countersign, and what
funded projects have not answered in time."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from responders.kinds.organisers.view import MOST_REFERENCES, Item, View, item, references
from responders.wording import day
from storage.domain.award_standing import AwardLine, AwardStep

_BACK = "a signed agreement, which came on {since}: look, and countersign"
_LATE = {
    AwardStep.DETAILS: "who receives the money, which we asked for on {since}, not told in time",
    AwardStep.SIGNATURE: "the agreement, which we sent on {since}, not signed in time",
}
HELP = "postroom award status"


def awards_of(view: View) -> Iterator[Item]:
    """None for a programme that says nothing of what follows an award."""
    lines = [line for line in view.overview.awards if line.case_id in view.cases]
    back = [line for line in lines if line.step is AwardStep.COUNTERSIGNATURE]
    yield from _items(view, back, _BACK)
    for step, words in _LATE.items():
        late = [x for x in lines if x.step is step and x.is_overdue(view.programme, view.now)]
        yield from _items(view, late, words)


def _items(view: View, lines: Sequence[AwardLine], words: str) -> Iterator[Item]:
    if len(lines) > MOST_REFERENCES:
        label = references(view, [line.case_id for line in lines])
        first = min(line.waiting_since or view.now for line in lines)
        told = words.format(since=_day(view, first))
        yield item(label, f"{len(lines)} projects, the first: {told}", HELP)
        return
    for line in lines:
        since = _day(view, line.waiting_since or view.now)
        help = f"postroom award show {line.reference}"
        yield item(view.label(line.case_id), words.format(since=since), help)


def _day(view: View, at: datetime) -> str:
    return day(at.astimezone(view.programme.zone).isoformat())
