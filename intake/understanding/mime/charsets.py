"""Pure: bytes of a declared, mistaken or made-up character set → text. Never raises.

Senders' labels are wrong in a few well-known ways; the WHATWG Encoding Standard maps them as
browsers and mail readers do, and the rest falls back to what the bytes themselves allow.
"""

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

_ALIASES = {
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "ansi_x3.4-1968": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "l1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "big5": "big5hkscs",
    "unicode-1-1-utf-7": "utf-7",
    "iso-8859-8-i": "iso-8859-8",
    "x-unknown": "utf-8",
    "unknown-8bit": "utf-8",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
}
# Python codecs that are no character sets of mail, or take quadratic time on hostile bytes.
_NOT_FOR_MAIL = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
_GUESS_BYTES = 20_000
_FEWEST_BYTES = 6  # beyond ASCII, below which nothing can be told by how often which one comes
_GUESSED = [
    *("utf_8", "cp1251", "koi8_r", "iso8859_5", "cp1253", "cp1255", "cp1256", "cp874"),
    *("cp932", "euc_jp", "iso2022_jp", "gb18030", "big5", "euc_kr", "iso2022_kr"),
]
"""What unlabelled mail that is not western is written in."""
_SINGLE_BYTE_FALLBACK = "cp1252"
_WESTERN_SHARE = 0.45  # of bytes beyond ASCII: other scripts have hardly anything else
_MEND_SHARE = 0.3  # of the bytes beyond ASCII may be broken for UTF-8 to be mended, not replaced

# C0 and C1 but tab and line feed, DEL, and what turns the direction of the text around.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029|\x0c|\x0b")


def decode_bytes(content: bytes, charset: str | None) -> str:
    """`content` as text, by its label where that is credible, else by what the bytes allow."""
    name = (charset or "").strip("'\" \t\r\n").lower()[:40]
    if name in ("", "utf-8", "utf8", "us-ascii", "ascii"):
        return _decode_unlabelled(content, claims_utf8=name.startswith("utf"))
    codec = _find_codec(name)
    if codec is None:
        return _decode_unlabelled(content, claims_utf8=False)
    if codec == _SINGLE_BYTE_FALLBACK:
        return _decode_western(content)
    try:
        return content.decode(codec)
    except (UnicodeError, ValueError):
        return _decode_damaged(content, codec)


def decode_labelled(content: bytes, charset: str | None) -> str:
    """`content` by its label alone, wrong bytes replaced; by what the bytes allow where there is
    no such character set."""
    try:
        info = codecs.lookup((charset or "us-ascii").strip("'\" \t\r\n")[:40])
    except (LookupError, ValueError):
        return decode_bytes(content, charset)
    if not getattr(info, "_is_text_encoding", True) or info.name in _NOT_FOR_MAIL:
        return decode_bytes(content, charset)
    try:
        return content.decode(info.name, "replace")
    except (UnicodeError, ValueError):
        return decode_bytes(content, charset)


def clean_text(text: str) -> str:
    """LF line ends, NFC, no control characters but tab and LF, no direction overrides."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.replace("\n", "").replace("\t", "").isprintable():
        text = _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))
    return text if text.isascii() else unicodedata.normalize("NFC", _drop_surrogates(text))


def clean_line(text: str) -> str:
    """One line of clean text: every run of white space is one blank."""
    if not (text.isascii() and text.isprintable()):
        text = clean_text(text)
    return " ".join(text.split())


def _drop_surrogates(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _find_codec(name: str) -> str | None:
    try:
        info = codecs.lookup(_ALIASES.get(name, name))
    except (LookupError, ValueError):  # ValueError: a name with a NUL in it
        return None
    is_text = getattr(info, "_is_text_encoding", True)
    return _ALIASES.get(name, info.name) if is_text and info.name not in _NOT_FOR_MAIL else None


def _decode_unlabelled(content: bytes, *, claims_utf8: bool) -> str:
    if content.isascii():
        return _decode_ascii(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    mended = content.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    beyond_ascii = sum(1 for character in mended if character > "\x7f")
    if claims_utf8 and broken <= max(1, beyond_ascii * _MEND_SHARE) and beyond_ascii > broken:
        return mended
    if content[:2] in (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE):
        return content.decode("utf-16", "replace")
    return _guess(content)


def _decode_ascii(content: bytes) -> str:
    """ASCII, but Japanese where it switches to it by the sequences of ISO 2022."""
    if b"\x1b$" in content:
        try:
            return content.decode("iso2022_jp")
        except UnicodeDecodeError:
            pass
    return content.decode("ascii")


def _guess(content: bytes) -> str:
    """Western single-byte text reads well as windows-1252; what does not is guessed at."""
    beyond_ascii = sum(1 for byte in content[:_GUESS_BYTES] if byte > 0x7F)
    is_western = beyond_ascii < _WESTERN_SHARE * min(len(content), _GUESS_BYTES)
    if is_western or beyond_ascii < _FEWEST_BYTES:
        return _decode_western(content)
    best = from_bytes(content[:_GUESS_BYTES], cp_isolation=_GUESSED).best()
    if best is None or _find_codec(best.encoding) is None:
        return _decode_western(content)
    return content.decode(best.encoding, "replace")


def _decode_western(content: bytes) -> str:
    try:
        return content.decode("utf-8") if _looks_utf8(content) else content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")  # the five bytes windows-1252 leaves undefined


def _looks_utf8(content: bytes) -> bool:
    """True for UTF-8 under a western label: a chance of less than one in thousands otherwise."""
    if content.isascii():
        return True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode_damaged(content: bytes, codec: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode(codec, "replace")
    except (UnicodeError, ValueError):
        return _decode_western(content)
