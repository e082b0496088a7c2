"""The demo that goes on serving ends when it is told to."""

import signal
from datetime import datetime
from pathlib import Path

import pytest

from intake.app import App
from intake.commands.demo.play import accounts_of, configure, read_inbox
from intake.commands.demo.serving import OPEN_DAY, keep_serving
from intake.commands.staging.mailserver import MailServer


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serving_answers_what_came_and_ends_when_told(
    number: signal.Signals, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    posted = read_inbox()[6]
    accounts = accounts_of([posted])
    handlers = [signal.getsignal(n) for n in (signal.SIGTERM, signal.SIGINT)]
    asked: list[datetime] = []

    def clock() -> datetime:
        asked.append(OPEN_DAY)
        if len(asked) > 1:  # the greeting asks first, then the tick
            signal.raise_signal(number)
        return OPEN_DAY

    with MailServer(accounts) as server:
        server.deliver(posted.address, posted.raw, posted.received_at)
        with App(configure(tmp_path, server, accounts[posted.address])) as application:
            keep_serving(application, server, accounts, clock)
        delivered = len(server.delivered)

    assert (len(asked), delivered) == (2, 1)
    assert capsys.readouterr().out.endswith("Good night.\n")
    assert [signal.getsignal(n) for n in (signal.SIGTERM, signal.SIGINT)] == handlers
