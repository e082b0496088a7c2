"""Who takes part, told by how sentences are built."""

import pytest

from intake.understanding.finders.partners import find_partners
from intake.understanding.texts.lines import split_lines
from intake.understanding.texts.paragraphs import paragraphs


def _partners(text: str) -> list[str]:
    found = find_partners(paragraphs(split_lines(text)), (), own=None, source="body")
    return sorted(finding.value for finding in found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We will work with Mile Housing and with the Parish of Bow Gate.",
         ["Mile Housing", "Parish of Bow Gate"]),
        ("Fleet Surgery has agreed to take part, as has Kenley Uplift.",
         ["Fleet Surgery", "Kenley Uplift"]),
        ("Bow Dental have dropped out; Penge Smiles have taken their place.", ["Penge Smiles"]),
        ("Would Bow Aid Society count? They're in.", ["Bow Aid Society"]),
        ("Bow Pharmacy, Lea School and the Limes Practice.",
         ["Bow Pharmacy", "Lea School", "Limes Practice"]),
        ("The hauliers, Coln Truck Stop, the nurses and Bow Council would all take part.",
         ["Bow Council", "Coln Truck Stop"]),
        ("The registrars, Bow Hospice and Lea Surgery have never met.",
         ["Bow Hospice", "Lea Surgery"]),
        ("Anna Weir and Tom Bell have agreed to help.", []),
        ("We're in Bow, which is part of the London Borough of Elsewhere.", []),
    ],
)  # fmt: skip
def test_partners_are_those_who_say_yes(text: str, names: list[str]) -> None:
    assert _partners(text) == names
