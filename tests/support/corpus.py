"""The messages of the corpora, for laws that hold on every one of them."""

import os
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_FOLDERS = ("tests/corpus", "tests/corpus/wider/messages", "intake/commands/demo/inbox")

_ALL = tuple(path for folder in _FOLDERS for path in sorted((_ROOT / folder).glob("*.eml")))

MESSAGES = _ALL if os.environ.get("CI") else _ALL[::4]
"""Messages of people, as files: every fourth, and on the build server all of them."""
