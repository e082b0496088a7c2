"""A mailbox held against the ledger, by keys, sizes and times alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage.domain.reconciling import Comparison, Known, Lying, compare

NOON = datetime(2021, 7, 12, 11, 0, tzinfo=UTC)


def lying(number: int, *, is_inbox: bool = False, size: int | None = None) -> Lying:
    """What lies as message `number`; it has another key where it was filed."""
    folder = "INBOX" if is_inbox else "Processed"
    at = NOON + timedelta(minutes=number)
    return Lying(f"{folder}/1/{number}", is_inbox, at, size or 1_000 + number)


def known(number: int, **told: object) -> Known:
    at = NOON + timedelta(minutes=number)
    one = Known(f"INBOX/1/{number}", number, f"{number:064x}", at, 1_000 + number, True, True)
    return replace(one, **told)  # type: ignore[arg-type]


def test_what_is_filed_and_known_agrees() -> None:
    told = compare([lying(1), lying(2)], [known(1), known(2)])

    assert told == Comparison(2, 2, {1: "Processed/1/1", 2: "Processed/1/2"})


def test_what_nobody_read_is_named_by_where_it_lies() -> None:
    told = compare([lying(1), lying(2), lying(3, is_inbox=True)], [known(1)])

    assert (told.unread, told.unknown) == (("INBOX/1/3",), ("Processed/1/2",))
    assert (told.in_mailbox, told.in_ledger) == (3, 1)


def test_what_is_done_and_lies_in_the_inbox_is_not_filed() -> None:
    here = [lying(1, is_inbox=True), lying(2, is_inbox=True)]
    told = compare(here, [known(1, is_filed=False), known(2, is_filed=False, is_done=False)])

    assert told.unfiled == {1}
    assert told.unread == ()


def test_what_is_nowhere_is_gone_once_and_may_come_back() -> None:
    assert compare([lying(1)], [known(1), known(2)]).gone == {2}
    again = compare([lying(1)], [known(1), known(2, is_gone=True)])
    assert (again.gone, again.in_mailbox, again.in_ledger) == (frozenset(), 1, 1)
    assert compare([lying(2)], [known(2, is_gone=True)]).back == {2}


def test_nobody_is_gone_while_something_may_be_theirs() -> None:
    stranger = lying(9)

    assert compare([stranger], [known(1)]).gone == frozenset()
    assert compare([stranger], [known(1)], strays=[stranger.key]).gone == {1}


def test_two_places_of_one_message_count_once() -> None:
    twice = [known(1), known(1, key="INBOX/2/7")]

    told = compare([lying(1)], twice)

    assert (told.in_mailbox, told.in_ledger, told.gone) == (1, 1, frozenset())


def test_a_surplus_of_one_size_and_second_is_not_taken_for_known() -> None:
    same = replace(lying(1), key="Processed/1/99")

    assert compare([lying(1), same], [known(1)]).unknown == ("Processed/1/99",)


def test_a_message_in_the_inbox_is_known_by_its_key_only() -> None:
    """Its bytes may be another's: it is read."""
    here = replace(lying(1, is_inbox=True), key="INBOX/2/1")

    assert compare([here], [known(1)]).unread == ("INBOX/2/1",)
