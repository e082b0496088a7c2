"""How IMAP writes sets, times and FETCH responses."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.mailboxes.syntax import (
    Facts,
    FetchData,
    format_set,
    parse_bodies,
    parse_date_time,
    parse_facts,
)


def expand(text: str) -> set[int]:
    uids: set[int] = set()
    for part in filter(None, text.split(",")):
        first, _, last = part.partition(":")
        uids |= set(range(int(first), int(last or first) + 1))
    return uids


@given(st.sets(st.integers(1, 300)))
def test_a_set_names_exactly_its_messages(uids: set[int]) -> None:
    assert expand(format_set(uids)) == uids


def test_a_set_is_as_short_as_it_can_be() -> None:
    assert format_set([7, 3, 1, 2, 3, 9, 10]) == "1:3,7,9:10"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17-Jul-1996 02:44:25 -0700", datetime(1996, 7, 17, 9, 44, 25, tzinfo=UTC)),
        (" 5-Jul-2021 09:00:00 +0100", datetime(2021, 7, 5, 8, 0, tzinfo=UTC)),
        ("05-JUL-2021 08:00:00 +0000", datetime(2021, 7, 5, 8, 0, tzinfo=UTC)),
        ("31-Dec-2016 23:59:60 +0000", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("01-Jan-2022 00:15:00 +0545", datetime(2021, 12, 31, 18, 30, tzinfo=UTC)),
    ],
)
def test_a_time_of_receipt_is_read_in_utc(text: str, expected: datetime) -> None:
    assert parse_date_time(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "17-Juil-1996 02:44:25 -0700",
        "Mon, 5 Jul 2021 08:00:00 +0000",
        "31-Feb-2021 08:00:00 +0000",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_date_time(text)


def test_facts_are_found_in_any_order_and_beside_other_news() -> None:
    data: FetchData = [
        b'1 (UID 5 RFC822.SIZE 10 INTERNALDATE "05-Jul-2021 08:00:00 +0000")',
        b"2 (FLAGS (\\Seen))",
        b'3 (INTERNALDATE "05-Jul-2021 09:00:00 +0000" FLAGS (UID 9) rfc822.size 20 uid 6)',
        b"4 (UID 7 FLAGS ())",
        None,
    ]

    assert parse_facts(data) == {
        5: Facts(10, datetime(2021, 7, 5, 8, 0, tzinfo=UTC)),
        6: Facts(20, datetime(2021, 7, 5, 9, 0, tzinfo=UTC)),
    }


@pytest.mark.parametrize(
    "data",
    [
        [(b"1 (UID 5 BODY[] {3}", b"abc"), b")"],
        [(b"1 (BODY[] {3}", b"abc"), b" UID 5)"],
        [(b"1 (FLAGS (\\Seen UID 9) BODY[] {3}", b"abc"), b" UID 5 FLAGS (x))"],
        [b"2 (FLAGS (\\Seen) UID 8)", (b"1 (UID 5 BODY[HEADER] {3}", b"abc"), b")"],
        [b'1 (UID 5 BODY[] "abc")'],
        [b'1 (BODY[HEADER] "abc" UID 5)'],
    ],
)
def test_a_body_belongs_to_its_uid_wherever_that_stands(data: FetchData) -> None:
    assert parse_bodies(data) == {5: b"abc"}


def test_bodies_without_a_literal() -> None:
    data: FetchData = [b"1 (UID 1 BODY[] NIL)", b'2 (UID 2 BODY[] "")', b'3 (UID 3 BODY[] "a\\"b")']

    assert parse_bodies(data) == {1: b"", 2: b"", 3: b'a"b'}


def test_what_stands_in_a_message_is_not_read_as_an_answer() -> None:
    raw = b"UID 7 BODY[] {3}\r\nabc)\r\n* 2 FETCH (UID 8)"

    assert parse_bodies([(b"1 (UID 5 BODY[] {41}", raw), b")"]) == {5: raw}
