"""The log of a test, and the loggers as they were before it."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import structlog

from intake.logging import configure_logging


@contextmanager
def listening(form: Literal["json", "console"] = "json") -> Iterator[io.StringIO]:
    """Collects all that is logged meanwhile."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    stream = io.StringIO()
    configure_logging("info", form, secrets=[], stream=stream)
    try:
        yield stream
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        structlog.reset_defaults()
