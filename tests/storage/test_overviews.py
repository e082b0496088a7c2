"""What organisers are told of, from the ledger: in a fixed number of queries, on both databases."""

import threading
from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from storage import decisions, events, extensions, messages, outbox, programmes, situations
from storage.database import Database
from storage.domain.answers import Answer
from storage.domain.case import Case, CaseState
from storage.domain.decision import Outcome, Ruling
from storage.domain.digest_days import digest_key
from storage.domain.letter import Due, LetterKind, LetterState
from storage.domain.message import MessageKind, Verdict
from storage.domain.overview import CaseLine, Overview
from storage.domain.people import Contact
from storage.domain.programme import Organiser
from tests.support.ledger import (
    MONDAY,
    count_queries,
    enqueue,
    make_draft,
    open_case,
    record,
    remember,
    with_id,
)
from tests.support.organising import ROSALIND, run_by
from tests.support.programmes import ACE
from tests.support.understandings import AMINA, make_understanding

DAY = timedelta(days=1)
RUN = run_by(Organiser(ROSALIND), programme=ACE)


def overview(session: Session, *, days: int = 1) -> Overview:
    s = situations.situation_of_programme(session, RUN, MONDAY + days * DAY)
    assert s.overview is not None
    return s.overview


def sent(session: Session, draft_key: str, kind: LetterKind, case: Case, *, at_day: int) -> None:
    enqueue(session, make_draft(draft_key, kind=kind, case_id=case.id))
    now = MONDAY + at_day * DAY
    (letter,) = outbox.claim(session, now, 1, "worker")
    outbox.mark_sent(session, letter.id, now, "250 OK")


def say(session: Session, number: int, kind: MessageKind, *cases: Case, **told: object) -> int:
    verdict = Verdict(kind, rule="test", hold=told.pop("hold", None))  # type: ignore[arg-type]
    understanding = replace(make_understanding(kind), verdict=verdict, **told)  # type: ignore[arg-type]
    told_of = with_id(understanding, f"<{number}@x.example>")
    return record(session, number, understanding=told_of, case_ids=tuple(c.id for c in cases)).id


def told_form(session: Session, case: Case, number: int) -> None:
    say(session, number, MessageKind.APPLICATION, case, answers=(Answer("issue", "It is that."),))


def test_a_case_is_told_from_its_opening_to_its_answer(database: Database) -> None:
    with database.writing() as session:
        case, other = open_case(session, 1), open_case(session, 2)
        sent(session, "application_pack/case:1", LetterKind.APPLICATION_PACK, case, at_day=0)
        told_form(session, case, 30)
        decided = decisions.decide(
            session, case, Ruling(Outcome.FUNDED), reason="", by="r", now=MONDAY
        )
        decisions.release(session, [(case, decided)], by="r", now=MONDAY, not_before=MONDAY)
        sent(session, "outcome_funded/case:1", LetterKind.OUTCOME_FUNDED, case, at_day=0)
        say(session, 50, MessageKind.FOLLOW_UP, case)
        first, second = overview(session).cases

    assert first == CaseLine(
        id=case.id,
        reference="ACE-0001",
        state=CaseState.EXPRESSED,
        area=case.area,
        organisation=AMINA.organisation,
        title=None,
        opened_at=MONDAY,
        closes_at=ACE.round.closes_at,
        pack_sent_at=MONDAY,
        form_at=MONDAY + timedelta(minutes=30),
        decision=Outcome.FUNDED,
        outcome=Outcome.FUNDED,
        told_at=MONDAY,
        heard_at=MONDAY + timedelta(minutes=50),
    )
    assert first.has_answered
    assert (second.id, second.form_at, second.has_answered) == (other.id, None, False)


def test_a_form_is_late_by_the_closing_that_holds_for_its_case(database: Database) -> None:
    closed = replace(RUN, round=replace(RUN.round, closes_at=MONDAY + timedelta(minutes=20)))
    later = MONDAY + timedelta(hours=2)
    with database.writing() as session:
        late, extended = open_case(session, 1), open_case(session, 2)
        extensions.extend(
            session, closed, later, case_id=extended.id, reason="ill", by="r", now=MONDAY
        )
        told_form(session, late, 30)
        told_form(session, extended, 40)
        s = situations.situation_of_programme(session, closed, MONDAY + DAY)

    assert s.overview is not None
    told = [(case.is_late, case.closes_at) for case in s.overview.cases]
    assert told == [(True, closed.round.closes_at), (False, later)]


def test_letters_that_wait_are_told_with_their_rule(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session, 1)
        enqueue(session, make_draft("a/1", case_id=case.id, hold="stranger"))
        enqueue(session, make_draft("a/2"))
        now = overview(session, days=0).letters
        later = overview(session, days=1).letters

    assert [(x.state, x.rule, x.case_id) for x in now] == [(LetterState.HELD, "stranger", case.id)]
    assert [x.state for x in later] == [LetterState.HELD, LetterState.QUEUED]


def test_a_letter_that_was_just_released_is_not_stuck(database: Database) -> None:
    with database.writing() as session:
        letter = enqueue(session, make_draft(hold="stranger"))
        outbox.release(session, letter.id, MONDAY + DAY - timedelta(minutes=5), "r")
        told = overview(session).letters
        (claimed,) = outbox.claim(session, MONDAY + DAY, 1, "worker")
        outbox.mark_deferred(session, claimed.id, MONDAY + 2 * DAY, "later", MONDAY + DAY)
        put_off = overview(session).letters

    assert told == ()
    assert [x.state for x in put_off] == [LetterState.DEFERRED]


def test_messages_for_a_person_are_told(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session, 1)
        question = say(session, 2, MessageKind.QUESTION, case)
        say(session, 3, MessageKind.FOLLOW_UP, case)
        held = say(session, 4, MessageKind.FOLLOW_UP, case, hold="stranger")
        broken = remember(session, 5)
        messages.quarantine(session, broken, "parser_died", MONDAY)
        remember(session, 6)
        told = overview(session)

    assert [(x.id, x.kind, x.case_id) for x in told.messages] == [
        (question, MessageKind.QUESTION, case.id),
        (held, MessageKind.FOLLOW_UP, case.id),
        (broken, None, None),
    ]
    assert (told.messages[1].hold, told.messages[2].reason) == ("stranger", "parser_died")
    assert told.unread == 1


def test_lines_are_told_behind_the_mark(database: Database) -> None:
    with database.writing() as session:
        open_case(session, 1)
        mark = overview(session).last_event
        key = digest_key(RUN.organisers[0].digest, ROSALIND.email, MONDAY.date(), "ace")
        due = Due(LetterKind.DIGEST, key, ROSALIND, told_until=mark)
        outbox.enqueue(session, replace(make_draft(), due=due), MONDAY)
        open_case(session, 2, contact=Contact("Piotr", "piotr@x.example"))
        say(session, 3, MessageKind.AUTO_REPLY)
        told = overview(session)

    assert mark > 0
    assert [(line.what, line.kind) for line in told.lines] == [
        ("case_opened", None),
        ("message_recorded", MessageKind.AUTO_REPLY),
    ]
    assert all(line.id > mark for line in told.lines)
    assert told.last_event == told.lines[-1].id
    assert told.begins_at == MONDAY


def test_what_a_failed_digest_told_is_told_again(database: Database) -> None:
    with database.writing() as session:
        open_case(session, 1)
        mark = overview(session).last_event
        key = digest_key(RUN.organisers[0].digest, ROSALIND.email, MONDAY.date(), "ace")
        due = Due(LetterKind.DIGEST, key, ROSALIND, told_until=mark)
        letter = outbox.enqueue(session, replace(make_draft(), due=due), MONDAY)
        assert letter is not None
        outbox.discard(session, letter.id, MONDAY, "r", "by phone")
        told = overview(session)

    assert told.withdrawn == {letter.id: told.last_event}
    assert [line.what for line in told.lines] == ["case_opened", "letter_discarded"]


def test_a_bounce_belongs_to_the_case_of_its_address(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session, 1)
        address = AMINA.email or ""
        say(session, 2, MessageKind.BOUNCE, bounced=(address, "nobody@x.example"))
        say(session, 3, MessageKind.BOUNCE, bounced=("nobody@x.example",))
        lines = [line for line in overview(session).lines if line.kind is MessageKind.BOUNCE]

    assert [(line.bounced[0], line.case_id) for line in lines] == [
        (address, case.id),
        ("nobody@x.example", None),
    ]


def test_other_programmes_and_rounds_stay_apart(database: Database) -> None:
    with database.writing() as session:
        open_case(session, 1, programme="surrey500")
        enqueue(session, replace(make_draft(hold="stranger"), programme="surrey500"))
        events.append(session, at=MONDAY, what="breaker_tripped")
        told = overview(session)

    assert (told.cases, told.letters, told.messages) == ((), (), ())
    assert [line.what for line in told.lines] == ["breaker_tripped"]
    assert told.begins_at is None


def test_a_programme_has_a_history_from_the_first_look_on(database: Database) -> None:
    with database.writing() as session:
        for day in range(3):
            programmes.watch(session, RUN, MONDAY + day * DAY)
        told = overview(session)

    assert told.begins_at == MONDAY
    assert told.lines == ()


def test_the_number_of_queries_does_not_grow(database: Database) -> None:
    counts = []
    with database.writing() as session:
        for number in range(1, 40):
            case = open_case(session, number)
            say(session, 100 + number, MessageKind.QUESTION, case)
            say(session, 200 + number, MessageKind.BOUNCE, bounced=(f"{number}@x.example",))
            enqueue(session, make_draft(f"a/{number}", case_id=case.id, hold="stranger"))
            if number in (2, 39):
                with count_queries(session) as queries:
                    overview(session)
                counts.append(len(queries))

    assert counts[0] == counts[1]


def test_no_line_is_missed_that_is_written_meanwhile(database: Database) -> None:
    """Whoever writes first keeps its line's number back until it commits."""
    begun, seen = threading.Event(), threading.Event()

    def write() -> None:
        with database.writing() as session:
            open_case(session, 1)
            session.flush()
            begun.set()
            seen.wait(0.5)

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait(10)
    with database.writing() as session:
        told = overview(session)
    seen.set()
    writer.join()

    assert [line.what for line in told.lines] == ["case_opened"]
    assert told.last_event >= told.lines[-1].id
