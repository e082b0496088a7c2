"""Pure: scores that a member of the panel writes into the text of a message, a line for each case:
`ACE-0042: 4 3 5 4 2 4`, `ACE-0013 conflict, my sister works there`, `ACE-0017 abstain`."""

import re
from collections.abc import Iterator

from storage.domain.assessment import HIGHEST, LOWEST, Scoring, Stance
from storage.domain.case import make_reference
from storage.domain.programme import Programme
from storage.domain.scoring_sheet import ScoringRow

MOST_LINES = 1000
LONGEST_LINE = 2000

_BLANKS = r"[ \t\xa0]{0,8}"
_DASHES = r"[ \-‐‑–]{0,3}"
_MARKS = r"[:;,.=–—-]{0,2}"
_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{1,3})?"
_SCORES = re.compile(rf"({_NUMBER}(?:[ \t\xa0,;/]{{1,4}}{_NUMBER}){{0,30}})(.*)", re.DOTALL)
_STANCES = (
    (
        Stance.CONFLICT,
        re.compile(
            r"(?:i (?:have|declare) )?(?:an? )?conflict(?: of interests?)?(?![\w?])", re.IGNORECASE
        ),
        re.compile(r"(?:no|none|not|nil|n/a)(?!\w)", re.IGNORECASE),
    ),
    (
        Stance.ABSTAINED,
        re.compile(r"(?:i )?abstain(?:s|ed|ing)?(?![\w?])", re.IGNORECASE),
        re.compile(r"(?:no|none)\W{0,3}$", re.IGNORECASE),
    ),
)
"""What each is called, and how the words behind it may take it back."""

_LEADS_ON = tuple("-–—:;,(")


def read_short_scores(text: str, programme: Programme) -> tuple[ScoringRow, ...]:
    """What the lines of a member's own new text say of cases, in their order and each once. A line
    that names a case and says neither scores nor a conflict nor abstains is prose, and none of
    these."""
    if not programme.criteria:
        return ()
    begins = re.compile(
        rf"[ \t\xa0*•]{{0,8}}[\[(]?{re.escape(programme.reference_prefix)}{_DASHES}([0-9]{{1,7}})"
        rf"(?![0-9])[\])]?{_BLANKS}{_MARKS}{_BLANKS}",
        re.IGNORECASE,
    )
    return tuple(dict.fromkeys(_read_lines(text, begins, programme)))


def _read_lines(text: str, begins: re.Pattern[str], programme: Programme) -> Iterator[ScoringRow]:
    for line in text.splitlines()[:MOST_LINES]:
        found = begins.match(line[:LONGEST_LINE])
        if found is None:
            continue
        reference = make_reference(programme.reference_prefix, int(found[1]))
        rest = line[found.end() : LONGEST_LINE].strip()
        read = _read_scores(rest, programme) or _read_stance(rest)
        if read is None:
            continue
        scoring, problem = read
        if re.search(rf"(?i){re.escape(programme.reference_prefix)}{_DASHES}[0-9]", rest):
            problem = "another case stands on the same line: write each on a line of its own"
        problems = (problem,) if problem else ()
        yield ScoringRow(None, reference, None, None if problem else scoring, problems)


def _read_scores(rest: str, programme: Programme) -> tuple[Scoring | None, str | None] | None:
    """The scores with which a line goes on and what is wrong with them; None for prose."""
    found = _SCORES.match(rest)
    if found is None:
        return None
    told = re.findall(_NUMBER, found[1])
    wanted = len(programme.criteria)
    tail = found[2].strip()
    if len(told) != wanted:
        if tail and not tail.startswith(_LEADS_ON):
            return None
        scores = "1 score" if len(told) == 1 else f"{len(told)} scores"
        return None, f"there are {wanted} criteria, and it has {scores}"
    wrong = [one for one in told if not one.isdecimal() or not LOWEST <= int(one) <= HIGHEST]
    if wrong:
        return None, f"{wrong[0]} is no whole number from {LOWEST} to {HIGHEST}"
    keys = (criterion.key for criterion in programme.criteria)
    scores_told = tuple(zip(keys, map(int, told), strict=True))
    return Scoring(Stance.SCORED, scores_told, comment=_said(tail)), None


def _read_stance(rest: str) -> tuple[Scoring | None, str | None] | None:
    """A conflict or an abstention with which a line goes on; None for anything else."""
    for stance, pattern, denial in _STANCES:
        found = pattern.match(rest)
        if found is None:
            continue
        reason = _said(rest[found.end() :])
        if denial.match(reason):
            return None, f"it can't be told whether you mean it: write “{found[0]}” alone"
        return Scoring(stance, reason=reason), None
    return None


def _said(tail: str) -> str:
    """What stands behind scores or a word, without what leads on to it."""
    said = tail.strip(" \t\xa0").lstrip("-–—:;,. \t\xa0")
    return said[1:-1].strip() if said.startswith("(") and said.endswith(")") else said
