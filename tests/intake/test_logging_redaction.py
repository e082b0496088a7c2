"""The log says what happened and never to whom: no secrets, addresses, numbers, control codes."""

import io
import json
import logging
import unicodedata
from collections.abc import Iterator
from typing import Literal

import pytest
import structlog

from intake.logging import configure_logging

SECRET = "canary-4711-hunter2"


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def listen(form: Literal["console", "json"] = "json", level: str = "info") -> io.StringIO:
    stream = io.StringIO()
    configure_logging(level, form, secrets=[SECRET, ""], stream=stream)
    return stream


def test_line_has_its_fields_as_json() -> None:
    stream = listen()

    structlog.get_logger("intake.pipeline").info("recorded", case="ACE-0042", new=3, ok=True)

    line = json.loads(stream.getvalue())
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "recorded",
        "level": "info",
        "case": "ACE-0042",
        "new": 3,
        "ok": True,
    }


@pytest.mark.parametrize("form", ["console", "json"])
def test_personal_values_and_secrets_are_left_out(form: Literal["console", "json"]) -> None:
    stream = listen(form)
    log = structlog.get_logger("responders.delivery")

    log.warning(
        f"refused with {SECRET}",
        reply="550 <amina.yusuf-cole@harrow.example> unknown",
        seen=["07700 900142", {"who": "b@c.example", "password": "x-y-z", "phone": "1"}],
        subject="My mother's illness",
        call="+44 20 7946 0100",
    )

    text = stream.getvalue()
    for hidden in (SECRET, "amina", "harrow", "900142", "b@c", "x-y-z", "mother", "7946"):
        assert hidden not in text
    for kept in ("refused with", "[secret]", "550", "[address]", "[phone]", "[hidden]"):
        assert kept in text


def test_references_times_and_message_counts_stay_readable() -> None:
    stream = listen()

    structlog.get_logger("intake").info(
        "filed",
        key="INBOX/1699000000/42",
        sha256="0" * 64,
        at="2021-08-20T16:00:00+00:00",
        reference="ACE-0042",
        size=26214400,
    )

    line = json.loads(stream.getvalue())
    assert (line["key"], line["sha256"], line["at"], line["size"]) == (
        "INBOX/1699000000/42",
        "0" * 64,
        "2021-08-20T16:00:00+00:00",
        26214400,
    )


def test_exceptions_are_redacted_too() -> None:
    stream = listen()

    try:
        raise ValueError(f"{SECRET} of amina@harrow.example")
    except ValueError:
        structlog.get_logger("intake").exception("failed")

    trace = json.loads(stream.getvalue())["exception"]
    assert trace.endswith("ValueError: [secret] of [address]")
    assert SECRET not in trace


def test_libraries_are_redacted_and_heard_from_warning_on() -> None:
    stream = listen()

    logging.getLogger("alembic.runtime").info("Running upgrade")
    logging.getLogger("imap_tools").warning("LOGIN %s %s", "a@b.example", SECRET)

    (line,) = stream.getvalue().splitlines()
    assert json.loads(line)["event"] == "LOGIN [address] [secret]"


def test_control_and_direction_characters_never_reach_the_terminal() -> None:
    stream = listen("console")

    structlog.get_logger("intake").info("odd", value="a\x1b[31mb\r\nc\u202ed\x9be", more="\x07")

    text = stream.getvalue()
    assert text.count("\n") == 1
    assert not {c for c in text if c != "\n" and not c.isprintable()}


def test_no_invisible_character_reaches_the_log() -> None:
    stream = listen()
    every = "".join(c for c in map(chr, range(0x110000)) if not c.isspace() and not c.isprintable())
    invisible = [c for c in every if unicodedata.category(c) not in ("Cn", "Cs")]

    for start in range(0, len(invisible), 1500):
        structlog.get_logger("intake").info("odd", value="".join(invisible[start : start + 1500]))

    left = set(stream.getvalue()) & set(invisible)
    assert left == {"\n"} & left


def test_level_decides_what_is_written() -> None:
    stream = listen(level="error")

    structlog.get_logger("intake").warning("quiet")
    structlog.get_logger("intake").error("loud")

    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] == ["loud"]
