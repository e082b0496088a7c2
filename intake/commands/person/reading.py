"""Everything that a person can read in a message or a letter, for finding somebody in it."""

from intake.understanding.files.attachments import open_attachments
from intake.understanding.mime.limits import Unreadable
from intake.understanding.mime.message import Message, parse_message


def text_of(raw: bytes) -> str:
    """Its headers, its text, and the text and the name of each file; what can't be read as a
    message is taken as it is."""
    try:
        message = parse_message(raw)
    except Unreadable:
        return raw.decode("utf-8", "replace")
    return "\n".join(_texts(message))


def _texts(message: Message) -> list[str]:
    headers = message.headers
    told = [value for name in headers.names for value in headers.get_all(name)]
    told += [message.text, message.html or ""]
    for opened in open_attachments(message.attachments):
        told += [opened.attachment.name, opened.text or ""]
    for report in message.reports:
        told.append(report.content.decode("utf-8", "replace"))
    for enclosed in message.enclosed:
        told += _texts(enclosed)
    return told
