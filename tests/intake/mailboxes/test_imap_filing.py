"""Messages are filed with what the server can do, and what is not ours stays as it is."""

import imaplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from intake.mailboxes.base import Destination, ImapAccount, MailboxRefused, MailboxUnavailable
from intake.mailboxes.imap import ImapMailbox
from tests.support.dovecot import Dovecot, DovecotOptions
from tests.support.tap import Tap

RECEIVED_AT = datetime(2021, 7, 5, 8, 0, tzinfo=UTC)
BASIC = "IMAP4rev1 ID IDLE NAMESPACE"
WITH_UIDPLUS = f"{BASIC} UIDPLUS"
WITH_MOVE = f"{BASIC} UIDPLUS MOVE"

MakeDovecot = Callable[[DovecotOptions], Dovecot]


def raw_message(number: int) -> bytes:
    return f"Subject: {number}\r\n\r\nwords\r\n".encode()


def fill(server: Dovecot, user: str, count: int) -> None:
    for number in range(count):
        server.deliver(user, raw_message(number), RECEIVED_AT)


def open_inbox(server: Dovecot, user: str, *, port: int = 0, **changes: object) -> ImapMailbox:
    settings: dict[str, object] = {"password": server.password, "security": "plain"}
    settings |= changes
    return ImapMailbox(ImapAccount("ace", server.host, port or server.port, user, **settings))  # type: ignore[arg-type]


@contextmanager
def owner(server: Dovecot, user: str) -> Iterator[imaplib.IMAP4]:
    """What a person sees who opens the mailbox."""
    with imaplib.IMAP4(server.host, server.port) as client:
        client.login(user, server.password)
        yield client


def contents(client: imaplib.IMAP4, folder: str) -> list[tuple[bytes, str]]:
    """Message and flags of everything in a folder."""
    status, count = client.select(f'"{folder}"', readonly=True)
    if status != "OK" or count == [b"0"]:
        return []
    _, data = client.fetch("1:*", "(FLAGS BODY.PEEK[])")
    return [
        (item[1], b" ".join(imaplib.ParseFlags(item[0])).replace(b"\\Recent", b"").decode().strip())
        for item in data
        if isinstance(item, tuple)
    ]


@pytest.mark.parametrize("capability", [WITH_MOVE, WITH_UIDPLUS], ids=["MOVE", "COPY"])
def test_what_others_marked_as_deleted_stays(make_dovecot: MakeDovecot, capability: str) -> None:
    server = make_dovecot(DovecotOptions(capability=capability))
    user = server.new_user()
    fill(server, user, 5)
    mailbox = open_inbox(server, user)
    keys = mailbox.keys()
    with owner(server, user) as client:
        client.select()
        client.store("2", "+FLAGS", r"(\Deleted)")
        client.store("4", "+FLAGS", r"(\Flagged)")
    ours = [keys[0], keys[2], keys[3]]

    assert mailbox.file(ours, Destination.PROCESSED) == set(ours)
    mailbox.close()

    with owner(server, user) as client:
        assert contents(client, "INBOX") == [(raw_message(1), r"\Deleted"), (raw_message(4), "")]
        filed = contents(client, "Postroom/Processed")
        assert [raw for raw, _ in filed] == [raw_message(0), raw_message(2), raw_message(3)]
        assert [flags for _, flags in filed] == ["", "", r"\Flagged"]


def test_filing_says_only_what_the_server_can_do(make_dovecot: MakeDovecot) -> None:
    said = {}
    for capability in (WITH_MOVE, WITH_UIDPLUS):
        server = make_dovecot(DovecotOptions(capability=capability))
        user = server.new_user()
        fill(server, user, 3)
        with Tap(server.port) as tap:
            mailbox = open_inbox(server, user, port=tap.port)
            mailbox.file(mailbox.keys(), Destination.PROCESSED)
            mailbox.close()
        said[capability] = tap.verbs()
        assert any("1:3" in line for line in tap.said if "COPY" in line or "MOVE" in line)

    assert "UID MOVE" in said[WITH_MOVE]
    assert not {"UID COPY", "UID STORE", "UID EXPUNGE"} & set(said[WITH_MOVE])
    assert [verb for verb in said[WITH_UIDPLUS] if verb.startswith("UID")][-4:] == [
        "UID COPY",
        "UID STORE",
        "UID EXPUNGE",
        "UID SEARCH",
    ]
    for verbs in said.values():
        assert not {"EXPUNGE", "CLOSE", "STORE", "FETCH"} & set(verbs)


def test_filing_is_refused_where_it_would_take_others_deletions(make_dovecot: MakeDovecot) -> None:
    server = make_dovecot(DovecotOptions(capability=BASIC))
    user = server.new_user()
    fill(server, user, 2)
    mailbox = open_inbox(server, user)
    keys = mailbox.keys()

    assert [message.raw for message in mailbox.fetch(keys)] == [raw_message(0), raw_message(1)]
    with pytest.raises(MailboxRefused, match=r"neither MOVE .* nor UIDPLUS"):
        mailbox.file(keys, Destination.PROCESSED)
    with pytest.raises(MailboxRefused, match=r"neither MOVE .* nor UIDPLUS"):
        mailbox.check()
    assert mailbox.keys() == keys
    mailbox.close()


def test_a_copy_that_fails_deletes_nothing(make_dovecot: MakeDovecot) -> None:
    server = make_dovecot(DovecotOptions(capability=WITH_UIDPLUS))
    user = server.new_user()
    fill(server, user, 2)
    mailbox = open_inbox(server, user)
    keys = mailbox.keys()
    mailbox.check()
    folder = server.maildir(user) / ".Postroom.Processed"
    folder.rename(server.maildir(user) / ".Elsewhere")
    folder.write_text("not a folder")

    with pytest.raises((MailboxUnavailable, MailboxRefused)):
        mailbox.file(keys, Destination.PROCESSED)

    with owner(server, user) as client:
        assert contents(client, "INBOX") == [(raw_message(0), ""), (raw_message(1), "")]
    mailbox.close()


@pytest.mark.parametrize(
    ("delimiter", "prefix", "name"),
    [
        (".", "", "Postroom.Processed"),
        (".", "INBOX.", "INBOX.Postroom.Processed"),
        ("\\", "", "Postroom\\Processed"),
        ("/", "Mail/", "Mail/Postroom/Processed"),
    ],
)
def test_folders_are_made_as_the_server_names_them_and_subscribed(
    make_dovecot: MakeDovecot, delimiter: str, prefix: str, name: str
) -> None:
    written = "\\\\" if delimiter == "\\" else delimiter
    server = make_dovecot(DovecotOptions(delimiter=f'"{written}"', prefix=prefix))
    user = server.new_user()
    fill(server, user, 1)
    mailbox = open_inbox(server, user)

    mailbox.file(mailbox.keys(), Destination.PROCESSED)
    mailbox.close()

    wire_name = name.replace("\\", "\\\\")
    with owner(server, user) as client:
        assert [raw for raw, _ in contents(client, wire_name)] == [raw_message(0)]
        _, subscribed = client.lsub()
        assert [line for line in subscribed if _ends_with(line, name)]


def _ends_with(line: bytes | tuple[bytes, bytes], name: str) -> bool:
    text = line[1] if isinstance(line, tuple) else line
    return text.decode().strip('"').replace("\\\\", "\\").endswith(name)


def test_a_server_without_namespaces_is_asked_for_its_delimiter(make_dovecot: MakeDovecot) -> None:
    server = make_dovecot(DovecotOptions(delimiter=".", capability="IMAP4rev1 MOVE"))
    user = server.new_user()
    fill(server, user, 1)
    mailbox = open_inbox(server, user)

    mailbox.file(mailbox.keys(), Destination.QUARANTINE)
    mailbox.close()

    with owner(server, user) as client:
        assert len(contents(client, "Postroom.Quarantine")) == 1


def test_folder_names_may_hold_any_letter(dovecot: Dovecot) -> None:
    user = dovecot.new_user()
    fill(dovecot, user, 1)
    mailbox = open_inbox(dovecot, user, processed='Bearbeitet & "erledigt"/Überblick 密')

    mailbox.check()
    assert mailbox.file(mailbox.keys(), Destination.PROCESSED)
    mailbox.close()

    reopened = open_inbox(dovecot, user, folder='Bearbeitet & "erledigt"/Überblick 密')
    assert [message.raw for message in reopened.fetch(reopened.keys())] == [raw_message(0)]
    reopened.close()


def test_a_folder_that_somebody_removed_is_made_again(dovecot: Dovecot) -> None:
    user = dovecot.new_user()
    fill(dovecot, user, 2)
    mailbox = open_inbox(dovecot, user)
    first, second = mailbox.keys()
    mailbox.file([first], Destination.PROCESSED)
    with owner(dovecot, user) as client:
        client.delete("Postroom/Processed")

    assert mailbox.file([second], Destination.PROCESSED) == {second}
    mailbox.close()

    with owner(dovecot, user) as client:
        assert contents(client, "Postroom/Processed") == [(raw_message(1), "")]


def test_a_thousand_messages_are_filed_in_a_few_commands(dovecot: Dovecot) -> None:
    user = dovecot.new_user()
    fill(dovecot, user, 1000)
    with Tap(dovecot.port) as tap:
        mailbox = open_inbox(dovecot, user, port=tap.port, chunk=250)
        keys = mailbox.keys()
        fetched = list(mailbox.fetch(keys))
        filed = mailbox.file(keys, Destination.PROCESSED)
        mailbox.close()

    assert len(fetched) == 1000
    assert filed == set(keys)
    assert tap.verbs().count("UID FETCH") == 8
    assert tap.verbs().count("UID MOVE") == 4
