"""A programme's own fields: behind labels, anywhere, in the form; never inside the summary."""

from dataclasses import replace

from intake.understanding.understand import understand
from storage.domain.message import Understanding
from storage.domain.programme import CustomField
from tests.support.incoming import STORY, write_message
from tests.support.programmes import ACE

LANGUAGE = CustomField("language", "First language", ("Mother tongue",), None, ("Polish", "Welsh"))
SUM = CustomField("sum", "Sum asked for", ("Budget",), r"£ ?([0-9,]+)", anywhere=True)
SITE = CustomField("site", "Delivery site")


def read(text: str, *fields: CustomField) -> Understanding:
    programme = replace(ACE, fields=fields)
    raw = write_message(text, subject="Expression of interest")
    return understand(raw, programmes=[programme]).understanding


def test_a_value_stands_behind_any_of_its_labels() -> None:
    for line in ("First language: Polish", "- Mother tongue - polish", "FIRST LANGUAGE\tPolish"):
        assert read(f"{STORY}\n\n{line}\n", LANGUAGE).custom == (("language", "Polish"),), line


def test_a_label_alone_takes_the_next_line() -> None:
    assert read(f"{STORY}\n\nDelivery site\n\nUnit 4, Quayside\n", SITE).custom == (
        ("site", "Unit 4, Quayside"),
    )


def test_what_is_no_choice_is_no_value() -> None:
    assert read(f"{STORY}\n\nFirst language: Klingon\n", LANGUAGE).custom == ()


def test_a_labelled_line_is_no_part_of_the_summary() -> None:
    told = read(f"We would like to express our interest.\n\n{STORY}\n\nDelivery site: Acton", SITE)

    assert told.summary is not None
    assert "Acton" not in told.summary
    assert told.summary.endswith("change what each of us does.")


def test_the_span_is_the_value_itself() -> None:
    text = f"{STORY}\n\nBudget: about £12,500 in all\n"
    (found,) = [f for f in read(text, SUM).findings if f.field == "custom.sum"]

    assert found.value == "12,500"
    assert found.span is not None
    assert found.span.source == "body"
    assert text[found.span.start : found.span.end] == "12,500"


def test_anywhere_is_in_running_text_and_only_where_asked() -> None:
    text = f"{STORY} We need £9,000 and speak Polish."

    assert read(text, SUM, LANGUAGE).custom == (("sum", "9,000"),)
    assert dict(read(text, replace(LANGUAGE, anywhere=True)).custom) == {"language": "Polish"}


def test_of_two_choices_anywhere_none_is_sure() -> None:
    text = f"{STORY} We speak Polish and Welsh."

    assert read(text, replace(LANGUAGE, anywhere=True)).custom == ()


def test_a_hostile_pattern_and_text_take_no_time() -> None:
    field = CustomField("sum", "Sum", (), r"(a+)+$", anywhere=True)

    assert read(f"{STORY}\n\n{'a' * 50_000}b", field).custom == ()


def test_characters_that_no_encoding_has_do_no_harm() -> None:
    assert read(f"{STORY}\n\nDelivery site: \x00 quay", SITE).custom


def test_of_two_choices_behind_a_label_none_is_sure() -> None:
    assert read(f"{STORY}\n\nFirst language: Polish or Welsh\n", LANGUAGE).custom == ()


def test_a_choice_among_other_words_is_less_sure() -> None:
    text = f"{STORY}\n\nFirst language: mostly Polish with a little of everything\n"
    (found,) = [f for f in read(text, LANGUAGE).findings if f.field == "custom.language"]

    assert found.confidence == 0.6


def test_a_choice_within_another_does_not_count() -> None:
    ward = CustomField("ward", "Ward", choices=("Oak", "Royal Oak"))

    assert read(f"{STORY}\n\nWard: Royal Oak\n", ward).custom == (("ward", "Royal Oak"),)
