"""What a file is whatever its name says, and in which plain words it is refused."""

import pytest

from intake.understanding.files.attachments import open_attachments
from intake.understanding.files.refusals import Refusal
from intake.understanding.mime.parts import Part
from storage.domain.message import SCAN
from tests.support.files import (
    locked,
    make_docx,
    make_ole,
    make_pdf,
    make_zip,
    show,
    with_entries,
)

_LETTER = make_docx("We would like to express our interest.")
_PDF = make_pdf(show("We would like to express our interest in the call."))
_OPEN = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a>Hello</a>"}
_SHEET = {"xl/workbook.xml": "<workbook/>"}


def _part(name: str | None, content: bytes, media_type: str = "application/octet-stream") -> Part:
    return Part(0, media_type, name, content, "attachment")


def _problem(name: str, content: bytes, media_type: str = "application/octet-stream") -> str | None:
    (opened,) = open_attachments([_part(name, content, media_type)])
    return opened.attachment.problem


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("form.docm", make_zip({"word/document.xml": "<a/>"})),
        ("form.docx", with_entries(_LETTER, {"word/vbaProject.bin": b"x"})),
        ("form.doc", with_entries(_LETTER, {"word/vbaProject.bin": b"x"})),
        ("list.xlsx", make_zip({**_SHEET, "xl/vbaProject.bin": b"x"})),
        ("list.xlsx", make_zip({**_SHEET, "xl/macrosheets/sheet1.xml": "<a/>"})),
        ("list.xlsb", make_zip({"xl/workbook.bin": b"x"})),
        ("list.xlsx", make_zip({"xl/workbook.bin": b"x"})),
        ("form.odt", make_zip({**_OPEN, "Basic/Standard/Module1.xml": "<a/>"})),
        ("form.doc", make_ole("Root Entry", "Macros", "WordDocument")),
        ("list.xls", make_ole("Root Entry", "_VBA_PROJECT", "Workbook")),
    ],
)
def test_macros_are_found_whatever_the_name(name: str, content: bytes) -> None:
    assert _problem(name, content) == "it holds macros"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("form.docx", make_ole("Root Entry", "EncryptionInfo", "EncryptedPackage")),
        ("form.docm", make_ole("Root Entry", "EncryptionInfo", "EncryptedPackage")),
        ("form.docx", locked(_LETTER)),
        ("form.zip", locked(make_zip({"form.docx": _LETTER}))),
        ("form.pdf", make_pdf(show("secret"), password="bell")),
        (
            "form.odt",
            make_zip({**_OPEN, "META-INF/manifest.xml": "<m:encryption-data/>"}),
        ),
    ],
)
def test_passwords_are_told(name: str, content: bytes) -> None:
    assert _problem(name, content) == "it is protected by a password"


def test_a_pdf_that_anybody_may_open_is_read() -> None:
    (opened,) = open_attachments([_part("form.pdf", make_pdf(show("a b c d e"), password=""))])

    assert opened.attachment.problem is None
    assert (opened.text or "").strip() == "a b c d e"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("form.pdf", b"MZ\x90\x00\x03"),
        ("form.docx", b"\x7fELF\x02\x01"),
        ("form.txt", b"#!/bin/sh\nrm -r here\n"),
        ("form.txt", b"@ECHO OFF\r\ndel here\r\n"),
        ("form", b"L\x00\x00\x00\x01\x14\x02\x00"),
        ("photo.jpg", bytes(32_769) + b"CD001\x01"),
        *((f"form.{end}", b"WScript.Echo 1") for end in ("js", "vbs", "bat", "cmd", "ps1", "hta")),
        *((f"form.{end}", b"\x01\x02\x03") for end in ("lnk", "scr", "iso", "msi", "exe", "com")),
        ("form.msi", make_ole("Root Entry")),
        ("form.jar", make_zip({"META-INF/MANIFEST.MF": "Main-Class: A"})),
        ("form.pdf.exe", b"\x01\x02\x03"),
        ("form.docx .js", b"alert(1)"),
        ("form.exe.", b"\x01\x02\x03"),
        ("form.exe \u200b", b"\x01\x02\x03"),
        ("form\u202efdp.exe", b"\x01\x02\x03"),
        ("form.pdf\u2029.scr", b"\x01\x02\x03"),
    ],
)
def test_programs_are_refused_under_any_name(name: str, content: bytes) -> None:
    assert _problem(name, content) == "a program"


def test_a_program_without_a_name_is_told_by_its_type() -> None:
    (opened,) = open_attachments([_part(None, b"\x01\x02", "application/x-msdownload")])

    assert (opened.attachment.name, opened.attachment.problem) == ("attachment 0", "a program")


def test_names_are_kept_in_their_true_order() -> None:
    (opened,) = open_attachments([_part("form\u202efdp.exe", b"MZ\x00")])

    assert opened.attachment.name == "formfdp.exe"


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("papers.zip", make_zip({"form.docx": _LETTER}), Refusal.ARCHIVE),
        ("papers", make_zip({"form.docx": _LETTER}), Refusal.ARCHIVE),
        ("papers.rar", b"Rar!\x1a\x07", Refusal.ARCHIVE),
        ("papers.7z", b"7z\xbc\xaf\x27\x1c", Refusal.ARCHIVE),
        ("papers.tgz", b"\x1f\x8b\x08", Refusal.ARCHIVE),
        ("papers.tar", b"form.docx\x00\x00\x00", Refusal.ARCHIVE),
        ("form.doc", make_ole("Root Entry", "WordDocument"), Refusal.OLD_OFFICE),
        ("list.xls", make_ole("Root Entry", "Workbook"), Refusal.OLD_OFFICE),
        ("form.docx", make_ole("Root Entry", "WordDocument"), Refusal.OLD_OFFICE),
        ("mail.msg", make_ole("__properties_version1.0"), Refusal.OUTLOOK_MESSAGE),
        ("form.pages", make_zip({"Index/Document.iwa": b"x"}), Refusal.UNKNOWN_TYPE),
        ("winmail.dat", b"\x78\x9f\x3e\x22\x01", Refusal.OUTLOOK),
        ("form.docx", b"", Refusal.EMPTY),
        ("form.txt", b" \r\n\t\r\n", Refusal.EMPTY),
        ("form.txt", b"\xff\xfe\r\x00\n\x00", Refusal.EMPTY),
        ("form.docx", make_docx(), Refusal.EMPTY),
        ("list.csv", b",,\r\n,,\r\n", None),
        ("form.docx", _LETTER[: len(_LETTER) // 2], Refusal.DAMAGED),
        ("form.pdf", b"%PDF-1.7\n", Refusal.DAMAGED),
        ("form.pdf", b"Dear all, here is our form", Refusal.WRONG_TYPE),
        ("form.docx", b"<html>Sign in to see the form</html>", Refusal.WRONG_TYPE),
        ("form.txt", bytes(range(256)) * 9, Refusal.WRONG_TYPE),
        ("form.docx", make_zip({"word/document.xml": b"0" * 30_000_000}), Refusal.TOO_BIG),
    ],
)
def test_each_refusal_has_its_words(name: str, content: bytes, problem: Refusal | None) -> None:
    assert _problem(name, content) == problem


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("form.doc", _LETTER, "We would like"),
        ("form.pdf", _LETTER, "We would like"),
        ("form", _LETTER, "We would like"),
        ("form.docx", _PDF, "We would like"),
        ("form.bin", b"\n\n" + _PDF, "We would like"),
        ("form.doc", rb"{\rtf1 We would like}", "We would like"),
        ("form.rtf", b"We would like", "We would like"),
        ("MZ.txt", b"MZ Bell would like", "MZ Bell"),
        ("our site www.bell.com", _PDF, "We would like"),
    ],
)
def test_documents_are_read_under_a_wrong_name(name: str, content: bytes, text: str) -> None:
    (opened,) = open_attachments([_part(name, content)])

    assert opened.attachment.problem is None
    assert text in (opened.text or "")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("IMG_1.HEIC", b"\x00\x00\x00\x18ftypheic"),
        ("IMG_1.jpg", b"\xff\xd8\xff\xe0"),
        ("slides.pptx", make_zip({"ppt/presentation.xml": "<a/>"})),
        ("film.mp4", b"\x00\x00\x00\x18ftypmp42"),
        ("page.html", b"<html>hello</html>"),
        ("notes", b"hello"),
        ("ada.vcf", b"\r\nBEGIN:VCARD\r\n"),
    ],
)
def test_what_a_person_can_open_is_no_problem(name: str, content: bytes) -> None:
    assert _problem(name, content) is None


def test_a_document_that_is_a_picture_of_text_is_a_scan() -> None:
    picture = with_entries(make_docx(), {"word/media/image1.png": b"\x89PNG"})
    stamped = make_pdf(*[show("Scanned by CamScanner")] * 3)

    assert _problem("scan.pdf", make_pdf(b"0 0 m 9 9 l S")) == SCAN
    assert _problem("scan.pdf", stamped) == SCAN
    assert _problem("scan.docx", picture) == SCAN
    assert _problem("scan.rtf", rb"{\rtf1{\pict\pngblip 89504e47}}") == SCAN


@pytest.mark.parametrize(
    ("name", "media_type", "content"),
    [
        ("smime.p7s", "application/pkcs7-signature", b"0\x82"),
        ("smime.p7s", "application/x-pkcs7-signature", b"0\x82"),
        ("signature.asc", "application/pgp-signature", b"-----BEGIN PGP SIGNATURE-----"),
        ("key.asc", "application/octet-stream", b"-----BEGIN PGP PUBLIC KEY BLOCK-----"),
        ("key.asc", "application/pgp-keys", b"-----BEGIN PGP PUBLIC KEY BLOCK-----"),
        (None, "application/pgp-encrypted", b"Version: 1"),
        ("invite.ics", "text/calendar", b"BEGIN:VCALENDAR"),
        ("invite.ics", "application/ics", b"BEGIN:VCALENDAR"),
    ],
)
def test_what_mail_programs_add_is_no_attachment(
    name: str | None, media_type: str, content: bytes
) -> None:
    assert open_attachments([_part(name, content, media_type)]) == ()


def test_a_program_in_a_signature_s_clothes_is_an_attachment() -> None:
    assert _problem("smime.p7s", b"MZ\x00\x01", "application/pkcs7-signature") == "a program"


def test_inline_logos_are_no_attachments() -> None:
    logo = Part(0, "image/png", "image001.png", b"\x89PNG", "inline", None, "image001")
    empty = Part(1, "image/gif", "spacer.gif", b"", None, None, "spacer")

    assert open_attachments([logo, empty]) == ()


def test_refusals_fit_into_a_letter() -> None:
    for refusal in Refusal:
        assert refusal == refusal.strip(" .()") and "(" not in refusal
        assert refusal[0].islower() and len(refusal) < 80
