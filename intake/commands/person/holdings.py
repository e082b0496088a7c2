"""What is held of a person, as a table for whoever answers for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.table import Table
from sqlmodel import Session

from intake.commands.printing import make_table
from storage.privacy.sources import funded_cases, references_of, sources_of
from storage.privacy.traces import Traces


@dataclass(frozen=True, slots=True)
class Holdings:
    """The traces of a person with what they are called. `funded` are the references of funded work
    among `cases`; `hashes` and `message_ids` are of the messages, also others', that name them."""

    email: str
    names: tuple[str, ...]
    cases: tuple[str, ...]
    funded: tuple[str, ...]
    helped: tuple[str, ...]
    messages: tuple[int, ...]
    named_in: tuple[int, ...]
    letters: tuple[int, ...]
    told_in: tuple[int, ...]
    hashes: tuple[str, ...]
    message_ids: tuple[str, ...]


def holdings_of(session: Session, traces: Traces) -> Holdings:
    """Traces with the references and hashes that belong to them."""
    sources = sources_of(session, (*traces.messages, *traces.named_in))
    return Holdings(
        email=traces.names.email,
        names=(*traces.names.names, *traces.names.phones),
        cases=references_of(session, traces.cases),
        funded=funded_cases(session, traces.cases),
        helped=references_of(session, traces.helped),
        messages=traces.messages,
        named_in=traces.named_in,
        letters=traces.letters,
        told_in=traces.told_in,
        hashes=tuple(source.sha256 for source in sources),
        message_ids=tuple(source.message_id for source in sources if source.message_id),
    )


def holdings_table(held: Holdings) -> Table:
    """One line a kind of thing: how many, and which."""
    rows = (
        ("found by", (held.email, *held.names)),
        ("their cases", held.cases),
        ("others' cases they belong to", held.helped),
        ("messages from them or about their cases", held.messages),
        ("others' messages that name them", held.named_in),
        ("letters to them or about their cases", held.letters),
        ("others' letters that name them", held.told_in),
    )
    lines = [(what, str(len(which)), _which(which)) for what, which in rows]
    return make_table(f"What is held of {held.email}", ("what", "how many", "which"), lines)


def _which(which: Sequence[object], most: int = 12) -> str:
    shown: Iterable[str] = map(str, which[:most])
    rest = f" and {len(which) - most} more" if len(which) > most else ""
    return ", ".join(shown) + rest
