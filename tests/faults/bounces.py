"""R10: reports of failed delivery: read in every form, believed about the letters they name, and
about nothing else."""

from dataclasses import replace

from intake.understanding.understand import understand
from responders.kinds.base import dead_addresses
from storage.domain.letter import Due, LetterKind
from storage.domain.message import MessageKind
from storage.domain.people import Address
from tests.faults.board import Figure, Measured, Size, none_of
from tests.support.programmes import PROGRAMMES
from tests.support.reports import LETTER_ID, PROSE, RECIPIENT, STANDARD, forgeries
from tests.support.situations import a_case, a_letter, a_message, a_situation

LEAST_READ = 95.0
PACK = replace(
    a_letter(Due(LetterKind.APPLICATION_PACK, "application_pack/case:42", Address(RECIPIENT))),
    message_id=LETTER_ID,
)


def measure(size: Size) -> Measured:
    del size  # the whole takes a second
    reports = STANDARD | PROSE
    unread = [name for name, raw in reports.items() if _dead(raw) != {RECIPIENT}]
    forged = forgeries()
    believed = [name for name, raw in forged.items() if _dead(raw)]
    read = len(reports) - len(unread)
    return Measured(
        (
            Figure("forms", len(reports), least=40),
            Figure("% read and believed", 100 * read / len(reports), least=LEAST_READ),
            Figure("forged reports", len(forged), least=20),
            none_of("of any effect", len(believed)),
        ),
        (*(f"not read: {name}" for name in unread), *(f"believed: {name}" for name in believed)),
    )


def _dead(raw: bytes) -> frozenset[str]:
    """The addresses that a case with one letter is silent to once this message has come."""
    told = understand(raw, programmes=PROGRAMMES).understanding
    message = replace(a_message(MessageKind.BOUNCE, id=9, answer_to=None), understanding=told)
    s = a_situation(message, case=a_case(), letters=(PACK,))
    return dead_addresses(s)
