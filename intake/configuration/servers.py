"""The tables of the configuration that say where a programme's messages are and letters leave."""

from typing import Literal

from pydantic import Field, SecretStr

from intake.configuration.fields import File, Line, Section
from intake.configuration.oauth import OAuthSection


class MailboxSection(Section):
    """Where the messages are. Nothing in it is touched before it is safely stored."""

    kind: Literal["imap", "graph", "maildir"] = Field(
        default="imap",
        description="How it is read: `graph` is [Microsoft Graph](graph.md), for Microsoft 365 "
        "where IMAP is switched off; it wants an `oauth` table, or `token_file`.",
    )
    host: Line | None = Field(
        default=None,
        description="IMAP: the server. Graph: only for another cloud than Microsoft's usual one.",
        examples=["imap.leadership.nhs.example"],
    )
    port: int | None = Field(
        default=None,
        gt=0,
        lt=65536,
        description="IMAP: the port; without it 993, or 143 where `security` is not `tls`.",
        examples=[993],
    )
    security: Literal["tls", "starttls", "plain"] = Field(
        default="tls", description="IMAP: `plain` is for a server on this machine only."
    )
    username: Line | None = Field(
        default=None,
        description="Without it, the programme's inbox. Graph: the address of the mailbox, whoever "
        "signs in for it.",
        examples=["ace@leadership.nhs.example"],
    )
    password: SecretStr | None = Field(
        default=None, description="Better given by a file, the environment or a systemd credential."
    )
    password_file: File | None = Field(
        default=None,
        description="A file that holds the password.",
        examples=["/etc/postroom/ace-mailbox-password"],
    )
    token_file: File | None = Field(
        default=None,
        description="A file in which another program keeps a fresh OAuth 2 access token; it is "
        "read at each log-in.",
        examples=["/run/postroom/ace-token"],
    )
    oauth: OAuthSection | None = Field(
        default=None, description="Where Postroom gets its access tokens by itself."
    )
    cafile: File | None = Field(
        default=None,
        description="Certificate authorities to trust in place of the system's, in PEM form.",
        examples=["/etc/postroom/ca.pem"],
    )
    path: File | None = Field(
        default=None, description="Maildir: the folder.", examples=["/var/mail/ace"]
    )
    folder: Line = Field(
        default="INBOX", description="IMAP, Graph: what is read.", examples=["INBOX"]
    )
    processed: Line = Field(
        default="Postroom/Processed",
        description="Where messages go once they are stored; made when missing.",
        examples=["Postroom/Processed"],
    )
    quarantine: Line = Field(
        default="Postroom/Quarantine",
        description="Where messages go that could not be read; made when missing.",
        examples=["Postroom/Quarantine"],
    )
    sent: Line | None = Field(
        default=None,
        description="IMAP, Graph: where the server keeps copies of what it sends. A letter of "
        "which nobody knows whether it left is looked for there; without it, it is sent once more, "
        "and an outcome waits for a person. Graph knows it without being told.",
        examples=["Sent Items"],
    )
    max_megabytes: int = Field(
        default=25,
        gt=0,
        le=200,
        description="Larger messages are not fetched whole.",
        examples=[25],
    )


class TransportSection(Section):
    """How letters leave: the SMTP server that takes mail from the programme's inbox, or Microsoft
    Graph."""

    kind: Literal["smtp", "graph"] = Field(
        default="smtp",
        description="`graph` is [Microsoft Graph](graph.md), for Microsoft 365 where SMTP is "
        "switched off; it wants an `oauth` table, or `token_file`.",
    )
    host: Line | None = Field(
        default=None,
        description="SMTP: the server. Graph: as for the mailbox.",
        examples=["smtp.leadership.nhs.example"],
    )
    port: int | None = Field(
        default=None,
        gt=0,
        lt=65536,
        description="SMTP: without it 465 for `tls`, 587 for `starttls`, 25 for `plain`.",
        examples=[587],
    )
    security: Literal["tls", "starttls", "plain"] = Field(
        default="starttls", description="SMTP: `plain` is for a server on this machine only."
    )
    username: Line | None = Field(
        default=None,
        description="SMTP: who logs in; without it nobody does, and the server must know this "
        "machine. Graph: the address of the mailbox that sends; without it, the programme's inbox.",
        examples=["ace@leadership.nhs.example"],
    )
    password: SecretStr | None = Field(
        default=None, description="Better given by a file, the environment or a systemd credential."
    )
    password_file: File | None = Field(
        default=None,
        description="A file that holds the password.",
        examples=["/etc/postroom/ace-transport-password"],
    )
    token_file: File | None = Field(
        default=None,
        description="As for the mailbox.",
        examples=["/run/postroom/ace-token"],
    )
    oauth: OAuthSection | None = Field(default=None, description="As for the mailbox.")
    cafile: File | None = Field(
        default=None, description="As for the mailbox.", examples=["/etc/postroom/ca.pem"]
    )
