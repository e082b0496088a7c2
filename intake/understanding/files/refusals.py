"""Pure: why a file is not read, in words for the person who sent it. They stand in brackets behind
what it is: "We could not open one PDF file (it is protected by a password)"."""

from enum import StrEnum

from storage.domain.message import SCAN


class Refusal(StrEnum):
    """All reasons there are."""

    PASSWORD = "it is protected by a password"
    SEALED = "it is encrypted: please send it again without"
    MACROS = "it holds macros"
    PROGRAM = "a program"
    ARCHIVE = "a packed archive: please attach the files themselves"
    OUTLOOK = "a winmail.dat file, which only Outlook can open"
    OUTLOOK_MESSAGE = "a message saved from Outlook: please forward the message itself"
    OLD_OFFICE = "an old Office file: please save it as .docx, .xlsx or PDF"
    UNKNOWN_TYPE = "a type we cannot open: please save it as .docx or PDF"
    EMPTY = "it is empty"
    DAMAGED = "it is damaged"
    WRONG_TYPE = "its content is not what its name says"
    TOO_BIG = "it is too big when unpacked"
    TOO_LONG = "it is too long"
    TOO_WIDE = "its table is too large"
    TOO_DEEP = "its tables are nested too deep"
    PICTURES = SCAN


class UnreadableDocument(Exception):
    """The document can't be read; `reason` is for the person who sent it: please resend."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason
