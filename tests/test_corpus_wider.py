"""The second corpus, written by somebody who had not seen the program: kinds and contacts hold."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

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


EVERY = [pytest.param(1, id="all", marks=pytest.mark.slow), pytest.param(10, id="tenth")]
"""All of them take ten seconds."""


@cache
def _read_file(name: str) -> Understanding:
    return understand((CORPUS / name).read_bytes(), programmes=PROGRAMMES).understanding


def _read(truth: dict[str, Any]) -> Understanding:
    return _read_file(truth["file"])


@pytest.mark.parametrize("every", EVERY)
def test_share_of_right_kinds_does_not_shrink(every: int) -> None:
    wrong = [x["file"] for x in TRUTH[::every] if _read(x).verdict.kind != x["kind"]]

    assert len(wrong) <= MOST_WRONG_KINDS, wrong


@pytest.mark.parametrize("every", EVERY)
def test_share_of_right_contact_fields_does_not_shrink(every: int) -> None:
    right, wrong = 0, []
    for truth in TRUTH[::every]:
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


@pytest.mark.parametrize("every", EVERY)
def test_messages_of_machines_give_no_contact(every: int) -> None:
    for truth in TRUTH[::every]:
        if MessageKind(truth["kind"]).is_machine:
            contact = _read(truth).contact
            assert not any(getattr(contact, field) for field in _FIELDS), truth["file"]


def _plain(value: str | None) -> str | None:
    """What counts of a value: letters and digits, no leading article."""
    if value is None:
        return None
    return " ".join(re.sub(r"[^\w@+]", " ", value.lower()).split()).removeprefix("the ")
