"""Pure: the round, or one case of it, closes later. For those who were told another time
and of whom no outcome is released."""

from dataclasses import replace

from responders.kinds.base import Kind, Values, its_case, tell_case, window_of
from responders.kinds.basics import basics, has_pack, local
from responders.kinds.holding import (
    CLOSED,
    closing_key,
    closing_set_at,
    has_own_closing,
    letters_out,
    setting_extension,
    takes_part,
)
from responders.mime import PackFile
from responders.pack.dates import dates_file
from responders.wording import plain
from storage.domain.case import CaseState
from storage.domain.letter import Due, LetterKind
from storage.domain.programme import Round, Window
from storage.domain.situation import Situation

LONGEST_REASON = 400
"""Characters of the reason that stand in a letter."""


def due(s: Situation) -> tuple[Due, ...]:
    if not takes_part(s) or s.outcomes or not _was_told_otherwise(s):
        return ()
    notice = tell_case(s, LetterKind.EXTENSION_NOTICE, f"/{closing_key(s)}")
    if notice is None or any(letter.key == notice.key for letter in s.letters):
        return ()
    is_over = s.now >= s.programme.round.closes_at
    return (replace(notice, skip=CLOSED) if is_over else notice,)


def values(s: Situation, due: Due) -> Values:
    extension = setting_extension(s)
    reason = extension.reason if extension is not None else ""
    return basics(s, due) | {
        "old_closes_at": local(s, _old_round(s).closes_at),
        "reason": " ".join(plain(reason, LONGEST_REASON).split()),
        "is_own_time": has_own_closing(s),
        "has_pack": has_pack(s),
        "has_form": its_case(s).state is CaseState.APPLIED,
        "was_late": late_form_of(s) is not None,
    }


def files(s: Situation, _due: Due) -> tuple[PackFile, ...]:
    return (dates_file(s.programme),)


def late_form_of(s: Situation) -> str | None:
    """When the newest form came that was answered as late and no longer is; None: there is none."""
    before = _old_round(s)
    answered = {x.cause for x in s.letters if x.kind is LetterKind.LATE_RECEIPT}
    now_in_time = [
        message.received_at
        for message in s.messages
        if message.id in answered
        and before.window(message.received_at) is Window.AFTER
        and window_of(s, message) is not Window.AFTER
    ]
    return local(s, now_in_time[-1]) if now_in_time else None


def _was_told_otherwise(s: Situation) -> bool:
    """Who has a letter from before the closing was moved."""
    set_at = closing_set_at(s)
    return set_at is not None and any(letter.created_at <= set_at for letter in letters_out(s))


def _old_round(s: Situation) -> Round:
    """The round as it was when they were last written to, whatever was set in between."""
    moves = s.programme.round.moves
    written_at = max(letter.created_at for letter in letters_out(s))
    since = (move for move in moves if move.at >= written_at)
    return replace(s.programme.round, closes_at=next(since, moves[-1]).closes_at)


KIND = Kind(LetterKind.EXTENSION_NOTICE, due, values, files=files)
