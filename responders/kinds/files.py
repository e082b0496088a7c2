"""Pure: the files that came with a message, told by sort and number and never by their names."""

from collections import Counter
from collections.abc import Mapping

from responders.kinds.base import Value
from responders.wording import counted
from storage.domain.message import Attachment, RecordedMessage

_OFFICE = "application/vnd.openxmlformats-officedocument"

SORTS = {
    f"{_OFFICE}.wordprocessingml.document": ("Word document", "Word documents"),
    "application/msword": ("Word document", "Word documents"),
    "application/vnd.oasis.opendocument.text": ("text document", "text documents"),
    "application/rtf": ("text document", "text documents"),
    "application/pdf": ("PDF file", "PDF files"),
    f"{_OFFICE}.spreadsheetml.sheet": ("Excel workbook", "Excel workbooks"),
    "application/vnd.ms-excel": ("Excel workbook", "Excel workbooks"),
    f"{_OFFICE}.presentationml.presentation": ("PowerPoint file", "PowerPoint files"),
    "image": ("picture", "pictures"),
    "text": ("text file", "text files"),
}
OTHER = ("other file", "other files")


def kept_files(message: RecordedMessage) -> list[Value]:
    """`one Word document`, `two pictures`: the files that were kept without a problem."""
    kept = [a for a in message.understanding.attachments if a.problem is None]
    return _told(Counter(_sort(attachment) for attachment in kept))


def unread_files(message: RecordedMessage) -> list[Value]:
    """The same for files that could not be read, each sort with the reason in brackets."""
    found = [a for a in message.understanding.attachments if a.problem is not None]
    reasons = dict.fromkeys(attachment.problem for attachment in found)
    return [
        f"{told} ({reason})"
        for reason in reasons
        for told in _told(Counter(_sort(a) for a in found if a.problem == reason))
    ]


def _told(numbers: Mapping[tuple[str, str], int]) -> list[Value]:
    return [counted(number, one, many) for (one, many), number in numbers.items()]


def _sort(attachment: Attachment) -> tuple[str, str]:
    media_type = attachment.media_type.lower()
    return SORTS.get(media_type) or SORTS.get(media_type.partition("/")[0], OTHER)
