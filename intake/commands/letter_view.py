"""A letter as its reader gets it, from the bytes that are sent: addressee, subject, text, files;
and letters as rows of a table and as plain values."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from zoneinfo import ZoneInfo

from rich.table import Table

from intake.commands.context import zone_of
from intake.commands.printing import (
    brief,
    console,
    local,
    make_table,
    plain,
    plain_lines,
    print_json,
)
from intake.commands.wording import explain_state, spaced, state_of, why_held
from intake.config import Configuration
from storage.domain.letter import Letter, LetterState

LONGEST_LINE = 1000
"""Characters of a header that are shown; ours are shorter."""


@dataclass(frozen=True, slots=True)
class LetterView:
    """What a reader sees. `files` are names and sizes in bytes; `text` is the plain text, empty
    where the letter has none."""

    to: str
    subject: str
    text: str
    files: tuple[tuple[str, int], ...] = ()


def read_view(wire: bytes) -> LetterView:
    """The view of a letter's whole bytes."""
    message = message_from_bytes(wire, _class=EmailMessage, policy=default)
    body = message.get_body(("plain",))
    return LetterView(
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        text=str(body.get_content()) if body is not None else "",
        files=tuple(
            (part.get_filename() or part.get_content_type(), _size(part))
            for part in message.iter_attachments()
        ),
    )


def write_view(letter: Letter, view: LetterView, zone: ZoneInfo) -> str:
    """The letter as lines for a terminal, without control characters; times by `zone`."""
    when = f"sent {local(letter.sent_at, zone)}" if letter.sent_at else "not sent"
    lines = [
        f"Letter {letter.id}, {spaced(letter.kind)}, {when}",
        f"State:   {explain_state(letter)}",
        f"To:      {plain(view.to, limit=LONGEST_LINE)}",
        f"Subject: {plain(view.subject, limit=LONGEST_LINE)}",
    ]
    if letter.server_reply:
        lines.append(f"Server:  {plain(letter.server_reply, limit=LONGEST_LINE)}")
    lines += ["", plain_lines(view.text)]
    if view.files:
        lines += ["", "Attached:"]
        lines += [f"  {plain(name)}, {size:,} bytes" for name, size in view.files]
    return "\n".join(lines)


def letter_fields(letter: Letter) -> dict[str, object]:
    """A letter as plain values, for machines."""
    is_ours = letter.rule is not None and letter.state is not LetterState.DISCARDED
    return {
        **asdict(letter),
        "recipient": letter.recipient.email,
        "rule_in_words": why_held(letter.rule) if is_ours and letter.rule else None,
    }


def letter_table(title: str, letters: Sequence[Letter], configuration: Configuration) -> Table:
    """A table of letters, each with the clock of its programme."""
    columns = ("id", "kind", "to", "state", "subject", "sent")
    rows = [
        (
            letter.id,
            spaced(letter.kind),
            letter.recipient.email,
            state_of(letter),
            letter.subject,
            brief(letter.sent_at, zone_of(configuration, letter.programme)),
        )
        for letter in letters
    ]
    return make_table(title, columns, rows, whole=("id", "sent"))


def show_left_out(letter: Letter, *, as_json: bool) -> None:
    """There is nothing to see of a letter that was never written, but why."""
    if as_json:
        print_json(letter_fields(letter))
    else:
        name = f"Letter {letter.id}, {spaced(letter.kind)}, to {plain(letter.recipient.email)}"
        console().print(f"{name}: {explain_state(letter)}", soft_wrap=True)


def _size(part: EmailMessage) -> int:
    content = part.get_payload(decode=True)
    return len(content) if isinstance(content, bytes) else 0
