"""One named test an attack, or a class of them; the rows of the scoreboard try many of each."""

import io
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import structlog

from intake.commands.printing import plain
from intake.understanding.files.documents import read_document
from intake.understanding.files.refusals import UnreadableDocument
from intake.understanding.mime.limits import TooMuch, check_bytes
from intake.understanding.understand import understand
from responders.errors import HeaderRefused, TemplateError
from responders.letterbook import Letterbook
from responders.markdown import escape, parse_markdown, to_html
from responders.mime import Heading, compose
from responders.sheets.book import Column, Table, write_book
from responders.transports.base import PermanentFailure
from responders.transports.envelope import seal
from storage.archive import Archive
from storage.domain.letter import LetterKind
from storage.domain.people import Address
from tests.security.bombs import is_in_step
from tests.security.canaries import shows_a_canary
from tests.security.encryption import (
    Attempt,
    Rogue,
    attempt_imap,
    attempt_smtp,
    count_leaks,
)
from tests.security.screens import elements_of
from tests.support.bombs import DOCUMENTS, PACKAGES, REFUSED
from tests.support.certificates import Certificate, make_certificate
from tests.support.files import make_docx, with_entries
from tests.support.hostile_templates import HOSTILE
from tests.support.incoming import write_message
from tests.support.logs import listening
from tests.support.programmes import PROGRAMMES
from tests.support.worlds import NOON

TEMPLATES = Path(__file__).parents[2] / "templates"
HEADING = Heading(
    sender=Address("ace@leadership.nhs.example", "ACE 2021"),
    recipient="amina@kentishtown.example",
    subject="Your application pack",
    message_id="<1@postroom.leadership.nhs.example>",
    date=NOON,
    loop="ace@leadership.nhs.example",
)


def compose_about(subject: str) -> bytes:
    return compose(replace(HEADING, subject=subject), text="Hello", html="<p>Hello</p>")


def test_cve_2024_6923_line_end_in_an_encoded_word() -> None:
    with pytest.raises(HeaderRefused):
        compose_about("Re: Hello =?UTF-8?Q?=0A?=Bcc: x@victims.example")


def test_cwe_93_line_end_in_a_header() -> None:
    for end in ("\r\n", "\n", "\r", "\x85", "\u2028"):
        with pytest.raises(HeaderRefused):
            compose_about(f"Hello{end}Bcc: x@victims.example")


def test_cve_2023_51764_smuggling_by_bare_line_ends() -> None:
    for end in (b"\n.\n", b"\r.\r", b"\n.\r\n", b"\r\n.\n"):
        with pytest.raises(PermanentFailure):
            seal("a@b.example", "c@d.example", b"Subject: x\r\n\r\nx" + end + b"MAIL FROM:<>\r\n")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certificate]:
    """A certificate that nobody vouches for."""
    yield make_certificate(tmp_path_factory.mktemp("stranger"), "127.0.0.1")


@pytest.mark.parametrize("attempt", [attempt_imap, attempt_smtp])
@pytest.mark.parametrize("way", ["password", "token"])
class TestServers:
    """None of them hears a password or a token."""

    def test_cve_2011_0411_clear_text_behind_starttls(
        self, attempt: Attempt, way: str, stranger: Certificate, certificate: Certificate
    ) -> None:
        rogue = Rogue("talks on", stranger, injects="AUTH=PLAIN LOGIN")
        assert count_leaks(attempt(rogue, "starttls", way, certificate.cafile)[0]) == 0

    def test_cwe_319_starttls_stripped(
        self, attempt: Attempt, way: str, certificate: Certificate
    ) -> None:
        rogue = Rogue("stripped", None, offers="AUTH=PLAIN AUTH PLAIN LOGIN")
        assert count_leaks(attempt(rogue, "starttls", way, certificate.cafile)[0]) == 0

    def test_cwe_295_certificate_of_nobody(
        self, attempt: Attempt, way: str, stranger: Certificate, certificate: Certificate
    ) -> None:
        for security in ("tls", "starttls"):
            heard, _ = attempt(Rogue("stranger", stranger), security, way, certificate.cafile)
            assert count_leaks(heard) == 0


def test_cwe_776_billion_laughs() -> None:
    for name in ("docx of entities", "odt of entities", "xlsx of entities"):
        extension, build = DOCUMENTS[name]
        try:
            assert "hahaha" not in read_document(extension, build())
        except UnreadableDocument as refused:
            assert refused.reason


def test_cwe_611_entities_from_outside() -> None:
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><document>&x;</document>'
    content = with_entries(make_docx(), {"word/document.xml": entity})
    try:
        assert "root:" not in read_document("docx", content)
    except UnreadableDocument as refused:
        assert refused.reason


@pytest.mark.parametrize("name", PACKAGES)
def test_cwe_409_packages_that_unpack_to_more(name: str) -> None:
    extension, build = PACKAGES[name]
    with pytest.raises(UnreadableDocument):
        read_document(extension, build())


@pytest.mark.parametrize("name", ["great depth", "many parts", "encoded words", "references"])
def test_cwe_674_and_400_shapes_of_messages(name: str) -> None:
    with pytest.raises(TooMuch):
        check_bytes(REFUSED[name](0))


def test_cwe_1333_text_that_is_read_in_every_way() -> None:
    assert is_in_step("attributions")


def test_cwe_22_paths_in_names_of_files(tmp_path: Path) -> None:
    body = (
        "--b\r\n\r\nOur form.\r\n--b\r\nContent-Type: application/pdf\r\n"
        'Content-Disposition: attachment; filename="../../etc/x\u202efdp.exe"\r\n\r\n%PDF-1.4'
        "\r\n--b--"
    )
    raw = write_message(body, content_type="multipart/mixed; boundary=b")
    (attachment,) = understand(raw, programmes=PROGRAMMES).understanding.attachments
    stored = Archive(tmp_path).put(b"%PDF-1.4")
    assert attachment.sha256 == stored  # its own name is only ever shown
    assert "\u202e" not in attachment.name


def test_cwe_290_an_organisers_address_for_a_name() -> None:
    sender = "rosalind.okoro@leadership.nhs.example <eve@evil.example>"
    told = understand(write_message("funded", sender=sender), programmes=PROGRAMMES).understanding
    assert told.head.sender is None or told.head.sender.email == "eve@evil.example"


@pytest.mark.parametrize("payload", ["=1+1", "@SUM(1,1)", '=HYPERLINK("https://evil.example/")'])
def test_cwe_1236_formulas_in_spreadsheets(payload: str) -> None:
    table = Table("Cases", (Column("Case"),), [(payload,)])
    content = write_book([table], made_at=NOON, zone=ZoneInfo("Europe/London"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", ["\x1b[2J", "\x9b31m", "\u202egnp.exe", "[red]x[/red]"])
def test_cwe_150_sequences_that_steer_a_terminal(text: str) -> None:
    assert plain(text) == "".join(c if c.isprintable() else " " for c in text).strip()


def test_cwe_117_lines_put_into_a_log() -> None:
    with listening() as stream:
        structlog.get_logger("intake").info("odd", value='x\n{"event": "forged"}')
    assert len(stream.getvalue().splitlines()) == 1


def test_cwe_79_markup_in_a_letter() -> None:
    page = to_html(parse_markdown(f"Dear {escape('<img src=x onerror=alert(1)>')}, hello"))
    assert elements_of(page) == {"p"}


@pytest.mark.parametrize("body", HOSTILE[:6])
def test_cwe_1336_templates_that_run_something(tmp_path: Path, body: str) -> None:
    shutil.copytree(TEMPLATES / "default", tmp_path / "default")
    (tmp_path / "ace").mkdir()
    (tmp_path / "ace/acknowledgement.md.j2").write_text(f"Subject: x\n\n{body}\n", "utf-8")
    with pytest.raises(TemplateError):
        Letterbook(tmp_path, "ace").get(LetterKind.ACKNOWLEDGEMENT)


def test_the_time_of_a_log_line_is_taken_for_no_canary() -> None:
    stamp = '"timestamp": "2026-11-22T15:03:50.794628Z"'

    assert not shows_a_canary(f'{{"event": "tick", {stamp}}}')
    assert shows_a_canary(f'{{"event": "call 020 7946 0987", {stamp}}}')
