"""Pure: an organiser wants everybody who holds an older pack to have the new one."""

from dataclasses import replace

from responders.kinds.base import Kind, Values, its_case, tell_case
from responders.kinds.basics import basics
from responders.kinds.holding import CLOSED, takes_part, version_held
from responders.wording import plain
from storage.domain.case import CaseState
from storage.domain.letter import Due, LetterKind
from storage.domain.situation import Situation

LONGEST_NOTE = 300
"""Characters of what changed that stand in a letter."""


def due(s: Situation) -> tuple[Due, ...]:
    reissue, held = s.reissue, version_held(s)
    if not takes_part(s) or reissue is None or reissue.round != s.programme.round.key:
        return ()
    if held is None or held >= reissue.pack_version:
        return ()
    letter = tell_case(s, LetterKind.PACK_REISSUE, f"/v{reissue.pack_version}")
    if letter is None or any(written.key == letter.key for written in s.letters):
        return ()
    is_over = s.now >= s.programme.round.closes_at
    return (replace(letter, skip=CLOSED) if is_over else letter,)


def values(s: Situation, due: Due) -> Values:
    """Raises LookupError where no pack was to go out again."""
    if s.reissue is None:
        raise LookupError("no pack was reissued")
    return basics(s, due) | {
        "note": " ".join(plain(s.reissue.note, LONGEST_NOTE).split()),
        "form_still_fine": s.reissue.form_still_fine,
        "has_form": its_case(s).state is CaseState.APPLIED,
    }


KIND = Kind(LetterKind.PACK_REISSUE, due, values, encloses_pack=True)
