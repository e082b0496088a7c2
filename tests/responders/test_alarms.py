"""Letters about Postroom itself: once a trouble, once a day for each sort, and never a storm."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from responders.kinds import letters_due, next_attention, watch_all_clear, watch_notice
from responders.kinds.organisers.alarms import QUIET
from storage.domain.letter import Due, Letter, LetterKind, LetterState
from storage.domain.programme import Organiser
from storage.domain.situation import Situation
from storage.domain.watch import TroubleKind
from tests.support.alarms import NOTICED, a_trouble, a_watch
from tests.support.organising import ROSALIND, TOMASZ, run_by
from tests.support.situations import a_letter

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def written(dues: Iterable[Due], at: datetime) -> tuple[Letter, ...]:
    return tuple(
        replace(a_letter(due, id=900 + n, state=LetterState.SENT), created_at=at)
        for n, due in enumerate(dues)
    )


def with_letters(s: Situation, *letters: Letter) -> Situation:
    return replace(s, letters=(*s.letters, *letters))


def test_every_organiser_is_told_once() -> None:
    s = replace(a_watch(a_trouble()), programme=run_by(Organiser(ROSALIND), Organiser(TOMASZ)))

    dues = watch_notice.due(s)

    assert [due.key for due in dues] == [
        f"watch_notice/{ROSALIND.email}/reading_stopped/7",
        f"watch_notice/{TOMASZ.email}/reading_stopped/7",
    ]
    told = with_letters(s, *written(dues, NOTICED))
    assert watch_notice.due(replace(told, now=NOTICED + HOUR)) == ()


def test_what_comes_and_goes_is_told_once_a_day() -> None:
    first = a_watch(a_trouble())
    notice = written(watch_notice.due(first), NOTICED)
    over = a_watch(a_trouble(ended_at=NOTICED + HOUR), now=NOTICED + HOUR)
    clear = written(watch_all_clear.due(with_letters(over, *notice)), NOTICED + HOUR)
    again_at = NOTICED + 2 * HOUR
    again = a_trouble(id=8, began_at=again_at)
    s = with_letters(a_watch(again, now=again_at + 15 * MINUTE), *notice, *clear)

    assert len(clear) == 1
    assert watch_notice.due(s) == ()
    assert watch_notice.wakes_at(s) == NOTICED + QUIET
    (due,) = watch_notice.due(replace(s, now=NOTICED + QUIET))
    assert due.key.endswith("/8")


def test_another_sort_of_trouble_is_told_at_once() -> None:
    reading, disk = a_trouble(), a_trouble(TroubleKind.DISK_NEARLY_FULL, id=8)
    told = written(watch_notice.due(a_watch(reading)), NOTICED)

    (due,) = watch_notice.due(with_letters(a_watch(reading, disk), *told))

    assert due.key == f"watch_notice/{ROSALIND.email}/disk_nearly_full/8"


def test_nothing_is_written_while_letters_cannot_leave() -> None:
    stopped = a_trouble(TroubleKind.SENDING_STOPPED)
    s = a_watch(stopped, a_trouble(id=8), a_trouble(TroubleKind.DISK_NEARLY_FULL, id=9))

    assert letters_due(s, (watch_notice.KIND, watch_all_clear.KIND)) == ()
    assert watch_notice.wakes_at(s) is None

    over = replace(stopped, ended_at=NOTICED + HOUR)
    later = a_watch(over, a_trouble(id=8), now=NOTICED + HOUR)
    kinds = [due.kind for due in letters_due(later)]
    assert kinds == [LetterKind.WATCH_NOTICE, LetterKind.WATCH_ALL_CLEAR]


def test_that_sending_stopped_is_told_once_a_day() -> None:
    def ended(at: datetime, id: int) -> Situation:
        return a_watch(a_trouble(TroubleKind.SENDING_STOPPED, id=id, ended_at=at), now=at)

    first = written(watch_all_clear.due(ended(NOTICED, 7)), NOTICED)
    soon = with_letters(ended(NOTICED + 3 * HOUR, 8), *first)
    next_day = with_letters(ended(NOTICED + QUIET, 9), *first)

    assert len(first) == 1
    assert watch_all_clear.due(soon) == ()
    assert len(watch_all_clear.due(next_day)) == 1


def test_who_was_not_told_of_trouble_hears_of_no_end() -> None:
    over = a_watch(a_trouble(ended_at=NOTICED), now=NOTICED)

    assert watch_all_clear.due(over) == ()


def test_an_old_end_is_no_news() -> None:
    over = a_trouble(TroubleKind.SENDING_STOPPED, ended_at=NOTICED)
    s = a_watch(over, now=NOTICED + QUIET + MINUTE)

    assert watch_all_clear.due(s) == ()
    assert next_attention(s) is not None  # of the digest


def test_only_the_programme_as_a_whole_is_asked() -> None:
    lone = replace(a_watch(a_trouble()), overview=None)

    assert watch_notice.due(lone) == watch_all_clear.due(lone) == ()
    assert watch_notice.wakes_at(lone) is None
