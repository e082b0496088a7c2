"""Rows that stand on tables which tests hold already: the tests are run, and counted."""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree


@dataclass(frozen=True)
class Counted:
    """How many cases held, and the names of those that did not."""

    passed: int
    failed: tuple[str, ...]


def count(*targets: str) -> Counted:
    """Run these tests (files, or `file::name`) in a process of their own. Raises RuntimeError where
    nothing was run."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "--quiet", "-p", "no:cacheprovider"]
        done = subprocess.run(
            [*command, f"--junitxml={report}", *targets],
            check=False,
            capture_output=True,
            text=True,
        )
        if not report.exists():
            raise RuntimeError(done.stdout.strip().splitlines()[-1])
        cases = list(ElementTree.parse(report).iter("testcase"))
    failed = tuple(
        str(case.get("name"))
        for case in cases
        if case.find("failure") is not None or case.find("error") is not None
    )
    skipped = sum(case.find("skipped") is not None for case in cases)
    if not cases:
        raise RuntimeError(f"no test in {' '.join(targets)}")
    return Counted(len(cases) - len(failed) - skipped, failed)
