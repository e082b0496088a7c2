"""Short messages in many voices (tests/corpus/voices): each is of the kind that a reader tells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from intake.understanding.understand import understand
from storage.domain.programme import Programme
from tests.support.incoming import write_message
from tests.support.programmes import PROGRAMMES

VOICES = Path(__file__).parent / "corpus" / "voices" / "messages.txt"
_HEAD = re.compile(r"^## (?P<kind>\w+) (?P<slug>\w+)(?P<reply> reply)? \| (?P<subject>.*)$")


@dataclass(frozen=True)
class Voice:
    """A message as the file tells it: `## kind programme [reply] | subject`, then its text."""

    kind: str
    programme: Programme
    is_reply: bool
    subject: str
    text: str


def _voices() -> Iterator[Voice]:
    for block in re.split(r"^(?=## )", VOICES.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        head, _, text = block.partition("\n")
        told = _HEAD.match(head)
        assert told is not None, head
        (programme,) = (p for p in PROGRAMMES if p.slug.startswith(told["slug"]))
        yield Voice(
            told["kind"], programme, bool(told["reply"]), told["subject"].strip(), text.strip()
        )


def _bytes(voice: Voice) -> bytes:
    """The message, in the thread of a letter of the programme's organisation if it is a reply."""
    home = voice.programme.inbox.partition("@")[2]
    thread = (
        f"In-Reply-To: <20210730.77@{home}>",
        f"References: <0@actonadvice.example> <20210730.77@{home}>",
    )
    fields = thread if voice.is_reply else ()
    recipient = voice.programme.inbox
    return write_message(voice.text, *fields, subject=voice.subject, recipient=recipient)


@pytest.mark.parametrize(
    "voice", tuple(_voices()), ids=lambda voice: f"{voice.kind}: {voice.subject}"
)
def test_kind_of_every_voice_is_right(voice: Voice) -> None:
    told = understand(_bytes(voice), programmes=PROGRAMMES).understanding

    assert told.verdict.kind == voice.kind
