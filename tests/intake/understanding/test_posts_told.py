"""What people are and of what, told of a body, in a list, or of somebody else's number."""

import pytest

from intake.understanding.finders.findings import chosen_value
from intake.understanding.finders.phones import find_phones
from intake.understanding.finders.prose import find_self
from intake.understanding.finders.sentences import Sentence, sentences_of
from intake.understanding.texts.lines import split_lines
from intake.understanding.texts.paragraphs import paragraphs


def _sentences(text: str) -> tuple[Sentence, ...]:
    return sentences_of(paragraphs(split_lines(text)))


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        ("I am the Forum's Vice-Chair.", "Vice-Chair", None),
        ("I'm Gatton Carers Forum's treasurer.", "treasurer", "Gatton Carers Forum"),
        ("I am a children's nurse at Mile Surgery.", "children's nurse", "Mile Surgery"),
        ("The Gatton Table is a small club, of which I am treasurer.", "treasurer", "Gatton Table"),
        ("I write from Mile Surgery, where I am a practice nurse.", "practice nurse",
         "Mile Surgery"),
        ("They have made me (I didn't ask) secretary of the Lea Sewing Circle.", "secretary",
         "Lea Sewing Circle"),
        ("I'm your contact: welfare officer, Gatton Depot Branch, 07700 900111.",
         "welfare officer", "Gatton Depot Branch"),
        ("I am a specialist nurse for children in care and have been for years.",
         "specialist nurse for children in care", None),
    ],
)  # fmt: skip
def test_posts_are_told_of_a_body(text: str, role: str, organisation: str | None) -> None:
    found = tuple(find_self(_sentences(text), email="ada@postmist.example", source="body"))
    assert chosen_value(found, "role") == role
    assert chosen_value(found, "organisation") == organisation


@pytest.mark.parametrize(
    ("text", "is_others"),
    [
        ("or through my wife on 07700 900902", True),
        ("Tom Hart can be had on 07700 900141 when I am away.", True),
        ("Volunteering enquiries: Jo, 020 7946 0345", True),
        ("Press: 020 7946 0345", True),
        ("Ring if not - 07700 900740", False),
        ("Reachable via 07700 900551; in her absence Kit", False),
        ("It's best to ring her rather than write: 07700 900571", False),
    ],
)
def test_whose_number_it_is(text: str, *, is_others: bool) -> None:
    (phone,) = find_phones(text)
    assert phone.is_others == is_others
    assert not phone.is_old
