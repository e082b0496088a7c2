"""R9: machines, told by their headers and their words, and people whom none of that may catch.

BOUNCES=DIR names a folder of real reports of failed delivery, as several mail libraries publish
them; all of it is read, and none of it may be answered."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from intake.understanding.mime.limits import Unreadable
from intake.understanding.understand import understand
from storage.domain.message import MessageKind, Understanding
from tests.faults.board import Figure, Measured, Size, none_of
from tests.faults.counted import count
from tests.support.programmes import PROGRAMMES

TESTS = "tests/intake/understanding"
OF_MACHINES = ("test_automatic", "test_never_answered", "test_machine_corpus")
"""The first has most of them."""
OF_PEOPLE = ("test_always_answered",)
CORPUS = Path(__file__).parents[1] / "corpus"


def measure(size: Size) -> Measured:
    some = OF_MACHINES if size is Size.FULL else OF_MACHINES[:1]
    machines = count(*(f"{TESTS}/{name}.py" for name in some))
    people = count(*(f"{TESTS}/{name}.py" for name in OF_PEOPLE))
    mail = list(_mail_of_people())[:: size.pick(full=1, small=12)]
    silent = [name for name, raw in mail if not _is_answered(_read(raw))]
    reports = list(_reports())
    answered = [name for name, raw in reports if _is_answered(_read(raw))]
    return Measured(
        (
            Figure("header cases", machines.passed, least=150),
            none_of("of them wrong", len(machines.failed)),
            Figure("cases of people", people.passed, least=40),
            none_of("of them caught", len(people.failed)),
            Figure("messages of people", len(mail), least=size.pick(full=300, small=20)),
            Figure("% answered or held", 100 - 100 * len(silent) / len(mail), least=99),
            *_of_reports(len(reports), len(answered)),
        ),
        (*machines.failed, *people.failed, *silent, *answered[:20]),
    )


def _of_reports(count: int, answered: int) -> tuple[Figure, ...]:
    """Such folders hold people as well, who forward a report, and machines that tell of other
    things without any mark."""
    if not count:
        return ()
    share = 100 - 100 * answered / count
    return Figure("real reports", count), Figure("% of them not answered", share, least=98)


def _mail_of_people() -> Iterator[tuple[str, bytes]]:
    """The messages of the corpora that a careful reader takes for people's."""
    for facts, folder in ((CORPUS / "facts.jsonl", CORPUS), (CORPUS / "wider/truth.jsonl", None)):
        for line in facts.read_text("utf-8").splitlines():
            told = json.loads(line)
            if not MessageKind(told["kind"]).is_machine:
                path = (folder or facts.parent) / told["file"]
                yield told["file"], path.read_bytes()


def _reports() -> Iterator[tuple[str, bytes]]:
    folder = os.environ.get("BOUNCES")
    for path in sorted(Path(folder).rglob("*")) if folder else ():
        if path.is_file() and path.suffix.lower() in (".eml", ".txt", ".msg", ""):
            yield path.name, path.read_bytes()


def _read(raw: bytes) -> Understanding | None:
    """None where it can't be read at all."""
    try:
        return understand(raw, programmes=PROGRAMMES).understanding
    except Unreadable:
        return None


def _is_answered(told: Understanding | None) -> bool:
    """Answered at once, or by a person: not taken for a machine's."""
    return told is not None and not told.verdict.kind.is_machine and told.answer_to is not None
