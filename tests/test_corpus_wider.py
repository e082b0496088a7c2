"""The second corpus, written by somebody who had not seen the program: kinds and contacts hold."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from intake.understanding.understand import understand
from storage.domain.message import MessageKind, Understanding
from tests.support.programmes import PROGRAMMES

CORPUS = Path(__file__).parent / "corpus" / "wider"
TRUTH: list[dict[str, Any]] = [
    json.loads(line) for line in (CORPUS / "truth.jsonl").read_text("utf-8").splitlines()
]
MOST_WRONG_KINDS = 1
"""Of all messages; may only shrink."""
FEWEST_RIGHT = 0.98
"""The share of right contact fields that was reached; it may only grow."""
_FIELDS = ("name", "email", "phone", "role", "organisation")


@cache
def _understandings() -> dict[str, Understanding]:
    return {
        truth["file"]: understand(
            (CORPUS / truth["file"]).read_bytes(), programmes=PROGRAMMES
        ).understanding
        for truth in TRUTH
    }


def _read(truth: dict[str, Any]) -> Understanding:
    return _understandings()[truth["file"]]


def test_share_of_right_kinds_does_not_shrink() -> None:
    wrong = [truth["file"] for truth in TRUTH if _read(truth).verdict.kind != truth["kind"]]

    assert len(wrong) <= MOST_WRONG_KINDS, wrong


def test_share_of_right_contact_fields_does_not_shrink() -> None:
    right, wrong = 0, []
    for truth in TRUTH:
        told = _read(truth)
        if MessageKind(truth["kind"]).is_machine:
            continue
        for field in _FIELDS:
            accepted = (truth["contact"][field], *truth["contact"].get(f"{field}_ok", ()))
            if _plain(getattr(told.contact, field)) in map(_plain, accepted):
                right += 1
            else:
                wrong.append((truth["file"], field))

    assert right >= FEWEST_RIGHT * (right + len(wrong)), wrong


def test_messages_of_machines_give_no_contact() -> None:
    for truth in TRUTH:
        if MessageKind(truth["kind"]).is_machine:
            contact = _read(truth).contact
            assert not any(getattr(contact, field) for field in _FIELDS), truth["file"]


def _plain(value: str | None) -> str | None:
    """What counts of a value: letters and digits, no leading article."""
    if value is None:
        return None
    return " ".join(re.sub(r"[^\w@+]", " ", value.lower()).split()).removeprefix("the ")
