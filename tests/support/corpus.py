"""The messages of the corpora, for laws that hold on every one of them."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_FOLDERS = ("tests/corpus", "tests/corpus/wider/messages", "intake/commands/demo/inbox")

MESSAGES = tuple(path for folder in _FOLDERS for path in sorted((_ROOT / folder).glob("*.eml")))
"""Messages of people, as files."""
