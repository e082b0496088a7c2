"""Messages as senders write them, and the evidence that triage sees of them."""

from dataclasses import replace

from intake.understanding.mime.message import Message, parse_message
from intake.understanding.texts.pieces import new_text, split
from intake.understanding.triage.evidence import Evidence
from storage.domain.programme import Programme
from tests.support.programmes import ACE

STORY = """Every winter about forty people in our part of the borough are discharged from hospital \
to homes without heating. The ward doesn't know, the housing officer finds out in March, and the \
district nurse keeps her coat on during visits. Nobody has ever sat down together about it.

We would bring the ward sisters, the housing repairs team and the fuel advice charity together \
each fortnight to look at ten real discharges and change what each of us does."""

OUR_LETTER = """
On Mon, 2 Aug 2021 at 11:12, ACE <ace@leadership.nhs.example> wrote:
> Dear Sam,
>
> Thank you for your expression of interest in ACE. The formal application
> pack is attached.
>
> Please return the completed form to this address by Friday 20 August 2021.
"""

OUR_CALL = """
On Mon, 5 Jul 2021 at 10:02, ACE <ace@leadership.nhs.example> wrote:
> Dear colleague,
>
> We are delighted to open the call for ACE. Please send an expression of interest
> with a summary. We will then send you the formal application pack.
"""


def write_message(
    text: str = "Hello",
    *fields: str,
    subject: str = "ACE",
    sender: str = "Sam Hill <sam@actonadvice.example>",
    recipient: str = "ace@leadership.nhs.example",
    content_type: str = "text/plain; charset=utf-8",
) -> bytes:
    """A message of a person; `fields` are further header fields, written as they stand."""
    head = (
        *fields,
        f"From: {sender}",
        f"To: {recipient}",
        f"Subject: {subject}",
        "Message-ID: <1@actonadvice.example>",
        f"Content-Type: {content_type}",
    )
    return (
        "\r\n".join(head) + "\r\n\r\n" + "\r\n".join(text.replace("\r\n", "\n").split("\n"))
    ).encode()


def write_reply(
    text: str, *fields: str, subject: str = "Re: ACE", quoted: str = OUR_LETTER
) -> bytes:
    """An answer to a letter of ours, which it quotes unless told otherwise."""
    thread = (
        "In-Reply-To: <92be5cbcab@leadership.nhs.example>",
        "References: <0@actonadvice.example> <92be5cbcab@leadership.nhs.example>",
    )
    return write_message(text + "\n" + quoted, *thread, *fields, subject=subject)


def make_evidence(raw: bytes | Message, programme: Programme = ACE, **known: object) -> Evidence:
    """Evidence of a message, with nothing found in it unless told otherwise."""
    message = parse_message(raw) if isinstance(raw, bytes) else raw
    text = new_text(message.text, split(message.text))
    return replace(Evidence(message, text, programme), **known)  # type: ignore[arg-type]
