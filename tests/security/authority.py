"""S1: who is not an organiser or a member of the panel, or can't show it, decides nothing: by
words, by sheets, by scores. The tables stand with the tests of what each may do."""

from tests.faults.board import Figure, Measured, Size, none_of
from tests.faults.counted import count

BY_WORDS = "tests/intake/test_acting_by_reply.py"
BY_SHEETS = "tests/intake/test_returned_sheets.py"
BY_SCORES = "tests/intake/test_scores_by_mail.py"
TABLES = (
    f"{BY_WORDS}::test_words_in_an_organisers_name_do_nothing",
    f"{BY_WORDS}::test_words_that_answer_no_open_letter_do_nothing",
    f"{BY_WORDS}::test_organiser_who_is_none_any_more_does_nothing",
    f"{BY_SHEETS}::test_sheet_of_anybody_else_decides_nothing",
    f"{BY_SHEETS}::test_organiser_of_yesterday_decides_nothing",
    f"{BY_SHEETS}::test_sheet_of_another_installation_is_refused_with_the_reason",
    f"{BY_SCORES}::test_scores_of_anybody_else_count_for_nothing",
    f"{BY_SCORES}::test_member_of_yesterday_scores_nothing",
    f"{BY_SCORES}::test_sheet_with_another_member_written_into_it_is_refused",
    "tests/intake/understanding/test_authentication.py",
)


def measure(size: Size) -> Measured:
    counted = count(*TABLES[:: size.pick(full=1, small=9)])
    return Measured(
        (
            Figure(
                "attempts and results",
                counted.passed,
                least=size.pick(full=60, small=20),
            ),
            none_of("accepted", len(counted.failed)),
        ),
        counted.failed,
    )
