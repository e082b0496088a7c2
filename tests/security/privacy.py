"""S10: an invented person who wrote, was answered, was named by others and told of in digests:
given out whole, then erased without a trace in ledger, archive, outbox and mailbox."""

from tests.faults.board import Figure, Measured, Size, none_of
from tests.faults.counted import Counted, count

WHOLE = "tests/intake/commands/test_person_command.py"
"""Through the commands, on a mail server of its own."""
PARTS = ("tests/storage/privacy/test_erasing.py", "tests/storage/privacy/test_masking.py")


def measure(size: Size) -> Measured:
    parts = count(*PARTS[:: size.pick(full=1, small=2)])
    whole = count(WHOLE) if size is Size.FULL else Counted(0, ())
    return Measured(
        (
            Figure("walks of a canary", whole.passed, least=size.pick(full=1, small=0)),
            none_of("in which something was left or not given out", len(whole.failed)),
            Figure("kinds of data erased", parts.passed, least=size.pick(full=12, small=8)),
            none_of("of which something was left", len(parts.failed)),
        ),
        (*whole.failed, *parts.failed),
    )
