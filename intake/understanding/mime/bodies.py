"""Pure: a text that came without its message → the message it may have been."""

import re

_LOOKS_LIKE_HTML = re.compile(
    rb"<(?:!doctype html|html|head|body|div|p|table|br|span|blockquote|font|meta)(?=[\s/>])", re.I
)


def message_of_body(body: bytes) -> bytes:
    """A message without any field of its own whose text is `body`: plain text or HTML, UTF-8
    where nothing says otherwise."""
    kind = b"html" if _LOOKS_LIKE_HTML.search(body[:2000].lstrip()) else b"plain"
    fields = (
        b"MIME-Version: 1.0",
        b"Content-Type: text/" + kind + b"; charset=utf-8",
        b"Content-Transfer-Encoding: 8bit",
    )
    return b"\r\n".join((*fields, b"", body))
