"""What systemd hears: on a real datagram socket, as often as it asked for."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.systemd import Supervisor


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(str(tmp_path / "notify"))
        channel.setblocking(False)
        yield channel


def all_of(heard: socket.socket) -> list[str]:
    told = []
    while True:
        try:
            told.append(heard.recv(100).decode())
        except BlockingIOError:
            return told


def test_ready_alive_and_stopping_are_told(heard: socket.socket) -> None:
    times = iter([0.5, 10.0, 29.0, 31.0, 62.0])
    environment = {"NOTIFY_SOCKET": heard.getsockname(), "WATCHDOG_USEC": "60000000"}
    supervisor = Supervisor(environment, monotonic=lambda: next(times))

    supervisor.ready()
    for _ in range(5):
        supervisor.alive()
    supervisor.stopping()

    assert all_of(heard) == ["READY=1", "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1", "STOPPING=1"]


def test_an_abstract_socket_is_spoken_to_as_well() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(f"\0postroom-{os.getpid()}")
        Supervisor({"NOTIFY_SOCKET": f"@postroom-{os.getpid()}"}).ready()
        assert channel.recv(100) == b"READY=1"


@pytest.mark.parametrize("extra", [{}, {"WATCHDOG_USEC": "2000000", "WATCHDOG_PID": "1"}])
def test_no_watchdog_is_fed_that_watches_somebody_else(
    heard: socket.socket, extra: dict[str, str]
) -> None:
    Supervisor({"NOTIFY_SOCKET": heard.getsockname()} | extra).alive()

    assert all_of(heard) == []


def test_without_a_supervisor_nothing_is_told(tmp_path: Path) -> None:
    Supervisor({}).ready()
    Supervisor({"NOTIFY_SOCKET": str(tmp_path / "gone")}).ready()
