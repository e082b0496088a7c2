"""Reading a message: its parts beside the standard library's older parser, all that is understood
of it, and how that grows with its length."""

import time
from collections.abc import Callable, Iterator, Sequence
from email import message_from_bytes

from benchmarks.speed.mail import message, mixed_mail
from benchmarks.speed.measure import (
    Figure,
    Measure,
    Size,
    Timed,
    no_longer,
    seconds_each,
    take_turns,
)
from intake.config import example_path, load_configuration
from intake.understanding.mime.message import parse_message
from intake.understanding.understand import understand

LONGER = 10
"""How many times as long the long messages' text is."""


def measure(size: Size) -> Iterator[Figure]:
    count, rounds = size.pick(full=100, small=4), size.pick(full=5, small=1)
    mixed, plain = mixed_mail(count), [message(n) for n in range(count)]
    programmes = load_configuration(example_path(), is_scratch=True).programmes
    understand(plain[0], programmes=programmes)  # loads what is loaded late

    def timed(work: Callable[[bytes], object], raws: Sequence[bytes]) -> Timed:
        def run() -> None:
            for raw in raws:
                work(raw)

        return lambda: seconds_each(len(raws), run, clock=time.process_time)

    for name, raws in (("messages of 3.4 kB", plain), ("the mail mix", mixed)):
        pair = take_turns(rounds, timed(parse_message, raws), timed(message_from_bytes, raws))
        yield no_longer(f"parsing {name}, beside compat32", pair, most=1.3)

    def read(raw: bytes) -> None:
        understand(raw, programmes=programmes)

    few = mixed[: size.pick(full=40, small=4)]
    seconds = take_turns(min(rounds, 3), timed(read, few), timed(message_from_bytes, few))
    yield Figure(
        "understanding, beside compat32 that parses",
        1000 * seconds.our_seconds,
        "ms a message",
        most=8,
        ours=1000 * seconds.our_seconds,
        theirs=1000 * seconds.their_seconds,
        of="ms",
    )
    short, long = ([message(n, paragraphs=p) for n in range(4)] for p in (20, 20 * LONGER))
    growth = take_turns(min(rounds, 3), timed(read, long), timed(read, short))
    bytes_more = sum(map(len, long)) / sum(map(len, short))
    yield Figure(
        "time a byte of long messages, beside short ones",
        1 / growth.times_faster / bytes_more,
        most=1.3,
        ours=1000 * growth.our_seconds,
        theirs=1000 * growth.their_seconds,
        of="ms",
    )


MEASURE = Measure(7, "reading a message", measure)
