"""An organiser replies that a letter in doubt arrived: it counts as sent."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage import outbox
from storage.domain.acting import ActEffect
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.domain.message import MessageKind
from tests.support.acting_desk import HELD, Desk, make_ledger, open_desk
from tests.support.reply_office import ROSALIND

PACK = 1
"""The id of the letter of the number HELD."""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_ledger(tmp_path_factory.mktemp("doubt"))


@pytest.fixture
def desk(ledger: bytes, tmp_path: Path) -> Iterator[Desk]:
    """Of the letter that is held nobody knows whether it left."""
    with open_desk(tmp_path, ledger) as desk:
        with desk.database.writing() as session:
            outbox.release(session, PACK, desk.now, ROSALIND)
            for _ in range(2):
                others = {x.id for x in outbox.claim(session, desk.now, 9, "worker")} - {PACK}
                outbox.requeue_in_doubt(session, PACK, desk.now)
                for one in others:
                    outbox.mark_deferred(session, one, desk.now, "", desk.now, attempted=False)
        yield desk


def _pack(desk: Desk) -> Letter:
    return next(x for x in desk.letters() if x.id == PACK)


@pytest.mark.parametrize(
    "typed", [f"{HELD} arrived", f"{HELD} arrived: they rang", "ACE-0002 Arrived, thanks."]
)
def test_letter_that_arrived_counts_as_sent(desk: Desk, typed: str) -> None:
    message = desk.act(typed)

    assert message.acted is not None
    assert [act.effect for act in message.acted.acts] == [ActEffect.DONE]
    assert message.understanding.verdict.kind is MessageKind.ORGANISER
    assert (_pack(desk).state, _pack(desk).rule) == (LetterState.SENT, None)
    (receipt,) = [x for x in desk.caused(message) if x.kind is LetterKind.ACTION_RECEIPT]
    assert "the application pack has arrived, and counts as sent" in desk.text(receipt)
    assert "To take it back" not in desk.text(receipt)


def test_arrival_can_not_be_taken_back(desk: Desk) -> None:
    done = desk.act(f"{HELD} arrived")
    desk.send()
    (receipt,) = [x for x in desk.caused(done) if x.kind is LetterKind.ACTION_RECEIPT]

    undone = desk.act("undo", on=receipt)

    assert undone.acted is not None
    assert undone.acted.acts[0].problem == "a letter that arrived can't be taken back"
    assert _pack(desk).state is LetterState.SENT


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("ACE-0004 arrived", "nobody doubts whether its letter left: write release or discard"),
        ("ACE-0003 arrived", "no letter of it waits"),
    ],
)
def test_what_nobody_doubts_has_not_arrived(desk: Desk, typed: str, problem: str) -> None:
    message = desk.act(typed)

    assert message.acted is not None
    assert [act.problem for act in message.acted.acts] == [problem]
    assert _pack(desk).rule == outbox.IN_DOUBT


@pytest.mark.parametrize("text", ["Arrived late this morning, sorry.", "The parcel arrived."])
def test_prose_about_an_arrival_is_no_word(desk: Desk, text: str) -> None:
    message = desk.act(text)

    assert message.acted is None
    assert _pack(desk).rule == outbox.IN_DOUBT


def test_digest_offers_the_word(desk: Desk) -> None:
    desk.now += timedelta(days=1)
    desk.plan()

    text = " ".join(desk.text(desk.digest()).split())

    assert "it may have arrived (in_doubt); say “arrived” if it came" in text
    assert "arrived (for a letter in doubt)" in text
