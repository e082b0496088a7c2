"""Pure: people named in prose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from intake.understanding.finders.names import clean_name, fold, is_title
from intake.understanding.finders.organisations import is_job_title, is_kind_word, is_role
from intake.understanding.texts.patterns import vocabulary

_TOKEN = re.compile(r"\(?[^\W\d_][\w'’ʼ.-]*\)?")
_PARTICLES = vocabulary(
    """
    van von der den de del della di da dos das du la le los ní ni nic mac ó o bin al el ap
    ab ben ten ter
    """
)
_NO_NAMES = vocabulary(
    """
    i we he she they it you the a an our my your his her their this that these those there
    here what when where who why how if in on at to from of for with by as and or but not no
    yes please thank thanks dear hello hi hey good morning afternoon evening many kind best
    warm yours sincerely regards monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december
    ace nhs ics icb stp gp pcn eoi nel ncl nwl sel swl london surrey north south east west
    central director head chief manager lead officer chair council trust hospital both half
    some last next since although because while after before between until then once every
    each one two three four five most all any also can could would should will may might do
    does did has have had is are was were be being been let senior leader project team
    community public health social care mental primary secondary our clinical medical
    nursing strategic assistant deputy associate executive working title covid christmas
    easter bank holiday english british turkish somali polish irish african caribbean asian
    deaf street road lane park green hill town city borough county university college school
    church
    """
)
_GERUND = re.compile(
    r"(?:Nominat|Propos|Suggest|Recommend|Commend|Introduc|Add|Includ|Send|Forward|Enter|Support"
    r"|Regard|Concern|Copy|Thank|Meet|Welcom)ing$"
)
"""What opens a heading above a whole name: `Nominating Ada Bell`."""
_POST_OF = re.compile(r"(?P<post>[A-Z][a-z]+) of $")
"""What stands before the field of a post: `Head of Family Support`."""
_WHERE_FROM = re.compile(r"(?:^| )at $|[A-Z][\w'’-]+ [A-Z][\w'’-]+ (?:from|of) (?:the )?$")
"""What stands before the place where somebody works: `Ada Bell of`."""
_LONGEST_POST = 24
_CONTRACTION = re.compile(
    r"ok['’]?d$|(?:i|we|you|he|she|it|they|that|there|here|what|who)['’]\w{1,2}$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A person named in a text: `name` cleaned, from `start` to `end` as it stands there."""

    name: str
    start: int
    end: int
    has_title: bool = False

    @property
    def is_whole(self) -> bool:
        return len(self.name.split()) > 1


@lru_cache(maxsize=256)
def find_people(text: str) -> tuple[Named, ...]:
    """Runs of capitalised words in `text` that read like people, in order. Several finders ask
    about the same sentence, hence the memory."""
    return tuple(person for person in _people(text) if not _is_in_organisation(text, person))


def _people(text: str) -> Iterator[Named]:
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text):
        if run and not _joins(text, run[-1], token):
            yield from _named(run)
            run = []
        if run and is_title(token.group()) and not is_title(run[-1].group()):
            yield from _named(run)
            run = []
        is_surname = bool(run) and is_title(run[-1].group()) and token.group().istitle()
        if is_surname or _may_be_in_name(token.group(), begins=not run):
            run.append(token)
        else:
            yield from _named(run)
            run = []
        if run and token.group().endswith(("'s", "’s")):
            yield from _named(run)
            run = []
    yield from _named(run)


def _is_in_organisation(text: str, person: Named) -> bool:
    """Whether what reads like a person is the front of an organisation's name, of a job title or
    where somebody works: `Lea Bridge` in `at Lea Bridge Community Trust`."""
    if person.has_title:
        return False
    if is_job_title(person.name):
        return True
    post = _POST_OF.search(text[max(0, person.start - _LONGEST_POST) : person.start])
    if post and is_job_title(post["post"]):
        return True
    following = re.match(
        r" [A-Z&][\w'’&-]*(?: (?:[A-Z&][\w'’&-]*|and|of)){0,3}", text[person.end : person.end + 80]
    )
    words_after = following.group().split() if following else []
    if words_after and is_role(words_after[0]) and fold(words_after[0]) in _NO_NAMES:
        return True
    is_place = _WHERE_FROM.search(text[max(0, person.start - 60) : person.start]) is not None
    return is_place or any(is_kind_word(word) for word in words_after)


def _joins(text: str, before: re.Match[str], after: re.Match[str]) -> bool:
    gap = text[before.end() : after.start()]
    ends_sentence = before.group().endswith(".") and not (
        is_title(before.group()) or len(before.group()) <= 2
    )
    opens_aside = after.group().startswith("(") and not after.group().endswith(")")
    return gap in (" ", "\n", "\xa0") and not ends_sentence and not opens_aside


def _may_be_in_name(token: str, *, begins: bool) -> bool:
    bare = fold(token).strip("().'’")
    bare = bare.removesuffix("'s").removesuffix("’s")
    if is_title(token):
        return token.strip("(")[:1].isupper()
    if bare in _PARTICLES and not begins:
        return True
    if bare in _NO_NAMES or is_kind_word(bare) or _CONTRACTION.match(bare):
        return False
    return token.strip("(")[:1].isupper() and (len(bare) > 1 or not begins)


def _named(run: list[re.Match[str]]) -> Iterator[Named]:
    while run and fold(run[-1].group()) in _PARTICLES:
        run = run[:-1]
    if len(run) > 2 and _GERUND.match(run[0].group()):
        run = run[1:]
    if not run:
        return
    raw = " ".join(token.group() for token in run)
    raw = re.sub(r"['’]s$", "", raw).rstrip(".")
    start = run[0].start()
    if raw[:1] == "(":
        raw, start = raw[1:].removesuffix(")"), start + 1
    name = clean_name(raw)
    has_title = is_title(run[0].group())
    if name is None or (len(name.split()) == 1 and not has_title and len(run) > 1):
        return
    end = run[-1].end()
    if run[-1].group().endswith(("'s", "’s")):
        end -= 2
    if fold(run[0].group()) in ("st", "st.", "saint", "ss"):
        return
    if 1 <= len(name.split()) <= 5 and not re.search(r"[A-Z]{3,}", name.split()[0]):
        yield Named(name, start, end, has_title=has_title)
