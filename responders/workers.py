"""Which process has claimed a letter, and whether it still lives.

Only a process of the same machine, since the same start of it and in the same container, can be
known to be gone; of any other only time tells."""

import os
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_NAMESPACE = Path("/proc/self/ns/pid")


def name_worker() -> str:
    """The name of this process: where its process id is valid, and the id."""
    return f"{_process_space()}/{os.getpid()}"


def is_gone(worker: str) -> bool:
    """True when the process of this name is certainly dead; False where nobody can tell."""
    space, _, pid = worker.rpartition("/")
    if not space or space != _process_space() or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False


def _process_space() -> str:
    """Names this machine's run and this container's processes; empty where it can't be told."""
    try:
        return f"{_BOOT.read_text().strip()}/{_NAMESPACE.readlink()}"
    except OSError:
        return ""
