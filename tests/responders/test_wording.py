"""How values read, and which may stand in a letter."""

import sys
import time
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responders.lures import leads_away
from responders.wording import (
    checked,
    counted,
    dialled,
    joined,
    moment,
    money,
    percentages,
    plain,
    visible,
    week,
)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2021-08-20T17:00:00+01:00", "5 pm on Friday 20 August 2021"),
        ("2021-07-05T09:30:00+01:00", "9.30 am on Monday 5 July 2021"),
        ("2021-07-05T12:00:00+01:00", "12 noon on Monday 5 July 2021"),
        ("2021-07-05T12:05:00+01:00", "12.05 pm on Monday 5 July 2021"),
        ("2021-07-05T00:05:00+01:00", "12.05 am on Monday 5 July 2021"),
        ("2021-07-05T00:00:00+01:00", "midnight at the start of the day on Monday 5 July 2021"),
        ("2021-12-31T23:59:00+00:00", "11.59 pm on Friday 31 December 2021"),
    ],
)
def test_moment(value, words):
    assert moment(value) == words


@pytest.mark.parametrize(
    ("weights", "shares"),
    [
        ((1.0, 1.5, 1.0, 1.0, 1.0, 1.0), [16, 23, 16, 15, 15, 15]),
        ((1, 1, 1), [34, 33, 33]),
        ((2, 1), [67, 33]),
        ((50, 30, 20), [50, 30, 20]),
        ((7,), [100]),
        ((), []),
    ],
)
def test_percentages(weights, shares):
    assert percentages(weights) == shares


@given(st.lists(st.floats(0.01, 1000), min_size=1, max_size=20))
def test_percentages_add_up(weights):
    shares = percentages(weights)

    assert sum(shares) == 100
    assert all(abs(s - 100 * w / sum(weights)) < 1 for s, w in zip(shares, weights, strict=True))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("one\r\n\r\n\r\n\r\ntwo", "one\n\ntwo"),
        ("a\x00b\u202ec", "a b c"),
        ("eleven letters", "eleven…"),
        ("unbreakable", "unbreakab…"),
    ],
)
def test_plain_text(text, kept):
    assert plain(text, 10) == kept


@pytest.mark.parametrize("day", range(27, 31))
def test_week_begins_on_its_monday(day):
    assert week(f"2021-09-{day}T09:00:00+01:00") == "the week of Monday 27 September 2021"


@pytest.mark.parametrize(
    ("values", "words"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_joined(values, words):
    assert joined(values) == words


def test_counted():
    assert [counted(n, "file", "files") for n in (0, 1, 2, 12)] == [
        "no files",
        "one file",
        "two files",
        "12 files",
    ]


def test_money():
    assert [money(20_000, c) for c in ("GBP", "EUR", "CHF")] == ["£20,000", "€20,000", "CHF 20,000"]


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("+442079460100", "020 7946 0100"),
        ("+447700900123", "07700 900123"),
        ("+33123456789", "+33 1 23 45 67 89"),
        ("none", None),
        (None, None),
    ],
)
def test_dialled(phone, shown):
    assert dialled(phone) == shown


def test_visible_is_one_line_without_hidden_characters():
    assert visible(" a\r\n b\t\u202e\u200bc\x1b[31m\ufeff ") == "a b c [31m"


HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
"""Categories of characters that nobody sees."""


def test_no_character_that_nobody_sees_is_visible_or_passes():
    everything = visible("".join(map(chr, range(sys.maxunicode + 1))))
    hidden = [chr(n) for n in range(0x3000) if unicodedata.category(chr(n)) in HIDDEN]

    assert not HIDDEN & set(map(unicodedata.category, everything))
    assert [c for c in hidden if checked(f"a{c}b") is not None] == []
    assert checked("Ola é ß 漢字\N{NO-BREAK SPACE}’-") == "Ola é ß 漢字 ’-"


@pytest.mark.parametrize(
    "value",
    [
        *(
            "Amina Yusuf-Cole",
            "St. Mary's & Co",
            "Zoë Brânză",
            "A/B (Ltd.)",
            "4.5 years on",
            "氏名",
        ),
        *("St. Mary's Hospital", "Dr. A. Khan & Co.", "No. 10", "No.10", "A.B.C. Trust"),
        *("St.Mary's Hospital", "Dr.Khan", "Dr.Ng", "J.R.R. Tolkien", "A.Khan", "Jo Bell B.Sc."),
        *("Prof.Okafor", "Mrs.Hill", "Co.Durham NHS", "U.K. Hospices", "Ph.D.", "e.g. a ward"),
        *("Winter 2025-2030", "Age Concern (charity 1128267)", "NHS 111 and 999", "0-19 service"),
        *(
            "Care@Home",
            "Befriending by phone 2021-22",
            "Sam @ Trust",
            "24/7 care",
            "and/or",
            "10 000 steps",
            "Call 111 first",
        ),
        *(
            "Data: the missing link",
            "Ward 4/5",
            "Www",
            "£1,000,000 saved",
            "Team 07",
            "Connect. Us",
        ),
        *("Polka dot cottage", "Nationwide Bldg. Soc.", "7 p.m. club", "Room 2.15a", "Kings X."),
    ],
)
def test_fit_value_stays_as_it_is(value):
    assert checked(value) == value


@pytest.mark.parametrize(
    "value",
    [
        *(None, "", "x" * 121, "two\nlines", "a\x00b", "a\u202eb", "a\u200bb", "a\ud800b"),
        *(
            "https://evil.example",
            "see http://x",
            "www.evil",
            "evil.com",
            "evil.com/x",
            "x evil.co.",
        ),
        *("mailto:a@b", "=?utf-8?q?x?=", "a\u2028b"),
        *("x.com/claim", "evil.com!", "evil.com'", "t.co/abc", "T.CO", "ab.io/pay", "a.io"),
        *("evil.xn--p1ai/x", "x.xn--p1ai", "пример.рф", "evil。example", "evil｡com", "evil․com"),
        *(
            "ＡＢＣ．ｃｏｍ",
            "ｗｗｗ．x",
            "x.example",
            "x.example/y",
            "st.com",
            "dr.co/x",
            "Sts.Uk/pay",
        ),
        *(
            "e\u0301vil.co\u0301m",
            "evil\u034f.com",
            "𝐞𝐯𝐢𝐥.𝐜𝐨𝐦",
            "ⓔⓥⓘⓛ.ⓒⓞⓜ",
            "(evil.com)",
            "x_evil.com_",
        ),
        *("hxxp evil", "//evil", "\\\\evil\\x", "192.0.2.1", "evil [.] com", "evil(dot)com"),
        *("evil .com", "evil dot com", "pay at evil dot com now", "https", "a.b.c.com"),
        *("a@b.example", "a @ b.example", "a(at)b", "ann@x.example", "ａ＠ｂ．ｅｘ"),
        *("Call +44 909 8790000 now", "+44 (0)909 879 0000", "0909 879 0000", "09098790000"),
        *(
            "0909-879-0000",
            "(0909) 8790000",
            "0.9.0.9.8.7.9.0",
            "０９０９８７９００００",
            "909 879 0000",
        ),
        *("Text WIN to 80123", "ring 87900", "٠٩٠٩٨٧٩٠٠٠٠", "0\ufe0f\u20e39\ufe0f\u20e3098790000"),
    ],
)
def test_unfit_value_is_left_out(value):
    assert checked(value) is None


@pytest.mark.parametrize("part", ["a.", "0 ", "a-", "+", "call ", "(dot", "0.(", "xn--", "@a"])
def test_values_are_checked_in_linear_time(part):
    started = time.perf_counter()

    leads_away(part * 5_000)

    assert time.perf_counter() - started < 10


def test_now_is_given_in_the_zone_of_the_programme():
    assert moment(datetime(2021, 8, 20, 16, tzinfo=UTC).isoformat()).startswith("4 pm")
