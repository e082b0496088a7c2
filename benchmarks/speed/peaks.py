"""How long a command takes in a process of its own, and how much memory it needs at most."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_LEAN = """\
import resource, subprocess, sys, time
started = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""A small process between: a child's peak counts from that of the process it was forked off."""


def run_and_watch(words: Sequence[str], *, folder: Path) -> tuple[float, int]:
    """Seconds, and the most bytes that the command or one of its children had at once (Linux).
    Raises CalledProcessError when it fails."""
    ran = subprocess.run(
        [sys.executable, "-S", "-c", _LEAN, *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    seconds, kilobytes = ran.stdout.split()
    return float(seconds), int(kilobytes) * 1024
