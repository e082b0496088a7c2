"""Pure: whether those who write put themselves forward too."""

import re

from intake.understanding.finders.names import is_same_person
from intake.understanding.finders.people import Named, find_people
from intake.understanding.finders.rolls import NOMINATES
from intake.understanding.texts.paragraphs import sentences
from intake.understanding.texts.patterns import cues

_MOST_READ = 4000
_SELF = r"(?:(?:my|one|your)sel(?:f|ves)|ourselves|me)"
_PUTS = (
    r"(?:nominat\w+|suggest\w*|propos\w+|recommend\w*|enter(?:ing)?|offer(?:ing)?|volunteer(?:ing)?"
    r"|put(?:ting)? (?:down|forward)|includ(?:e|ing)|consider)"
)
_SEVERAL = r"(?:two|three|four|five|six|seven|eight|nine|ten)"
_MYSELF = cues(
    rf"\b{_PUTS} (?:both )?{_SELF}\b"
    rf"|\bput(?:ting)? {_SELF} (?:forward|down|in|up|on (?:the|your))\b"
    r"|\bmyself\b.{0,40}\bnominat"
    r"|\bput(?:ting)? (?:my|your|my own|your own) name (?:forward|down|in)\b"
    r"|\bself[- ]nominat\w+"
    r"|\bi(?:'d|’d| would) (?:like|love) to be (?:considered|on it|one of)\b"
    r"|\b(?:me|myself) (?:and|\+|&) (?-i:(?!I\b)[A-Z])|\bmyself,"
    r"|\bi(?:'d|’d| would) (?:(?:like|love) to|be glad to) (?:come\b(?! (?:back|to|and))|join\b"
    r"|be part of"
    r"|take part)"
    r"|\bi(?:'d|’d| would) (?:like|love) (?:a|one of the) places?\b"
    r"|\bapply for (?:a|one of the) places?\b",
    r"\bboth of us\b|\b(?:the|us) " + _SEVERAL + r" of us\b|\bput us (?:both|all|two|three) \w+"
    r"|\b(?:there|we)(?: are|['’]re) " + _SEVERAL + r" of us\b"
    r"|\band i(?:['’]d| would) (?:both |all )?(?:like|love) to (?:come|join|take part|be)\b"
    r"|(?:,|;|\band) the undersigned[.,;)]"
    r"|\b(?:one|two|some|half) of (?:whom|them|which) (?:is|are) (?:me|us)\b"
    r"|\b(?:first|second|third|fourth|fifth|last|other|one) (?:is|one is|being) (?:me|myself)\b"
    r"|\bi(?:'m|’m| am) (?:one|part|a member) of (?:it|them|the team|the group)\b"
    r"|\bthere(?:'s|’s| is| are) (?:me|myself)\b|\b(?:if so|then)[,:] (?:me|myself)\b",
)
_AND_ME = re.compile(r"\band (?:for )?(?:myself|me)\b", re.I)
"""What says so in a sentence that names or nominates others: others are fed or persuaded too."""
_ME_AMONG = re.compile(r"[:,;] (?:myself|me)(?=\s?[(;,:]| and\b)", re.I)
"""What does in one that nominates: `… nominees: me (I'm a GP); Ada Bell …`."""
_THEMSELVES = cues(r"\bnominat\w+ (?:\w+ and )?(?:him|her|them)sel(?:f|ves)\b")
_NOT_MYSELF = cues(
    rf"\b(?:not|never|n't|n’t|rather than|instead of) (?:\w+ ){{0,2}}?(?:{_PUTS}"
    r" (?:my|our)sel(?:f|ves)|put(?:ting)? (?:my|our)sel(?:f|ves)\b|put(?:ting)? my (?:own )?name)"
    r"|\bnot (?:for )?(?:me|myself)\b"
    r"|\bi(?:'m|’m| am| will|'ll|’ll)? (?:not|won't|won’t|shan't|shan’t) (?:\w+ )?(?:be )?"
    r"(?:coming|taking part|attending|a nominee|one of)\b"
    r"|\b(?:won't|won’t|shan't|shan’t|will not) be (?:coming|taking part|attending)\b"
)
_BESIDE_ME = 14
"""Characters within which `me` or `myself` stands beside the name that it is said of."""
_ME_BEFORE = re.compile(r"\b(?:me|myself)\b[\s,:(–—-]{1,4}$", re.I)
_ME_BEHIND = re.compile(
    r"\s?[,(–—-]\s?(?:that(?:'s|’s| is) |this is |= ?)?(?:me|myself|the undersigned)\b", re.I
)


def puts_self_forward(text: str, name: str, *, is_writer: bool) -> bool:
    """Whether a text says that somebody of this name puts themselves forward, alone or with
    others: the writer (`myself`, `both of us`, `me, Ada Bell`), or whoever it is written for."""
    text = " ".join(text[:_MOST_READ].split())
    if _NOT_MYSELF.search(text):
        return False
    if not is_writer:
        return _THEMSELVES.search(text) is not None
    return (
        _MYSELF.search(text) is not None
        or any(_adds_me(sentence) for sentence in sentences(text))
        or _names_beside_me(text, name)
    )


def _adds_me(sentence: str) -> bool:
    """`… Peggy Lund, who makes the tea, and me.`"""
    nominates = NOMINATES.search(sentence)
    if nominates is not None and _ME_AMONG.search(sentence, nominates.end()):
        return True
    is_among = nominates is not None or bool(find_people(sentence))
    return is_among and _AND_ME.search(sentence) is not None


def is_beside_me(text: str, person: Named) -> bool:
    """`me, Ada Bell, nurse` and `Ada Bell (that's me)`."""
    before = text[max(0, person.start - _BESIDE_ME) : person.start]
    return bool(_ME_BEFORE.search(before) or _ME_BEHIND.match(text, person.end))


def _names_beside_me(text: str, name: str) -> bool:
    return any(
        is_beside_me(text, person) and is_same_person(person.name, name)
        for person in find_people(text)
    )
