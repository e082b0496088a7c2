"""Pure: the senior leader who sponsors a project, as sentences name them."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.names import clean_name, is_same_person
from intake.understanding.finders.people import Named, find_people
from intake.understanding.texts.paragraphs import Paragraph, sentences
from intake.understanding.texts.patterns import cues
from storage.domain.message import Finding

_WORK = r"(?:\w+ )?(?:project|bid|idea|work|proposal|plan|scheme|application)"
_SAYS_SO = cues(
    r"senior (?:leader|sponsor|responsible (?:owner|officer)|leadership (?:sponsor|support)"
    r"|lead\b|champion|figure|name|person|voice|backer|supporter"
    r"|(?:support|backing)(?! (?:work|staff|officer|assistant|team|nurs|manage|engineer)))"
    r"|\bour (?:champion|backer) (?:is|will be)\b",
    r"\b(?:executive |exec |board |project )?sponsor(?:ship|(?:s|ed|ing)?"
    rf"(?! (?:our|their|the|a) (?!{_WORK})))\b",
    r"\b(?:executive|exec|board(?:[- ]level)?) (?:lead|champion|backer)\b|\bSRO\b",
    r"\bcoach(?:es|ing)? (?:me|us|the (?:lead|team|project))",
)
_BACKS = cues(
    r"\b(?:backing|blessing|support|endorsement|patronage|weight|authority) (?:of|from)\b",
    r"\b(?:backed|supported|endorsed|championed|overseen|chaperoned|vouched for) by\b",
    r"\b(?:back(?:s|ing)|support(?:s|ing)|champion(?:s|ing)|endors(?:es|ing)|vouch(?:es|ing) for"
    r"|stand(?:s|ing) behind|is (?:right |fully |firmly |foursquare )?behind|put(?:s|ting)? "
    r"(?:his|her|their) (?:name|weight) (?:to|behind)) (?:us|it|this|the (?:project|bid|idea"
    r"|work|proposal|plan)|our (?:project|bid|idea|work|proposal|plan))\b",
    r"\b(?:lend(?:s|ing)?|lent) (?:(?:us|it|this|the project) )?(?:his|her|their) (?:name|weight"
    r"|support|voice|authority)\b",
    r"\b(?:will|to|has agreed to|would) (?:back|champion|support|vouch for|stand behind|speak for"
    r"|oversee|look after) (?:us|it|this|the (?:project|bid|idea|work))\b",
    r"\bgiv(?:en|es|ing) (?:us|it|this|the project) (?:his|her|their) (?:full )?(?:blessing"
    r"|backing|support|name)\b",
)
_SENIOR = cues(
    r"\b(?:chief|director|deputy director|chair(?:man|woman|person)?|dean|president|principal"
    r"|head (?:of|at|teacher)|headteacher|superintendent|commander|leader of|ceo|coo|cfo|cno"
    r"|medical director|governor|bishop|archdeacon|provost|vice[- ]chancellor|commissioner|mayor"
    r"|baroness|lord|lady|sir|dame|managing|executive|cabinet member)\b"
)
_NOBODY_YET = cues(
    r"\b(?:no|without|haven'?t|hasn'?t|don'?t|yet|still (?:need|to|look|wait)\w*|need"
    r"|looking for|to be confirmed|tbc|whether|hope to|hoping to|want to ask|will ask|going to ask"
    r"|approach(?:ed|ing)?|could|does|must|should|might)\b"
    r".{0,50}(?:senior (?:leader|sponsor)|sponsor)",
    r"(?:senior (?:leader|sponsor)|sponsor)\b.{0,40}(?:to be confirmed|tbc|tba|not yet"
    r"|hop(?:e|ing) to ask"
    r"|to follow|unknown|to be (?:agreed|identified|named)|have to)",
    r"\b(?:declin\w+|refus\w+|turned (?:us|it) down|said no|can['’]?t|cannot|won['’]t)\b"
    r".{0,50}(?:senior (?:leader|sponsor)|sponsor)",
    r"\b(?:no longer|instead of|used to|stepp(?:ed|ing) down|has left)\b.{0,60}sponsor",
    r"\?\s*$",
)
_PATRON = re.compile(r"\bpatron\b", re.I)
"""Who lends an organisation their name; that alone sponsors no project."""
_YES = re.compile(r"Yes\b[.,:;!]? (?:we have one[.,:;]? |it['’]s |it is |that is )?")
_SURNAME_FIRST = re.compile(
    r"(?:\bis|\bbe|:) (?P<name>[A-Z][\w'’-]{1,30}, [A-Z][\w'’-]{1,30})(?= ?[(.;]|$| of\b| from\b)"
)
"""`Our senior leader is Bell, Ada (Director of …)`, as directories write it."""
_TITLES = 12
"""Characters of honorifics that may stand before a name."""
_CLAUSE = 80
_POST = 40
_IS_NOT = re.compile(r"\b(?:isn['’]?t|aren['’]?t|is not|not|won['’]?t be)\b.{0,12}$")
_IS_WHOM = re.compile(
    r"(?:(?: (?:is|will be)|['’]s)(?: (?:now|going to be|to be))?|:) (?:our |my |the )?"
    r"(?:[a-z][\w'’-]*,? ){0,3}"
)
"""What leads from `senior leader` to the one who it is."""
_THEY = re.compile(r"(?:She|He|They|The (?:latter|former))(?:['’]s|['’]ll|['’]ve)?\b")


def find_senior_leaders(
    paragraphs: Sequence[Paragraph], *, source: str, not_leaders: Sequence[str] = ()
) -> Iterator[Finding]:
    """Candidates; none of `not_leaders` (the lead, who can't sponsor their own project)."""
    for paragraph in paragraphs:
        before: tuple[Named, ...] = ()
        answer = _answered(paragraph)
        if answer and not any(is_same_person(answer.name, other) for other in not_leaders):
            at = paragraph.place_of(answer.name, source=source)
            yield make_finding("senior_leader", answer.name, "prose", 0.7, at=at)
        for sentence in sentences(paragraph.text[:6000]):
            leader = find_senior_leader(sentence, before=before)
            if leader and not any(is_same_person(leader.name, other) for other in not_leaders):
                yield make_finding(
                    "senior_leader",
                    leader.name,
                    "prose",
                    0.8,
                    at=paragraph.place_of(leader.name, source=source),
                )
            before = find_people(sentence)


def find_senior_leader(sentence: str, *, before: Sequence[Named] = ()) -> Named | None:
    """The person whom a sentence makes the senior leader; None where it names none or says that
    there is none yet. Of two people, the one nearest to the words that say it; where it tells of
    `She` or `He`, the one of `before`, the people of the sentence before it."""
    cue = _SAYS_SO.search(sentence)
    if not cue and _SENIOR.search(sentence) and not _PATRON.search(sentence):
        cue = _BACKS.search(sentence)
    if not cue or _NOBODY_YET.search(sentence):
        return None
    whole = [person for person in find_people(sentence) if person.is_whole]
    if _IS_NOT.search(sentence[: cue.start()]):
        behind = [person for person in whole if person.start > cue.end()]
        return behind[0] if behind else None
    turned = _SURNAME_FIRST.search(sentence, cue.end()) if not whole else None
    name = clean_name(turned["name"]) if turned else None
    if turned and name:
        return Named(name, *turned.span("name"))
    if not whole:
        told_before = [person for person in before if person.is_whole]
        is_theirs = _THEY.match(sentence) is not None and len(told_before) == 1
        return told_before[0] if is_theirs else None
    is_whom = _IS_WHOM.match(sentence, cue.end())
    stated = [person for person in whole if is_whom and person.start == is_whom.end()]
    if stated:
        return stated[0]
    return min(whole, key=lambda person: _distance(sentence, person, cue.start(), cue.end()))


def _answered(paragraph: Paragraph) -> Named | None:
    """The senior person of an answer to a numbered question: `4. Yes. Ada Bell, who is deputy
    director of public health`."""
    text = paragraph.text[:300]
    yes = _YES.match(text) if paragraph.has_number else None
    people = [p for p in find_people(text) if p.is_whole] if yes else []
    if yes is None or not people or people[0].start > yes.end() + _TITLES:
        return None
    return people[0] if _SENIOR.search(text[people[0].end :][:_POST]) else None


def is_senior(role: str) -> bool:
    """Whether a post is one from which a project can be sponsored."""
    return _SENIOR.search(role) is not None


def _distance(sentence: str, person: Named, start: int, end: int) -> int:
    """How far a person stands from the words that make a senior leader, in characters; another
    clause between them is far, a post or an honorific brings them near."""
    between = sentence[end : person.start] if person.start >= end else sentence[person.end : start]
    is_of_other_clause = person.start >= end and re.search(r"[;,] (?:and|but|with)\b", between)
    has_post = person.has_title or _SENIOR.search(sentence[person.end : person.end + 40])
    return len(between) + (_CLAUSE if is_of_other_clause else 0) - (_POST if has_post else 0)
