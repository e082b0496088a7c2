"""R11: outcomes imported in any order, twice and half, approved again and again, and sent by
processes that are killed: each applicant hears the right one, once."""

import random
import signal
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from itertools import chain, cycle
from pathlib import Path

from responders.kinds.outcomes import LETTER_OF
from storage import cases, decisions, outbox
from storage.database import Database
from storage.domain.case import Case, CaseState
from storage.domain.decision import Ruling
from storage.domain.letter import Letter, LetterState
from storage.domain.people import Contact
from tests.faults.board import Figure, Measured, Size, exactly, none_of
from tests.support.dovecot import Dovecot
from tests.support.ledger import open_case
from tests.support.mortals import Mortals
from tests.support.smtp_recorder import SmtpRecorder

OUTCOMES_AT = datetime(2021, 9, 27, 8, tzinfo=UTC)
BEFORE = OUTCOMES_AT - timedelta(days=5)
STEP = timedelta(minutes=40)
"""Between two walks: what is in doubt is looked at again after half an hour."""
ROSALIND = "rosalind.okoro@leadership.nhs.example"
WRITING = ("enqueued, uncommitted",) * 3
"""Points of the first kills: later all letters are written."""
SENDING = (
    "claimed, uncommitted",
    "claimed",
    "answer not read",
    "handed over",
    "marked, uncommitted",
)
IMPORTS = 3
"""How often each decision is imported, at most."""


class PowerCut(Exception):
    """An import breaks off in the middle."""


@dataclass
class Round:
    """The cases of a round, and what is decided about each."""

    database: Database
    rulings: dict[int, Ruling]
    chance: random.Random

    def import_all(self) -> None:
        """Every decision one to three times, in any order, in lots of which some break off."""
        rows = [id for id in self.rulings for _ in range(self.chance.randint(1, IMPORTS))]
        self.chance.shuffle(rows)
        lots = [rows[at : at + 25] for at in range(0, len(rows), 25)]
        for lot in lots:
            self._import(lot, breaks_off=self.chance.random() < 0.3)
            self._import(lot, breaks_off=False)

    def _import(self, lot: list[int], *, breaks_off: bool) -> None:
        try:
            with self.database.writing() as session:
                for id in lot:
                    case, ruling = cases.get(session, id), self.rulings[id]
                    made = decisions.decide(
                        session, case, ruling, reason="as scored", by=ROSALIND, now=BEFORE
                    )
                    decisions.release(
                        session, [(case, made)], by=ROSALIND, now=BEFORE, not_before=OUTCOMES_AT
                    )
                if breaks_off:
                    raise PowerCut
        except PowerCut:
            return


def measure(size: Size) -> Measured:
    count, kills = size.pick(full=1_000, small=24), size.pick(full=36, small=6)
    with tempfile.TemporaryDirectory() as name, Dovecot() as dovecot, SmtpRecorder() as recorder:
        folder = Path(name)
        database = Database(f"sqlite:///{folder}/ledger.db")
        database.migrate()
        held = _open(database, count)
        held.import_all()
        url = f"sqlite:///{folder}/ledger.db"
        with Mortals(folder, dovecot, dovecot.new_user(), recorder, url) as process:
            died = _send(process, recorder, held, kills, count)
        figures = _judge(held, recorder, count)
        database.close()
    return Measured((Figure("kills", died, least=kills * 0.7), *figures))


def _open(database: Database, count: int) -> Round:
    chance = random.Random(11)
    rulings: dict[int, Ruling] = {}
    for start in range(1, count + 1, 100):
        with database.writing() as session:
            for number in range(start, min(start + 100, count + 1)):
                email = f"lead{number}@project{number}.example"
                contact = Contact(
                    name=f"Lead {number}", email=email, organisation=f"Trust {number}"
                )
                case = open_case(session, number, contact=contact, state=CaseState.APPLIED)
                rulings[case.id] = Ruling(chance.choice(list(LETTER_OF)))
    return Round(database, rulings, chance)


def _send(process: Mortals, recorder: SmtpRecorder, held: Round, kills: int, count: int) -> int:
    """Letters leave while processes die; in between a person looks at each that is in doubt."""
    assert process.walk(BEFORE) == 0
    now, died = OUTCOMES_AT, 0
    for _, point in zip(range(kills), chain(WRITING, cycle(SENDING)), strict=False):
        now += STEP
        nth = held.chance.randint(1, max(count // kills, 1))
        died += process.walk(now, point, nth) == -signal.SIGKILL
    for _ in range(3):
        now += STEP
        assert process.walk(now) == 0
        _look_into_doubts(held.database, recorder, now)
    now += STEP
    assert process.walk(now) == 0
    return died


def _look_into_doubts(database: Database, recorder: SmtpRecorder, now: datetime) -> None:
    """A person asks the applicant, and says that it arrived or lets it go."""
    arrived = {str(message_from_bytes(wire.raw)["Message-ID"]) for wire in recorder.received}
    with database.writing() as session:
        for letter in outbox.list_letters(session, state=LetterState.HELD, limit=10_000):
            if letter.message_id in arrived:
                outbox.mark_arrived(session, letter.id, now, ROSALIND, "they have it")
            else:
                outbox.release(session, letter.id, now, ROSALIND)


def _judge(held: Round, recorder: SmtpRecorder, count: int) -> tuple[Figure, ...]:
    with held.database.reading() as session:
        letters = outbox.list_letters(session, limit=100_000)
        opened = {case.id: case for case in cases.list_cases(session, limit=100_000)}
    told = {letter.message_id: letter for letter in letters if letter.kind.is_outcome}
    uncounted = sum(letter.state is not LetterState.SENT for letter in told.values())
    heard: Counter[int] = Counter()
    wrong, crowded = 0, 0
    for wire in recorder.received:
        letter = told.get(str(message_from_bytes(wire.raw)["Message-ID"]))
        if letter is None or letter.case_id is None:
            continue
        heard[letter.case_id] += 1
        crowded += len(wire.recipients) != 1
        wrong += not _is_right(letter, wire.recipients[0], opened, held)
    return (
        exactly("decisions", len(held.rulings), count),
        exactly("applicants who heard", len(heard), count),
        none_of("who heard twice", sum(times > 1 for times in heard.values())),
        none_of("who heard the wrong one, or somebody else's", wrong),
        none_of("envelopes of more than one", crowded),
        none_of("outcomes that do not count as sent", uncounted),
    )


def _is_right(letter: Letter, recipient: str, opened: dict[int, Case], held: Round) -> bool:
    assert letter.case_id is not None
    is_theirs = opened[letter.case_id].contact.email == recipient
    return is_theirs and LETTER_OF[held.rulings[letter.case_id].outcome] is letter.kind
