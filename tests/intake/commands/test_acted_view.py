"""`postroom message`: what an organiser's words in it did."""

import json

from storage import messages
from storage.database import Database
from storage.domain.acting import Act, Acted, ActEffect, Verb
from storage.domain.message import INSTRUCTIONS, MessageKind, Verdict
from tests.intake.commands.conftest import Call
from tests.support.ledger import MONDAY, remember
from tests.support.reply_office import ROSALIND
from tests.support.understandings import make_understanding


def test_a_message_says_what_its_words_did(ledger: Database, call: Call) -> None:
    acted = Acted(
        7,
        (
            Act(Verb.RELEASE, "1 (ACE-0003)", ActEffect.DONE, letter_id=31),
            Act(Verb.HOLD, "9", ActEffect.REFUSED, "the letter has no number 9"),
        ),
    )
    verdict = Verdict(MessageKind.UNCLEAR, INSTRUCTIONS)
    with ledger.writing() as session:
        message = messages.record(
            session,
            remember(session, 1),
            programme="ace",
            understanding=make_understanding(MessageKind.UNCLEAR, sender=ROSALIND, verdict=verdict),
            placement_rule=INSTRUCTIONS,
            case_ids=(),
            changed=(),
            attention_at=None,
            now=MONDAY,
            acted=acted,
        )

    told = call("message", str(message.id)).stdout
    acts = json.loads(call("message", str(message.id), "--json").stdout)["acts"]

    assert "Word:    release 1 (ACE-0003), done\n" in told
    assert "Word:    hold 9, refused: the letter has no number 9\n" in told
    assert [act["effect"] for act in acts] == ["done", "refused"]
