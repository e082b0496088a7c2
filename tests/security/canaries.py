"""S8: an invented person and invented secrets through everything that logs: nothing of them is in
any line, of ours, of a library or of a child.

Run as `python -m tests.security.canaries FORM FOLDER`, it walks with the log at its loudest."""

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from unittest.mock import patch

import intake.pipeline
from intake.app import App
from intake.config import Configuration
from intake.logging import configure_logging
from intake.mailboxes.base import FolderAccount
from responders.transports.base import SmtpAccount
from tests.faults.board import Figure, Measured, Size, none_of
from tests.support.bombs import REFUSED
from tests.support.incoming import write_message
from tests.support.installations import Servers, make_installation
from tests.support.scripted import Line, Scripted
from tests.support.smtp_recorder import DROP, SmtpOptions, SmtpRecorder
from tests.support.worlds import make_app

NOON = datetime(2021, 7, 12, 11, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
EMAIL, NAME, PHONE = "quill.canary@aviary.example", "Quill Canary", "020 7946 0987"
WORDS = "Seventeen Perches"
PASSWORD, SECRET = "hunter2-canary-4711", "installation-canary-0815"
TRACES = ("quill", "canary", "aviary", "7946", "perches", "hunter2", "4711", "0815")
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z")
FORMS = ("json", "console")

MESSAGE = write_message(
    f"We express our interest.\n\nName: {NAME}\nEmail: {EMAIL}\nTelephone: {PHONE}\n"
    f"Project: {WORDS}\n\n{NAME} and her birds wait weeks for a call that nobody makes, and we "
    "would plan together with nurses and carers and the housing team, for six months.",
    subject=f"Expression of interest: {WORDS}",
    sender=f"{NAME} <{EMAIL}>",
)


def measure(size: Size) -> Measured:
    lines, hits = 0, list[str]()
    for form in FORMS[: size.pick(full=2, small=1)]:
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "-m", "tests.security.canaries", form, folder],
                check=True,
                capture_output=True,
                text=True,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        said = (done.stdout + done.stderr).splitlines()
        lines += len(said)
        hits += [line[:200] for line in said if shows_a_canary(line)]
    return Measured(
        (
            Figure("log lines", lines, least=size.pick(full=60, small=30)),
            none_of("with a canary", len(hits)),
        ),
        tuple(hits[:10]),
    )


def shows_a_canary(line: str) -> bool:
    """The digits of a line's own time are nobody's."""
    told = TIMESTAMP.sub("", line).lower()
    return any(trace in told for trace in TRACES)


def main(form: Literal["json", "console"], folder: str) -> None:
    """Everything that goes well, and everything that fails and might say why."""
    configure_logging("debug", form, secrets=[])
    root = Path(folder)
    _walk(root / "well", {}, has_children=True)
    for number, reply in enumerate((f"550 <{EMAIL}> {NAME} unknown", f"451 {EMAIL}", DROP)):
        _walk(root / f"refused {number}", {"rcpt": reply, "end": reply})
    with patch.object(intake.pipeline, "record_message", _fail):
        _walk(root / "not recorded", {})
    with patch("responders.rendering.Renderer.render", _fail):
        _walk(root / "not written", {})
    with patch("responders.transports.smtp.SmtpTransport.send", _fail):
        _walk(root / "not sent", {})
    _fail_to_log_in(root / "refused by the mailbox")


def _walk(folder: Path, replies: dict[str, str], *, has_children: bool = False) -> None:
    (folder / "inbox").mkdir(parents=True)
    (folder / "inbox" / "1.eml").write_bytes(MESSAGE)
    bomb = next(iter(REFUSED.values()))(0)
    (folder / "inbox" / "2.eml").write_bytes(bomb.replace(b"Sam Hill", NAME.encode()))
    (folder / "inbox" / "3.eml").write_bytes(MESSAGE[: len(MESSAGE) // 2])
    options = SmtpOptions(replies=lambda stage, _: replies.get(stage), passwords={EMAIL: PASSWORD})
    with SmtpRecorder(options) as recorder:
        account = SmtpAccount(
            "127.0.0.1", recorder.port, security="plain", username=EMAIL, password=PASSWORD
        )
        mailboxes = {"ace": FolderAccount(EMAIL, folder / "inbox")}
        _tick(folder, mailboxes, account, has_children=has_children)


def _fail_to_log_in(folder: Path) -> None:
    """Both servers say the password back."""

    def refuse(line: Line) -> None:
        line.say("* OK ready\n")
        while True:
            tag, command = line.hear()
            answer = f"NO {command}" if "LOGIN" in command else "OK"
            line.say(f"* CAPABILITY IMAP4rev1\n{tag} {answer}\n")

    replies = {"auth": f"535 {PASSWORD} of {EMAIL} is wrong"}
    options = SmtpOptions(replies=lambda stage, _: replies.get(stage), passwords={"x": "y"})
    with Scripted(refuse) as server, SmtpRecorder(options) as recorder:
        base = make_installation(folder, Servers(server.port, recorder.port, EMAIL, PASSWORD))
        account = SmtpAccount(
            "127.0.0.1", recorder.port, security="plain", username=EMAIL, password=PASSWORD
        )
        _tick(folder, base.mailboxes, account)


def _tick(
    folder: Path, mailboxes: Any, account: SmtpAccount, *, has_children: bool = False
) -> None:
    base = make_installation(folder, Servers(1, 1, EMAIL, PASSWORD))
    configuration: Configuration = replace(
        base, mailboxes=mailboxes, transports={"ace": account}, secret=SECRET.encode()
    )
    with App(configuration) if has_children else make_app(configuration) as app:
        for hour in range(3):
            app.try_to_tick(NOON + hour * HOUR)


def _fail(*_: object, **__: object) -> None:
    raise ValueError(f"{NAME} <{EMAIL}> {PHONE} {WORDS} {PASSWORD}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])  # type: ignore[arg-type]
