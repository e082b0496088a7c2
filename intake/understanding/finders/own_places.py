"""Pure: the organisation that running text says the writer is of: `I work at …`, `we are …`."""

import re
from collections.abc import Iterator

from intake.understanding.finders.name_runs import NAME_RUN, organisation_at
from intake.understanding.finders.organisations import (
    affinity,
    is_brand,
    is_organisation,
    is_surely_organisation,
)
from intake.understanding.finders.posts import read_post
from intake.understanding.finders.said import finding_of
from intake.understanding.finders.sentences import Sentence
from storage.domain.message import Finding

_OWN_PLACES = (
    (
        re.compile(
            r"\b(?:[Ii] (?:work|volunteer|chair|run|lead|manage|direct|founded|set up|represent"
            r"|own|coordinate|co-ordinate|look after)|[Hh]ere|[Uu]s|[Cc]olleagues|[Ww]e)"
            r"(?: (?:at|for|with|in|here at))? (?:the )?(?=[A-Z])"
            r"|\b[Ii](?:['’]m| am|m)(?: based| employed| here| writing| calling)*"
            r" (?:at|for|from|with|by|on behalf of) (?:the )?(?=[A-Z])"
            r"|\bI(?:['’]m| am)\b[^.;:]{3,80} and (?:work|volunteer) (?:at|for|with) (?:the )?"
            r"(?=[A-Z])"
            r"|\b[Ii](?:['’]ve| have) (?:run|led|managed|chaired|worked (?:for|at|with)"
            r"|been (?:with|at))"
            r" (?:the )?(?=[A-Z])"
            r"|\b[Ii] (?:look after|run|manage|lead|organi[sz]e|do"
            r"|handle) (?:the )?[a-z][a-z' -]{2,30}"
            r" (?:at|for) (?:the )?(?=[A-Z])|\b[Ii] sit on the (?:board"
            r"|committee) of (?:the )?(?=[A-Z])"
            r"|\b[Tt]his (?:comes|is sent|is coming) from (?:the )?(?=[A-Z])"
            r"|\b[Ww]e(?:['’]?re| are)(?: called| based at| from| at)? (?:the )?(?=[A-Z])"
            r"|\b[Tt]his (?:is|comes) from (?:all |some of )?(?:the|us|our) (?:[a-z]+ ){0,3}at "
            r"(?:the )?(?=[A-Z])"
            r"|\b(?:[Oo]n behalf of|[Ii] (?:am )?(?:write|writing) (?:for|from|on behalf of)"
            r"|[Tt]his is|[Ii](?:['’]m| am)) (?:all (?:of us )?at )?(?:the )?(?=[A-Z])"
        ),
        0.62,
    ),
    (
        re.compile(
            r"(?:^|\band )[Ww]e(?:['’]re| are) the (?=[A-Z][\w'’-]* [A-Z\w'’ -]{0,50}[A-Z])"
        ),
        0.81,
    ),
    (
        re.compile(
            r"\b[Ii](?:['’]m| am|['’]ve been| have been) (?:currently |now )?(?:on secondment"
            r"|seconded|attached|on loan) (?:to|with|at) (?:the )?(?=[A-Z])"
        ),
        0.85,
    ),
    (
        re.compile(
            r"\b(?:[Mm]y|[Oo]ur|[Tt]he|[Aa]n?) (?:(?:new|own|registered|proper) )?"
            r"(?:group|organi[sz]ation|charity|club|company"
            r"|employer|association)(?: is|['’]s|:|,)?"
            r" (?:called |named |known as )?(?:the )?(?=[A-Z])"
        ),
        0.85,
    ),
)
_IS_GROUP = re.compile(
    rf"(?P<place>{NAME_RUN}) (?:is|are) (?:the|our|my) (?:group|organi[sz]ation|charity"
    r"|name of the|club|project|practice|team|company)\b"
)
_SUBMITS = re.compile(
    rf"(?P<place>{NAME_RUN}),? (?:would like"
    r"|wishes|wish|is|are|has|have|will|want|wants|hopes)(?: \w+){0,3} to (?:submit|apply"
    r"|express|register|send|put|pull|withdraw|be considered|make|propose)"
)
_WITHDRAWS = re.compile(
    rf"(?P<place>{NAME_RUN}) (?:won['’]t|will not|shan['’]t|can['’]?not|can['’]t"
    r"|(?:is|are) no longer)(?: now)?(?: be)? (?:apply|submit|tak|go|bid|enter|proceed|pursu)"
)
_NO_MORE = re.compile(r" (?:won['’]t|will not|shan['’]t|can['’]?not|can['’]t|no longer) ")
_IS = re.compile(r" (?:is|are) (?:the|our|my) ")
_WANTS = re.compile(r" (?:would like|wish|wishes|is|are|has|have|will|wants?|hopes)\b.{0,30} to ")
"""A cheap first look before a name is looked for in front."""
FROM = re.compile(
    r"(?:expression of interest|eoi|submission|nominations?|interest) (?:from|on behalf of"
    r"|by) (?:the )?(?=[^\W\d_])",
    re.I,
)


def find_own_places(sentence: Sentence, email: str, source: str) -> Iterator[Finding]:
    """Candidates; those that the address at `email` agrees with are surer."""
    text = sentence.text
    for pattern, base in _OWN_PLACES:
        for match in pattern.finditer(text):
            yield from _place(sentence, match.end(), email, source, base)
    signs = ((_IS_GROUP, 0.85, _IS), (_SUBMITS, 0.6, _WANTS), (_WITHDRAWS, 0.7, _NO_MORE))
    for pattern, base, sign in signs:
        found = pattern.search(text) if sign.search(text) else None
        if found:
            yield from _place(sentence, found.start("place"), email, source, base)
    stated = FROM.search(text)
    if stated:
        yield from _place(sentence, stated.end(), email, source, 0.6)


def _place(
    sentence: Sentence, start: int, email: str, source: str, base: float
) -> Iterator[Finding]:
    post = read_post(sentence.text, start, email=email)
    place = post.organisation or organisation_at(sentence.text, start, email=email)
    if place is None:
        return
    people = [p for p in sentence.people if p.start == start and not affinity(p.name, email)]
    if any(p.end >= place.end or not is_organisation(place.text) for p in people):
        return
    fits = affinity(place.text, email) > 1
    is_named = is_surely_organisation(place.text) or is_brand(place.text)
    if fits or base > 0.8 or is_named:
        confidence = 0.88 if fits else base
        yield finding_of("organisation", place, "prose", confidence, sentence, source)
