"""Pure: the Markdown of one letter as a person edits it: its subject, a blank line, its text.

It is a letter already, not a template: values stand in it escaped, and nothing is filled in.
"""

import re

from responders.errors import SourceRefused
from responders.markdown import LONGEST_LETTER, parse_markdown, to_html
from responders.mime import LONGEST_SUBJECT
from responders.wording import neutral_lines

SUBJECT = "Subject:"

_NEEDLESS = re.compile(r"(?<=[^\n])\\(?=[-.,;:/?@'\"%$()+=])")
"""Backslashes before marks that mean nothing to Markdown within a line, as a rule."""

_EMPTY_LINES = re.compile(r"\n{3,}")


def readable(source: str) -> str:
    """`source` without the backslashes and empty lines that it does not need: it still gives the
    same letter."""
    subject, separator, body = source.partition("\n")
    bare = _EMPTY_LINES.sub("\n\n", _NEEDLESS.sub("", body))
    is_same = to_html(parse_markdown(bare)) == to_html(parse_markdown(body))
    return subject + separator + (bare if is_same else body)


def read_source(text: str) -> tuple[str, str]:
    """The subject and the Markdown of the text that a person wrote. Raises SourceRefused."""
    first, _, rest = neutral_lines(text).strip().partition("\n")
    if not first.startswith(SUBJECT):
        raise SourceRefused(f"its first line must be {SUBJECT} and what the letter is about")
    subject = " ".join(first.removeprefix(SUBJECT).split())
    if not subject or len(subject) > LONGEST_SUBJECT:
        raise SourceRefused(f"its subject must have 1 to {LONGEST_SUBJECT} characters")
    if not rest.strip():
        raise SourceRefused("it has no text below its subject")
    if len(rest) > LONGEST_LETTER:
        raise SourceRefused(f"its text is longer than {LONGEST_LETTER:,} characters")
    return subject, rest.strip("\n")
