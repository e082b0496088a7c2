"""Nominees as findings, and the ways in which prose puts people forward."""

import pytest

from intake.understanding.finders.nominated import find_nominees
from intake.understanding.finders.nominations import Nominations, add_self, find_nominations
from intake.understanding.texts.lines import split_lines
from intake.understanding.texts.paragraphs import paragraphs
from storage.domain.people import Contact


def _nominations(text: str) -> Nominations:
    lines = split_lines(text)
    return find_nominations(lines, paragraphs(lines), ())


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Ada Bell runs the ward and Tom Oak the van.\n\nAda's on ada.b@mile.example; "
         "Tom can be had at van@fleet.example.",
         [("Ada Bell", "ada.b@mile.example"), ("Tom Oak", "van@fleet.example")]),
        ("Could you put Ada Bell (ada.bell@mile.example) down for cohort 1?",
         [("Ada Bell", "ada.bell@mile.example")]),
        ("Please add Ada Bell from the welfare team.", [("Ada Bell", None)]),
        ("Tom Oak (Director, tom.oak@mile.example) has dictated this.\n\nI nominate Ada Bell.",
         [("Ada Bell", None)]),
    ],
)  # fmt: skip
def test_people_are_put_forward_in_many_words(
    text: str, pairs: list[tuple[str, str | None]]
) -> None:
    assert [(n.name, n.email) for n in _nominations(text).nominees] == pairs


def test_each_nominee_has_a_method_and_a_place() -> None:
    text = "I nominate Ada Bell, and myself."
    found = add_self(_nominations(text), text, Contact(name="Tom Oak"))

    ada, tom = find_nominees(found, [(split_lines(text), "body")])

    assert (ada.method, tom.method) == ("prose", "self")
    assert ada.span is not None
    assert text[ada.span.start : ada.span.end] == "Ada Bell"
    assert tom.span is None


def test_a_name_is_found_in_columns_too() -> None:
    text = "Surname | First name | Job title\nBell | Ada | Nurse"

    (ada,) = find_nominees(_nominations(text), [(split_lines(text), "body")])

    assert (ada.value, ada.method) == ("Ada Bell", "table")
    assert ada.span is not None
    assert text[ada.span.start : ada.span.end] == "Bell | Ada"
