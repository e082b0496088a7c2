"""S6: what people wrote, printed on a terminal, logged, and shown on pages: nothing of it steers,
opens an element or begins a line."""

import io
import unicodedata
from html.parser import HTMLParser
from typing import Literal

import structlog
from rich.console import Console

from intake.commands.explaining.account import Explanation, account_for
from intake.commands.explaining.page import render_page
from intake.commands.explaining.terminal import show
from intake.commands.printing import as_line, make_table, plain
from intake.understanding.understand import understand
from tests.faults.board import Figure, Measured, Size, none_of
from tests.support.hostile_texts import ON_A_SCREEN
from tests.support.incoming import write_message
from tests.support.logs import listening
from tests.support.programmes import ACE

STEERING = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Categories of characters that move, hide or turn round what stands on a screen."""


def measure(size: Size) -> Measured:
    texts = ON_A_SCREEN[:: size.pick(full=1, small=6)]
    usual = elements_of(render_page(_explanation("Ada Okafor")))
    steering, opened, lines, crashes = 0, 0, 0, []
    for text in texts:
        try:
            page = render_page(_explanation(text))
            written = [_logged(text, form) for form in ("console", "json")]
            shown = [_printed(text), _explained(text), as_line({"title": text}), page, *written]
            steering += sum(map(_steers, shown))
            opened += len(elements_of(page) - usual)
            lines += sum(len(log.splitlines()) != 1 for log in written)
        except Exception as error:  # noqa: BLE001  a crash is what is counted
            crashes.append(f"{type(error).__name__} at {text!a}")
    return Measured(
        (
            Figure("payloads", len(texts), least=size.pick(full=60, small=8)),
            none_of("shown with control or direction characters", steering),
            none_of("elements or attributes opened in a page", opened),
            none_of("log lines begun", lines),
            none_of("crashes", len(crashes)),
        ),
        tuple(crashes),
    )


def _steers(shown: str) -> bool:
    return any(unicodedata.category(c) in STEERING for c in shown if c != "\n")


def _printed(text: str) -> str:
    """A list as a command prints it."""
    screen = Console(markup=False, width=80, file=io.StringIO())
    with screen.capture() as captured:
        screen.print(make_table("Cases", ("Title",), [[text]]))
        screen.print(plain(text))
    return captured.get()


def _explained(text: str) -> str:
    screen = Console(markup=False, highlight=False, emoji=False, width=100, file=io.StringIO())
    with screen.capture() as captured:
        show(_explanation(text), screen)
    return captured.get()


def _explanation(text: str) -> Explanation:
    """A message that says it wherever a person may say something."""
    raw = write_message(
        f"We express our interest.\n\nName: {text}\nOrganisation: {text}\nProject: {text}\n\n"
        f"{text}\n\nCarers wait weeks for a call that nobody thinks is theirs to make. {text}",
        subject="Expression of interest: " + text.replace("\r", " ").replace("\n", " "),
    )
    told = understand(raw, programmes=(ACE,), lays_out=True)
    assert told.layout is not None
    fields = account_for(told.understanding, told.layout)
    return Explanation("message.eml", ACE, told.understanding, told.layout, fields)


def _logged(text: str, form: Literal["console", "json"]) -> str:
    """What a careless line of ours, or an exception, would leave in the log."""
    with listening(form) as stream:
        structlog.get_logger("intake").info("odd", value=text, more=[text, {"deep": text}])
    return stream.getvalue()


class _Elements(HTMLParser):
    """Collects what elements there are, and their attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.found.update(name for name, _ in attrs)
        self.found.update(value for _, value in attrs if value and "evil" in value)


def elements_of(page: str) -> set[str]:
    """Names of the elements and attributes of a page, and values that an attacker chose."""
    parser = _Elements()
    parser.feed(page)
    return parser.found
