"""Pure: patterns that organisers write, run over what strangers send.

They are of RE2's syntax (the page "Syntax" of its wiki), which takes time linear in the text
whatever the pattern.
"""

from functools import lru_cache

import re2

LONGEST_PATTERN = 500


class PatternRefused(ValueError):
    """The pattern can't be used; says why. Write it in RE2's syntax."""


@lru_cache(maxsize=500)
def compile_pattern(pattern: str) -> re2._Regexp:
    """The pattern, ready to search; letter case does not count. Raises PatternRefused."""
    if len(pattern) > LONGEST_PATTERN:
        raise PatternRefused(f"it is longer than {LONGEST_PATTERN} characters")
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    try:
        return re2.compile(pattern, options=options)
    except re2.error as error:
        reason = error.args[0] if error.args else "unknown"
        told = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
        raise PatternRefused(told) from error


def matches(pattern: str, text: str) -> bool:
    """Whether `pattern` is found anywhere in `text`."""
    return compile_pattern(pattern).search(_without_surrogates(text)) is not None


def find_pattern(pattern: str, text: str) -> tuple[int, int] | None:
    """Where `pattern` is first found in `text`, as offsets: its first group where it has one that
    takes part, else all of it; None where it isn't, or is found empty."""
    found = compile_pattern(pattern).search(_without_surrogates(text))
    if found is None:
        return None
    has_group = bool(found.re.groups) and found.group(1)
    start, end = found.span(1 if has_group else 0)
    return (start, end) if end > start else None


def _without_surrogates(text: str) -> str:
    """The text as RE2 can read it, each character where it was."""
    return text.encode("utf-8", "replace").decode()
