"""Bytes under right, wrong and made-up labels become the text that their writer saw."""

import pytest

from intake.understanding.mime.charsets import clean_line, clean_text, decode_bytes


@pytest.mark.parametrize(
    ("content", "label", "text"),
    [
        ("Łukasz".encode("iso-8859-2"), "iso-8859-2", "Łukasz"),
        ("It’s – “so”".encode("cp1252"), "iso-8859-1", "It’s – “so”"),
        ("It’s – “so”".encode("cp1252"), "us-ascii", "It’s – “so”"),
        ("It’s – “so”".encode("cp1252"), None, "It’s – “so”"),
        ("café".encode(), "iso-8859-1", "café"),
        ("café".encode(), "us-ascii", "café"),
        ("café".encode("latin-1"), "utf-8", "café"),
        (b"caf\x81", "windows-1252", "caf\x81"),
        ("Grüße aus Köln".encode() + b"\xc3", "utf-8", "Grüße aus Köln\ufffd"),
        ("猫ちゃん".encode("iso-2022-jp"), "ISO-2022-JP", "猫ちゃん"),
        ("配信".encode("shift_jis"), "x-sjis", "配信"),
        ("你好吗".encode("gb18030"), "gb2312", "你好吗"),
        ("ağır".encode("cp1254"), "iso-8859-9", "ağır"),
        ("plain".encode("utf-16"), "utf-16", "plain"),
        (b"plain", "bogus-charset", "plain"),
        (b"plain", "bo\x00gus", "plain"),
        (b"plain", "unicode_escape", "plain"),
        (b"plain", "idna", "plain"),
        (b"plain", "rot13", "plain"),
        (b"plain", '"utf-8"', "plain"),
        ("Привет, это письмо".encode("cp1251"), "windows-1251", "Привет, это письмо"),
        ("猫ちゃん".encode("iso-2022-jp"), None, "猫ちゃん"),
        (b"\x1b$ no switch", None, "\x1b$ no switch"),
        ("Привет, это письмо".encode("koi8-r"), None, "Привет, это письмо"),
        ("こんにちは、これは手紙です".encode("shift_jis"), "unknown", "こんにちは、これは手紙です"),
        (b"\xe9", "unknown", "é"),
        (b"\xe9", "us-ascii", "é"),
        (b"", "utf-8", ""),
    ],
)
def test_decode_bytes(content: bytes, label: str | None, text: str) -> None:
    assert decode_bytes(content, label) == text


def test_clean_text_has_lf_lines_and_no_control_characters() -> None:
    assert clean_text("a\r\nb\rc\x85d\x00e\x1b[31m\u202ef\tg\ufeff") == "a\nb\nc\nde[31mf\tg"


def test_clean_text_composes_letters() -> None:
    assert clean_text("Zoe\u0308") == "Zoë"


def test_clean_text_survives_lone_surrogates() -> None:
    assert clean_text("a\udc80b") == "a?b"


def test_clean_line_is_one_line() -> None:
    assert clean_line("  a\r\n\tb \x00 c\u2028d ") == "a b c d"
