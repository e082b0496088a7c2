"""Whether the process that claimed a letter still lives."""

import subprocess
import sys

import pytest

from responders.workers import is_gone, name_worker


def test_this_process_is_not_gone() -> None:
    assert not is_gone(name_worker())


def test_dead_process_is_gone() -> None:
    code = "from responders.workers import name_worker; print(name_worker())"
    child = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert is_gone(child.stdout.strip())


@pytest.mark.parametrize(
    "worker", ["", "w1", "/", "/1", "another boot/pid:[1]/999999", "nonsense/", "host:12"]
)
def test_nobody_can_tell_of_a_process_elsewhere(worker: str) -> None:
    assert not is_gone(worker)


def test_name_that_names_no_process_is_not_gone() -> None:
    space = name_worker().rpartition("/")[0]
    assert not is_gone(f"{space}/x")
    assert not is_gone(f"{space}/{10**30}")
