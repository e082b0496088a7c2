"""Pure: telephone numbers in text, as E.164, with what the words around them say of each.

Numbers of the United Kingdom are judged by their shape alone, since those that are reserved for
drama and for examples must count; numbers of other countries by the phonenumbers library.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers

_CANDIDATE = re.compile(
    r"(?<![\w@.,/£$€#-])(?:\+|\(?0|\(\+)(?:[\d()]|[ \t\xa0./‐-–-](?=[\d(+ ])){7,24}(?!\w)"
)
_AFTER_LABEL = re.compile(r"(?<=[A-Za-z]:)(?:\+|\(?0)(?:[\d()]|[ .-](?=[\d(])){7,24}(?!\w)")
_ZERO = ("oh", "zero", "nought", "naught")
_ONE_TO_NINE = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_DIGITS = {
    **dict.fromkeys(_ZERO, "0"),
    **{word: str(digit) for digit, word in enumerate(_ONE_TO_NINE, start=1)},
}
_SPOKEN_ZERO = re.compile(r"\b(?:oh|zero|nought|naught)[ ,-]", re.I)
_SPOKEN = re.compile(
    r"\b(?:oh|zero|nought|naught)(?:[ ,-]{1,2}(?:double|treble|triple|hundred|\d{2,6}|"
    + "|".join(_DIGITS)
    + r")\b){5,12}",
    re.I,
)
"""A number as dictation writes it: `oh seven seven double oh nine hundred one two three`."""
_RELAY = re.compile(r"^1?8001[ \t]*")
_CLAUSE_BREAK = re.compile(
    r"[.!?;](?=\s|$)|\n|, (?=(?:and|but|not|so|or|it['’]?s|it is|this is|that is)\b)| \| | / "
)
_WORDS_BEFORE = 60
_WORDS_AFTER = 48

_HELPER = (
    r"(?:secretary|p\.?a\.?|(?:e\.?a|personal assistant|assistant|deputy))(?!\w| (?:of|to|for"
    r"|director|head|chief|manager|principal|chair|leader|commissioner|medical|clinical|general"
    r"|team|professor|psych\w+)\b)"
)
_OTHERS = (
    r"\b(?:my|our|his|her|their|the|via|through|call|ring|contact|to) (?:\w+ )?"
    rf"{_HELPER}|\b{_HELPER}(?:[ ,]{{1,2}}[A-Z]\w+){{0,3}}(?:\s?[:–-]|\W{{0,3}}$)"
    rf"|^\W*{_HELPER}\W*$"
    r"|switchboard|reception\b|help ?line|help ?desk|hotline"
    r"|crisis line|out of hours"
    r"|emergenc|duty (?:line|desk)|main number|volunteers on|colleague|instead of me"
    r"|front desk|advice line|info(?:rmation)? line|room hire|control room"
    r"|box office|ticket|booking|my manager"
    r"|\b(?:on|from|in) (?:the|your) (?:\w+ )?(?:poster|leaflet|flyer|advert|web ?site)\b"
    r"|\b(?:i|we) (?:\w+ )?(?:rang|phoned|tried|called) "
    r"|\b(?:my|his|her|our) (?:\w+ )?(?:wife|husband|partner|son|daughter|mother|father|mum"
    r"|dad|sister"
    r"|brother|neighbour|friend|flatmate|carer|boss|co-[a-z]+|colleague|caretaker)\b(?!['’]s )"
    r"|\bin (?:my|his|her|our) absence\b|\b(?:if|when) (?:i|we)(?:['’]m|['’]re| am"
    r"| are) (?:out|away"
    r"|not (?:in|here|there|around|about)|off (?:sick|duty)|on leave)\b"
    r"|\b(?:press|media|donations?|volunteering|fundraising|membership|safeguarding|general|sales"
    r"|accounts|office|admin|public|other|all other)(?: \w+)? (?:office|desk|line|team|enquiries"
    r"|inquiries|queries)\b|\b(?:press|media|donations?|volunteering|membership|safeguarding"
    r"|referrals"
    r"|bookings)\s?:|\benquiries\b"
)
_I_AM_SECRETARY = re.compile(
    r"\bi(?:['’]m| am) (?:the |its |their |our )?(?:[\w.]+ ){0,2}secretary\b(?! (?:to|for)\b)", re.I
)
"""A society's secretary speaks for it, and nobody else answers their telephone."""
_OTHERS_AFTER = re.compile(
    r"\s?,?\s?\(?(?:(?:if|when|while|whenever) (?:i|we)(?:['’]m|['’]re| am| are) (?:out|away"
    r"|not (?:in|here|there|around|about)|off (?:sick|duty)|on leave|unavailable)"
    r"|in (?:my|his|her) absence)\W{0,2}$",
    re.I | re.M,
)
"""What is said behind a number that is for the times when its bearer is not there."""
_FAX = r"\bfax\b|facsimile|\bf\s?:|pager|bleep"
_MOBILE = r"\bmob(?:ile)?\b|\bcell\b|\bm\s?[:.]|\bm\b(?=\s*$)"
_DIRECT = r"\b(?:personal|private|direct(?:ly)?)\b|\bddi\b|\bdd\b|\bdl\b"
_OWN = r"\b(?:my|our) own\b|\bown (?:line|number)\b"
_OFFICE = r"\boffice\b|\bmain\b|\bwork\b|\blandline\b|\bhome\b|\bpractice\b"
_OLD = (
    r"\b(?:old|wrong|former|previous|incorrect|mistyped|typo|mistake"
    r"|(?<!if )not(?=[^,]{0,40}$)|outdated|defunct"
    r"|(?:instead of|rather than)(?! (?:writ|e-?mail|mail|by\b|wait|text|post))|no longer"
    r"|wrote|gave|used to be|change|replace|was)\b"
)
_OLD_AFTER = (
    r"(?:is|was|has|which|that|,|-|–)?\s*(?:is |was |are )?(?:my |his |her |the |our |an? "
    r"|in fact )*(?:\w+'s |\w+’s )?"
    r"(?:old|wrong|former|previous|incorrect|out of date|mistake|no longer|defunct|not (?:mine"
    r"|right|correct|working|in use)"
    r"|should (?:be|read|have)|doesn't work|has changed|changed)"
)
_NEW = (
    r"\b(?:right|correct|new|now|current|should (?:be|read)|instead|please use|use my|changed to"
    r"|is now|it['’]?s|it is)\b[^.]{0,30}$"
    r"|(?<!used )\bto(?: (?:my|our|the|this|new|a|mobile|number|one|be|read)){0,3}\W{0,4}$"
)
_NEW_AFTER = re.compile(
    r"\s*[,;(–-]?\s*(?:and |but )?(?:not|instead of|rather than)\b(?! (?:after|before|at"
    r"|on))",
    re.I,
)
_MINE = r"\b(?:my|me|i'?m|i am|i’m|call|ring|reach|text)\b"


class Line(StrEnum):
    """What kind of number the words beside it say it is."""

    MOBILE = "mobile"
    DIRECT = "direct"
    PLAIN = "plain"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Phone:
    """A number found at `start` to `end` of the text that was searched.

    `is_others`: a secretary's, a switchboard's, a help line's; `is_old`: corrected by the writer;
    `is_new`: what it was corrected to; `is_mine`: the writer says `my`, `call me` or the like.
    """

    number: str
    line: Line
    start: int
    end: int
    is_others: bool = False
    is_old: bool = False
    is_new: bool = False
    is_mine: bool = False

    @property
    def rank(self) -> int:
        """Order in which a person's own numbers are preferred: 0 first."""
        order = (Line.MOBILE, Line.DIRECT, Line.PLAIN, Line.OFFICE)
        return order.index(self.line) + (10 if self.is_old else 0) - (10 if self.is_new else 0)


def find_phones(text: str) -> tuple[Phone, ...]:
    """Telephone numbers in `text` in their order; faxes are left out."""
    found: list[Phone] = []
    matches = [*_CANDIDATE.finditer(text), *_AFTER_LABEL.finditer(text)]
    if _SPOKEN_ZERO.search(text):
        matches += _SPOKEN.finditer(text)
    last_end = 0
    for match in sorted(matches, key=lambda m: m.start()):
        number = normalise_phone(_in_digits(match.group()))
        if number is None or match.start() < last_end:
            continue
        end = match.start() + len(_closed(match.group()))
        phone = _in_context(text, match.start(), end, number=number, since=last_end)
        last_end = end
        if phone is not None:
            found.append(phone)
    return tuple(found)


def _closed(raw: str) -> str:
    """A number without the bracket behind it that was opened before it."""
    bare = raw.rstrip()
    return bare[:-1] if bare.endswith(")") and bare.count(")") > bare.count("(") else bare


def _in_digits(raw: str) -> str:
    """A number that is spoken out, in digits."""
    if not raw[:1].isalpha():
        return raw
    digits, times = "", 1
    for word in re.findall(r"[a-z]+|\d+", raw.lower()):
        if word.isdigit():
            digits += word
        elif word == "hundred":
            digits += "00"
        elif word in _DIGITS:
            digits += _DIGITS[word] * times
        times = {"double": 2, "treble": 3, "triple": 3}.get(word, 1)
    return digits


def normalise_phone(raw: str) -> str | None:
    """`raw` as E.164, None where it is no telephone number. `+44 (0)20`, `0044` and the prefix
    18001 of text relay are understood."""
    text = raw.strip()
    is_international = text.lstrip("( ").startswith("+")
    digits = _RELAY.sub("", re.sub(r"[^\d]", "", re.sub(r"\(0\)", "", text)))
    if not is_international and digits.startswith("00"):
        is_international, digits = True, digits[2:]
    if is_international and not digits.startswith("44"):
        return _foreign("+" + digits)
    national = digits[2:].lstrip("0") if is_international else digits.removeprefix("0")
    if not is_international and not digits.startswith("0"):
        return None
    return f"+44{national}" if _is_british(national) else None


def _is_british(national: str) -> bool:
    """Shape of a number in the United Kingdom without its leading 0 (Ofcom's numbering plan)."""
    if len(national) == 10:
        return national[0] in "12378" or national[:2] in ("55", "56")
    return len(national) == 9 and national[0] == "1"


def _foreign(number: str) -> str | None:
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _in_context(text: str, start: int, end: int, *, number: str, since: int) -> Phone | None:
    """The number with what its neighbourhood says; None for a fax."""
    before = _tail_clause(text[max(since, start - _WORDS_BEFORE) : start])
    wide_before = text[max(since, start - _WORDS_BEFORE) : start]
    after = _first_clause(text[end : end + _WORDS_AFTER])
    label = _last_label(before)
    if re.search(_FAX, label, re.I) and not re.search(r"\btel|phone", label, re.I):
        return None
    is_new = re.search(_NEW, wide_before, re.I) is not None
    is_old = re.match(r"[\s,(–-]*" + _OLD_AFTER, text[end : end + _WORDS_AFTER], re.I) is not None
    is_new = is_new or (not is_old and _NEW_AFTER.match(text[end : end + _WORDS_AFTER]) is not None)
    is_old = is_old or (not is_new and re.search(_OLD, before[-40:], re.I) is not None)
    return Phone(
        number=number,
        line=_line_of(label, number, after),
        start=start,
        end=end,
        is_others=_I_AM_SECRETARY.search(wide_before) is None
        and _is_others(before, text[end : end + _WORDS_AFTER]),
        is_old=is_old,
        is_new=is_new and not is_old,
        is_mine=re.search(_MINE, before, re.I) is not None,
    )


def _is_others(before: str, behind: str) -> bool:
    """Whether the words around a number say that somebody else answers it."""
    told = re.search(_OTHERS, f"{before} {_bracket(behind)}", re.I)
    return told is not None or _OTHERS_AFTER.match(behind) is not None


def _line_of(label: str, number: str, after: str) -> Line:
    is_mobile = number.startswith("+447")
    if is_mobile and not re.search(_OFFICE, label, re.I):
        return Line.MOBILE
    if re.search(_MOBILE, label, re.I):
        return Line.MOBILE
    if re.search(rf"{_DIRECT}|{_OWN}", label, re.I) or re.search(_DIRECT, after[:20], re.I):
        return Line.DIRECT
    return Line.OFFICE if re.search(_OFFICE, label, re.I) else Line.PLAIN


def _tail_clause(text: str) -> str:
    breaks = [match.end() for match in _CLAUSE_BREAK.finditer(text)]
    return text[breaks[-1] :] if breaks else text


def _first_clause(text: str) -> str:
    found = _CLAUSE_BREAK.search(text)
    return text[: found.start()] if found else text


def _last_label(before: str) -> str:
    return before[-24:]


def _bracket(after: str) -> str:
    """What stands in brackets right behind a number."""
    found = re.match(r"\s*\(([^()\d]{0,40})\)", after)
    return found[1] if found else ""
