"""Pure: what the templates of letters to organisers may say."""

from responders.kinds.base import Value, Values
from responders.vocabulary import Placeholder, Shape
from storage.domain.letter import LetterKind

TOLD_AT = "2021-07-13T08:00:00+01:00"


def _item(label: str | None, what: str, help: str | None = None) -> Values:
    return {"label": label, "what": what, "help": help, "number": None}


_ITEM = (
    Placeholder(
        "label", "Whom it is about", "ACE-0042, Kentish Town Family Centre", may_be_empty=True
    ),
    Placeholder("what", "What happened", "a letter came back"),
    Placeholder("help", "The command that shows it", "postroom case ACE-0042", may_be_empty=True),
    Placeholder("number", "How a reply names it, where it can", 1, Shape.NUMBER, may_be_empty=True),
)


def _items(name: str, meaning: str, *samples: Value) -> Placeholder:
    return Placeholder(name, meaning, [*samples], Shape.LIST, may_be_empty=True, items=_ITEM)


def _number(name: str, meaning: str, sample: int) -> Placeholder:
    return Placeholder(name, meaning, sample, Shape.NUMBER, may_be_empty=True)


NEEDS = (
    _items(
        "needs",
        "What waits for the organiser",
        _item(
            "ACE-0017, The Almond Tree Surgery",
            "the application pack waits for you: its writer does not belong to the case that it "
            "names or answers (stranger)",
            "postroom letter show 31",
        ),
    ),
    _number("needs_more", "How many more items there are than are shown", 2),
    _number("needs_you", "How many things wait for the organiser, shown or not", 3),
)
STATE = (
    Placeholder(
        "numbers",
        "The programme in numbers",
        [
            {"label": "Expressions of interest", "value": 41},
            {"label": "Forms in time", "value": 12},
        ],
        Shape.LIST,
        items=(
            Placeholder("label", "What is counted", "Forms in time"),
            Placeholder("value", "How many", 12, Shape.NUMBER),
        ),
    ),
    Placeholder(
        "areas",
        "Cases and forms by area",
        [{"name": "North Central London", "cases": 9, "forms": 3, "bar": "████████████████"}],
        Shape.LIST,
        may_be_empty=True,
        items=(
            Placeholder("name", "The area", "North Central London"),
            Placeholder("cases", "How many cases", 9, Shape.NUMBER),
            Placeholder("forms", "How many of them sent the form", 3, Shape.NUMBER),
            Placeholder("bar", "The cases as a bar", "████████████", may_be_empty=True),
        ),
    ),
)
NEWS = Placeholder(
    "news",
    "What is new, in groups",
    [
        {
            "title": "New expressions of interest",
            "lines": [
                _item("ACE-0042, Kentish Town Family Centre", "“Ask Dad”, North Central London")
            ],
            "more": 0,
        }
    ],
    Shape.LIST,
    may_be_empty=True,
    items=(
        Placeholder("title", "The sort of news", "New expressions of interest"),
        _items("lines", "The news", _item(None, "the round now closes at noon")),
        _number("more", "How many more there are than are shown", 0),
    ),
)
DAYS = Placeholder(
    "days",
    "What came on each of the last 14 days",
    [{"day": "Wed 14 Jul", "opened": 3, "forms": 1, "bar": "████████████████████"}],
    Shape.LIST,
    may_be_empty=True,
    items=(
        Placeholder("day", "The day", "Wed 14 Jul"),
        Placeholder("opened", "How many new cases", 3, Shape.NUMBER),
        Placeholder("forms", "How many first forms", 1, Shape.NUMBER),
        Placeholder("bar", "Both as a bar", "████████████████████", may_be_empty=True),
    ),
)

REPLY_CODE = Placeholder(
    "reply_code", "By which a reply is known", "n2lwxbzkqlkfryhyzvzjnqtkq5s7gyyy"
)
ALARM = (
    Placeholder("is_reading", "True where the mailbox can’t be read", True, Shape.FLAG),
    Placeholder("is_sending", "True where letters can’t leave", False, Shape.FLAG),
    Placeholder("is_breaker", "True where too many letters were due at once", False, Shape.FLAG),
    Placeholder("is_token", "True where an access token is near its end", False, Shape.FLAG),
    Placeholder("is_disk", "True where the disk is nearly full", False, Shape.FLAG),
    Placeholder("since", "Since when it is so", TOLD_AT, Shape.MOMENT),
    Placeholder("reason", "What is known of it", "no answer in time", may_be_empty=True),
)

OF_ORGANISERS: dict[LetterKind, tuple[Placeholder, ...]] = {
    LetterKind.DIGEST: (
        Placeholder("headline", "What is new, in a few words", "3 new, 1 form, 3 need you"),
        Placeholder("is_weekly", "True for the digest of a week", False, Shape.FLAG),
        Placeholder("has_news", "True where anything happened", True, Shape.FLAG),
        Placeholder(
            "told_at", "When they were told last", TOLD_AT, Shape.MOMENT, may_be_empty=True
        ),
        _number("new", "How many new cases", 3),
        _number("forms", "How many cases whose form came", 1),
        _number("others", "How many other things are new", 2),
        *NEEDS,
        NEWS,
        _items(
            "wrong",
            "What did not go as it should, and by which rule",
            _item(
                "ACE-0007, Lea Valley Growers",
                "a letter came back: nothing reaches jo@leavalley.example",
                "postroom case ACE-0007",
            ),
        ),
        _number("went_wrong", "How many things those are, shown or not", 2),
        _number("wrong_more", "How many more of these there are than are shown", 1),
        _items(
            "at_risk",
            "Cases without a form whose closing is near",
            _item(
                "ACE-0003, Friends of Wick Lane",
                "no form, pack sent at 9 am on Tuesday 6 July 2021; closes in four days",
            ),
        ),
        _number("at_risk_more", "How many more of these there are than are shown", 5),
        *STATE,
        DAYS,
        REPLY_CODE,
    ),
    LetterKind.WATCH_NOTICE: ALARM,
    LetterKind.WATCH_ALL_CLEAR: (
        *ALARM,
        Placeholder("until", "Until when it was so", TOLD_AT, Shape.MOMENT),
    ),
    LetterKind.CLOSING_NOTICE: (
        *NEEDS,
        *STATE,
        _number("still_open", "How many cases were given more time", 1),
        REPLY_CODE,
    ),
    LetterKind.ACTION_RECEIPT: (
        Placeholder(
            "done",
            "What was done",
            [{"about": "1 (ACE-0003)", "what": "the application pack is never sent", "text": []}],
            Shape.LIST,
            may_be_empty=True,
            items=(
                Placeholder("about", "What it is about", "1 (ACE-0003)"),
                Placeholder("what", "What became of it", "the application pack is never sent"),
                Placeholder(
                    "text", "What is answered", ["You may."], Shape.LIST, may_be_empty=True
                ),
            ),
        ),
        Placeholder(
            "refused",
            "What could not be done",
            [{"about": "7, release", "why": "the letter has no number 7"}],
            Shape.LIST,
            may_be_empty=True,
            items=(
                Placeholder("about", "What was written", "7, release"),
                Placeholder("why", "Why nothing came of it", "the letter has no number 7"),
            ),
        ),
        Placeholder("changed", "True where anything was changed", True, Shape.FLAG),
        Placeholder(
            "undo_by", "Until when it can be taken back", TOLD_AT, Shape.MOMENT, may_be_empty=True
        ),
        Placeholder("says_more", "True where a person has to read the rest", False, Shape.FLAG),
        _number("left", "How many things of the earlier letter are left", 2),
        REPLY_CODE,
    ),
    LetterKind.ORGANISER_ANSWER: (
        Placeholder(
            "said", "What the organiser writes", ["Yes, you may.", "We wish you luck."], Shape.LIST
        ),
        Placeholder("by", "Who writes it", "Rosalind Okoro", may_be_empty=True),
        Placeholder("answers", "True where it answers a message", True, Shape.FLAG),
    ),
}
"""What only the templates of one kind may say, of the letters to organisers."""
