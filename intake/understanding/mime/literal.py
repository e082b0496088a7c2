"""Pure: a message by its labels alone, word for word, as most readers of mail tell it.

What we read ourselves is better: wrong labels are seen through, what clients add is left out.
This is for setting the two side by side.
"""

import re

from intake.understanding.mime.charsets import decode_labelled
from intake.understanding.mime.headers import ENCODED_WORD, decode_words, unfold
from intake.understanding.mime.message import Message
from intake.understanding.mime.senders import find_answerable

_MOST_BYTES = 1_000_000
"""Of one part; what is longer is nobody's text."""
_ANGLE = re.compile(r"<[ \t]?([^\s<>@,;:\"]{1,64}@[^\s<>@,;:\"]{1,254})[ \t]?>")
_ANY = re.compile(r"[^\s<>()\[\]@,;:\"]{1,64}@[^\s<>()\[\]@,;:\"]{1,254}")


def literal_text(message: Message) -> str:
    """The text of all its plain parts, of its HTML where there is none; of the enclosed message
    where it has no text at all, and of the returned one in a report."""
    parts = (part for part in message.texts if part.media_type == "text/plain")
    texts = [decode_labelled(part.content[:_MOST_BYTES], part.charset) for part in parts]
    own = "\n".join(text.replace("\r\n", "\n") for text in texts)
    if not own.strip():
        own = message.own_text
    if message.enclosed and (message.is_report or not own.strip()):
        own = "\n".join((own, *map(literal_text, message.enclosed)))
    return own


def literal_subject(message: Message) -> str:
    """The subject; bytes beyond ASCII have no label but in encoded words, so they are UTF-8."""
    fields = (value for name, value in message.headers.fields if name.lower() == "subject")
    raw, pieces, end = next(fields, ""), [], 0
    for word in ENCODED_WORD.finditer(raw):
        pieces += [_utf8(raw[end : word.start()]), unfold(word.group())]
        end = word.end()
    return decode_words(unfold("".join((*pieces, _utf8(raw[end:])))))


def _utf8(value: str) -> str:
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def literal_sender(message: Message) -> str | None:
    """What From shows in place of an address, lower case, whether letters can reach it or not;
    None where it shows none."""
    sender = find_answerable(message.headers)
    if sender is not None:
        return sender.email
    for value in message.headers.get_all("From"):
        found = _ANGLE.search(value) or _ANY.search(value)
        if found is not None:
            return found.group(found.lastindex or 0).lower()
    return None
