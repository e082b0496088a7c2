"""Every measure, in order, and what is missing."""

from collections.abc import Iterator

from benchmarks.speed import (
    filing,
    idling,
    intake,
    letters,
    memory,
    polling,
    quiet_cases,
    recording,
    round_trips,
    start,
    understanding,
    whole_reply,
    workers,
)
from benchmarks.speed.measure import Figure, Measure, NotMeasured, Size

MEASURES = tuple(
    sorted(
        (
            whole_reply.MEASURE,
            *intake.MEASURES,
            letters.MEASURE,
            recording.MEASURE,
            understanding.MEASURE,
            filing.MEASURE,
            polling.MEASURE,
            memory.MEASURE,
            round_trips.MEASURE,
            idling.MEASURE,
            *quiet_cases.MEASURES,
            workers.MEASURE,
            start.MEASURE,
        ),
        key=lambda measure: measure.number,
    )
)

MISSING = {
    "messages taken in, beside django-mailbox": "it would bring Django; a plain script stands in",
    "replies of four workers": "two cores are busy with two",
}
"""What one might look for, and why it is not here."""


def figures_of(measure: Measure, size: Size) -> Iterator[Figure]:
    """What a measure gives, ended by the reason where it can't give more."""
    try:
        yield from measure.run(size)
    except NotMeasured as missing:
        yield Figure(measure.name, None, why=str(missing))
