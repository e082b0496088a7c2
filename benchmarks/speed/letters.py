"""Processor time of a reply that encloses the pack of 300 kB, beside EmailMessage and smtplib with
a connection each."""

import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from benchmarks.speed.mail import RECEIVED_AT, message, numbers
from benchmarks.speed.measure import Figure, Measure, Size, no_longer, seconds_each, take_turns
from benchmarks.speed.office import open_office


def measure(size: Size) -> Iterator[Figure]:
    count, rounds = size.pick(full=60, small=4), size.pick(full=3, small=1)
    with open_office() as office:
        user, runs = office.dovecot.new_user(), numbers()
        script = office.open_script(user)
        asked: list[EmailMessage] = [
            message_from_bytes(message(n), _class=EmailMessage, policy=policy.default)
            for n in range(count)
        ]
        with office.open_app(user) as app:

            def record() -> None:
                first = next(runs)
                office.deliver(user, (message(n) for n in range(first, first + count)))
                box = app.mailbox("ace")
                app.pipeline.collect(box, "ace", RECEIVED_AT)
                app.pipeline.understand_all(RECEIVED_AT)
                app.pipeline.file(box, RECEIVED_AT)

            def write_and_send() -> None:
                app.plan(RECEIVED_AT)
                assert app.deliver(RECEIVED_AT).sent == count

            def ours() -> float:
                record()
                return seconds_each(count, write_and_send, clock=time.process_time)

            def sending() -> float:
                record()
                app.plan(RECEIVED_AT)
                work = lambda: app.deliver(RECEIVED_AT)  # noqa: E731
                return seconds_each(count, work, clock=time.process_time)

            def theirs() -> float:
                def work() -> None:
                    for one in asked:
                        script.reply(one)

                return seconds_each(count, work, clock=time.process_time)

            take_turns(1, ours, theirs)
            whole = take_turns(rounds, ours, theirs)
            sent = take_turns(rounds, sending, theirs)
        script.close()
    yield no_longer("processor time of a reply, beside smtplib", whole, most=0.2)
    yield no_longer("of which handing over, beside the same", sent)


MEASURE = Measure(5, "processor time of a reply", measure)
