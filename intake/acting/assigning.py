"""Work given to somebody by an organiser's word: a form to a member of the panel, anything that
waits to another organiser."""

from dataclasses import replace

from sqlmodel import Session

from intake.acting.wishes import Refused, Wish
from storage import events, panels, programmes
from storage.domain.acting import Act, ActEffect
from storage.domain.case import CaseState
from storage.domain.panel import may_read


def assign(session: Session, wish: Wish) -> Act:
    """A member of the panel reads its form; another organiser deals with what waits."""
    name = " ".join(wish.instruction.words.split())
    members = [m for m in wish.programme.panel if _is_called(m.address.name, m.address.email, name)]
    organisers = [
        o for o in wish.programme.organisers if _is_called(o.address.name, o.address.email, name)
    ]
    if len(members) + len(organisers) != 1:
        found = "nobody" if not members and not organisers else "more than one"
        raise Refused(f"{found} of the panel and the organisers is called “{name[:60]}”")
    if organisers:
        email = organisers[0].address.email
        _hand_over(session, wish, email)
        return replace(wish.act(), whom=organisers[0].address.name or email)
    (member,), case = members, wish.thing.case
    form = panels.newest_forms(session, wish.programme, [case]).get(case.id) if case else None
    if case is None or form is None or case.state is not CaseState.APPLIED:
        raise Refused("it has no form that the panel could read")
    name = member.address.name or member.address.email
    if not may_read(member, case):
        raise Refused(f"{name} belongs to it")
    scores_by = wish.programme.round.scores_by
    if scores_by is not None and scores_by <= wish.now:
        raise Refused("scores were due before now")
    assignments = panels.standing_of(session, wish.programme).assignments
    asked = assignments.get((member.address.email, case.id))
    if asked is not None and asked.form == form:
        return replace(wish.act(ActEffect.NOTHING), whom=name)
    panels.assign(
        session,
        wish.programme,
        [(case, member.address.email, form)],
        by=wish.by,
        now=wish.now,
    )
    return replace(wish.act(), whom=name)


def _is_called(name: str, email: str, told: str) -> bool:
    """By the whole name, the given or the family name alone, or the address."""
    words, wanted = name.casefold().split(), told.casefold()
    return wanted in (name.casefold(), email, *words) and bool(wanted)


def _hand_over(session: Session, wish: Wish, email: str) -> None:
    thing = wish.thing
    if thing.case is None and thing.message_id is None and not thing.letters:
        raise Refused("nothing of it waits for anybody")
    events.append(
        session,
        at=wish.now,
        actor=wish.by,
        what="handed_over",
        programme=wish.programme.slug,
        case_id=thing.case_id,
        message_id=thing.message_id,
        letter_id=thing.letters[0].id if thing.letters else None,
        detail={"to": email},
    )
    session.flush()
    programmes.want_attention(session, wish.programme.slug, wish.now)
