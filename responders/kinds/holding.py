"""Pure: who takes part in the round, which pack they hold, which closing time they were told."""

from datetime import UTC, datetime

from storage.domain.case import CaseState
from storage.domain.extension import Extension
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.domain.situation import Situation

PACKS = frozenset({LetterKind.APPLICATION_PACK, LetterKind.PACK_REISSUE})
"""Kinds that enclose the whole pack."""

CLOSED = "closed"
"""The rule by which a letter is left out that the closing overtook."""


def takes_part(s: Situation) -> bool:
    """True for a case of this round that nobody withdrew."""
    return (
        s.case is not None
        and s.case.round == s.programme.round.key
        and s.case.state is not CaseState.WITHDRAWN
    )


def letters_out(s: Situation) -> tuple[Letter, ...]:
    """The letters that left or still may."""
    gone = (LetterState.DISCARDED, LetterState.FAILED)
    return tuple(letter for letter in s.letters if letter.state not in gone)


def pack_left_at(s: Situation) -> datetime | None:
    """When the first pack was sent; None: none was."""
    sent = (x for x in s.letters if x.kind in PACKS and x.state is LetterState.SENT)
    return min((letter.sent_at or letter.created_at for letter in sent), default=None)


def version_held(s: Situation) -> int | None:
    """The newest version of the pack that they have or are about to get; None: none."""
    held = (letter.pack_version for letter in letters_out(s) if letter.kind in PACKS)
    return max((version for version in held if version is not None), default=None)


def closing_key(s: Situation) -> str:
    """The closing that holds, as keys of letters name it."""
    return s.programme.round.closes_at.astimezone(UTC).isoformat()


def closing_set_at(s: Situation) -> datetime | None:
    """When an extension set the closing that holds; None: it stands in the configuration."""
    moves = s.programme.round.moves
    return moves[-1].at if moves else None


def setting_extension(s: Situation) -> Extension | None:
    """The extension that set the closing that holds: of several to the same time that for all,
    else the first; None: it stands in the configuration."""
    current = s.programme.round
    if not current.moves:
        return None
    setting = [e for e in s.extensions if e.closes_at == current.closes_at]
    for_all = [extension for extension in setting if extension.case_id is None]
    return next(iter(for_all or setting), None)


def has_own_closing(s: Situation) -> bool:
    """True where this case alone closes so late."""
    setting = setting_extension(s)
    return setting is not None and setting.case_id is not None
