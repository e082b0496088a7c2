"""Pure: who is nominated, out of tables, labelled blocks, lists and prose; and the team's name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from intake.understanding.finders.beside import post_beside
from intake.understanding.finders.names import (
    clean_name,
    fold,
    is_person,
    is_same_person,
    matches_address,
)
from intake.understanding.finders.organisations import (
    is_organisation,
    is_role,
    read_person,
    split_post,
)
from intake.understanding.finders.people import Named, find_people
from intake.understanding.finders.rolls import NOMINATES, read_roll
from intake.understanding.finders.signature import EMAIL
from intake.understanding.finders.teams import find_team
from intake.understanding.texts.labels import Labelled
from intake.understanding.texts.lines import Line
from intake.understanding.texts.paragraphs import Paragraph, sentences
from intake.understanding.texts.paragraphs import paragraphs as join_lines
from intake.understanding.texts.patterns import cues
from intake.understanding.texts.tables import read_nominees
from storage.domain.people import Contact, Nominee

_MYSELF = cues(
    r"\bnominat\w+ (?:both )?(?:(?:my|one|him|her|your)sel(?:f|ves)|themselves|me\b)"
    r"|\bmyself\b.{0,40}\bnominat"
    r"|\bput(?:ting)? (?:myself|me|my (?:own )?name) (?:forward|down|in)\b|\bself[- ]nominat\w+"
    r"|\bi(?:'d|’d| would) (?:like|love) to be considered\b"
    r"|\band (?:myself|me)\b|\bnominat\w+ .{0,60}\band myself\b|\bi(?:'d| would) like (?:a"
    r"|one of the) places?\b|\bapply for (?:a|one of the) places? (?:for )?(?:myself)?\b",
)


_ANOTHER = re.compile(
    r"(?:The |My |Our )?(?:first|second|third|fourth|fifth|last|final|other|next)\b|Finally\b"
    r"|Then\b|Lastly\b|Also\b|And\b",
    re.I,
)
_MOST_WHISPERED = 20
_NOMINATOR = re.compile(
    r".{0,200}?\b(?:wish(?:es)?|would like|wants?|(?:has|have) asked (?:me|us)|is|am|are"
    r"|proposes)\b.{0,20}\b(?:nominat|put(?:ting)? forward|propos|recommend)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Nominations:
    """The nominees in order, the team's name, and the labels that told of nominees (they tell
    nothing of the nominator)."""

    nominees: tuple[Nominee, ...] = ()
    team: str | None = None
    consumed: tuple[Labelled, ...] = ()


def find_nominations(
    body: Sequence[Line],
    paragraphs: Sequence[Paragraph],
    labels: Sequence[Labelled],
    *,
    names: Sequence[str] = (),
    tables: Sequence[Sequence[Line]] = (),
) -> Nominations:
    """All people put forward in a message, its tables (and those of its attachments) first; a
    self-nomination is added by `add_self` once it is known who writes. `names` are the writer's,
    as far as they are known: a labelled name that is another's is a nominee's."""
    from_tables = [nominee for lines in (body, *tables) for nominee in read_nominees(lines)]
    blocks, consumed = _read_blocks(labels, names)
    found = from_tables or blocks or read_roll(body, paragraphs) or _read_prose(paragraphs)
    found = found or [n for lines in tables for n in read_roll(lines, join_lines(lines))]
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    return Nominations(_once(found), find_team(text, labels), consumed)


def add_self(nominations: Nominations, text: str, contact: Contact) -> Nominations:
    """With the writer among the nominees where the text says so; with what the contact tells of
    a nominee who is the same person."""
    nominees = [_completed(nominee, contact) for nominee in nominations.nominees]
    is_in = any(contact.name and is_same_person(n.name, contact.name) for n in nominees)
    if contact.name and not is_in and _MYSELF.search(text[:4000]):
        nominees.append(Nominee(contact.name, contact.email, contact.role, contact.organisation))
    return replace(nominations, nominees=tuple(nominees))


def complete_contact(contact: Contact, nominations: Nominations) -> Contact:
    """The nominator with what a list of nominees says of the same person."""
    for nominee in nominations.nominees:
        if contact.name and is_same_person(nominee.name, contact.name):
            told = Contact(None, nominee.email, None, nominee.role, nominee.organisation)
            return told.merged(contact)
    return contact


def without(nominations: Nominations, name: str | None) -> Nominations:
    """Without the nominator, whom prose names too but does not put forward."""
    if name is None or len(nominations.nominees) < 2:
        return nominations
    return replace(
        nominations,
        nominees=tuple(n for n in nominations.nominees if not is_same_person(n.name, name)),
    )


def _read_blocks(
    labels: Sequence[Labelled], names: Sequence[str]
) -> tuple[list[Nominee], tuple[Labelled, ...]]:
    """`Nominee: …` with the labels that follow it, until the next nominee."""
    found: list[Nominee] = []
    consumed: list[Labelled] = []
    is_open = False
    for labelled in labels:
        if labelled.field == "nominee" or _names_another(labelled, names):
            person = read_person(labelled.value)
            name = person.name if person else clean_name(labelled.value.split("\n")[0])
            if name is None:
                continue
            address = EMAIL.search(labelled.value)
            found.append(
                Nominee(
                    name,
                    address.group().lower() if address else None,
                    person.role if person else None,
                    person.organisation if person else None,
                )
            )
            consumed.append(labelled)
            is_open = True
        elif is_open and labelled.field in ("role", "organisation", "email", "phone"):
            found[-1] = _with_label(found[-1], labelled)
            consumed.append(labelled)
        elif labelled.field in ("nominator", "summary"):
            is_open = False
    return found, tuple(consumed)


def _names_another(labelled: Labelled, names: Sequence[str]) -> bool:
    """`Name: …` of somebody who does not write, where the label does not say whose it is."""
    if labelled.field != "name" or not re.fullmatch(r"\W*(?:full )?name\W*", labelled.label, re.I):
        return False
    name = clean_name(labelled.value.split("\n")[0].split(",")[0])
    return name is not None and not any(is_same_person(name, known) for known in names)


def _with_label(nominee: Nominee, labelled: Labelled) -> Nominee:
    value = labelled.value.split("\n")[0].strip()
    match labelled.field:
        case "role" if nominee.role is None:
            post = split_post(value)
            return replace(
                nominee,
                role=post.role or value,
                organisation=nominee.organisation or (post.organisation if post.role else None),
            )
        case "organisation" if nominee.organisation is None:
            return replace(nominee, organisation=value)
        case "email" if nominee.email is None:
            found = EMAIL.search(value)
            return replace(nominee, email=found.group().lower() if found else None)
        case _:
            return nominee


def _read_prose(paragraphs: Sequence[Paragraph]) -> list[Nominee]:
    """People in sentences that nominate, and people whose address stands beside their name."""
    text = " ".join(paragraph.text for paragraph in paragraphs)
    addresses = [match.group().lower().rstrip(".") for match in EMAIL.finditer(text[:20000])]
    if text == text.lower():
        return list(_whispered(text[:8000], addresses))
    if not NOMINATES.search(text[:8000]):
        return []
    found: list[Nominee] = []
    for paragraph in paragraphs:
        nominates = False
        for sentence in sentences(paragraph.text[:6000]):
            goes_on = nominates and _ANOTHER.match(sentence) is not None
            found += _of_sentence(sentence, addresses, goes_on=goes_on)
            nominates = nominates or NOMINATES.search(sentence) is not None
    return found or (_with_addresses(text, addresses) if len(addresses) > 1 else [])


def _whispered(text: str, addresses: Sequence[str]) -> Iterator[Nominee]:
    """People in a text without capitals: two words that an address beside them is made of."""
    for address in addresses[:_MOST_WHISPERED]:
        first = address.partition("@")[0].split(".")[0]
        found = re.search(rf"\b({re.escape(first)} [a-z][a-z'’-]{{2,30}})\b(?!@)", text)
        name = clean_name(found[1]) if found and len(first) > 2 else None
        if name and is_person(name):
            yield Nominee(name, address)


def _with_addresses(text: str, addresses: Sequence[str]) -> list[Nominee]:
    """Where several addresses stand apart from the people: those whose names they are made of."""
    found: list[Nominee] = []
    for sentence in sentences(text[:8000]):
        for person in find_people(sentence):
            email = next((a for a in addresses if matches_address(person.name, a)), None)
            if person.is_whole and email is not None:
                found.append(Nominee(person.name, email, *post_beside(sentence, person)))
    return found if len({nominee.email for nominee in found}) > 1 else []


def _without_post(person: Named) -> Named:
    """`Firefighter Ada Bell` without what she does."""
    first, _, rest = person.name.partition(" ")
    return replace(person, name=rest) if is_role(first) and " " in rest else person


def _of_sentence(
    sentence: str, addresses: Sequence[str], *, goes_on: bool = False
) -> Iterator[Nominee]:
    """`goes_on`: it is one more of the sentences in which people are put forward."""
    nominates = NOMINATES.search(sentence)
    for found in find_people(sentence):
        person = _without_post(found)
        if not person.is_whole or is_organisation(person.name) or is_role(person.name):
            continue
        email = next((a for a in addresses if matches_address(person.name, a)), None)
        is_named_by = nominates is not None and (
            person.start > nominates.start() or nominates.group().endswith(("place", "places"))
        )
        is_put_forward = goes_on or is_named_by
        has_address_here = email is not None and email in sentence.lower()
        is_team = sentence[person.end : person.end + 6].lower().startswith((" team", " group"))
        is_thing = not person.has_title and sentence.endswith("the ", 0, person.start)
        if is_team or is_thing or (not is_put_forward and not has_address_here):
            continue
        if not is_put_forward and _NOMINATOR.match(sentence[person.end :]):
            continue
        before = sentence[max(0, person.start - 40) : person.start].lower()
        if re.search(
            r"\b(?:on behalf of|from|by|manager,?|behalf of our [\w ]+,?)\s*$", before
        ) or re.match(r"[^.]{0,50}\bhas asked (?:me|us)\b", sentence[person.end :]):
            continue
        role, organisation = post_beside(sentence, person)
        yield Nominee(person.name, email, role, organisation)
        if goes_on:
            return


def _completed(nominee: Nominee, contact: Contact) -> Nominee:
    if not contact.name or not is_same_person(nominee.name, contact.name):
        return nominee
    return Nominee(
        nominee.name,
        nominee.email or contact.email,
        nominee.role or contact.role,
        nominee.organisation or contact.organisation,
    )


def _once(found: Sequence[Nominee]) -> tuple[Nominee, ...]:
    kept: dict[tuple[str, str | None], Nominee] = {}
    for nominee in found:
        key = (fold(nominee.name), None)
        before = kept.get(key)
        if before is None:
            kept[key] = nominee
        else:
            kept[key] = Nominee(
                before.name,
                before.email or nominee.email,
                before.role or nominee.role,
                before.organisation or nominee.organisation,
            )
    return tuple(kept.values())
