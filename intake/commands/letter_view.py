"""A letter as its reader gets it, from the bytes that are sent: addressee, subject, text, files."""

from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from zoneinfo import ZoneInfo

from intake.commands.printing import local, plain, plain_lines
from intake.commands.wording import explain_state, spaced
from storage.domain.letter import Letter

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


def _size(part: EmailMessage) -> int:
    content = part.get_payload(decode=True)
    return len(content) if isinstance(content, bytes) else 0
