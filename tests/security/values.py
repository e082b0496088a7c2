"""S4: what applicants write where a name is asked for, as it stands in letters, and templates that
try more than words."""

import shutil
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from intake.mailboxes.base import FolderAccount
from responders.errors import TemplateError
from responders.letterbook import Letterbook
from storage.domain.letter import LetterKind
from tests.faults.board import Figure, Measured, Size, none_of
from tests.security.screens import elements_of
from tests.support.hostile_templates import HOSTILE
from tests.support.hostile_texts import IN_A_LETTER
from tests.support.incoming import write_message
from tests.support.installations import Servers, make_installation
from tests.support.smtp_recorder import SmtpRecorder
from tests.support.worlds import make_app

NOON = datetime(2021, 7, 12, 11, 0, tzinfo=UTC)
NEXT_MORNING = NOON + timedelta(hours=21)
MOST_SECONDS = 2.0
TEMPLATES = Path(__file__).parents[2] / "templates"


def measure(size: Size) -> Measured:
    texts = IN_A_LETTER[:: size.pick(full=1, small=8)]
    bodies = HOSTILE[:: size.pick(full=1, small=8)]
    letters = _letters_to(texts)
    usual = set().union(*(elements_of(_html(one)) for one in _letters_to(["Ada Okafor"])))
    opened = [one for one in letters if elements_of(_html(one)) - usual]
    run = [one for one in letters if str(1337 * 1337) in _text(one) + _html(one)]
    steering = [one for one in letters if _steers(_text(one)) or _steers(_html(one))]
    taken = list(_taken(bodies))
    return Measured(
        (
            Figure("payloads in fields", len(texts), least=size.pick(full=50, small=6)),
            Figure("letters", len(letters), least=len(texts) // 2),
            none_of("letters with an element or address of theirs", len(opened)),
            none_of("letters in which something was run", len(run)),
            none_of("letters with control or direction characters", len(steering)),
            Figure("hostile templates", len(bodies), least=size.pick(full=30, small=4)),
            none_of("not refused", sum(seconds is None for seconds in taken)),
            Figure("s for the longest", max(s or 0.0 for s in taken), most=MOST_SECONDS),
        ),
        tuple(str(one["Subject"]) for one in (*opened, *run, *steering)),
    )


def _letters_to(texts: list[str] | tuple[str, ...]) -> list[EmailMessage]:
    """All letters, those to organisers on the next morning as well, where each applicant gives a
    text as name, organisation and project."""
    with tempfile.TemporaryDirectory() as name, SmtpRecorder() as recorder:
        folder = Path(name)
        (folder / "inbox").mkdir()
        for number, text in enumerate(texts):
            (folder / "inbox" / f"{number:03d}.eml").write_bytes(_expression(number, text))
        installation = make_installation(folder, Servers(1, recorder.port, "nobody", "nothing"))
        mailboxes = {"ace": FolderAccount("inbox", folder / "inbox")}
        with make_app(replace(installation, mailboxes=mailboxes)) as app:
            app.tick(NOON)
            app.tick(NEXT_MORNING)
        raws = [wire.raw for wire in recorder.received]
    return [message_from_bytes(raw, policy=policy.default) for raw in raws]


def _expression(number: int, text: str) -> bytes:
    raw = write_message(
        f"We express our interest.\n\nName: {text}\nOrganisation: {text}\nProject: {text}\n\n"
        f"Carers on estate {number} wait weeks for a call that nobody thinks is theirs to make, "
        "and we would plan with them.",
        subject=f"Expression of interest {number}",
        sender=f"applicant{number}@project{number}.example",
    )
    return raw.replace(b"<1@actonadvice", b"<%d@project" % number)


def _html(letter: EmailMessage) -> str:
    body = letter.get_body(("html",))
    return str(body.get_content()) if body is not None else ""


def _text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""


def _steers(shown: str) -> bool:
    return any(unicodedata.category(c) in ("Cc", "Cf") for c in shown if c not in "\r\n\xad")


def _taken(bodies: tuple[str, ...]) -> Iterator[float | None]:
    """Seconds that each template took to be refused; None where it was taken for a good one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(TEMPLATES / "default", folder / "default")
        (folder / "ace").mkdir()
        for body in bodies:
            template = folder / "ace" / "acknowledgement.md.j2"
            template.write_text(f"Subject: A letter\n\n{body}\n", "utf-8")
            begun = time.thread_time()
            try:
                Letterbook(folder, "ace").get(LetterKind.ACKNOWLEDGEMENT)
                yield None
            except TemplateError:
                yield time.thread_time() - begun
