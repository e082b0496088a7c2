"""Pure: people's names as a person would write them, out of what mail and prose make of them."""

import re
import unicodedata
from functools import lru_cache

from intake.understanding.finders.name_words import (
    ALWAYS_TITLES,
    NO_NAME_WORDS,
    PARTICLES,
    TITLES,
)
from intake.understanding.finders.post_nominals import is_behind_name, is_post_nominal

LONGEST_NAME = 80

_RANK = re.compile(
    r"(?:(?:retired|acting|temporary|detective|assistant|deputy|chief|senior|group|wing|squadron"
    r"|police|lieutenant|staff|woman)[ -]){1,4}(?:inspector|superintendent|constable|sergeant"
    r"|commissioner|commander|officer|captain|colonel|leader|marshal|nurse)\.? "
    r"|(?:watch|crew|station) (?:manager|commander) ",
    re.I,
)
_NICKNAME = re.compile(r"(?<=\w )[\"“‘'][\w-]{2,20}[\"”’'](?= \w)")
_BRACKETED = re.compile(r"[(\[{][^)\]}]{0,80}[)\]}]")
_PRONOUNS = re.compile(r"\b(?:she|he|they|ze|xe)\s?/\s?\w+(?:\s?/\s?\w+)?\b|\bpronouns?:?", re.I)
_MARKUP = re.compile(r"<[^<>]{0,200}>|\{[{%][^{}]{0,200}[%}]\}|['’\"]\)?;.{0,200}")
_PLAIN = re.compile(r"[^\W\d_][\w’-]*(?: [^\W\d_][\w’-]*)*(?<!-)")
_CONTRACTION = re.compile(r"(?:i|we|you|he|she|it|they|that|there|here|who)['’]\w{1,2}$", re.I)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[-'’‘`.ʼ])*", re.UNICODE)


def fold(text: str) -> str:
    """Letters without case and accents, for comparing names with addresses."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_UNACCENTED))
    return "".join(c for c in plain if not unicodedata.combining(c))


_UNACCENTED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"}
)


def clean_name(raw: str) -> str | None:
    """The name in `raw` without honorific, rank, post-nominals, pronouns and brackets, turned
    round where it is written surname first. None where no name of a person is left."""
    text = " ".join(raw[: 4 * LONGEST_NAME].split())
    if _PLAIN.fullmatch(text) is None:
        text = _NICKNAME.sub(" ", " ".join(_MARKUP.sub(" ", text).split()))
        text = " ".join(_BRACKETED.sub(" ", _PRONOUNS.sub(" ", text)).split()).strip(
            " ,;:.-–—|/*_\"'“”"
        )
    text = _RANK.sub("", _turn_round(text), count=1)
    words = _strip_titles(text.split())
    while len(words) > 1 and (is_post_nominal(words[-1]) or is_behind_name(words)):
        words.pop()
    if (
        not words
        or _CONTRACTION.match(words[0])
        or not 2 <= sum(len(word.strip(".")) for word in words) <= LONGEST_NAME
    ):
        return None
    is_spelt = all(_WORD.fullmatch(word) for word in words)
    has_word = any(len(word.strip(".")) != 1 for word in words)
    return " ".join(_recase(words)) if is_spelt and has_word else None


def is_person(text: str) -> bool:
    """Whether `text`, cleaned, reads like a whole name: two to five words, each capitalised."""
    name = clean_name(text)
    if name is None:
        return False
    words = name.split()
    if not 2 <= len(words) <= 5 or any(fold(word) in NO_NAME_WORDS for word in words):
        return False
    if words[-1].endswith(("'s", "’s")):  # `St Anselm's`: a place
        return False
    return is_cased(name) and words[0][0].isupper() and len(words[-1]) > 1


def is_cased(name: str) -> bool:
    """Whether every word of a name is written as in names: with a capital, or a particle."""
    return all(word[0].isupper() or fold(word) in PARTICLES for word in name.split())


def is_title(word: str) -> bool:
    """Whether a word is an honorific, a clerical title or a rank."""
    return fold(word).strip(".,()") in ALWAYS_TITLES


def name_from_display(display: str, email: str) -> str | None:
    """The name that a From header displays, turned round where the address shows that the
    surname stands first. None for an address, a team, or initials alone."""
    if "@" in display:
        return None
    name = clean_name(re.split(r"\s[-–—|]\s", display)[0])
    if name is None or any(fold(word) in NO_NAME_WORDS for word in name.split()):
        return None
    return turned_by_address(name, email)


def turned_by_address(name: str, email: str) -> str:
    """`Macrae Eilidh` of eilidh.macrae@… as `Eilidh Macrae`."""
    words = name.split()
    local = [part for part in re.split(r"[._+\d-]+", fold(email.partition("@")[0])) if part]
    if not 2 <= len(words) <= 3 or not local:
        return name
    first, last = fold(words[0]), fold(words[-1])
    if first.strip(".") in TITLES and local[0] == last:
        return " ".join(words[1:])
    if local[0] == last and local[0] != first and last != first:
        return " ".join([words[-1], *words[:-1]])
    return name


def name_from_address(email: str) -> str | None:
    """`constance.ikpeme@…` as `Constance Ikpeme`; None where the local part shows no two names."""
    parts = [part for part in re.split(r"[._]+", email.partition("@")[0]) if part]
    if not 2 <= len(parts) <= 3 or not all(part.replace("-", "").isalpha() for part in parts):
        return None
    if any(len(part) < 2 or fold(part) in NO_NAME_WORDS for part in parts):
        return None
    return " ".join("-".join(p.capitalize() for p in part.split("-")) for part in parts)


def matches_address(name: str, email: str) -> bool:
    """Whether the local part of an address is made from this name."""
    local = re.sub(r"[^a-z]", "", fold(email.partition("@")[0]))
    words = [re.sub(r"[^a-z]", "", fold(word)) for word in name.split()]
    words = [word for word in words if word]
    if not words or not local:
        return False
    first, last = words[0], words[-1]
    whole = {first + last, last + first, first[0] + last, last + first[0], first + last[0]}
    parts = [part for part in re.split(r"[^a-z]+", fold(email.partition("@")[0])) if part]
    return (
        local in whole
        or (len(last) > 3 and last in local)
        or (len(first) > 2 and first in parts)
        or (len(first) > 1 and local == first)
        or (len(local) > 2 and first.startswith(local))
        or (len(words) > 1 and local == "".join(words))
    )


def is_same_person(one: str, other: str) -> bool:
    """Whether two names can be one person's: `Yewande A-C` and `Yewande Adeyinka-Cole`,
    `Bashir` and `Bashir Malik`, `Dr E Macrae` and `Eilidh Macrae`."""
    if not _first_letters(one) & _first_letters(other):
        return False
    first, second = _comparable(one), _comparable(other)
    if not first or not second:
        return False
    if first == second:
        return True
    shorter, longer = sorted((first, second), key=lambda words: (len(words), sum(map(len, words))))
    if len(shorter) == 1:
        return shorter[0] in longer
    first_agrees = _stands_for(shorter[0], longer[0]) or _stands_for(longer[0], shorter[0])
    last_agrees = any(_stands_for(shorter[-1], word) for word in longer[1:])
    return first_agrees and last_agrees


def fuller(one: str, other: str) -> str:
    """The longer of two names of one person; of equals the one with accents, else the first."""
    return max(one, other, key=lambda name: (len(name.split()), len(name), not name.isascii()))


def is_initials(text: str, name: str) -> bool:
    """Whether `text` is the initials of a name, as people sign in a hurry: `HSM`."""
    letters = text.strip(" .-–—").replace(".", "").replace(" ", "")
    return 2 <= len(letters) <= 4 and letters.upper() == "".join(
        part[0] for part in re.split(r"[\s.-]+", name.upper()) if part
    )


def is_whole(name: str) -> bool:
    """Whether a name has a given name and a surname, neither of them initials."""
    words = name.split()
    return len(words) >= 2 and all(
        len(re.sub(r"[^\w]", "", word)) > 1 and not _is_initials(word)
        for word in (words[0], words[-1])
    )


def _first_letters(name: str) -> set[str]:
    """Of each word: two names that share none are not one person's, which is told cheaply."""
    return {word.lstrip("(\"'“‘[")[:1] for word in fold(name).split()}


@lru_cache(maxsize=512)
def _comparable(name: str) -> tuple[str, ...]:
    return tuple(fold(word).strip(".") for word in (clean_name(name) or "").split())


def _stands_for(short: str, long: str) -> bool:
    """An initial, a shortened given name or the initials of a double name."""
    if short == long or ((len(short) <= 1 or len(short) >= 3) and long.startswith(short)):
        return True
    initials = "".join(part[0] for part in re.split(r"[-' ]", long) if part)
    return len(initials) > 1 and re.sub(r"[^a-z]", "", short) == initials


def _is_initials(word: str) -> bool:
    return all(len(part) <= 1 for part in re.split(r"[-.]", word) if part) and (
        len(word.strip(".")) <= 1 or bool(re.search(r"[-.]", word))
    )


def _turn_round(text: str) -> str:
    """`SURNAME, First` as `First SURNAME`; post-nominals behind a comma stay behind."""
    surname, comma, given = text.partition(",")
    given = given.strip()
    words = text.split()
    if not comma and 2 <= len(words) <= 3 and _is_shouted(words[0]) and not _is_shouted(words[-1]):
        return " ".join([*words[1:], words[0]])
    if not comma or not given or "," in given:
        return text if not comma else _before_post_nominals(text)
    if all(is_post_nominal(word) for word in given.split()):
        return surname
    if len(given.split()) > 4 or len(surname.split()) > 4:
        return text
    return f"{given} {surname.strip()}"


def _is_shouted(word: str) -> bool:
    """A surname in capitals, as directories write it; no initials and no post-nominals."""
    letters = [c for c in word if c.isalpha()]
    return len(letters) > 2 and word.isupper() and not is_post_nominal(word)


def _before_post_nominals(text: str) -> str:
    parts = [part.strip() for part in text.split(",")]
    while len(parts) > 1 and all(is_post_nominal(word) for word in parts[-1].split()):
        parts.pop()
    return _turn_round(", ".join(parts)) if len(parts) == 2 else ", ".join(parts)


def _strip_titles(words: list[str]) -> list[str]:
    """Honorifics at the front, wherever turning round has put them; never the whole name."""
    while len(words) > 1 and fold(words[0]).strip(".,()") in TITLES:
        is_sure = fold(words[0]).strip(".,()") in ALWAYS_TITLES
        if not is_sure and len(words) == 2 and not words[0].endswith("."):
            break
        words = words[1:]
    while len(words) > 2 and fold(words[-1]).strip(".,()") in ALWAYS_TITLES - {"ms"}:
        words = words[:-1]
    return words


def _recase(words: list[str]) -> list[str]:
    """Shouted surnames in ordinary case: `GATHERCOLE`, `O'HARA`, `ODUYA-CLARKE`. A name that is
    shouted or whispered as a whole too, except initials."""
    whispered = all(word == word.lower() for word in words) and len(words) > 1
    return [
        _capitalise(word)
        if (
            word.isupper()
            and len(word.strip(".")) > 2
            and "." not in word
            and not _is_initials(word)
        )
        or (whispered and fold(word) not in PARTICLES)
        else word
        for word in words
    ]


def _capitalise(word: str) -> str:
    parts = re.split(r"([-'’])", word.lower())
    text = "".join(part[:1].upper() + part[1:] for part in parts)
    if text.startswith("Mc") and len(text) > 3:
        text = f"Mc{text[2].upper()}{text[3:]}"
    return text
