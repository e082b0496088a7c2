"""Pure: what the wording of a message says it is for, as scores.

Scores of cue phrases, each counted once: a single phrase never decides against the rest. Only new
text and the subject are read; what counts as a question is a whole sentence.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from intake.understanding.triage import (
    change_words,
    context_words,
    interest_words,
    question_words,
    withdrawal_words,
)
from intake.understanding.triage.cue_phrases import score

_MAX_TEXT = 20_000
_MAX_PARAGRAPHS = 400
_ANNOUNCED = 2  # a subject of one's own that says "expression of interest"
_DENIED = 3  # a score of the undecided: said outright
_TITLE = 2  # words of a subject that may be a project's title
_NARRATIVE_WORDS = 22  # a paragraph of fewer says what is sent, not what it is about
STORY = 40
"""Words that tell about an issue: a short paragraph."""
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"')\]]{0,2}\s+")
_LINE_START = re.compile(r"\s*(?:[-*•·–]|\(?[a-z0-9]{1,2}[.)])\s+")
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}\.[\w.-]{1,100}")
_GREETING = re.compile(
    r"^(?:dear|hi|hello|hiya|good (?:morning|afternoon|evening))\b(?! again)"
    r"(?:[^,.!?:]{0,40}[,.!:])? "
)
_READERS_WISH = re.compile(
    r"\b(?:if|should|in case) (?:you|any ?(?:one|body)|some ?(?:one|body)|people)\b[^,;.\n]{0,120}"
)
_CONDITIONAL = re.compile(
    r"(?:^|(?<=\n ))(?:if|unless|otherwise|should|in that case)\b(?![^\n]{0,200}\b(?:please|pls"
    r"|(?:can|could) you)\b)"
    r"[^\n]{0,300}"
)
_PUT_IN = re.compile(
    r"\b(?:i|we|she|he)(?:'ve| have|'d| had)? (?:\w+ )?(?:sent|put|submitted|e-?mailed|wrote"
    r"|applied"
    r"|handed|nominated|registered)\b"
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Cues:
    """Scores of one message; 0 means nothing of the kind was said.

    `interest` is said outright ("please register our interest"), `proposal` only shows (an idea,
    partners). `asks` counts questions and requests for information, `undecided` says that there
    is no project yet. `follow_up` speaks as to somebody who knows already, `news` is what of it
    changes or adds. `narrative` is the number of words in paragraphs that tell about something,
    `addresses` that of the e-mail addresses in the text.
    `names_detail`: it names something that people send in, or a detail of it.
    `relevant`: it speaks of the programme at all; `is_puzzled`: its writer can't tell why we
    wrote; `on_topic`: of what people ask before they apply; `on_ground`: it tells of the things
    that projects of such programmes are about. `in_thread`: it answers one of our letters, and
    `quotes_letter`: for certain;
    `answers_call`: it answers our invitation.
    """

    interest: int = 0
    proposal: int = 0
    asks: int = 0
    undecided: int = 0
    follow_up: int = 0
    news: int = 0
    withdrawal: int = 0
    application: int = 0
    nomination: int = 0
    narrative: int = 0
    addresses: int = 0
    names_detail: bool = False
    relevant: bool = False
    is_puzzled: bool = False
    on_topic: bool = False
    on_ground: int = 0
    in_thread: bool = False
    quotes_letter: bool = False
    answers_call: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """The wording of one message, as the scores ask for it: `stated` is what is no question,
    `topic` the subject unless it only answers one, `everything` all of it."""

    paragraphs: tuple[str, ...]
    questions: tuple[str, ...]
    stated: str
    topic: str
    everything: str
    is_reply: bool

    @property
    def stated_and_topic(self) -> str:
        return f"{self.stated} \n {self.topic}"


def read_cues(new_text: str, subject: str, *, names: Iterable[str]) -> Cues:
    """The scores of `new_text` and `subject`; `names` are what the programme is called."""
    said = _read_wording(new_text, subject)
    everything, topical = said.everything, f"{said.everything} {plain(subject)}"
    narrative = _narrative(said.paragraphs)
    undecided = score(question_words.UNDECIDED, everything)
    chases = (
        narrative < STORY
        and _PUT_IN.search(said.stated)
        and question_words.CHASES.search(everything)
    )
    is_denied = question_words.DENIED.search(everything) is not None
    news = score(change_words.NEWS, said.stated_and_topic)
    asking = _asking(said, narrative, is_decided=not undecided)
    asking += score(question_words.ASKING, said.stated_and_topic) + bool(chases)
    is_named = _names_any(f"{subject} {new_text[:_MAX_TEXT]}", names)
    return Cues(
        interest=0 if is_denied or chases else _interest(said),
        proposal=score(interest_words.PROPOSAL, everything),
        asks=asking,
        undecided=undecided + (_DENIED if is_denied else 0),
        follow_up=news + score(change_words.ACQUAINTED, said.stated_and_topic),
        news=news,
        withdrawal=score(withdrawal_words.WITHDRAWAL, _CONDITIONAL.sub(" ", said.stated_and_topic)),
        application=score(interest_words.APPLICATION, said.stated_and_topic),
        nomination=score(interest_words.NOMINATION, everything),
        narrative=narrative,
        addresses=len(set(_ADDRESS.findall(new_text[:_MAX_TEXT]))),
        names_detail=change_words.NAMES_DETAIL.search(everything) is not None,
        relevant=is_named or context_words.RELEVANT.search(topical) is not None,
        is_puzzled=not is_named and question_words.PUZZLED.search(everything) is not None,
        on_topic=context_words.ASKED_ABOUT.search(everything) is not None,
        on_ground=len(set(context_words.SECTOR.findall(topical))),
    )


def _read_wording(new_text: str, subject: str) -> _Said:
    paragraphs = _without_titles(split_paragraphs(new_text), subject)
    sentences = [s for paragraph in paragraphs for s in split_sentences(paragraph)]
    questions = [s for s in sentences if _is_question(s)]
    is_reply = context_words.IS_REPLY.match(subject) is not None
    topic = "" if is_reply else plain(context_words.REPLY_PREFIX.sub("", subject))
    return _Said(
        paragraphs=tuple(paragraphs),
        questions=tuple(questions),
        stated=" \n ".join(s for s in sentences if not _is_question(s)),
        topic=topic,
        everything=f"{topic} \n {' '.join(sentences)}",
        is_reply=is_reply,
    )


def _interest(said: _Said) -> int:
    """How outright it says that it wants to take part; a subject of one's own may say it."""
    announced = _ANNOUNCED if interest_words.NAMES_EXPRESSION.search(said.topic) else 0
    if score(interest_words.INTEREST, said.topic) > _ANNOUNCED:
        announced = _ANNOUNCED + 1
    interest = announced + score(interest_words.INTEREST, _READERS_WISH.sub("", said.stated))
    return interest + score(interest_words.INTEREST_ASKED, said.everything)


def _asking(said: _Said, narrative: int, *, is_decided: bool) -> int:
    """The questions that somebody has to answer; who tells of a project asks others in passing."""
    tells_own = is_decided and not said.is_reply
    asking = sum(
        1
        for s in said.questions
        if _wants_answer(s, in_story=tells_own and narrative >= STORY)
        and not (tells_own and narrative > 0 and question_words.NEXT_STEP.search(s))
    )
    opens = question_words.OPENS_QUESTION.match(said.topic)
    return asking + (narrative == 0 and not said.is_reply and opens is not None)


def _without_titles(paragraphs: list[str], subject: str) -> list[str]:
    """The paragraphs in which a title that asks (`Who eats with you?`) asks no more."""
    title = plain(subject).rpartition(": ")[2]
    if not title.endswith("?") or len(title.split()) < _TITLE:
        return paragraphs
    return [paragraph.replace(f"{title} ", f"{title[:-1]} ") for paragraph in paragraphs]


def plain(text: str) -> str:
    """Lower case, straight quotes, single blanks: what the cue phrases are written for."""
    text = text.lower().replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return " ".join(text.split())


def split_paragraphs(text: str) -> list[str]:
    """Paragraphs of plain text; a bullet or a labelled line is one by itself."""
    paragraphs: list[str] = []
    for block in re.split(r"\n[ \t>]*\n", text[:_MAX_TEXT])[:_MAX_PARAGRAPHS]:
        lines: list[str] = []
        for line in block.split("\n"):
            if _LINE_START.match(line.lower()) and lines:
                paragraphs.append(plain(" ".join(lines)))
                lines = []
            lines.append(line)
        paragraphs.append(plain(" ".join(lines)))
    return [paragraph for paragraph in paragraphs if paragraph]


def split_sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph, with their full stops and question marks, no greetings."""
    return [s for s in _SENTENCE_END.split(_GREETING.sub("", paragraph, count=1)) if s]


def _is_question(sentence: str) -> bool:
    """A sentence that wants to know something, not one that politely wants something done."""
    is_marked = sentence.rstrip("\"')]*").endswith("?")
    told = (sentence, sentence.rpartition(": ")[2])
    if not is_marked and not any(map(question_words.OPENS_QUESTION.match, told)):
        return False
    return question_words.REQUEST.match(sentence) is None


def _wants_answer(question: str, *, in_story: bool) -> bool:
    """Whether an organiser would have to find something out; a story also asks what if."""
    if question_words.COURTESY.search(question):
        return False
    to_us = question_words.ADDRESSES_US.search(question) or context_words.RELEVANT.search(question)
    return to_us is not None or not in_story


def _narrative(paragraphs: Iterable[str]) -> int:
    total = 0
    for paragraph in paragraphs:
        sentences = split_sentences(paragraph)
        asked = sum(len(s.split()) for s in sentences if s.endswith("?"))
        count = len(_WORD.findall(paragraph))
        if count >= _NARRATIVE_WORDS and asked * 2 < count:
            total += count
    return total


def _names_any(text: str, names: Iterable[str]) -> bool:
    """Whether it names the programme as it is written, or in small letters: `Ace` is a person."""
    forms = {form for name in names if len(name) > 1 for form in (name, name.upper(), name.lower())}
    wanted = "|".join(re.escape(form) for form in sorted(forms))
    return bool(wanted) and re.search(rf"\b(?:{wanted})\b", text) is not None
