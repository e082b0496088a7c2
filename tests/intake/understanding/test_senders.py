"""Who a message is from, as hostile and careless senders write it."""

import time

import pytest

from intake.understanding.mime.headers import make_headers
from intake.understanding.mime.senders import (
    find_answerable,
    find_other_addresses,
    find_sender,
    parse_address,
)
from storage.domain.people import Address


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("sam@x.example", Address("sam@x.example")),
        ("<Sam@X.example>", Address("sam@x.example")),
        ("Sam Hill <sam@x.example>", Address("sam@x.example", "Sam Hill")),
        ('"Hill, Sam (TRUST)" <sam@x.example>', Address("sam@x.example", "Hill, Sam (TRUST)")),
        ("sam@x.example (Sam Hill)", Address("sam@x.example", "Sam Hill")),
        ("=?utf-8?Q?Zo=C3=AB?= <zoe@x.example>", Address("zoe@x.example", "Zoë")),
        ("'Sam' <sam@x.example>", Address("sam@x.example", "Sam")),
        ("sam@x.example <sam@x.example>", Address("sam@x.example")),
        ('"sam@x.example" <sam@x.example>', Address("sam@x.example")),
        ("Dr. Sam Hill <sam@x.example>", Address("sam@x.example", "Dr. Sam Hill")),
        ("Zoë Hill <zoe@x.example>", Address("zoe@x.example", "Zoë Hill")),
        (
            "Sam Hill (ABC TRUST) <sam@x.example>",
            Address("sam@x.example", "Sam Hill (ABC TRUST)"),
        ),
        ("Hill, Sam <sam@x.example>", Address("sam@x.example", "Hill, Sam")),
        (
            "HILL, Sam (ABC, (NHS)) <sam@x.example>",
            Address("sam@x.example", "HILL, Sam (ABC, (NHS))"),
        ),
        ("Sam Hill [Trust] <sam@x.example>", Address("sam@x.example", "Sam Hill [Trust]")),
        (
            "Sam Hill - Trust, London <sam@x.example>",
            Address("sam@x.example", "Sam Hill - Trust, London"),
        ),
        ("Sam: Trust; London <sam@x.example>", Address("sam@x.example", "Sam: Trust; London")),
        ('Sam "Sammy" Hill <sam@x.example>', Address("sam@x.example", "Sam Sammy Hill")),
        ("Sam @ Trust <sam@x.example>", Address("sam@x.example", "Sam @ Trust")),
        ("Hill, =?utf-8?q?Zo=C3=AB?= <zoe@x.example>", Address("zoe@x.example", "Hill, Zoë")),
        ("Sam (sam@x.example) <sam@x.example>", Address("sam@x.example", "Sam (sam@x.example)")),
        ("sam+ace@mail.x-y.example", Address("sam+ace@mail.x-y.example")),
    ],
)
def test_parse_address_reads_one_mailbox(value: str, address: Address) -> None:
    assert parse_address(value) == address


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Sam Hill",
        "organiser@nhs.example <attacker@evil.example>",
        "organiser@nhs.example, attacker@evil.example",
        "<organiser@nhs.example> <attacker@evil.example>",
        "Sam <sam@x.example>, Ann <ann@x.example>",
        "Friends: sam@x.example;",
        "<@relay.example:sam@x.example>",
        "sam@x.example(",
        '"Sam <sam@x.example>',
        "=?utf-8?q?sam=40x.example?=",
        "Sam <=?utf-8?q?sam?=@x.example>",
        "Sam <sam@x.example",
        "sam@localhost",
        "sam@@x.example",
        "sam@x.example <",
        "sam@x.example\x00@evil.example",
        "attacker@evil.example <organiser@nhs.example> (x <y@z.example>)",
        "zoë@x.example",
        "Hill, Sam (ann@y.example) <sam@x.example>",
        "Hill, =?utf-8?q?ann=40y.example?= <sam@x.example>",
        "Hill, ann＠y．example <sam@x.example>",
        'Hill, "ann"@y.example <sam@x.example>',
        "Hill, ann @ y.example <sam@x.example>",
        "Hill, Sam (Trust <sam@x.example>",
        "Hill, Sam\x00 <sam@x.example>",
        "Hill, Sam <=?utf-8?q?sam?=@x.example>",
    ],
)
def test_parse_address_refuses_what_is_open_to_doubt(value: str) -> None:
    assert parse_address(value) is None


def test_a_second_from_is_no_sender() -> None:
    twice = make_headers([("From", "sam@x.example"), ("from", "ann@x.example")])
    same = make_headers([("From", "sam@x.example"), ("From", "sam@x.example")])

    assert find_sender(twice) is None
    assert find_sender(same) == Address("sam@x.example")


@pytest.mark.parametrize(
    ("value", "answerable", "others"),
    [
        ("Sam Hill (Trust) <sam@x.example>", "sam@x.example", set()),
        ("sam@x.example <Sam@X.example>", "sam@x.example", set()),
        ("'sam@x.example' <sam@x.example>", "sam@x.example", set()),
        ("=?utf-8?q?sam=40x.example?= <sam@x.example>", "sam@x.example", set()),
        ("boss@nhs.example <sam@x.example>", "sam@x.example", {"boss@nhs.example"}),
        ('"boss@nhs.example" <sam@x.example>', "sam@x.example", {"boss@nhs.example"}),
        ("=?utf-8?q?boss=40nhs.example?= <sam@x.example>", "sam@x.example", {"boss@nhs.example"}),
        ('"boss＠nhs。example" <sam@x.example>', "sam@x.example", {"boss@nhs.example"}),
        ("Boss (boss@nhs.example) <sam@x.example>", "sam@x.example", {"boss@nhs.example"}),
        ("Sam <sam@x.example> via boss@nhs.example", "sam@x.example", {"boss@nhs.example"}),
        ("ann@y.example, Sam <sam@x.example>", "sam@x.example", {"ann@y.example"}),
        ("Sam <sam@x.example>, Ann <ann@y.example>", "sam@x.example", {"ann@y.example"}),
        ("sam@x.example ann@y.example", "sam@x.example", {"ann@y.example"}),
        ("Friends: sam@x.example;", "sam@x.example", set()),
        ('"Sam <sam@x.example>', "sam@x.example", set()),
        ("Sam <sam@x.example", "sam@x.example", set()),
        ("sam@x.example.", "sam@x.example", set()),
        ("", None, set()),
        ("Sam Hill", None, set()),
        ("undisclosed:;", None, set()),
        ("sam@localhost", None, set()),
        ("zoëa@x.example", None, {"zoëa@x.example"}),
        ("sam@x.büch.example", None, {"sam@x.büch.example"}),
        ("sam@x.example\x00@evil.example", None, {"sam@x.example"}),
        ("Sam <=?utf-8?q?sam?=@x.example>", None, {"sam@x.example"}),
    ],
)
def test_an_answer_may_go_wherever_from_points(
    value: str, answerable: str | None, others: set[str]
) -> None:
    headers = make_headers([("From", value)])

    found = find_answerable(headers)

    assert (found.email if found else None) == answerable
    assert find_other_addresses(headers) == others


def test_an_answer_to_two_from_fields_goes_to_the_first() -> None:
    headers = make_headers([("From", "sam@x.example"), ("From", "ann@y.example")])

    assert find_answerable(headers) == Address("sam@x.example")
    assert find_other_addresses(headers) == {"ann@y.example"}


@pytest.mark.parametrize(
    "value",
    [
        *("(" * 60_000, '"' + '\\"' * 4_000, " " * 60_000, "a@" * 30_000, "a" * 60_000),
        *("<a@x.example " * 4_000, "@" * 60_000, "a@b." * 15_000, "\\" * 60_000),
    ],
    ids=range(9),
)
def test_senders_are_read_in_linear_time(value: str) -> None:
    headers = make_headers([("From", value)])
    started = time.perf_counter()

    assert find_sender(headers) is None
    find_answerable(headers)
    find_other_addresses(headers)

    assert time.perf_counter() - started < 10
