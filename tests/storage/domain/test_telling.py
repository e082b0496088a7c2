"""What an organiser has been told: every line once, whatever becomes of the digests."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.domain.letter import Letter, LetterState
from storage.domain.telling import Gap, untold
from tests.support.organising import a_digest, clock

GONE = (LetterState.FAILED, LetterState.DISCARDED)


def digest(number: int, told_until: int, state: LetterState = LetterState.SENT) -> Letter:
    day = clock(2) + timedelta(days=number)
    return replace(a_digest(day, told_until=told_until, id=number), state=state)


def test_nothing_told_yet() -> None:
    assert untold([], {}, 7) == (Gap(0, 7),)
    assert untold([], {}, 0) == ()


def test_the_newest_digest_is_the_mark() -> None:
    assert untold([digest(1, 5), digest(2, 9)], {}, 12) == (Gap(9, 12),)
    assert untold([digest(1, 5), digest(2, 9)], {}, 9) == ()


@pytest.mark.parametrize("state", [s for s in LetterState if s not in GONE])
def test_a_digest_that_may_still_arrive_counts_as_told(state: LetterState) -> None:
    assert untold([digest(1, 5, state)], {}, 8) == (Gap(5, 8),)


def test_what_was_left_out_told_nothing() -> None:
    skipped = replace(digest(2, 0, LetterState.DISCARDED), told_until=None)

    assert untold([digest(1, 5), skipped], {}, 8) == (Gap(5, 8),)


@pytest.mark.parametrize("state", GONE)
def test_what_stood_in_a_digest_that_failed_is_told_again(state: LetterState) -> None:
    assert untold([digest(1, 5), digest(2, 9, state)], {2: 10}, 12) == (Gap(5, 12),)


def test_a_failure_known_to_the_next_digest_was_made_good_by_it() -> None:
    told = [digest(1, 5), digest(2, 9, LetterState.FAILED), digest(3, 14)]

    assert untold(told, {2: 10}, 14) == ()


def test_a_failure_after_the_next_digest_leaves_a_gap_behind() -> None:
    told = [digest(1, 5), digest(2, 9, LetterState.FAILED), digest(3, 14)]

    assert untold(told, {2: 15}, 20) == (Gap(5, 9), Gap(14, 20))


def test_a_digest_that_filled_a_gap_and_failed_leaves_it_open() -> None:
    told = [
        digest(1, 5),
        digest(2, 9, LetterState.FAILED),
        digest(3, 14),
        digest(4, 20, LetterState.FAILED),
    ]

    assert untold(told, {2: 15, 4: 21}, 25) == (Gap(5, 9), Gap(14, 25))


def test_every_line_is_told_once_by_the_digests_that_arrive() -> None:
    """Drawn lives: lines come, digests are written of what is untold, some fail sooner or later,
    some of these are released by a person after all before anything was told again."""
    for seed in range(2_000):
        life = _Life(random.Random(seed))
        for _ in range(life.rng.randrange(1, 40)):
            life.step()
        life.write()
        counts = dict.fromkeys(range(1, life.last + 1), 0)
        for letter in life.letters:
            for line in life.content[letter.id] if letter.state not in GONE else ():
                counts[line] += 1

        assert set(counts.values()) <= {1}, f"seed {seed}"


class _Life:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.last = 0
        self.letters: list[Letter] = []
        self.withdrawn: dict[int, int] = {}
        self.content: dict[int, set[int]] = {}

    def step(self) -> None:
        match self.rng.randrange(4):
            case 0 | 1:
                self.last += self.rng.randrange(1, 5)
            case 2:
                self.write()
            case _ if self.letters:
                self.fail(self.rng.choice(self.letters))

    def write(self) -> None:
        gaps = untold(self.letters, self.withdrawn, self.last)
        letter = digest(len(self.letters) + 1, self.last)
        lines = range(1, self.last + 1)
        self.content[letter.id] = {n for n in lines if any(n in gap for gap in gaps)}
        self.letters.append(letter)

    def fail(self, letter: Letter) -> None:
        """It is written into the history, which makes a line of its own."""
        if letter.state in GONE:
            return
        self.last += 1
        self.withdrawn[letter.id] = self.last
        place = self.letters.index(letter)
        self.letters[place] = replace(letter, state=self.rng.choice(GONE))
