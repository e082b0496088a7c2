"""Pure: the files that came with a message, told by sort and number and never by their names."""

from collections import Counter
from collections.abc import Iterable

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
    return _told(a for a in message.understanding.attachments if a.problem is None)


def refused_files(message: RecordedMessage) -> list[Value]:
    """The same for files that could not be read."""
    return _told(a for a in message.understanding.attachments if a.problem is not None)


def _told(attachments: Iterable[Attachment]) -> list[Value]:
    numbers = Counter(_sort(attachment.media_type.lower()) for attachment in attachments)
    return [counted(number, one, many) for (one, many), number in numbers.items()]


def _sort(media_type: str) -> tuple[str, str]:
    return SORTS.get(media_type) or SORTS.get(media_type.partition("/")[0], OTHER)
