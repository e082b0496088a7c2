"""How long the command line takes to start."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.speed.measure import Figure, Measure, Size, seconds_each, take_turns

HELP = [str(Path(sys.executable).parent / "postroom"), "--help"]
NOTHING = [sys.executable, "-c", "import typer"]


def measure(size: Size) -> Iterator[Figure]:
    rounds = size.pick(full=7, small=1)

    def start(words: list[str]) -> float:
        return seconds_each(1, lambda: subprocess.run(words, check=True, stdout=subprocess.DEVNULL))

    take_turns(1, lambda: start(HELP), lambda: start(NOTHING))
    pair = take_turns(rounds, lambda: start(HELP), lambda: start(NOTHING))
    yield Figure(
        "postroom --help, beside Python that imports typer",
        pair.our_seconds,
        "s",
        most=0.25,
        ours=1000 * pair.our_seconds,
        theirs=1000 * pair.their_seconds,
        of="ms",
    )


MEASURE = Measure(16, "command line", measure)
