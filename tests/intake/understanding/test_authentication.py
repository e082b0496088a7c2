"""Results of authentication count only from servers that are trusted."""

import pytest

from intake.understanding.mime.authentication import Authentication, authenticate
from intake.understanding.mime.message import parse_message
from tests.support.incoming import write_message

TRUSTED = frozenset({"mx.leadership.nhs.example"})
PASS = "dmarc=pass header.from=actonadvice.example"


def judged(*values: str, trusted: frozenset[str] = TRUSTED) -> Authentication:
    fields = (f"Authentication-Results: {value}" for value in values)
    return authenticate(parse_message(write_message("Hello", *fields)), trusted)


@pytest.mark.parametrize(
    ("values", "result"),
    [
        ([f"mx.leadership.nhs.example; {PASS}"], Authentication("pass", "actonadvice.example")),
        (
            [f"MX.Leadership.nhs.example;\r\n spf=pass smtp.mailfrom=x.example;\r\n {PASS}"],
            Authentication("pass", "actonadvice.example"),
        ),
        ([f"mx.leadership.nhs.example 1; {PASS}"], Authentication("pass", "actonadvice.example")),
        (
            ["mx.leadership.nhs.example; dmarc=pass header.from=other.example"],
            Authentication("pass"),
        ),
        (
            ["mx.leadership.nhs.example; dmarc=fail (p=none) header.from=actonadvice.example"],
            Authentication("fail"),
        ),
        (
            [
                f"mx.leadership.nhs.example; {PASS}",
                "mx.leadership.nhs.example; dmarc=fail header.from=actonadvice.example",
            ],
            Authentication("fail"),
        ),
        (
            ["mx.leadership.nhs.example; spf=pass", f"mx.leadership.nhs.example; {PASS}"],
            Authentication("pass", "actonadvice.example"),
        ),
        (["mx.leadership.nhs.example; dmarc=none"], Authentication("none")),
        (["mx.leadership.nhs.example; spf=pass smtp.mailfrom=x.example"], Authentication()),
        ([f"evil.example; {PASS}"], Authentication()),
        ([f"mx.leadership.nhs.example.evil.example; {PASS}"], Authentication()),
        ([PASS], Authentication()),
        (["mx.leadership.nhs.example; none"], Authentication()),
        (["mx.leadership.nhs.example; ((((; dmarc=pass"], Authentication("pass")),
        ([], Authentication()),
    ],
)
def test_authenticate(values: list[str], result: Authentication) -> None:
    assert judged(*values) == result


def test_nobody_is_trusted_by_default() -> None:
    assert judged(f"mx.leadership.nhs.example; {PASS}", trusted=frozenset()) == Authentication()


def test_a_server_without_a_name_is_trusted_under_microsofts() -> None:
    value = f"spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=x.example; {PASS};compauth=pass"

    assert judged(value) == Authentication()
    assert judged(value, trusted=frozenset({"protection.outlook.com"})) == Authentication(
        "pass", "actonadvice.example"
    )


def test_crafted_results_take_no_time() -> None:
    assert judged("mx.leadership.nhs.example; " + "(" * 60_000) == Authentication()
