"""Pure: telling organisations, job titles and addresses apart in short pieces of text."""

import re
from dataclasses import dataclass

from intake.understanding.finders.names import clean_name, fold, is_person, is_title
from intake.understanding.finders.organisation_words import (
    BRANDS,
    DEPARTMENTS,
    KINDS,
    ROLE_ENDINGS,
    ROLES,
    SURNAMES,
    WEAK_KINDS,
)
from intake.understanding.texts.patterns import cues, vocabulary

_ADDRESS = cues(
    r"\b[A-Z]{1,2}\d[A-Z\d]?(?:\s?\d[A-Z]{2})?$",
    r"^\d+[a-z]?[ ,-]",
    r"^(?:unit|flat|suite|room|floor|block|level|building) [\dA-Z]{1,4}\b|^(?:po box|\w+ floor)\b",
    r"\b(?:road|street|lane|avenue|mews|yard|close|terrace|crescent|drive|way|square|gardens"
    r"|hill|row|place|grove|wharf),? ",
    r"\b(?:road|street|avenue|mews|crescent|terrace|wharf)$",
    r"^(?:london|surrey|kent|essex|middlesex)\b.{0,12}$",
)
_NOT_A_DETAIL = cues(
    r"^(?:we|i|my|our|please|follow|this|if|mon|tue|wed|thu|fri|sat|sun|working"
    r"|registered (?:charity|office|in|as|no|number|address|company|community|under|with)"
    r"|supported|proud|winner|click|visit|join|think"
    r"|company|charity|reg|vat|pronouns?|he|she|they|twitter|facebook|instagram|linkedin|web"
    r"|website|tel|phone|mob|mobile|fax|e-?mail|email"
    r"|available|part of|normal|usual|hours|office hours|days|nb|note|sent|from|to|in"
    r"|part-time|part time|job-?share|apologies|before)\b",
    r"^(?:her|hers|him|his|them|theirs?)$"
    r"|^(?:head|registered|main|branch|postal) (?:office|address)\b",
    r"https?://|www\.|@|\d{5,}|\.(?:org|com|uk|net|example)\b",
    r"[!?]$|(?<![ .][A-Z][a-z][a-z])\.$",
    r"\b(?:is|are|was|were|will|do|does|don't|works|takes?|since|rated|proud|awarded)\b",
)


_LONGEST_POST = 300
"""Characters of a value that are read for who somebody is: each way to cut it is tried."""
_JOINED = re.compile(
    r"(?P<role>.{2,60}?)\s+(?P<by>at|for|of|with|from|in|to)\s+(?:the\s+)?(?P<place>[A-Z0-9].{2,80})$"
)
_COMMON_LABELS = vocabulary("nhs org com co gov ac uk net example sch police mail www")
"""Parts of domains that name nobody."""
OF_A_BODY = re.compile(
    r"\b(?:founder|owner|chair\w*|secretary|treasurer|president|trustee|member|ordinator|coordinator"
    r"|manager|organi[sz]er|proprietor|warden|vicar|rector|minister|imam|patron|captain|steward"
    r"|leader|partner|landlord|landlady)$",
    re.I,
)
"""What people are of a body and not of a department."""
_OWN_BODY = re.compile(
    r"(?:the )?(?:trustees|governors|board|committee|council|company|finance|friends)\b", re.I
)
_DEPARTMENTAL = cues(
    r"\b(?:head|director|lead|deputy|assistant|associate|manager|officer|adviser)$"
)


@dataclass(frozen=True, slots=True)
class Post:
    """What a person does and where: either may be missing."""

    role: str | None = None
    organisation: str | None = None


def is_organisation(text: str) -> bool:
    """Whether `text` ends, or holds near its end, in a word for a kind of organisation."""
    found = _plain_words(text)
    if not found or not text[:1].strip("‘'\"“(") or len(found) > 12:
        return False
    if all(word in DEPARTMENTS for word in found):
        return False
    return any(word in KINDS for word in found[-3:]) or is_brand(text)


def is_brand(text: str) -> bool:
    """Whether `text` holds the name of a charity or body that has branches everywhere."""
    return BRANDS.search(text) is not None


def is_surely_organisation(text: str) -> bool:
    """Whether `text` ends in a word that names nothing but an organisation (`Trust`, `Council`)."""
    found = _plain_words(text)
    return bool(found) and found[-1] in KINDS - WEAK_KINDS


def is_role(text: str) -> bool:
    """Whether `text` holds a word for what somebody does."""
    found = _plain_words(text)
    return len(found) <= 14 and any(
        word in ROLES or word.endswith(ROLE_ENDINGS) or word.rpartition("-")[2] in ROLES
        for word in found
    )


def is_kind_word(word: str) -> bool:
    """Whether one word names a kind of organisation."""
    return word.strip(".,;:").lower() in KINDS


def is_address(text: str) -> bool:
    """Whether a piece of a signature is part of a postal address."""
    is_numbered = text[:1].isdigit() and not is_surely_organisation(text)
    return _ADDRESS.search(text) is not None and (is_numbered or not is_organisation(text))


def is_detail(text: str) -> bool:
    """Whether a piece of a signature can be a role or an organisation at all."""
    return (
        2 < len(text) <= 90
        and (len(text.split()) <= 12 or is_role(text))
        and text[0].isalnum()
        and any(c.isalpha() for c in text)
        and _NOT_A_DETAIL.search(text) is None
    )


def affinity(organisation: str, email: str) -> int:
    """How well an organisation's name fits the domain of an address: 0 not at all, 3 for sure."""
    label = domain_label(email)
    found = [re.sub(r"[^a-z0-9]", "", word) for word in _plain_words(organisation)]
    found = [word for word in found if word and word not in ("the", "and", "of", "for", "in", "at")]
    if len(label) < 3 or not found:
        return 0
    joined = "".join(found)
    whole = re.sub(r"[^a-z0-9]", "", fold(organisation))
    if label in (joined, whole, whole.removeprefix("the")) or (
        len(label) > 5 and joined.startswith(label)
    ):
        return 3
    if len(joined) > 5 and 2 * len(joined) >= len(label) and label.startswith(joined):
        return 3
    initials = "".join(word[0] for word in found)
    if len(initials) > 2 and (
        initials == label or (label.startswith(initials) and len(label) <= 6)
    ):
        return 3
    hits = [word for word in found if len(word) > 3 and (word in label or word[:-1] in label)]
    if hits and all(word in KINDS for word in hits):  # `Partnership Office` of espartnership.…
        others = "".join(word[0] for word in found if word not in hits)
        return 3 if label == others + "".join(hits) else 1
    shared = sum(len(word) for word in hits)
    if shared >= 0.9 * len(label) and 1 < len(hits) >= len(found) - 1:
        return 3
    return 2 if shared >= 0.6 * len(label) else 1 if hits else 0


def split_post(text: str, email: str = "") -> Post:
    """`Chief Officer, Tandridge Volunteer Exchange`, `Chair of …`, `Trustee at …` cut in two.

    `Lead Nurse, Adult Safeguarding` stays whole: what stands behind the comma is no organisation.
    """
    text = text[:_LONGEST_POST]
    parts = [part.strip() for part in re.split(r",\s+|\s+[-–—]\s+|\s\|\s", text) if part.strip()]
    for at in range(1, len(parts)):
        left, right = ", ".join(parts[:at]), ", ".join(parts[at:])
        if is_role(left) and _can_employ(right, parts[at], email):
            return Post(left, right)
        if is_role(right) and not is_role(left) and is_certain(left, email):
            return Post(right, left)
        if _is_unknown_role(left) and affinity(right, email) > 1 and affinity(left, email) == 0:
            return Post(left, right)
    joined = _JOINED.match(text)
    if joined and is_role(joined["role"]) and _is_held_at(joined, email):
        return Post(joined["role"], joined["place"])
    beside = _post_and_place(text, email)
    if beside is not None:
        return beside
    head = re.split(r" for | of | in |, ", text, maxsplit=1)[0]
    if is_role(text) and (not is_surely_organisation(text) or (head != text and is_role(head))):
        return Post(role=text)
    if len(parts) > 1 and all(map(is_surely_organisation, parts)):
        return Post(organisation=text)
    if len(parts) > 1 and affinity(parts[-1], email) > 1 and affinity(parts[0], email) == 0:
        return Post(organisation=parts[-1])
    return Post(organisation=text) if is_organisation(text) or affinity(text, email) > 1 else Post()


def is_certain(organisation: str, email: str) -> bool:
    """Whether a name's last word or the address of its owner shows that it is an organisation."""
    return is_surely_organisation(organisation) or affinity(organisation, email) > 1


def is_job_title(text: str) -> bool:
    """Whether `text` ends in a word for what somebody does that is nobody's surname."""
    word = text.split()[-1].lower() if text.split() else ""
    return word in ROLES and word not in SURNAMES


def _is_unknown_role(text: str) -> bool:
    """`Local Democracy Reporter` before an organisation: its ending says that somebody does it."""
    words = text.split()
    return (
        1 <= len(words) <= 5
        and not is_organisation(text)
        and words[-1].lower().endswith(("er", "or", "ist", "ian", "eer", "man", "lady", "woman"))
    )


def _post_and_place(text: str, email: str) -> Post | None:
    """`Senior Receptionist Coldharbour Surgery`, `prezes of Perivale Club`: what stands before the
    name that the address is made of, where a word says what somebody does, or is no name."""
    words = text.split()
    for at in range(min(len(words), 7) - 1, 0, -1):
        role, place = " ".join(words[:at]), " ".join(words[at:])
        if affinity(place, email) < 3 or affinity(role, email):
            continue
        if words[at - 1].lower() in ("of", "at", "for") and at > 1:
            role = " ".join(words[: at - 1])
            return Post(role, place) if role.islower() or is_job_title(role) else None
        return Post(role, place) if is_job_title(role) else None
    return None


def _is_held_at(joined: re.Match[str], email: str) -> bool:
    """`Chair of Barnet Carers Network` names where, `Head of Health Partnerships` does not."""
    if affinity(joined["place"], email) > 1:
        return True
    if joined["by"] == "of" and OF_A_BODY.search(joined["role"]):
        return _OWN_BODY.match(joined["place"]) is None and joined["place"][:1].isupper()
    is_department = joined["by"] in ("of", "for") and _DEPARTMENTAL.search(joined["role"])
    return is_surely_organisation(joined["place"]) and not is_department


def _can_employ(text: str, first_part: str, email: str) -> bool:
    """Whether what stands behind a role and a comma is where the role is held."""
    if is_surely_organisation(text) or affinity(text, email) > 1:
        return True
    return is_organisation(text) and not is_role(first_part)


@dataclass(frozen=True, slots=True)
class PersonText:
    """A person as one piece of text gives them: `Dr Ada Bell, Chief Nurse, St Jude's Hospital`."""

    name: str
    role: str | None = None
    organisation: str | None = None


def read_person(text: str, email: str = "") -> PersonText | None:
    """Name, role and organisation out of one piece of text that starts with a name; None where
    it does not. `SURNAME, First - Role, Organisation` is understood too."""
    text = text[:_LONGEST_POST].replace("\n", ", ").strip(" .,;")
    head, _, rest = _cut_name(text)
    name = clean_name(head)
    if name is None or not (
        is_person(head) or (len(name.split()) == 1 and any(map(is_title, head.split())))
    ):
        return None
    post = split_post(rest, email) if rest else Post()
    role, organisation = post.role, post.organisation
    if rest and role is None and organisation is None:
        parts = [part.strip() for part in re.split(r",\s+|\s[-–—|]\s", rest) if part.strip()]
        role = next((part for part in parts if is_role(part)), None)
        others = [part for part in parts if part != role and is_detail(part) and part[:1].isupper()]
        organisation = next(
            (part for part in others if is_organisation(part)), others[-1] if others else None
        )
    return PersonText(name, role, organisation)


def _cut_name(text: str) -> tuple[str, str, str]:
    """The name at the front of `text`, the separator, and the rest."""
    dashed = re.split(r"\s[-–—|]\s|\s?[(:;]\s?|\t", text, maxsplit=1)
    if len(dashed) == 2 and is_person(dashed[0]):
        head, comma, given = dashed[0].partition(", ")
        if not comma or head.isupper() or not is_role(given):
            return dashed[0], "-", dashed[1].strip(" )")
    parts = text.split(",")
    for size in range(1, min(3, len(parts)) + 1):
        head = ",".join(parts[:size])
        following = parts[size].strip() if size < len(parts) else ""
        if is_person(head) and not (size < len(parts) and _is_post_nominals(following)):
            return head, ",", ",".join(parts[size:]).strip()
    return parts[0], ",", ",".join(parts[1:]).strip()


def _is_post_nominals(text: str) -> bool:
    return clean_name(f"Ann Other, {text}") == "Ann Other"


def domain_label(email: str) -> str:
    """The part of the domain that names its owner: `leavalley` of x@mail.leavalley.nhs.example."""
    labels = [label for label in fold(email.partition("@")[2]).split(".") if label]
    own = [label for label in labels if label not in _COMMON_LABELS]
    return re.sub(r"[^a-z0-9]", "", own[-1]) if own else ""


def _plain_words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9][a-z0-9'-]*", fold(text.replace("’", "'")))
