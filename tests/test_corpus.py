"""A corpus of messages, each with what a careful reader would say of it (tests/corpus)."""

import json
from pathlib import Path
from typing import Any

import pytest

from intake.understanding.understand import understand
from tests.support.programmes import PROGRAMMES

CORPUS = Path(__file__).parent / "corpus"
FACTS = [json.loads(line) for line in (CORPUS / "facts.jsonl").read_text("utf-8").splitlines()]
CONTACT = ("name", "email", "phone", "role", "organisation")


def _plain(value: Any) -> Any:
    """A value without what does not matter: case, white space, the kind of apostrophe."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return " ".join(value.casefold().replace("’", "'").split()) if isinstance(value, str) else value


@pytest.mark.parametrize("facts", FACTS, ids=lambda facts: facts["file"].removesuffix(".eml"))
def test_understand_reads_a_message_as_a_careful_reader_does(facts: dict[str, Any]) -> None:
    understood = understand((CORPUS / facts["file"]).read_bytes(), programmes=PROGRAMMES)
    told = understood.understanding

    assert understood.programme == facts["programme"]
    assert told.verdict.kind.value == facts["kind"]
    assert told.action.value == facts["action"]
    for field in CONTACT:
        allowed = [facts["contact"][field], *facts["contact"].get(f"{field}_ok", [])]
        assert _plain(getattr(told.contact, field)) in _plain(allowed), field
    for field in ("title", "summary", "area", "senior_leader", "team"):
        assert _plain(getattr(told, field)) == _plain(facts[field]), field
    if "partners" in facts:
        assert _plain(list(told.partners)) == _plain(facts["partners"])
    nominees = [(nominee.name, nominee.email) for nominee in told.nominees]
    assert nominees == [(nominee["name"], nominee["email"]) for nominee in facts["nominees"]]
    assert sorted(told.missing) == sorted(facts["missing"])


def test_every_message_of_the_corpus_has_its_facts() -> None:
    assert {path.name for path in CORPUS.glob("*.eml")} == {facts["file"] for facts in FACTS}
