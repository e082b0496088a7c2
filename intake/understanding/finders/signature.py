"""Pure: name, role, organisation, telephones and address out of a signature or contact block."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.names import (
    clean_name,
    is_cased,
    is_initials,
    is_person,
    is_same_person,
    is_title,
    is_whole,
)
from intake.understanding.finders.organisations import (
    affinity,
    is_address,
    is_certain,
    is_detail,
    is_job_title,
    is_organisation,
    is_role,
    is_surely_organisation,
)
from intake.understanding.finders.phones import find_phones
from intake.understanding.finders.segments import Segment, posts_of
from intake.understanding.finders.signature_phones import read_phones
from intake.understanding.texts.closing import is_name_line, is_valediction
from intake.understanding.texts.lines import Line, strip_line
from intake.understanding.texts.patterns import cues
from storage.domain.message import Finding, Span

EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}"
)
_SEGMENTS = re.compile(r"\s[|»›]\s|\s?[•●➤►▶☎✉✆]\s?|\s[·/*~]{1,2}\s|;\s|\t|\s{3,}")
_DASH = re.compile(r"\s[-–—]\s")
_RELATIVE_CLAUSE = re.compile(
    r", (?:an? |the )?(?:registered|incorporated|part of|limited by|charity no)\b.{0,120}"
    r"|,? (?:(?:which|who|that) (?:is|are|was|has|covers?|runs?)|and (?:the )?(?:person|one"
    r"|lead) (?:who|on|for))\b[^,]{0,120}",
    re.I,
)
_CONTACT_LABEL = (
    r"(?:tel(?:ephone)?|phone|mob(?:ile)?|cell|direct(?: (?:line|dial))?|ddi|office|home"
    r"|work|fax|e-?mail|ext\.? ?\d*|landline|switchboard|text|call"
    r"|number|no|evenings?|daytime|only|ring|on|or|and|[tmedwf])\b\.?\s?:?"
)
_CONTACT = "\x00"
_CONTACT_LABELS = re.compile(
    rf"(?:\b{_CONTACT_LABEL}[\s,/]{{0,3}}){{0,5}}{_CONTACT}(?:[\s,/]{{0,3}}\b{_CONTACT_LABEL}){{0,5}}",
    re.I,
)
"""What stands around a telephone number or an address, for which `_CONTACT` stands."""
_LATIN = re.compile(r"[A-Za-z]")
_EMPTIED = re.compile(r"\s[-–—](?:\s[-–—])+\s")
_LAST_SENTENCE = re.compile(
    r"(?<=[a-z]{3})(?<!Prof)(?<!Revd)(?<!Cllr)(?<!Insp)(?<!Supt)\.\s+(?=[A-Z])"
)
_BEHIND_NAME = re.compile(r"[^,(]{2,60}\(([\w ,'’&/-]{2,90})\)")
_ON_BEHALF = re.compile(r"(?:^|(?<=, ))(?:for (?:and )?)?(?:on )?behalf of (?:the )?", re.I)
_REGISTERED = re.compile(
    r"(?<=\w)(?:,| -| –)? [(\[]?(?:(?:reg\w{0,8}\.?|uk) )?(?:charity|company|cic|cio)"
    r"(?: (?:reg\w{0,10} )?(?:no|number|nr)\b)?[.:]{0,2} ?\d{5,8}[)\]]?$",
    re.I,
)
"""The number by which a body is registered, behind its name."""
_LABELLED = re.compile(r"[A-Z][\w ]{2,24}:\s")
_ASIDE = re.compile(
    r"\s*\((?=[^()]{0,80}\b(?:i|i['’]m|we|my|our|is|are|was|the)\b)[^()]{0,80}\)?", re.I
)
_LETTERS = re.compile(r"[A-Z]{3,6}")
_PRONOUNS = re.compile(r"\s*[(\[]\s?(?:she|he|they|ze|xe)\b[^()\[\]]{0,40}[)\]]", re.I)
_SERVES = cues(
    r"\b(?:p\.?a\.?|e\.?a\.?|personal assistant|executive assistant|secretary"
    r"|private secretary|assistant) (?:to|for)\b",
    r"^(?:medical |private |executive )?(?:secretary|p\.?a\.?) to\b",
    r"\b(?:business support|administrator|office manager|diary manager) (?:to|for) (?:the |dr"
    r"|prof)",
)
_OTHER_PERSON = cues(
    r"^(?:my |our )?(?:secretary|p\.?a\.?|e\.?a\.?|assistant|team secretary|deputy|cover"
    r"|in my absence)\b\s?[:-]"
)


@dataclass(frozen=True, slots=True)
class Block:
    """What a signature says of the one who signs. `serves`: it says that its owner writes for
    somebody else (`PA to the Chief Executive`)."""

    findings: tuple[Finding, ...] = ()
    serves: bool = False


def read_block(
    lines: Sequence[Line],
    *,
    names: Sequence[str],
    email: str,
    source: str = "body",
    method: str = "signature",
) -> Block:
    """Candidates out of the lines of a signature; `names` and `email` are its owner's, as far as
    they are known beforehand."""
    kept = [strip_line(line) for line in lines if not line.is_blank]
    kept = [
        line
        for line in kept
        if not is_valediction(_ASIDE.sub("", line.text))
        and not any(is_initials(line.text, n) for n in names)
    ]
    own = [line for line in kept if not _OTHER_PERSON.search(line.text)]
    found: list[Finding] = []
    found += _read_names(own, names, email, source, method)
    found += _read_posts(own, names, email, source, method)
    found += read_phones(kept, names, source, method)
    found += _read_emails(own, source, method)
    return Block(tuple(found), serves=any(_SERVES.search(line.text) for line in kept))


def serves(text: str) -> bool:
    """Whether a line says that its writer works for another: `PA to Dr Bell`."""
    return _SERVES.search(text) is not None


def _read_names(
    lines: Sequence[Line], names: Sequence[str], email: str, source: str, method: str
) -> list[Finding]:
    found = []
    for at, line in enumerate(lines[:8]):
        for segment in _segments(line)[:1]:
            head = re.split(r",|\s[-–—]\s|:|\s{3,}|\d", segment.text, maxsplit=1)[0]
            head = re.sub(r"\s+[xX+]{1,4}$", "", head)
            name = clean_name(head)
            if name is None or not is_cased(name):
                continue
            known = _opens_with_name(segment.text, names, email)
            is_likely = is_person(head) and not is_organisation(head) and not is_role(head)
            if not known and not (at < 2 and (is_likely or _is_titled(head))):
                continue
            confidence = (0.9 if known else 0.6) if is_whole(name) else 0.45
            found.append(make_finding("name", name, method, confidence, at=segment.span(source)))
    return found


def _read_posts(
    lines: Sequence[Line], names: Sequence[str], email: str, source: str, method: str
) -> list[Finding]:
    """Role and organisation: what follows the name on its line and on the next ones."""
    segments = [s for line in lines for s in _segments(line)]
    details: list[Segment] = []
    is_known = any(_opens_with_name(s.text, names, email) for s in segments)
    for segment in segments:
        bare = _ASIDE.sub("", _PRONOUNS.sub("", without_contact(segment.text)))
        bare = _REGISTERED.sub("", _ON_BEHALF.sub("", bare))
        bracketed = _BEHIND_NAME.match(segment.text)
        if bracketed and is_role(bracketed[1]) and _opens_with_name(segment.text, names, email):
            bare, is_known = bracketed[1], True
        elif _opens_with_name(bare, names, email) or (
            not is_known and _is_name(bare) and affinity(bare, email) < 2
        ):
            bare, is_known = _behind_name(bare), True
        sentence = _LAST_SENTENCE.split(bare, maxsplit=1)[0]
        bare = sentence if is_surely_organisation(sentence) else bare
        parts = bare.split(", ")
        if len(parts) > 1 and is_certain(parts[0], email) and any(map(is_address, parts[1:])):
            bare = parts[0]
        if is_address(bare) and not is_address(bare.split(",")[0]):
            bare = bare.split(",")[0].strip()
        is_place = is_address(bare) and affinity(bare, email) < 2
        if not _LATIN.search(bare):
            continue  # the name once more, in another script
        if is_detail(bare) and not is_place and not _LABELLED.match(bare):
            details.append(Segment(bare, segment.start, segment.end))
    return posts_of(details, email, source, method)


def _opens_with_name(text: str, names: Sequence[str], email: str) -> bool:
    """Whether a piece opens with its owner's name; `Secretary` of secretary@… is none."""
    if not is_name_line(text, names=names, email=email):
        return False
    head = clean_name(re.split(r"[,|(:]", text, maxsplit=1)[0]) or ""
    if is_job_title(head):
        return False
    is_other = is_role(head) or affinity(text.split(",")[0], email) > 1
    return not is_other or any(is_same_person(head, name) for name in names)


def _is_name(text: str) -> bool:
    """Whether a piece of a signature opens with what is likely its owner's name."""
    head = text.split(",")[0]
    is_likely = is_person(head) and not is_role(head) and not is_organisation(head)
    return is_likely or _is_titled(head)


def _is_titled(text: str) -> bool:
    """`Fr Crispin`: a title and one name."""
    words = text.split()
    return len(words) == 2 and is_title(words[0]) and words[1].isalpha() and words[1].istitle()


def _behind_name(text: str) -> str:
    """What follows the name: `, Stanmore Carers Hub`; empty behind `SURNAME, First`, and where it
    is letters that no list holds (`Ada Bell, MCIL`)."""
    head, _, rest = text.partition(",")
    place = re.match(r"\s*(?:of|from|at|for) (?:the )?(?=[A-Z])", rest)
    if place:
        return rest[place.end() :].strip()
    is_letters = _LETTERS.fullmatch(rest.strip()) is not None
    return rest.strip() if is_whole(clean_name(head) or "") and not is_letters else ""


def _read_emails(lines: Sequence[Line], source: str, method: str) -> list[Finding]:
    return [
        make_finding(
            "email",
            match.group().lower().rstrip("."),
            method,
            0.8,
            at=Span(source, line.start + match.start(), line.start + match.end()),
        )
        for line in lines
        for match in EMAIL.finditer(line.text[:500])
    ]


def _segments(line: Line) -> list[Segment]:
    """The pieces of a signature line; dashes part those of a line that opens with a name."""
    breaks = list(_SEGMENTS.finditer(line.text))
    dashed = _DASH.split(line.text)
    if len(dashed) > 2 or (
        len(dashed) > 1 and (_is_name(dashed[0]) or is_surely_organisation(dashed[1]))
    ):
        breaks = sorted([*breaks, *_DASH.finditer(line.text)], key=lambda match: match.start())
    found, start = [], 0
    for match in [*breaks, None]:
        end = match.start() if match else len(line.text)
        text = line.text[start:end].strip(" ,;|*_").replace(" @ ", " at ")
        if text.startswith("(") and text.endswith(")"):
            text = text[1:-1].strip()
        if text:
            at = line.text.index(text[:1], start)
            found.append(Segment(text, line.start + at, line.start + at + len(text)))
        start = match.end() if match else end
    return found


def without_contact(text: str) -> str:
    """A piece of a signature without telephone numbers, addresses and the labels beside them."""
    text = _RELATIVE_CLAUSE.sub("", text)
    phones = find_phones(text)
    if not phones and "@" not in text:
        return text
    for phone in reversed(phones):
        text = text[: phone.start] + _CONTACT + text[phone.end :]
    text = re.sub(r" ?\([^()]{0,60}\)", "", EMAIL.sub(_CONTACT, text))
    text = _CONTACT_LABELS.sub(" ", _LAST_SENTENCE.split(text, maxsplit=1)[0])
    text = " ".join(text.replace(_CONTACT, " ").split()).strip(" ,;:|-–—()/")
    return _EMPTIED.sub(" - ", text)
