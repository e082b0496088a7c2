"""Pure: titles as sentences announce them: `we call it …`, `…, as we call it`."""

import re
from collections.abc import Iterator

from intake.understanding.texts.paragraphs import sentences
from intake.understanding.texts.patterns import vocabulary

QUOTES = {"'": "'", "‘": "’", '"': '"', "“": "”", "«": "»"}
_THING = (
    r"(?:project|proposal|idea|scheme|bid|work|programme|plan|pilot|initiative|submission|entry"
    r"|ours|it|this|which)"
)
_OBJECT = (
    r"(?:it|this(?: one)?|ours|(?:the|our) (?:whole )?(?:project|thing|idea|work|scheme|plan"
    r"|proposal|bid|pilot))"
)
_CHOSEN = (
    r"(?: (?:that |which )?(?:stuck|(?:we|they|i|the \w+|everyone|everybody)(?:['’](?:ve|d))?"
    r"(?: \w+)?"
    r" (?:cho(?:o)?se|chosen|pick(?:ed)?|settled on|have|like|liked|prefer|gave|agreed(?: on)?|use"
    r"|in mind|voted for|came up with))\b)?"
)
"""What people say of how a title came about, between `title` and the title."""
_ANNOUNCES = (
    (0.9, re.compile(
        r"(?:\b(?:working|project|project['’]s|proposed|provisional|its|the|our|a|for|your) |/ |\A)"
        rf"(?:title|name)\b(?: (?:for|of) {_OBJECT})?(?: of)?{_CHOSEN}"
        r"(?:,(?-i: [a-z][^,.A-Z]{1,40}),)?|\btitle[- ]wise\b", re.I)),
    (0.88, re.compile(
        rf"\b{_THING}(?:['’]?(?:s|d|ll))?,?(?: \w+){{0,5}} (?:called|named|titled|entitled"
        r"|christened|dubbed|headed|known (?:\w+ ){0,2}as)\b"
        rf"|\b{_THING} (?:called|named|titled|entitled)\b", re.I)),
    (0.88, re.compile(
        r"\b(?:titl|entitl|christen|dub|baptis|nicknam)(?:e[ds]?|bed|ed|ing|bing|s)?"
        rf" {_OBJECT}(?= |,)", re.I)),
    (0.85, re.compile(
        r"\bunder the (?:\w+ )?(?:name|title|heading|banner)(?: of)?|\b(?:go(?:es|ing)?|known)"
        r" (?:by|under)(?: the (?:name|title|heading)(?: of)?)?\b"
        rf"|\b(?:gave|giv(?:e|en|ing)) {_OBJECT} the (?:name|title)(?: of)?\b", re.I)),
    (0.7, re.compile(
        r"\b(?:[Pp]roject|[Nn]ew|[Tt]he) lead(?:er)? (?:for|of|on) (?:the )?(?=[A-Z][\w'’-]*"
        r"(?: (?:[A-Z][\w'’-]*"
        r"|a|an|and|at|by|for|in|of|off|on|the|to|up|with)){1,7}(?: is| will be| has)\b)")),
    (0.88, re.compile(rf"\brefer(?:red|ring)? to {_OBJECT} as\b", re.I)),
    (0.75, re.compile(r"\b(?i:our|the|this|a|my) (?:\w+ )?project,? (?=[A-Z'‘“\"])")),
    (0.82, re.compile(
        r"(?<!for )(?<!of )\b(?i:our|my|this|the) project (?:is|will be|would be)"
        r" (?=[A-Z'‘“\"])")),
    (0.82, re.compile(
        r"\b(?:can|could|please|would|will)(?: you)?(?: please)? call us (?=[A-Z'‘“\"])", re.I)),
    (0.75, re.compile(
        r"\b(?i:enter|register|list|put|file|record|log|submit) (?i:it|this|us|ours|the project)"
        r"(?: down| in)? (?:as|under) (?=[A-Z'‘“\"])")),
    (0.75, re.compile(
        r"\b(?:EOI|eoi|[Ee]xpression of [Ii]nterest|proposal|bid|application)(?: in ACE)?(?:,?"
        r" (?:for|called|titled|entitled|about|on|-|–)|:) (?:our project |the project )?"
        r"(?=[A-Z'‘“\"])")),
)  # fmt: skip
_CALLS = re.compile(rf"\b(?:call(?:s|ed|ing)?|nam(?:es?|ed|ing)) {_OBJECT}(?= |,)", re.I)
_MAY_CALL = re.compile(
    r"(?:(?:\b(?:we|i|us|to|of|or|be|please|should|could|would|will|might|may|members|team|staff"
    r"|group|committee|everyone|everybody|keeps?|let['’]s|so)(?:['’]\w+)?"
    r"(?: (?-i:[a-z])\w+){0,2}|^|[,:;(]) ?$)|\b(?:title|name|stuck|stick)\b",
    re.I,
)
"""Whose word on what a project is called counts; patients call many a thing something."""
_ASKED = re.compile(r"\b(?:title|name for|name it|call it|called)\b[^?]{0,30}\?$", re.I)
"""A question put to oneself, with the title in answer."""
_ANNOUNCED_BEHIND = re.compile(
    r"^[‘'“\"«]?(?P<title>[A-Z0-9][^.;:!?]{1,80}?)[’'”\"»]?,? (?:is|would be|will be|is to be)"
    r" (?:what (?:we|i)(?:['’](?:re|ve|d))?(?: \w+){0,2} (?:call|called|calling|name|named|naming)"
    r" (?:it|this|the project)|(?:our|the|its) (?:working |provisional |project )?(?:title|name)"
    r"(?: (?:of|for) (?:it|this|(?:the|our) \w+))?)\W*$",
    re.I,
)
_APPOSED = re.compile(
    r"(?P<title>(?:[A-Z0-9][\w'’-]*)(?: (?:[A-Z0-9][\w'’-]*|a|an|and|at|by|for|in|of|off|on|the|to"
    r"|up|with)){1,7}),? (?:\((?:our |the |a )?(?:working |provisional |project )?(?:title|name)\b"
    r"|our (?:proposal|project|bid|scheme|idea|entry)\b"
    r"|as (?:we|i) (?:call|are calling|have called|['’]ve called) it"
    r"|which is (?:what (?:we|i)(?:['’](?:re|ve|m|d)| are| have)?(?: \w+)? call(?:ing|ed)?"
    r"|(?:our|its|the) (?:\w+ )?(?:title|name))\b"
    r"|(?:a|an|our) (?:[\w-]+ ){0,2}(?:project|scheme|initiative|pilot) (?:to|that|which|about))\b"
)
_ANNOUNCED_AMID = re.compile(
    r"[‘'“\"«](?P<title>[^’'”\"»]{2,80})[’'”\"»],? (?:(?:as|for|is|was|will be) (?:the|our|its|a)"
    r" (?:\w+ )?(?:name|title)\b|(?:as|is what) (?:we|i)(?:['’]\w+)? call)"
)
_OTHERS_NAME = re.compile(
    r"\b(?:my|her|his|their|your|job|full|first|whose|brand|in|by|of) (?:name|title)\b"
    r"|(?<!by )(?<!under )(?<!it )(?<!this )\b(?:the|a) name of\b(?! (?:it|the project|our project"
    r"|this))|\b(?:commonly|often|usually|sometimes|generally|widely|technically|medically) \w+$",
    re.I,
)
_LINK = vocabulary(
    """
    is was are be been will would could should shall to it it's it’s its that's that’s and which
    that already now just simply provisionally currently still going we we've we’ve have has they
    chosen settled on decided agreed picked voted for the moment as of yes so well already then
    working title name called at last finally long please use like say we'd we’d i'd i’d suggest
    propose how about think thought go with put enter i i've i’ve i'm calling you can may for
    """
)
_ASIDE_TO_QUOTED = re.compile(r"^[^.;:!?\"“‘]{1,50}:\s{1,2}(?=[\"“‘])")
"""What may stand between `name of the scheme` and a title in quotation marks."""
_IT = re.compile(r"\b(?:it|this)$")
_MOST_LINKS = 10
_ENDS = re.compile(
    r"[.;:!?()\n]|,? (?:which|and (?:we|i|I|it|is|the)|with (?:a|the|our)|led by|because|where"
    r"|so that|is|will|has|for the)\b|,? (?:but|though|if|as) (?:I|we|it|that|this|you|they|not)\b"
    r"|, (?=[a-z])|\s[-–—]\s"
)
SMALL_WORDS = vocabulary(
    """
    a an the of for and or to in on off up with from at by it our is as not no but into over
    out it's its are we be
    """
)
_GOES_ON = vocabulary(
    """
    because though after over under as if when while since who whose whom has have had will would
    led run please but so where which that with before until to now starts begins asks brings
    takes aims means comes came grew stuck was were is are may might could can shall does did
    """
)
LONGEST_TITLE = 90
MOST_WORDS = 12


def find_announced(text: str) -> Iterator[tuple[float, str]]:
    """How surely a sentence of `text` gives a title (0 to 1), and the title."""
    before = ""
    for sentence in sentences(text):
        if _ASKED.search(before):
            answer = find_said(sentence)
            if answer is not None:
                yield 0.8, answer
        before = sentence
        amid = _ANNOUNCED_AMID.search(sentence)
        if amid:
            yield 0.88, amid["title"]
        for match in _APPOSED.finditer(sentence):
            yield 0.75, match["title"]
        behind = _ANNOUNCED_BEHIND.match(sentence.strip())
        if behind and is_title_case(behind["title"]):
            yield 0.88, behind["title"]
        for confidence, match in _announcements(sentence):
            if _OTHERS_NAME.search(sentence[max(0, match.start() - 8) : match.end()]):
                continue
            title = _title_at(_behind_links(sentence[match.end() :]))
            if title is None or (title[:1].islower() and _IT.search(match.group())):
                continue
            yield confidence, title


def find_said(answer: str) -> str | None:
    """The title in an answer to the question for it: `Yes we have, it's The One in the Middle`."""
    whole = re.sub(r"^(?:yes|well)\W+", "", answer.strip(" .!"), flags=re.I)
    if is_title_case(whole) and len(whole.split()) <= MOST_WORDS:
        return whole
    for start in (0, *(match.end() for match in re.finditer(r"[,:;] ", answer[:200]))):
        title = _title_at(_behind_links(answer[start : start + 1].lower() + answer[start + 1 :]))
        if title is not None and title[:1].isupper():
            return title
    return None


def _announcements(sentence: str) -> Iterator[tuple[float, re.Match[str]]]:
    """Where a sentence is about to give a title, and how surely."""
    for confidence, pattern in _ANNOUNCES:
        for match in pattern.finditer(sentence):
            yield confidence, match
    for match in _CALLS.finditer(sentence):
        said = sentence[max(0, match.start() - 60) : match.start()]
        behind = sentence[match.end() : match.end() + 120]
        is_ours = _MAY_CALL.search(said) or re.search(r"\b(?:name|title|stuck|stick)\b", behind)
        if is_ours:
            yield 0.88, match


def _behind_links(text: str) -> str:
    """`text` without the small words that lead from the announcement to the title."""
    text = _ASIDE_TO_QUOTED.sub("", text)
    for _ in range(_MOST_LINKS):
        text = text.lstrip(" :,;-–—…")
        word = re.match(r"[a-z][\w'’]*", text)
        if word is None or word.group() not in _LINK:
            break
        text = text[word.end() :]
    return text.lstrip(" :,;-–—…")


def _title_at(text: str) -> str | None:
    """The title that `text` opens with: in quotation marks, or in title case or capitals."""
    text = text.lstrip(" :,-–")
    closing = QUOTES.get(text[:1])
    if closing:
        found = re.match(rf"(.{{2,{LONGEST_TITLE}}}?){re.escape(closing)}(?!\w)", text[1:])
        return found[1].strip(" ,.") if found else None
    end = _ENDS.search(text)
    words = (text[: end.start()] if end else text).split()
    stop = next((at for at, word in enumerate(words) if not _may_stand_in_title(word)), len(words))
    size = stop
    while size and words[size - 1] in SMALL_WORDS:
        size -= 1
    goes_on = stop == len(words) or words[stop].lower() in _GOES_ON or words[size].lower() == "and"
    if not goes_on:
        return None  # a word in small letters that is no small word: no title in capitals
    title = " ".join(words[:size]).strip(" ,.)")
    if not title or len(title) > LONGEST_TITLE or len(title.split()) > MOST_WORDS:
        return None
    return title if is_title_case(title) else None


def _may_stand_in_title(word: str) -> bool:
    bare = word.strip("'‘’“”\",()")
    return bare[:1].isupper() or bare[:1].isdigit() or bare.lower() in SMALL_WORDS


def is_title_case(title: str) -> bool:
    """Whether all words but the small ones open with a capital or a digit."""
    words = [word.strip("'‘’“”\",()") for word in title.split()]
    counted = [word for word in words if word and word.lower() not in SMALL_WORDS]
    if not counted or not (words[0][:1].isupper() or words[0][:1].isdigit()):
        return False
    return all(word[:1].isupper() or word[:1].isdigit() for word in counted)
