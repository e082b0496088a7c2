"""Pure: why a document is not read, in words for the person who sent it."""


class UnreadableDocument(Exception):
    """The document can't be read; `reason` is for the person who sent it: please resend."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
