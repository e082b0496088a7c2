"""The log: structlog on standard error, for people or as JSON, with what is personal left out.

Lines are constant text with references in fields. What slips in nevertheless, from an exception
or from a library, goes through `redact` first: secrets, addresses, telephone numbers and control
characters never reach the stream.
"""

import logging
import re
import sys
from collections.abc import Collection, Mapping
from functools import partial
from typing import Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN_FIELDS = frozenset(
    {"password", "token", "secret", "authorization", "subject", "body", "name", "email", "phone"}
)
"""Fields whose value is never written, whatever it is."""

_ADDRESS = re.compile(r"[^\s@<>\"'(),:;=\[\]{}]{1,64}@[\w-][\w.-]{0,253}")
_PHONE = re.compile(r"(?<![\w.:-])(?:\+\d|0)\d(?:[ -]?\d){7,12}(?![\w.:-])")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\uf8ff\ufeff\ufff9-\ufffb\U000110bd\U000110cd"
    r"\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
"""Control, direction and invisible characters, and those of no meaning that all agree on."""
_BREAK = re.compile(r"[\t\n\x0b-\x1f]")
_LONGEST_VALUE = 2000
_LONGEST_TRACE = 20_000
_DEEPEST = 5
_OURS = ("intake", "responders", "storage")


def configure_logging(
    level: str = "info",
    form: Literal["console", "json"] = "console",
    *,
    secrets: Collection[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Send all logs, those of libraries too, to `stream` (standard error), redacted.

    `secrets` are values that must not appear in any line. May be called again with other
    settings. Libraries are heard from `warning` on.
    """
    number = logging.getLevelNamesMapping()[level.upper()]
    output = stream or sys.stderr
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(output)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                partial(redact, frozenset(secret for secret in secrets if secret)),
                _renderer(form, output),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(number, logging.WARNING))
    for name in _OURS:
        logging.getLogger(name).setLevel(number)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def redact(
    secrets: Collection[str],
    logger: WrappedLogger,  # noqa: ARG001  the signature is structlog's
    method: str,  # noqa: ARG001
    event: EventDict,
) -> EventDict:
    """`event` with nothing in it that is secret, personal or moves the cursor."""
    cleaned: dict[str, object] = {}
    for field, value in event.items():
        if field in HIDDEN_FIELDS:
            cleaned[field] = "[hidden]"
        elif field == "exception":
            cleaned[field] = _clean(str(value)[:_LONGEST_TRACE], secrets)
        else:
            cleaned[field] = _clean_value(value, secrets)
    return cleaned


def _clean_value(value: object, secrets: Collection[str], depth: int = 0) -> object:
    match value:
        case None | bool() | int() | float():
            return value
        case Mapping() if depth < _DEEPEST:
            return {
                str(_clean_value(str(key), secrets, depth + 1)): "[hidden]"
                if key in HIDDEN_FIELDS
                else _clean_value(item, secrets, depth + 1)
                for key, item in value.items()
            }
        case list() | tuple() | set() | frozenset() if depth < _DEEPEST:
            return [_clean_value(item, secrets, depth + 1) for item in value]
        case _:
            return _BREAK.sub(" ", _clean(str(value)[:_LONGEST_VALUE], secrets))


def _clean(text: str, secrets: Collection[str]) -> str:
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "[secret]")
    text = _ADDRESS.sub("[address]", text)
    text = _PHONE.sub("[phone]", text)
    return _CONTROL.sub("�", text)


def _renderer(form: Literal["console", "json"], output: TextIO) -> Processor:
    if form == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=output.isatty())
