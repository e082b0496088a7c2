"""Whole messages of machines, and of people who look like them, against their facts."""

import json
from pathlib import Path

import pytest

from intake.understanding.understand import understand
from tests.support.programmes import PROGRAMMES

CORPUS = Path(__file__).parents[2] / "corpus" / "machines"
FACTS = [json.loads(line) for line in (CORPUS / "facts.jsonl").read_text("utf-8").splitlines()]


def test_every_message_has_its_facts() -> None:
    assert sorted(path.name for path in CORPUS.glob("*.eml")) == [fact["file"] for fact in FACTS]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: str(fact["file"]))
def test_machine_corpus(fact: dict[str, object]) -> None:
    raw = (CORPUS / str(fact["file"])).read_bytes()

    told = understand(raw, programmes=PROGRAMMES).understanding

    assert (told.verdict.kind, told.verdict.rule, told.verdict.hold) == (
        fact["kind"],
        fact["rule"],
        fact.get("hold"),
    )
    assert list(told.bounced) == fact.get("bounced", [])
    assert list(told.bounced_letters) == fact.get("letters", [])
