"""The scoring of a round from the sheet that leaves to the scores that stand: nothing is made by
the test but what people do."""

import email
import io
import zipfile
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from sqlmodel import select

from intake.app import App
from storage.archive import Archive
from storage.database import Database
from storage.domain.letter import LetterKind
from storage.rows import LetterContentRow, LetterRow
from tests.support.panelling import FORM_CONTENT
from tests.support.scoring_office import BEATRICE, NOW, ScoringOffice, fill_in
from tests.support.sheets import saved_again


@pytest.fixture
def office(tmp_path: Path) -> ScoringOffice:
    return ScoringOffice(tmp_path)


def letters_of(office: ScoringOffice, kind: LetterKind) -> dict[str, EmailMessage]:
    """The letters of this kind as they arrive, by recipient; all are planned before."""
    with App(office.configuration, sends=False) as application:
        application.archive.put(FORM_CONTENT)
        application.plan(NOW)
        return _arrived(application.database, application.archive, kind)


def _arrived(database: Database, archive: Archive, kind: LetterKind) -> dict[str, EmailMessage]:
    found: dict[str, EmailMessage] = {}
    with database.reading() as session:
        for row in session.exec(select(LetterRow).where(LetterRow.kind == kind)):
            kept = session.get(LetterContentRow, row.id)
            assert kept is not None
            enclosure = archive.get(kept.enclosure_sha256) if kept.enclosure_sha256 else b""
            message = email.message_from_bytes(kept.content + enclosure, policy=default)
            assert isinstance(message, EmailMessage)
            found[row.recipient_email] = message
    return found


def files_in(message: EmailMessage) -> dict[str, bytes]:
    return {part.get_filename() or "": part.get_content() for part in message.iter_attachments()}


def test_sheet_of_the_letter_is_filled_in_and_taken(office: ScoringOffice) -> None:
    sheets = letters_of(office, LetterKind.SCORING_SHEET)
    files = files_in(sheets[BEATRICE])
    assert sorted(sheets) == sorted(m.address.email for m in office.programme.panel)
    assert list(files) == ["Scores.xlsx", "ACE-0001.docx", "ACE-0002.docx"]
    assert files["ACE-0001.docx"] == FORM_CONTENT
    assert zipfile.is_zipfile(io.BytesIO(files["Scores.xlsx"]))

    office.send(saved_again(files["Scores.xlsx"], fill_in((5,) * 6, (3,) * 6)))
    office.read()
    receipt = letters_of(office, LetterKind.SCORING_RECEIPT)[BEATRICE]

    assert office.scores() == {(BEATRICE, f"ACE-000{n}"): [s] * 6 for n, s in ((1, 5), (2, 3))}
    text = receipt.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "You have told us something about every application" in " ".join(text.split())
    assert letters_of(office, LetterKind.SCORING_SHEET).keys() == sheets.keys()


def test_members_share_one_encoded_copy_of_the_applications(office: ScoringOffice) -> None:
    letters_of(office, LetterKind.SCORING_SHEET)
    with App(office.configuration) as application, application.database.reading() as session:
        enclosures = [row.enclosure_sha256 for row in session.exec(select(LetterContentRow))]

    assert len(enclosures) >= 6
    assert len({sha256 for sha256 in enclosures if sha256}) == 1
