"""Pure: who is nominated, out of tables, labelled blocks, lists and prose; and the team's name."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from intake.understanding.finders.addressees import address_of, by_first_name, find_whispered
from intake.understanding.finders.beside import post_beside
from intake.understanding.finders.names import (
    clean_name,
    fold,
    is_same_person,
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
    r"|\bput(?:ting)? (?:myself|me|(?:my|your|my own|your own) name) (?:forward|down|in)\b"
    r"|\bself[- ]nominat\w+"
    r"|\bi(?:'d|’d| would) (?:like|love) to be considered\b"
    r"|\band (?:myself|me)\b|\bnominat\w+ .{0,60}\band myself\b|\bi(?:'d| would) like (?:a"
    r"|one of the) places?\b|\bapply for (?:a|one of the) places? (?:for )?(?:myself)?\b",
)


_ANOTHER = re.compile(
    r"(?:The |My |Our )?(?:first|second|third|fourth|fifth|last|final|other|next)\b|Finally\b"
    r"|Then\b|Lastly\b|Also\b|And\b",
    re.I,
)
_NOMINATOR = re.compile(
    r".{0,200}?\b(?:wish(?:es)?|would like|wants?|(?:has|have) asked (?:me|us)|is|am|are"
    r"|proposes)\b.{0,20}\b(?:nominat|put(?:ting)? forward|propos|recommend)"
    r"|.{0,40}?\b(?:would like|wants|wishes)\b.{0,60}\bto have\b.{0,20}\bplaces?\b"
    r"|(?:\s?\([^()]{0,120}\)|, [^.]{0,80},)? (?:has |have )?(?:dictated|asked|asks|writes)\b",
    re.I,
)


class HowFound(StrEnum):
    """How nominees were found, as findings name it."""

    LABEL = "label"
    TABLE = "table"
    LIST = "list"
    PROSE = "prose"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class Nominations:
    """The nominees in order, the team's name, and the labels that told of nominees (they tell
    nothing of the nominator); `how` they were found, and the writer's name where the text only
    says that they put themselves forward."""

    nominees: tuple[Nominee, ...] = ()
    team: str | None = None
    consumed: tuple[Labelled, ...] = ()
    how: HowFound = HowFound.PROSE
    own_name: str | None = None


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
    blocks, consumed = _read_blocks(labels, names)
    ways: tuple[tuple[HowFound, Callable[[], Sequence[Nominee]]], ...] = (
        (HowFound.TABLE, lambda: [n for lines in (body, *tables) for n in read_nominees(lines)]),
        (HowFound.LABEL, lambda: blocks),
        (HowFound.LIST, lambda: read_roll(body, paragraphs)),
        (HowFound.PROSE, lambda: _read_prose(paragraphs)),
        (HowFound.LIST, lambda: [n for t in tables for n in read_roll(t, join_lines(t))]),
    )
    how, found = next(
        ((how, found) for how, read in ways if (found := read())), (HowFound.PROSE, [])
    )
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    return Nominations(_once(found), find_team(text, labels), consumed, how)


def add_self(nominations: Nominations, text: str, contact: Contact) -> Nominations:
    """With the writer among the nominees where the text says so; with what the contact tells of
    a nominee who is the same person."""
    nominees = [_completed(nominee, contact) for nominee in nominations.nominees]
    is_in = any(contact.name and is_same_person(n.name, contact.name) for n in nominees)
    if contact.name and not is_in and _MYSELF.search(text[:4000]):
        nominees.append(Nominee(contact.name, contact.email, contact.role, contact.organisation))
        nominations = replace(nominations, own_name=contact.name)
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
    by_first = by_first_name(text[:20000])
    if text == text.lower():
        return list(find_whispered(text[:8000], addresses))
    if not NOMINATES.search(text[:8000]) and len(by_first) < 2:
        return []
    found: list[Nominee] = []
    for paragraph in paragraphs:
        nominates = False
        for sentence in sentences(paragraph.text[:6000]):
            goes_on = nominates and _ANOTHER.match(sentence) is not None
            found += _of_sentence(sentence, addresses, by_first, goes_on=goes_on)
            nominates = nominates or NOMINATES.search(sentence) is not None
    return found or (_with_addresses(text, addresses, by_first) if len(addresses) > 1 else [])


def _with_addresses(
    text: str, addresses: Sequence[str], by_first: Mapping[str, str]
) -> list[Nominee]:
    """Where several addresses stand apart from the people: those to whom they belong."""
    found: list[Nominee] = []
    for sentence in sentences(text[:8000]):
        for person in find_people(sentence):
            email = address_of(person.name, addresses, by_first)
            if person.is_whole and email is not None:
                found.append(Nominee(person.name, email, *post_beside(sentence, person)))
    return found if len({nominee.email for nominee in found}) > 1 else []


def _without_post(person: Named) -> Named:
    """`Firefighter Ada Bell` without what she does."""
    first, _, rest = person.name.partition(" ")
    return replace(person, name=rest) if is_role(first) and " " in rest else person


def _of_sentence(
    sentence: str,
    addresses: Sequence[str],
    by_first: Mapping[str, str],
    *,
    goes_on: bool = False,
) -> Iterator[Nominee]:
    """The people of a sentence. `by_first`: the address that stands beside a first name;
    `goes_on`: it is one more of the sentences in which people are put forward."""
    nominates = NOMINATES.search(sentence)
    for found in find_people(sentence):
        person = _without_post(found)
        if not person.is_whole or is_organisation(person.name) or is_role(person.name):
            continue
        email = address_of(person.name, addresses, by_first)
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
