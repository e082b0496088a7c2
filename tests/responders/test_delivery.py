"""Letters from the outbox to a real server, through every way that can go wrong."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from structlog.testing import capture_logs

from responders.delivery import Delivered, DeliverySettings
from responders.doubts import LEASE, resolve_doubts
from responders.retry import DOUBT_PAUSE, OUTAGE_PAUSE
from storage import outbox
from storage.domain.letter import LetterState
from tests.support.ledger import MONDAY
from tests.support.post_office import Played, PostOffice, open_post_office
from tests.support.smtp_recorder import ACCEPT_THEN_DROP, DROP, SmtpOptions, SmtpRecorder

MINUTE = timedelta(minutes=1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PostOffice]:
    with open_post_office(f"sqlite:///{tmp_path}/ledger.db", tmp_path) as office:
        yield office


def replying(answers: dict[tuple[str, str], str]) -> SmtpOptions:
    """Answers by stage and argument; "" stands for any argument."""

    def reply(stage: str, argument: str) -> str | None:
        return answers.get((stage, argument)) or answers.get((stage, ""))

    return SmtpOptions(replies=reply)


def test_deliver_hands_over_the_frozen_bytes_and_their_enclosure(
    office: PostOffice, smtp_recorder: SmtpRecorder
) -> None:
    office.connect(smtp_recorder)
    pack = b"--pack\r\n" + b"UEsDBBQA" * 40_000 + b"\r\n"
    letter_id = office.enqueue(1, recipient="amina@riverside.example", enclosure=pack)

    assert office.deliver() == Delivered(sent=1)

    (wire,) = smtp_recorder.received
    assert wire.sender == "ace@leadership.nhs.example"
    assert wire.recipients == ("amina@riverside.example",)
    assert wire.raw == b"Subject: Letter 1\r\n\r\nGood morning\r\n" + pack
    letter = office.letter(letter_id)
    assert (letter.state, letter.attempts, letter.sent_at) == (LetterState.SENT, 1, MONDAY)
    assert (letter.server_reply or "").startswith("250 ")


def test_deliver_sends_each_letter_once_over_one_connection(
    office: PostOffice, smtp_recorder: SmtpRecorder
) -> None:
    office.connect(smtp_recorder, "ace")
    office.enqueue_many(20)

    assert office.deliver() == Delivered(sent=20)
    assert office.deliver() == Delivered()

    subjects = [wire.raw.split(b"\r\n")[0] for wire in smtp_recorder.received]
    assert subjects == [b"Subject: Letter %d" % number for number in range(1, 21)]
    assert smtp_recorder.connections == 1


def test_deliver_sends_from_the_inbox_of_each_programme(
    office: PostOffice, smtp_recorder: SmtpRecorder
) -> None:
    office.connect(smtp_recorder)
    office.enqueue(1)
    office.enqueue(2, programme="surrey500")
    office.enqueue(3, programme="last-years")

    assert office.deliver() == Delivered(sent=2)

    senders = [wire.sender for wire in smtp_recorder.received]
    assert senders == ["ace@leadership.nhs.example", "surrey500@heartlands.nhs.example"]
    assert office.states() == ["sent", "sent", "queued"]


def test_deliver_defers_with_back_off_then_sends_the_same_bytes(office: PostOffice) -> None:
    answers = {("rcpt", ""): "450 4.2.1 Greylisted"}
    with SmtpRecorder(replying(answers)) as recorder:
        office.connect(recorder)
        letter_id = office.enqueue(1)
        assert office.deliver(MONDAY) == Delivered(deferred=1)
        letter = office.letter(letter_id)
        assert (letter.state, letter.not_before) == (LetterState.DEFERRED, MONDAY + MINUTE)
        assert letter.server_reply == "450 4.2.1 Greylisted"
        assert office.deliver(MONDAY + MINUTE / 2) == Delivered()
        answers.clear()
        assert office.deliver(MONDAY + MINUTE) == Delivered(sent=1)
        assert len(recorder.received) == 1


def test_deliver_gives_up_after_two_days(office: PostOffice) -> None:
    with SmtpRecorder(replying({("mail", ""): "451 4.3.0 Later"})) as recorder:
        office.connect(recorder)
        letter_id = office.enqueue(1)
        while (letter := office.letter(letter_id)).state is not LetterState.FAILED:
            now = letter.not_before
            office.deliver(now)
    assert (letter.rule, letter.server_reply) == ("gave_up", "451 4.3.0 Later")
    assert now - MONDAY == timedelta(days=2)
    assert letter.attempts == 19


def test_deliver_fails_what_is_refused_for_good_and_goes_on(office: PostOffice) -> None:
    answers = {("rcpt", "reader2@place2.example"): "550 5.1.1 No such person"}
    with SmtpRecorder(replying(answers)) as recorder:
        office.connect(recorder)
        office.enqueue_many(3)
        assert office.deliver() == Delivered(sent=2, failed=1)
        assert office.states() == ["sent", "failed", "sent"]
        assert office.rules() == [None, "refused", None]


def test_deliver_sends_a_letter_in_doubt_once_more_with_the_same_bytes(office: PostOffice) -> None:
    answers = {("end", ""): ACCEPT_THEN_DROP}
    with SmtpRecorder(replying(answers)) as recorder:
        office.connect(recorder)
        letter_id = office.enqueue(1)
        assert office.deliver(MONDAY) == Delivered(doubted=1)
        assert office.letter(letter_id).not_before == MONDAY + DOUBT_PAUSE
        answers.clear()
        assert office.deliver(MONDAY + DOUBT_PAUSE) == Delivered(sent=1)
        first, second = recorder.received
        assert first.raw == second.raw


def test_deliver_never_sends_a_third_copy(office: PostOffice) -> None:
    with SmtpRecorder(replying({("end", ""): ACCEPT_THEN_DROP})) as recorder:
        office.connect(recorder)
        letter_id = office.enqueue(1)
        for hours in range(100):
            office.deliver(MONDAY + timedelta(hours=hours))
        letter = office.letter(letter_id)
        assert (letter.state, letter.rule) == (LetterState.HELD, "in_doubt")
        assert len(recorder.received) == 2


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data"])
def test_deliver_retries_what_was_lost_before_its_end(office: PostOffice, stage: str) -> None:
    answers = {(stage, ""): DROP}
    with SmtpRecorder(replying(answers)) as recorder:
        office.connect(recorder)
        office.enqueue(1)
        assert office.deliver(MONDAY) == Delivered(deferred=1)
        answers.clear()
        assert office.deliver(MONDAY + MINUTE) == Delivered(sent=1)
        assert len(recorder.received) == 1


def test_deliver_waits_for_a_server_that_is_down_without_spending_attempts(
    office: PostOffice,
) -> None:
    answers = {("connect", ""): "421 4.3.2 Busy"}
    with SmtpRecorder(replying(answers)) as recorder, SmtpRecorder() as other:
        office.connect(recorder, "ace")
        office.connect(other, "surrey500")
        ids = office.enqueue_many(10)
        ids.append(office.enqueue(11, programme="surrey500"))
        done = office.deliver(MONDAY)
        assert done.transport_errors == {"ace": "421 4.3.2 Busy"}
        assert (done.sent, done.failed, recorder.connections) == (1, 0, 1)
        letters = [office.letter(letter_id) for letter_id in ids[:-1]]
        assert {letter.attempts for letter in letters} == {0}
        assert not {letter.state for letter in letters} - {
            LetterState.DEFERRED,
            LetterState.QUEUED,
        }
        answers.clear()
        assert office.deliver(MONDAY + OUTAGE_PAUSE).sent == 10
        assert len(recorder.received) == 10


def test_deliver_outlasts_an_outage_of_a_week(office: PostOffice) -> None:
    answers = {("connect", ""): "554 5.7.1 Your account is closed"}
    with SmtpRecorder(replying(answers)) as recorder:
        office.connect(recorder)
        office.enqueue(1)
        for hours in range(0, 24 * 7, 4):
            assert office.deliver(MONDAY + timedelta(hours=hours)).failed == 0
        answers.clear()
        assert office.deliver(MONDAY + timedelta(days=7)) == Delivered(sent=1)


def test_deliver_leaves_a_server_alone_that_fails_letter_after_letter(office: PostOffice) -> None:
    with SmtpRecorder(replying({("mail", ""): "451 4.3.0 Later"})) as recorder:
        office.connect(recorder)
        ids = office.enqueue_many(30)
        done = office.deliver()
        assert done.transport_errors == {"ace": "451 4.3.0 Later"}
        assert [line[:4] for line in recorder.commands].count("MAIL") == 5
        assert sorted(office.letter(letter_id).attempts for letter_id in ids) == [0] * 25 + [1] * 5


def test_one_poisonous_letter_does_not_starve_the_others(office: PostOffice) -> None:
    answers = {("rcpt", "reader1@place1.example"): "421 4.7.0 Go away"}
    with SmtpRecorder(replying(answers)) as recorder:
        office.connect(recorder)
        office.enqueue_many(12)
        assert office.deliver() == Delivered(sent=11, deferred=1)


def test_deliver_keeps_to_the_limit_of_a_round_and_of_a_minute(
    office: PostOffice, smtp_recorder: SmtpRecorder
) -> None:
    office.connect(smtp_recorder)
    office.enqueue_many(30)
    settings = DeliverySettings(per_minute=12)
    assert office.deliver(MONDAY, settings, limit=5) == Delivered(sent=5, is_limited=True)
    assert office.deliver(MONDAY, settings) == Delivered(sent=7, is_limited=True)
    assert office.deliver(MONDAY + MINUTE / 2, settings) == Delivered(is_limited=True)
    assert office.deliver(MONDAY + 2 * MINUTE, settings) == Delivered(sent=12, is_limited=True)
    assert office.deliver(MONDAY + 4 * MINUTE, settings) == Delivered(sent=6)


def test_deliver_holds_a_letter_whose_enclosure_is_damaged(
    office: PostOffice, smtp_recorder: SmtpRecorder, tmp_path: Path
) -> None:
    office.connect(smtp_recorder)
    office.enqueue(1, enclosure=b"pack\r\n")
    office.enqueue(2)
    (stored,) = (tmp_path / "archive").glob("*/*")
    stored.chmod(0o600)
    stored.write_bytes(b"something else")
    assert office.deliver() == Delivered(sent=1, held=1)
    assert office.rules() == ["enclosure_lost", None]


def test_deliver_survives_a_failure_that_nobody_thought_of(office: PostOffice) -> None:
    def act(recipient: str) -> str:
        if recipient == "reader1@place1.example":
            raise RuntimeError("nobody thought of this")
        return "250 OK"

    office.transports["ace"] = Played(act)
    office.enqueue_many(3)
    assert office.deliver() == Delivered(sent=2, doubted=1)
    assert office.states() == ["queued", "sent", "sent"]


def test_deliver_logs_where_it_failed_and_never_what_the_error_says(office: PostOffice) -> None:
    def act(recipient: str) -> str:
        raise RuntimeError(f"Zebulon Canaryworth <{recipient}> of the Quixotic Trust")

    office.transports["ace"] = Played(act)
    letter_id = office.enqueue(1)
    with capture_logs() as logs:
        office.deliver()

    (line,) = [line for line in logs if line["event"] == "letter not handed over"]
    assert line.pop("where").startswith("test_delivery.py:")
    assert line == {
        "event": "letter not handed over",
        "log_level": "error",
        "letter": letter_id,
        "error": "RuntimeError",
    }


def test_deliver_has_one_letter_in_doubt_when_it_is_interrupted(office: PostOffice) -> None:
    def act(recipient: str) -> str:
        if recipient == "reader2@place2.example":
            raise KeyboardInterrupt
        return "250 OK"

    office.transports["ace"] = Played(act)
    office.enqueue_many(3)
    with pytest.raises(KeyboardInterrupt):
        office.deliver()
    assert office.states() == ["sent", "sending", "queued"]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_deliverers_send_nothing_twice(
    kind: str, request: pytest.FixtureRequest, smtp_recorder: SmtpRecorder, tmp_path: Path
) -> None:
    postgres = kind == "postgresql"
    url = request.getfixturevalue("postgres_url") if postgres else f"sqlite:///{tmp_path}/l.db"
    with open_post_office(url, tmp_path) as one, open_post_office(url, tmp_path) as other:
        one.enqueue_many(40)
        threads = []
        for office in (one, other):
            office.connect(smtp_recorder)
            threads.append(Thread(target=office.deliver))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert one.states() == ["sent"] * 40
        assert len({wire.raw for wire in smtp_recorder.received}) == 40
        assert len(smtp_recorder.received) == 40


def test_resolve_doubts_waits_for_the_lease_of_an_unknown_worker(
    office: PostOffice, smtp_recorder: SmtpRecorder
) -> None:
    office.connect(smtp_recorder)
    letter_id = office.enqueue(1)
    with office.database.writing() as session:
        outbox.claim(session, MONDAY, 1, "another machine/12")
    assert resolve_doubts(office.database, MONDAY + LEASE) == ()
    later = MONDAY + LEASE + timedelta(seconds=1)
    (letter,) = resolve_doubts(office.database, later)
    assert (letter.id, letter.state) == (letter_id, LetterState.SENDING)
    assert resolve_doubts(office.database, later) == ()
    assert office.deliver(later) == Delivered(sent=1)


def test_letter_in_doubt_leaves_after_all_others(
    office: PostOffice, smtp_recorder: SmtpRecorder
) -> None:
    office.connect(smtp_recorder)
    office.enqueue_many(3)
    with office.database.writing() as session:
        outbox.claim(session, MONDAY, 1, "another machine/12")
    later = MONDAY + timedelta(seconds=1)
    resolve_doubts(office.database, later, before=later)
    office.deliver(later)
    subjects = [wire.raw.split(b"\r\n")[0][-1:] for wire in smtp_recorder.received]
    assert subjects == [b"2", b"3", b"1"]


def test_resolve_doubts_takes_the_word_of_a_caller_who_delivers_alone(office: PostOffice) -> None:
    office.enqueue(1)
    with office.database.writing() as session:
        outbox.claim(session, MONDAY, 1, "another machine/12")
    later = MONDAY + timedelta(seconds=1)
    assert len(resolve_doubts(office.database, later, before=later)) == 1
    assert office.states() == ["queued"]


def test_resolve_doubts_leaves_what_a_living_process_sends(office: PostOffice) -> None:
    def act(_: str) -> str:
        assert resolve_doubts(office.database, MONDAY + MINUTE) == ()
        return "250 OK"

    office.transports["ace"] = Played(act)
    office.enqueue_many(2)
    assert office.deliver() == Delivered(sent=2)


def test_deliver_asks_a_clock_where_it_is_given_one(
    office: PostOffice, smtp_recorder: SmtpRecorder
) -> None:
    office.connect(smtp_recorder)
    letter_id = office.enqueue(1)
    at = datetime(2021, 7, 6, 12, 0, tzinfo=UTC)
    office.deliver(lambda: at)
    assert office.letter(letter_id).sent_at == at
