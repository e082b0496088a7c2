"""Who of the panel is asked once more for the scores that are missing: `postroom panel remind`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import typer
from sqlmodel import Session

from intake.commands.context import EXIT_USAGE
from intake.commands.printing import Json, local, plain
from storage import panels
from storage.domain.calendar import A_DAY
from storage.domain.case import Case
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.domain.programme import PanelMember, Programme
from storage.domain.scoring import PanelFacts

NOTHING_ASKED = "was asked to read nothing"
ALL_TOLD = "has told all of it"


@dataclass(frozen=True, slots=True)
class Reminding:
    """`asked` are members with the cases that they are asked about, `left_out` those who are not,
    each with why."""

    asked: tuple[tuple[PanelMember, tuple[Case, ...]], ...] = ()
    left_out: tuple[tuple[PanelMember, str], ...] = ()

    @property
    def emails(self) -> tuple[str, ...]:
        return tuple(member.address.email for member, _ in self.asked)

    @property
    def fields(self) -> Json:
        return {
            "asked": [
                {"member": member.address.email, "missing": [case.reference for case in missing]}
                for member, missing in self.asked
            ],
            "left_out": [
                {"member": member.address.email, "why": why} for member, why in self.left_out
            ],
        }


def find_reminding(
    session: Session, programme: Programme, wanted: Sequence[str], now: datetime
) -> Reminding:
    """Of these members, by name or address (none: of all of them), those whose scores are missing
    and whom a letter of today has not asked. It changes nothing."""
    members = [_require_member(programme, who) for who in wanted] or list(programme.panel)
    facts = panels.facts_of(session, programme)
    letters = panels.letters_to_panel(session, programme)
    asked, left_out = [], []
    for member in dict.fromkeys(members):
        why = _why_not(facts, letters, member.address.email, programme, now)
        if facts is not None and why is None:
            asked.append((member, facts.standing.missing_from(member.address.email)))
        elif wanted or why not in (NOTHING_ASKED, ALL_TOLD):
            left_out.append((member, why or NOTHING_ASKED))
    return Reminding(tuple(asked), tuple(left_out))


def show_reminding(found: Reminding, *, is_done: bool) -> None:
    would = "Asked" if is_done else "Would be asked"
    for member, missing in found.asked:
        names = ", ".join(case.reference for case in missing)
        typer.echo(plain(f"{would} once more: {_name(member)}, for {names}.", limit=2000))
    for member, why in found.left_out:
        typer.echo(plain(f"Not asked: {_name(member)} {why}.", limit=2000))
    if not found.asked:
        typer.echo("Nobody is asked." if found.left_out else "Nobody's scores are missing.")
    elif is_done:
        typer.echo("The letters leave with the next tick.")


def _why_not(
    facts: PanelFacts | None,
    letters: Sequence[Letter],
    email: str,
    programme: Programme,
    now: datetime,
) -> str | None:
    """Why this member is not asked once more; None where they are."""
    if facts is None or not facts.standing.assigned_to(email):
        return NOTHING_ASKED
    if not facts.standing.missing_from(email):
        return ALL_TOLD
    if email in facts.bounced:
        return "can't be reached: what went to their address came back"
    own = [letter for letter in letters if letter.recipient.email == email]
    sheets = (letter for letter in own if letter.kind is LetterKind.SCORING_SHEET)
    if not any(letter.state is LetterState.SENT for letter in sheets):
        return "has no sheet yet: it has not left"
    asked_at = max(_asked_at(facts, own, email), default=None)
    if asked_at is not None and now - asked_at < A_DAY:
        return f"was reminded at {local(asked_at, programme.zone)} already: once a day is enough"
    return None


def _asked_at(facts: PanelFacts, own: Sequence[Letter], email: str) -> Iterator[datetime]:
    yield from (request.at for request in facts.requests if request.member == email)
    for letter in own:
        if letter.kind is LetterKind.SCORING_REMINDER and not letter.is_left_out:
            yield letter.sent_at or letter.created_at


def _require_member(programme: Programme, who: str) -> PanelMember:
    """The member of this name or address; where there is none, the command ends with status 2."""
    told = " ".join(who.casefold().split())
    for member in programme.panel:
        if told in (member.address.email, member.address.name.casefold()):
            return member
    names = ", ".join(_name(member) for member in programme.panel)
    typer.echo(f"{plain(who)} is not on the panel of {programme.slug}: {plain(names)}.", err=True)
    raise typer.Exit(EXIT_USAGE)


def _name(member: PanelMember) -> str:
    return member.address.name or member.address.email
