"""Fields of headers, addresses and parameters as hostile and careless senders write them."""

import time

import pytest

from intake.understanding.mime.headers import (
    decode_base64,
    decode_words,
    find_addresses,
    find_message_ids,
    make_headers,
    parse_addresses,
    parse_parameters,
    without_comments,
)
from storage.domain.people import Address


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?B?WmV5bmVwIEfDvGzFn2Vu?=", "Zeynep Gülşen"),
        ("=?iso-8859-1?Q?Caf=E9_Bar?=", "Café Bar"),
        ("=?UTF-8?q?a?= =?UTF-8?q?b?=\t=?utf-8?q?c?=", "abc"),
        ("=?utf-8?B?xYHDsw==?= x =?utf-8?q?y?=", "Łó x y"),
        ("=?utf-8?Q?=C5?= =?utf-8?Q?=81ucja?=", "Łucja"),
        ("=?utf-8*en?Q?hello?=", "hello"),
        ("=?bogus?Q?caf=C3=A9?=", "café"),
        ("=?utf-8?B?aGVsbG8?=", "hello"),
        ("=?utf-8?Q?a=0D=0ABcc:_x@y.example?=", "a Bcc: x@y.example"),
        ("=?utf-8?Q?a=00b=1Bc?=", "abc"),
        ("=?utf-8?Q?Is_this_one?_Yes??= and", "Is this one? Yes? and"),
        ("=?utf-8?Q?one?==?utf-8?Q?_two?=", "one two"),
        ("=?utf-8?B?w6k==?= =?iso-8859-1?Q?=E9?=", "éé"),
        ("no =? words ?=", "no =? words ?="),
        ("plain\u202etext", "plaintext"),
    ],
)
def test_decode_words(value: str, text: str) -> None:
    assert decode_words(value) == text


@pytest.mark.parametrize("unit", ["=?a?q?", "=?a?q?x?", "=?a?q?" + "?" * 50, "=?utf-8?Q?a?==?"])
def test_words_that_never_end_are_read_in_linear_time(unit: str) -> None:
    started = time.process_time()

    decode_words(unit * (200_000 // len(unit)))

    assert time.process_time() - started < 5


def test_decode_words_stops_at_its_cap() -> None:
    value = "=?utf-8?q?=41?= " * 60_000

    started = time.perf_counter()
    text = decode_words(value)

    assert text.startswith("A" * 500 + " =?utf-8")
    assert time.perf_counter() - started < 10


def test_headers_are_found_in_any_letter_case_unfolded_and_all() -> None:
    headers = make_headers(
        [("Precedence", "bulk"), ("X-Loop", "a\r\n b"), ("PRECEDENCE", "=?utf-8?q?list?=")]
    )

    assert headers.get("precedence") == "bulk"
    assert headers.get_all("Precedence") == ("bulk", "list")
    assert headers.get_raw("Precedence") == ("bulk", "=?utf-8?q?list?=")
    assert headers.get("x-loop") == "a b"
    assert headers.get("absent") is None
    assert "x-LOOP" in headers


@pytest.mark.parametrize(
    "value", ["(" * 60_000, '"' + '\\"' * 4_000, " " * 60_000, "a@" * 30_000], ids=range(4)
)
def test_addresses_are_read_in_linear_time(value: str) -> None:
    started = time.perf_counter()

    find_addresses([value])
    parse_addresses(value)

    assert time.perf_counter() - started < 10


def test_parse_addresses_reads_leniently() -> None:
    value = 'Sam Hill <Sam@x.example>, "Reed, Ann" <ann@x.example>; bob@x.example'

    assert parse_addresses(value) == (
        Address("sam@x.example", "Sam Hill"),
        Address("ann@x.example", "Reed, Ann"),
        Address("bob@x.example"),
    )


@pytest.mark.parametrize(
    ("value", "main", "parameters"),
    [
        ("text/plain", "text/plain", {}),
        ("Text/Plain; Charset=UTF-8", "text/plain", {"charset": "UTF-8"}),
        ('a/b; name="x; y\\".pdf"', "a/b", {"name": 'x; y".pdf'}),
        ("a/b; name=my file.pdf; size=3", "a/b", {"name": "my file.pdf", "size": "3"}),
        ("a; filename*=utf-8''caf%C3%A9.pdf", "a", {"filename": "café.pdf"}),
        ('a; name*0="one "; name*1="two"', "a", {"name": "one two"}),
        ("a; name*1*=%20b; name*0*=utf-8''a", "a", {"name": "a b"}),
        ('a; name="=?utf-8?q?caf=C3=A9?="', "a", {"name": "café"}),
        ("a; name*99999999999=x; charset=\x00", "a", {"charset": ""}),
        ('a; name="../../etc\x00/passwd\u202e"', "a", {"name": "../../etc/passwd"}),
        (";;;", "", {}),
        ("a; name=old.pdf; name*=utf-8''caf%C3%A9.pdf", "a", {"name": "café.pdf"}),
        ("a; name*=utf-8''caf%C3%A9.pdf; name=old.pdf", "a", {"name": "café.pdf"}),
        ("a; name=one.pdf; name=two.pdf", "a", {"name": "one.pdf"}),
        ('a; name="cut off.pdf', "a", {"name": "cut off.pdf"}),
        ('a; name="=?utf-8?B?5Y+R56WoLnBkZg==?="', "a", {"name": "发票.pdf"}),
    ],
)
def test_parse_parameters(value: str, main: str, parameters: dict[str, str]) -> None:
    assert parse_parameters(value) == (main, parameters)


def test_find_message_ids_keeps_brackets_and_order() -> None:
    values = ["<a@x.example> junk <b@x.example>", "<a@x.example>"]

    assert find_message_ids(values) == ("<a@x.example>", "<b@x.example>")


@pytest.mark.parametrize(
    ("data", "content"),
    [
        (b"aGVsbG8=", b"hello"),
        (b"aGVsbG8", b"hello"),
        (b"aGVs\r\nbG8=\r\n", b"hello"),
        (b"aGVsb", b"hel"),
        (b"!!aGVs*bG8=", b"hello"),
        (b"", b""),
    ],
)
def test_decode_base64_takes_what_there_is(data: bytes, content: bytes) -> None:
    assert decode_base64(data) == content


@pytest.mark.parametrize(
    ("value", "rest"),
    [
        ("auto-replied", "auto-replied"),
        ("(a) auto-replied (b (c) d)", "auto-replied"),
        ("(a \\) b) no", "no"),
        ("(never closed", "never closed"),
        ("never opened) no", "never opened  no"),
        ("", ""),
    ],
)
def test_without_comments(value: str, rest: str) -> None:
    assert without_comments(value) == rest


@pytest.mark.parametrize("value", ["(" * 60_000, "()" * 30_000, "(" * 30_000 + ")" * 30_000])
def test_comments_are_skipped_in_linear_time(value: str) -> None:
    started = time.perf_counter()

    assert without_comments(value) == ""

    assert time.perf_counter() - started < 10
