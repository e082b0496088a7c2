from storage import events
from storage.database import Database
from storage.events import Event
from tests.support.ledger import MONDAY, open_case


def test_event_comes_back_as_it_was_told(database: Database) -> None:
    with database.writing() as session:
        events.append(
            session,
            at=MONDAY,
            actor="organiser",
            what="pack_checked",
            programme="ace",
            case_id=1,
            message_id=2,
            letter_id=3,
            detail={"rule": "size", "nothing": None},
        )

    with database.reading() as session:
        (found,) = events.recent(session)
        assert events.of_case(session, 1) == (found,)
        assert events.of_message(session, 2) == (found,)
        assert events.of_letter(session, 3) == (found,)
        assert events.of_case(session, 2) == ()
    assert found == Event(
        found.id, MONDAY, "organiser", "pack_checked", "ace", 1, 2, 3, {"rule": "size"}
    )


def test_event_that_nobody_asked_for_is_postrooms(database: Database) -> None:
    with database.writing() as session:
        events.append(session, at=MONDAY, what="breaker_tripped")

    with database.reading() as session:
        (found,) = events.recent(session)
    assert found == Event(found.id, MONDAY, "postroom", "breaker_tripped")


def test_recent_events_come_newest_first_by_programme(database: Database) -> None:
    with database.writing() as session:
        open_case(session, 1)
        open_case(session, 2, programme="s5")
        every = events.recent(session)
        assert events.recent(session, limit=2) == every[:2]
        mine = events.recent(session, programme="s5")

    assert [event.id for event in every] == sorted((e.id for e in every), reverse=True)
    assert mine == tuple(event for event in every if event.programme == "s5")
    assert [event.what for event in mine] == ["message_recorded", "case_opened"]
