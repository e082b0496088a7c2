"""Graph fails at every request in every way: nothing is lost, nothing is sent or filed twice."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from itertools import product
from pathlib import Path

import pytest

from intake.config import load_configuration
from responders.retry import DOUBT_PAUSE
from storage import outbox
from storage.domain.letter import LetterState
from tests.support.configurations import GRANT, write_configuration
from tests.support.graph_desk import INBOX, graph_tables
from tests.support.graph_server import Fault, GraphServer
from tests.support.identity_provider import IdentityProvider
from tests.support.worlds import NOON, make_app

REQUESTS = (
    "GET /mailFolders/inbox/messages",
    "GET /messages/*/$value",
    "GET /mailFolders",
    "POST /mailFolders*",
    "POST /messages/*/move",
    "POST /sendMail",
)
AT_ONCE = {"Retry-After": "0"}
FAULTS = (
    Fault("", times=3),
    Fault("", acts=True),
    Fault("", 401, "InvalidAuthenticationToken", times=2),
    Fault("", 429, "ApplicationThrottled", AT_ONCE, times=9),
    Fault("", 500),
    Fault("", 500, acts=True),
    Fault("", 504, "GatewayTimeout", AT_ONCE, times=3, acts=True),
)
VOCABULARY = """
loneliness library surgery garden kitchen transport carers school winter falls music housing
sleep diabetes screening walking debt language hospital ward pharmacy chapel market mentors
advice cycling cooking singing parents veterans harbour valley island clinic choir allotment
"""
WORDS = VOCABULARY.split()


def expression(number: int, chance: random.Random) -> bytes:
    """Unlike all others, so that nothing is held as an echo."""
    summary = " ".join(chance.sample(WORDS, 25))
    return (
        f"From: Kofi Brandt <kofi@trust{number}.example>\r\nTo: {INBOX}\r\n"
        f"Subject: Expression of interest in {chance.choice(WORDS)} {number}\r\n"
        f"Message-ID: <{number}@trust{number}.example>\r\n\r\n"
        f"Dear team,\r\n\r\nwe would like to apply, from Tottenham, with a project about {summary}."
        f"\r\n\r\nKofi Brandt\r\nTrust {number}\r\n"
    ).encode()


@pytest.fixture
def graph() -> Iterator[GraphServer]:
    with GraphServer(tokens={}) as server:
        yield server


@pytest.mark.slow
def test_nothing_is_lost_and_nothing_happens_twice(graph: GraphServer, tmp_path: Path) -> None:
    chance, sent_by = random.Random(4711), dict[str, bytes]()
    box, now = graph.new_box(INBOX), NOON
    with IdentityProvider(user=INBOX, tokens=graph.tokens) as provider:
        configuration = load_configuration(
            write_configuration(tmp_path, GRANT + graph_tables(graph, provider))
        )
        sign_in = configuration.sign_ins["ace"]["mailbox"]
        sign_in.wait_for_code(sign_in.ask_for_code(), lambda _: None)
        with make_app(configuration) as app:
            for number, (fault, request) in enumerate(product(FAULTS, REQUESTS)):
                raw = expression(number, chance)
                sent_by[f"kofi@trust{number}.example"] = raw
                box.put("inbox", raw, now)
                graph.faults[:] = [replace(fault, on=request)]
                app.tick(now)
                now += DOUBT_PAUSE + timedelta(minutes=1)
            graph.faults.clear()
            for _ in range(4):
                now += DOUBT_PAUSE
                report = app.tick(now)
                assert report.mailbox_errors == {}
            with app.database.reading() as session:
                letters = outbox.list_letters(session, limit=1000)

    assert Counter(letter.state for letter in letters) == {LetterState.SENT: len(sent_by)}
    assert Counter(one.recipients[0] for one in graph.sent) == dict.fromkeys(sent_by, 1)
    answered = Counter(message_from_bytes(one.raw)["In-Reply-To"] for one in graph.sent)
    assert set(answered.values()) == {1}
    assert box.lying("inbox") == []
    processed = box.at("Postroom/Processed")
    assert processed is not None
    assert Counter(one.raw for one in box.lying(processed.id)) == dict.fromkeys(sent_by.values(), 1)
