"""Messages taken in without a reply: read, understood, recorded and filed. Beside the script's
first half, and beside fetchmail, which only writes them to a file."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.speed.mail import RECEIVED_AT, mixed_mail, numbers
from benchmarks.speed.measure import (
    Figure,
    Measure,
    NotMeasured,
    Size,
    Timed,
    faster,
    seconds_each,
    take_turns,
)
from benchmarks.speed.office import Office, open_office
from intake.app import App

FETCHMAIL = shutil.which("fetchmail")


def beside_script(size: Size) -> Iterator[Figure]:
    count, rounds = size.pick(full=150, small=6), size.pick(full=3, small=1)
    with open_office() as office:
        users, runs = [office.dovecot.new_user() for _ in range(2)], numbers()
        script = office.open_script(users[1])

        def theirs() -> float:
            office.deliver(users[1], mixed_mail(count, first=next(runs)))
            return seconds_each(count, lambda: script.run(replies=False))

        with office.open_app(users[0]) as app:
            ours = _taking_in(app, office, users[0], count=count, runs=runs)
            take_turns(1, ours, theirs)
            pair = take_turns(rounds, ours, theirs)
        script.close()
    yield faster("messages taken in, beside the plain script", pair, least=7)


def beside_fetchmail(size: Size) -> Iterator[Figure]:
    if FETCHMAIL is None:
        raise NotMeasured("fetchmail is not installed")
    count, rounds = size.pick(full=150, small=6), size.pick(full=3, small=1)
    with open_office() as office:
        users, runs = [office.dovecot.new_user() for _ in range(2)], numbers()
        folder = office.new_folder()
        _configure_fetchmail(folder, office, users[1])

        def theirs() -> float:
            office.deliver(users[1], mixed_mail(count, first=next(runs)))
            return seconds_each(count, lambda: _fetch(folder))

        with office.open_app(users[0]) as app:
            ours = _taking_in(app, office, users[0], count=count, runs=runs)
            take_turns(1, ours, theirs)
            pair = take_turns(rounds, ours, theirs)

            def stored() -> float:
                office.deliver(users[0], mixed_mail(count, first=next(runs)))
                box = app.mailbox("ace")
                seconds = seconds_each(count, lambda: app.pipeline.collect(box, "ace", RECEIVED_AT))
                app.pipeline.understand_all(RECEIVED_AT)
                app.pipeline.file(box, RECEIVED_AT)
                return seconds

            like_for_like = take_turns(rounds, stored, theirs)
    yield faster("messages taken in, beside fetchmail to a file", pair, least=1.2)
    yield faster("messages stored and no more, beside the same", like_for_like)


def _taking_in(app: App, office: Office, user: str, *, count: int, runs: Iterator[int]) -> Timed:
    def work() -> None:
        box = app.mailbox("ace")
        app.pipeline.collect(box, "ace", RECEIVED_AT)
        recorded = app.pipeline.understand_all(RECEIVED_AT).recorded
        filed = app.pipeline.file(box, RECEIVED_AT).filed
        assert recorded == filed == count, f"{recorded} recorded, {filed} filed of {count}"

    def ours() -> float:
        office.deliver(user, mixed_mail(count, first=next(runs)))
        return seconds_each(count, work)

    return ours


def _configure_fetchmail(folder: Path, office: Office, user: str) -> None:
    file = folder / "fetchmailrc"
    file.write_text(
        f"poll 127.0.0.1 service {office.dovecot.port} protocol imap auth password\n"
        f'  username "{user}" password "{office.dovecot.password}" sslproto ""\n'
        f'  fetchall nokeep bsmtp "{folder}/letters"\n'
    )
    file.chmod(0o600)


def _fetch(folder: Path) -> None:
    subprocess.run(
        [str(FETCHMAIL), "--fetchmailrc", str(folder / "fetchmailrc"), "--silent"],
        env={**os.environ, "FETCHMAILHOME": str(folder)},
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


MEASURES = (
    Measure(3, "intake beside a script", beside_script),
    Measure(4, "intake beside fetchmail", beside_fetchmail),
)
