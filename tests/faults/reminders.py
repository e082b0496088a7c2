"""R7: the lives of reminders over changes of clocks, jumps, downtime and closings that move."""

from collections import Counter

from tests.faults.board import Figure, Measured, Size, none_of
from tests.support.reminder_laws import check_life


def measure(size: Size) -> Measured:
    lives = size.pick(full=10_000, small=100)
    written, skipped, broken = 0, Counter[str](), []
    for seed in range(lives):
        try:
            entries = check_life(seed)
        except AssertionError as error:
            broken.append(str(error).splitlines()[0])
            continue
        written += sum(entry.rule is None for entry in entries)
        skipped.update(entry.rule for entry in entries if entry.rule is not None)
    return Measured(
        (
            Figure("schedules", lives, least=lives),
            Figure("reminders written", written, least=lives // 2),
            Figure("skips recorded", skipped.total(), least=lives // 2),
            Figure("rules of skips", len(skipped), least=size.pick(full=5, small=3)),
            none_of("twice, lost, without reason or after the deadline", len(broken)),
        ),
        (*broken[:10], *(f"{count} skipped: {rule}" for rule, count in skipped.items())),
    )
