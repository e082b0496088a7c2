"""Pure: how a text ends that nobody is known to have written: courtesy, name, ways to reach them.

Told by form, whatever the language: short lines behind a courtesy, a rule or a name.
"""

import re
from collections.abc import Callable, Sequence

from intake.understanding.texts.lines import Line, is_bullet
from intake.understanding.texts.phrases import is_signature_rule

_MOST_LINES = 14
"""Lines with text that a signature has at most behind its first."""
_LONGEST_LINE = 120
_MOST_WORDS = 16
_LONGEST_NAME = 45
_MOST_NAME_WORDS = 5
_LONGEST_LEAD = 5
"""Words of a courtesy that only its comma gives away."""
_CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}\.|https?://|\bwww\.|(?:\+|\(|\b\d)(?:[ ().-]{0,2}\d){8,14}"
    r"|^\w{1,8} \w{0,10} ?(?:mobile|i?phone|handy)$",
    re.I,
)
_RULER = re.compile(r"([-–—_=*~#])\1{2,119}$")
_END_OF_NAME = re.compile(r"[,|/@(\d\t]|\s[-–—]\s|\s{3}")
_NO_NAME = re.compile(r"[:;!?\"=_。、！？，]")
_LONGEST_NAME_WORD = 24
_LONGEST_PARTICLE = 3
_SOON = 6
"""Lines below a name within which a way to reach its bearer must stand."""
_OF_SEVERAL = 3
"""Lines with an address that are a roll of people rather than one person's signature."""
_FEWEST_WORDS = 6
"""Words from which a line with a full stop is a sentence."""
_LONGEST_INITIALS = 5
"""Characters of what may end in a full stop within a name, with it."""
_DASHED = re.compile(r"[ \t]{0,4}[-–—]{1,2}[ \t]?(?=[^\W\d_])")


def find_sign_off(lines: Sequence[Line], floor: int, is_courtesy: Callable[[str], bool]) -> int:
    """The index, `floor` or later, of the first line of courtesy, name and signature; the number
    of lines where there are none. `is_courtesy` knows the words that close a letter."""
    for at in range(floor, len(lines)):
        if not lines[at].is_blank and _starts_sign_off(lines, at, is_courtesy):
            return at
    return len(lines)


def looks_like_name(text: str) -> bool:
    """Whether a line could start with a person's name: few words, each with a capital where the
    script has them, and nothing that ends a sentence. One word alone is none if more follows."""
    text = text.strip()[:_LONGEST_LINE]
    head = _END_OF_NAME.split(text, maxsplit=1)[0].strip(" *_\xa0-–—")
    words = head.split()
    if not 0 < len(words) <= _MOST_NAME_WORDS or len(head) > _LONGEST_NAME:
        return False
    if head[-1] in "?!:;" or (text[-1] == "." and len(text.split()[-1]) > _LONGEST_INITIALS):
        return False
    if len(words) == 1 and len(text) > len(head) + 1 and text[len(head)] != ",":
        return False
    return not words[0][0].islower() and all(map(_is_name_word, words))


def is_contact(text: str) -> bool:
    """Whether a line holds an address, a web address or a telephone number, or says that it was
    written on one."""
    return _CONTACT.search(text[:_LONGEST_LINE]) is not None


def is_bare(lines: Sequence[Line]) -> bool:
    """Whether a sign-off is a courtesy, a name or both, and nothing else: no more than what a
    person types below each letter."""
    shown = [line.text for line in lines if not line.is_blank]
    is_plain = not any(is_contact(text) or _RULER.match(text) for text in shown)
    return len(shown) <= 2 and is_plain and not _DASHED.match(shown[0] if shown else "")


def _starts_sign_off(lines: Sequence[Line], at: int, is_courtesy: Callable[[str], bool]) -> bool:
    text = lines[at].text.strip()
    rest = [line.text.strip() for line in lines[at + 1 :] if not line.is_blank]
    if is_signature_rule(lines[at].text):
        return True
    if not _is_short(rest):
        return False
    if is_courtesy(text):
        return not rest or _opens_signature(rest[0])
    if _is_rule(lines, at):
        return len(rest) > 0
    opens_group = at > 0 and lines[at - 1].is_blank
    if _is_dashed_name(lines, at, rest):
        return True
    if opens_group and rest and _is_lead(text) and looks_like_name(rest[0]):
        return len(rest) == 1 or is_contact(" ".join(rest[1:]))
    is_roll = sum("@" in line for line in rest) >= _OF_SEVERAL
    return opens_group and looks_like_name(text) and _reaches(rest or [text]) and not is_roll


def _is_short(rest: Sequence[str]) -> bool:
    return len(rest) <= _MOST_LINES and all(
        len(text) <= _LONGEST_LINE and len(text.split()) <= _MOST_WORDS for text in rest
    )


def _opens_signature(text: str) -> bool:
    is_one_word = len(text.split()) == 1 and text.isalpha()
    return (
        is_one_word or looks_like_name(text) or is_contact(text) or _RULER.match(text) is not None
    )


def _is_lead(text: str) -> bool:
    """A courtesy in a language nobody foresaw: a few words and a comma, alone on a line."""
    return text[-1:] in ",，" and len(text.split()) <= _LONGEST_LEAD and text[0].isalpha()


def _reaches(rest: Sequence[str]) -> bool:
    """Whether the lines below a name soon say how its bearer is reached, and no sentence comes
    before that."""
    contact = next((at for at, text in enumerate(rest[:_SOON]) if is_contact(text)), None)
    return contact is not None and not any(_is_sentence(text) for text in rest[:contact])


def _is_sentence(text: str) -> bool:
    return is_bullet(text) or (text[-1] in ".?!" and len(text.split()) >= _FEWEST_WORDS)


def _is_name_word(word: str) -> bool:
    is_small = len(word) <= _LONGEST_PARTICLE or word in ("della", "dalla")
    is_word = word[0].isalpha() and not _NO_NAME.search(word) and len(word) <= _LONGEST_NAME_WORD
    return is_word and (is_small or not word[0].islower())


def _is_rule(lines: Sequence[Line], at: int) -> bool:
    """A rule across the page that does not underline a heading."""
    text = lines[at].text.strip()[:_LONGEST_LINE]
    if not _RULER.match(text):
        return False
    above = lines[at - 1].text.strip() if at else ""
    return not above or above[-1] in ".?!…)" or len(text) < len(above) // 2


def _is_dashed_name(lines: Sequence[Line], at: int, rest: Sequence[str]) -> bool:
    """`- Tom` as the last words, or right above a rule, and no item of a list."""
    mark = _DASHED.match(lines[at].text)
    if mark is None or (rest and not _RULER.match(rest[0])):
        return False
    words = lines[at].text[mark.end() :].split()
    above = next(
        (line.text for line in reversed(lines[max(0, at - 3) : at]) if not line.is_blank), ""
    )
    is_item = is_bullet(above) or above.rstrip().endswith(":")
    return len(words) <= 3 and all(word.strip(".").isalpha() for word in words) and not is_item
