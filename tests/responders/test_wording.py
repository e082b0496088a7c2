"""How values read, and which may stand in a letter."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from responders.wording import (
    checked,
    counted,
    dialled,
    joined,
    moment,
    money,
    visible,
    week,
    working_days_after,
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


@pytest.mark.parametrize(
    ("start", "days", "day"), [(14, 3, 19), (16, 1, 19), (17, 1, 19), (18, 1, 19), (14, 0, 14)]
)
def test_working_days_leave_out_the_weekend(start, days, day):
    received = datetime(2021, 7, start, 9, tzinfo=timezone(timedelta(hours=1)))

    assert working_days_after(received, days).day == day


def test_visible_is_one_line_without_hidden_characters():
    assert visible(" a\r\n b\t\u202e\u200bc\x1b[31m\ufeff ") == "a b c [31m"


@pytest.mark.parametrize(
    "value",
    ["Amina Yusuf-Cole", "St. Mary's & Co", "Zoë Brânză", "A/B (Ltd.)", "4.5 years on", "氏名"],
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
    ],
)
def test_unfit_value_is_left_out(value):
    assert checked(value) is None


def test_now_is_given_in_the_zone_of_the_programme():
    assert moment(datetime(2021, 8, 20, 16, tzinfo=UTC).isoformat()).startswith("4 pm")
