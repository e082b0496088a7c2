"""What is written in an afternoon: read a message, find a name, save it, send the pack, move it on.

The other side of several measures: imap-tools, SQLModel and smtplib, as their tutorials use them.
"""

import re
import smtplib
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from imap_tools import MailBoxUnencrypted
from sqlalchemy.orm import registry
from sqlmodel import Field, Session, SQLModel, create_engine

DONE = "Done"


class Base(SQLModel, registry=registry()):
    """Apart from the tables of Postroom."""


class Entry(Base, table=True):
    """An expression of interest."""

    id: int | None = Field(default=None, primary_key=True)
    message_id: str = Field(index=True)
    sender: str
    name: str
    subject: str
    body: str
    received_at: datetime


class Script:
    """`pack` is a file that goes with each reply."""

    def __init__(
        self, folder: Path, *, imap_port: int, smtp_port: int, user: str, password: str, pack: Path
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._imap_port, self._smtp_port = imap_port, smtp_port
        self._user, self._password, self._pack = user, password, pack
        self._engine = create_engine(f"sqlite:///{folder}/script.db")
        Base.metadata.create_all(self._engine)

    def run(self, *, replies: bool = True) -> int:
        """Go through the inbox; how many messages there were."""
        with MailBoxUnencrypted("127.0.0.1", self._imap_port).login(
            self._user, self._password
        ) as mailbox:
            if not mailbox.folder.exists(DONE):
                mailbox.folder.create(DONE)
            uids = mailbox.uids()
            for uid in uids:
                data = mailbox.client.uid("FETCH", uid, "(BODY.PEEK[])")[1]
                message = message_from_bytes(data[0][1], policy=policy.default)
                self.save(make_entry(message))
                if replies:
                    self.reply(message)
                mailbox.move(uid, DONE)
        return len(uids)

    def save(self, entry: Entry) -> None:
        with Session(self._engine) as session:
            session.add(entry)
            session.commit()

    def reply(self, message: EmailMessage) -> None:
        reply = self.make_reply(message)
        with smtplib.SMTP("127.0.0.1", self._smtp_port) as server:
            server.send_message(reply)

    def make_reply(self, message: EmailMessage) -> EmailMessage:
        reply = EmailMessage()
        reply["From"] = "ace@leadership.nhs.example"
        reply["To"] = str(message["From"])
        reply["Subject"] = f"Re: {message['Subject']}"
        reply["In-Reply-To"] = str(message["Message-ID"])
        reply.set_content("Thank you for your interest. The application pack is attached.\n")
        reply.add_alternative("<p>Thank you for your interest.</p>", subtype="html")
        reply.add_attachment(
            self._pack.read_bytes(), maintype="application", subtype="pdf", filename="Pack.pdf"
        )
        return reply

    def close(self) -> None:
        self._engine.dispose()


def make_entry(message: EmailMessage) -> Entry:
    part = message.get_body(preferencelist=("plain", "html"))
    body = part.get_content() if part is not None else ""
    found = re.search(r"^Name: *(.+)$", body, re.MULTILINE)
    return Entry(
        message_id=str(message["Message-ID"]),
        sender=str(message["From"]),
        name=found[1].strip() if found else "",
        subject=str(message["Subject"]),
        body=body,
        received_at=datetime.now(UTC),
    )
