"""Signed messages are read, with their signatures taken off; sealed ones are said to be."""

import base64

import pytest

from intake.understanding.files.attachments import open_attachments
from intake.understanding.mime.message import Message, parse_message
from intake.understanding.mime.signed import unwrap_signed
from tests.support.signing import wrap_ber, wrap_der

ENTITY = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\n\r\n"
    b"We would like ten lofts.\r\n--in\r\n"
    b"Content-Type: application/pdf; name=form.pdf\r\n\r\n%PDF-1.4\r\n--in--\r\n"
)
HEAD = b"From: sam@actonadvice.example\r\nSubject: Lofts\r\nMIME-Version: 1.0\r\n"
CLEAR_SIGNED = """-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

We would like ten lofts.
- - the ones in Acton
- --{blank}
Sam Hill
-----BEGIN PGP SIGNATURE-----

iQEzBAEBCAAdFiEE
=abcd
-----END PGP SIGNATURE-----

PS: and one in Ealing.""".format(blank=" ")


def opaque(content: bytes, kind: str = "signed-data") -> Message:
    field = f'Content-Type: application/pkcs7-mime; smime-type={kind}; name="smime.p7m"\r\n'
    encoded = base64.encodebytes(content)
    transfer = b"Content-Transfer-Encoding: base64\r\n\r\n"
    return parse_message(HEAD + field.encode() + transfer + encoded)


@pytest.mark.parametrize("wrap", [wrap_der, wrap_ber])
def test_a_text_inside_its_signature_is_read(wrap: type) -> None:
    message = opaque(wrap(ENTITY))

    assert message.text == "We would like ten lofts."
    assert [part.name for part in message.attachments] == ["form.pdf"]


def test_signatures_beside_the_text_are_no_files() -> None:
    raw = HEAD + (
        b"Content-Type: multipart/signed; boundary=s\r\n\r\n--s\r\n" + ENTITY + b"\r\n--s\r\n"
        b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nMIIB\r\n--s--\r\n"
    )

    message = parse_message(raw)

    assert message.text == "We would like ten lofts."
    opened = open_attachments(message.attachments)
    assert [file.attachment.name for file in opened] == ["form.pdf"]


@pytest.mark.parametrize(
    "message",
    [
        opaque(b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03", kind="enveloped-data"),
        parse_message(
            HEAD + b"Content-Type: multipart/encrypted; boundary=s\r\n\r\n--s\r\n"
            b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--s\r\n"
            b"Content-Type: application/octet-stream; name=encrypted.asc\r\n\r\n"
            b"-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n--s--\r\n"
        ),
        parse_message(HEAD + b"\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n"),
    ],
    ids=["S/MIME", "OpenPGP", "OpenPGP in the text"],
)
def test_sealed_messages_are_said_to_be_encrypted(message: Message) -> None:
    (opened,) = open_attachments(message.attachments)

    assert opened.attachment.problem == "it is encrypted: please send it again without"
    assert message.text == ""


def test_a_signature_over_signatures_is_followed_only_so_far() -> None:
    field = b"Content-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\n"
    content = ENTITY
    for _ in range(10):
        content = field + wrap_der(content)

    message = parse_message(HEAD + content)

    assert [part.name for part in message.attachments] == ["smime.p7m"]


def test_broken_signatures_hold_nothing() -> None:
    whole = wrap_ber(ENTITY)

    assert unwrap_signed(whole) == ENTITY
    for end in range(60):
        assert unwrap_signed(whole[:end]) is None
    assert unwrap_signed(b"\x30\x89" + b"\xff" * 40) is None


def test_the_armour_of_a_clear_signed_text_is_taken_off() -> None:
    message = parse_message(HEAD + b"\r\n" + CLEAR_SIGNED.encode())

    assert message.text == (
        "We would like ten lofts.\n- the ones in Acton\n-- \nSam Hill\n\nPS: and one in Ealing."
    )


def test_armour_without_its_beginning_is_text() -> None:
    text = "-----BEGIN PGP SIGNATURE-----\n- why is this here?"

    assert parse_message(HEAD + b"\r\n" + text.encode()).text == text
