"""People and their addresses, as values."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox of RFC 5322 section 3.4: `email` in lower case, `name` as displayed or empty."""

    email: str
    name: str = ""

    @property
    def domain(self) -> str:
        return self.email.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to talk to about a case. None means: not told yet.

    `name` carries no honorific and no post-nominals, `email` is lower case, `phone` is E.164.
    """

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    role: str | None = None
    organisation: str | None = None

    def merged(self, newer: "Contact") -> "Contact":
        """This contact with every value that `newer` gives."""
        return Contact(*(getattr(newer, f.name) or getattr(self, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Nominee:
    """A person put forward for a place; None means: the nomination does not say."""

    name: str
    email: str | None = None
    role: str | None = None
    organisation: str | None = None
