"""One mailbox asked over HTTP: tokens, patience, lost connections, and what becomes of a letter."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from intake.graph.access import GraphAccess
from intake.graph.answers import (
    AskedToWait,
    CutOff,
    TimedOut,
    Unanswered,
    Unreached,
    Unusable,
    read_answer,
)
from intake.graph.client import LONGEST_PAUSE, TRIES, USUAL_PAUSE, GraphClient
from tests.support.certificates import Certificate
from tests.support.graph_desk import INBOX, TOKEN, GraphDesk, open_desk
from tests.support.graph_server import Fault
from tests.support.processes import free_port

LETTER = b"From: <ace@leadership.nhs.example>\r\nTo: <kofi@harbour.example>\r\n\r\nGood morning\r\n"
BIG = LETTER + b"x" * 2**20
LIST = "/mailFolders/inbox/messages"
NOON = datetime(2021, 7, 5, 11, tzinfo=UTC)


@pytest.fixture
def desk() -> Iterator[GraphDesk]:
    with open_desk() as desk:
        yield desk


def test_every_request_wants_ids_that_stay(desk: GraphDesk) -> None:
    client = desk.client()

    client.get(LIST, page=50)
    client.post("/mailFolders", {"displayName": "Postroom"})
    client.send_letter(LETTER)

    assert all('IdType="ImmutableId"' in asked.headers["Prefer"] for asked in desk.server.asked)
    assert "odata.maxpagesize=50" in desk.server.asked[0].headers["Prefer"]
    client.close()


def test_a_token_that_was_refused_is_replaced_once(desk: GraphDesk) -> None:
    desk.tokens[:] = ["one that is over", TOKEN]

    answer = desk.client().get(LIST)

    assert answer.is_success
    assert desk.replaced == ["one that is over"]


def test_a_token_that_nobody_can_replace_is_told(desk: GraphDesk) -> None:
    desk.tokens[:] = ["canary-that-is-over"]

    answer = desk.client().get(LIST)

    assert (answer.status, answer.code) == (401, "InvalidAuthenticationToken")
    assert "canary" not in answer.words
    assert len(desk.server.asked) == 1


@pytest.mark.parametrize("token", ["", "two\r\nlines", "héllo"])
def test_what_can_be_no_token_is_given_to_nobody(desk: GraphDesk, token: str) -> None:
    desk.tokens[:] = [token]

    with pytest.raises(Unusable):
        desk.client().get(LIST)

    assert desk.server.asked == []


def test_a_busy_graph_is_asked_again_after_as_long_as_it_says(desk: GraphDesk) -> None:
    desk.server.faults.append(Fault("GET *", 429, "TooManyRequests", {"Retry-After": "7"}))
    desk.server.faults.append(Fault("GET *", 503, "ServiceUnavailable"))

    answer = desk.client().get(LIST)

    assert answer.is_success
    assert desk.clock.slept == [7.0, USUAL_PAUSE]


def test_a_graph_that_stays_busy_is_let_alone(desk: GraphDesk) -> None:
    desk.server.faults.append(Fault("GET *", 503, "ServerBusy", {"Retry-After": "1"}, times=99))

    answer = desk.client().get(LIST)

    assert (answer.status, answer.code) == (503, "ServerBusy")
    assert len(desk.server.asked) == TRIES


def test_a_long_pause_is_kept_over_calls_without_a_question(desk: GraphDesk) -> None:
    desk.server.faults.append(Fault("GET *", 429, "TooManyRequests", {"Retry-After": "100"}))
    client = desk.client()

    for _ in range(2):
        with pytest.raises(AskedToWait, match="another 100 s"):
            client.get(LIST)
    with pytest.raises(AskedToWait):
        client.send_letter(LETTER)
    assert (len(desk.server.asked), desk.clock.slept) == (1, [])

    desk.clock.now += 100 - LONGEST_PAUSE
    assert client.get(LIST).is_success
    assert desk.clock.slept == [LONGEST_PAUSE]


def test_a_question_whose_connection_broke_is_asked_once_more(desk: GraphDesk) -> None:
    desk.server.faults.append(Fault("GET *"))
    client = desk.client()

    assert client.get(LIST).is_success
    desk.server.faults.append(Fault("GET *", times=2))
    with pytest.raises(Unanswered):
        client.get(LIST)


def test_what_nobody_answers_is_not_asked_again(desk: GraphDesk) -> None:
    desk.server.faults.append(Fault("GET *"))

    with desk.server.lock, pytest.raises(TimedOut):
        desk.client(timeout=0.2).get("/mailFolders")
    # whoever waits for the lock has been asked once


def test_a_link_that_leads_elsewhere_gets_no_token(desk: GraphDesk) -> None:
    with pytest.raises(Unusable, match="leads elsewhere"):
        desk.client().follow("https://graph.thief.example/v1.0/users/x/messages")
    with pytest.raises(Unusable, match="leads elsewhere"):
        desk.client().follow(f"{desk.server.url}.thief.example/")


def test_no_more_is_read_than_was_asked_for(desk: GraphDesk) -> None:
    stored = desk.box.put("inbox", BIG, NOON)
    client = desk.client()

    answer = client.get(f"/messages/{stored.number}", limit=10)
    assert answer.status == 400
    answer = client.get("/messages/AAkAL%2B%2F1%3D/$value", limit=1000)
    assert (len(answer.content), answer.is_cut) == (1000, True)
    assert client.get(LIST).is_success  # over another connection


def test_a_letter_is_taken_whole(desk: GraphDesk) -> None:
    answer = desk.client().send_letter(BIG)

    assert (answer.status, answer.words) == (202, "202 (request 0000-1111)")
    (sent,) = desk.server.sent
    assert (sent.raw, sent.recipients) == (BIG, ("kofi@harbour.example",))


@pytest.mark.parametrize(
    ("fault", "error", "taken"),
    [
        (Fault("POST /sendMail", reads=100_000), CutOff, 0),
        (Fault("POST /sendMail", reads=0), CutOff, 0),
        (Fault("POST /sendMail"), Unanswered, 0),
        (Fault("POST /sendMail", acts=True), Unanswered, 1),
    ],
)
def test_a_letter_that_broke_off_is_never_sent_again_by_itself(
    desk: GraphDesk, fault: Fault, error: type[Exception], taken: int
) -> None:
    """Whether all of it had left is known exactly."""
    desk.server.faults.append(fault)
    huge = LETTER + b"x" * 2_500_000  # more than any socket's buffer

    with pytest.raises(error) as caught:
        desk.client().send_letter(huge)

    assert type(caught.value) is error
    assert len(desk.server.sent) == taken
    assert desk.server.whats() == ["POST /sendMail"]


def test_a_letter_waits_for_nobody_who_is_busy(desk: GraphDesk) -> None:
    desk.server.faults.append(Fault("POST *", 429, "TooManyRequests", {"Retry-After": "2"}))

    assert desk.client().send_letter(LETTER).status == 429
    assert (desk.clock.slept, desk.server.sent) == ([], [])


def test_a_letter_may_be_handed_over_by_another_token(desk: GraphDesk) -> None:
    desk.tokens[:] = ["one that is over", TOKEN]

    assert desk.client().send_letter(LETTER).status == 202
    assert len(desk.server.sent) == 1


def test_nobody_listening_is_told() -> None:
    access = GraphAccess(
        INBOX, lambda: TOKEN, lambda t: t, host="127.0.0.1", port=free_port(), security="plain"
    )

    with pytest.raises(Unreached, match="can't be reached"):
        GraphClient(access).send_letter(LETTER)


def test_an_installation_without_the_library_runs_all_the_same() -> None:
    """Everything that runs a programme loads where there is no httpx."""
    program = "import sys; sys.modules['httpx'] = None; import intake.app, intake.commands.check"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_tls_is_verified(certificate: Certificate) -> None:
    with open_desk(certificate) as desk:
        assert desk.client().send_letter(LETTER).status == 202
        with pytest.raises(Unusable, match="not to be trusted"):
            desk.client(cafile=None).get(LIST)

    assert len(desk.server.asked) == 1


def test_plain_text_is_for_this_machine_only() -> None:
    with pytest.raises(ValueError, match="loopback"):
        GraphAccess(INBOX, lambda: TOKEN, lambda t: t, host="graph.example", security="plain")


def test_an_account_keeps_its_token_to_itself(desk: GraphDesk) -> None:
    assert TOKEN not in repr(desk.access)


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({}, None),
        ({"retry-after": "30"}, timedelta(seconds=30)),
        ({"retry-after": "9" * 40}, timedelta(hours=1)),
        ({"retry-after": "soon"}, None),
        ({"retry-after": f"Fri, 31 Dec {'9' * 20} 23:59:59 GMT"}, None),
        (
            {
                "retry-after": "Mon, 05 Jul 2021 11:00:20 GMT",
                "date": "Mon, 05 Jul 2021 11:00:00 GMT",
            },
            timedelta(seconds=20),
        ),
        ({"retry-after": "Mon, 05 Jul 2021 11:00:20 GMT"}, None),
    ],
)
def test_a_pause_is_read_in_either_form(headers: dict[str, str], pause: timedelta | None) -> None:
    assert read_answer(429, headers, b"").retry_after == pause


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"error": {"code": "A", "message": "b\\r\\nc\\u202e"}}', "500 A: b c"),
        (b'{"error": "A"}', "500"),
        (b'{"error": {"code": 7}}', "500"),
        (b"<html>out of order</html>", "500"),
        (b"[" * 100_000, "500"),
        (b"\xff", "500"),
    ],
)
def test_the_words_of_an_error_can_be_shown(content: bytes, words: str) -> None:
    assert read_answer(500, {}, content).words == words
