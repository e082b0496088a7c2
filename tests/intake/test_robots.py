"""A robot that carries no marks answers every letter it gets: it must not be answered for ever."""

from pathlib import Path

import pytest

from tests.support.robots import ANSWERS, MOST_LETTERS, count_letters_to_robot


@pytest.mark.parametrize("threads", [True, False], ids=["threaded", "fresh"])
@pytest.mark.parametrize("answer", ANSWERS)
def test_robot_that_answers_every_letter_is_soon_left_alone(
    tmp_path: Path, answer: str, threads: bool
) -> None:
    letters = count_letters_to_robot(tmp_path, answer, threads=threads)

    assert 1 <= letters <= MOST_LETTERS[answer]
