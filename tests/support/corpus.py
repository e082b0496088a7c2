"""The messages of the corpora, for laws that hold on every one of them."""

import os
from functools import cache
from pathlib import Path

from intake.understanding.understand import Understood, understand
from tests.support.programmes import PROGRAMMES

_ROOT = Path(__file__).resolve().parents[2]
_FOLDERS = ("tests/corpus", "tests/corpus/wider/messages", "intake/commands/demo/inbox")

_ALL = tuple(path for folder in _FOLDERS for path in sorted((_ROOT / folder).glob("*.eml")))

MESSAGES = _ALL if os.environ.get("CI") else _ALL[::4]
"""Messages of people, as files: every fourth, and on the build server all of them."""


@cache
def read_message(path: Path) -> Understood:
    """What a message of these says, laid out, read once for all laws."""
    return understand(path.read_bytes(), programmes=PROGRAMMES, lays_out=True)
