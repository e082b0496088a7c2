"""Areas by the programme's gazetteer."""

import pytest

from intake.understanding.finders.area import Gazetteer, find_area, read_area, refers_to_list
from storage.domain.programme import Area
from tests.support.programmes import ACE, SURREY

LONDON = Gazetteer(ACE.areas)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("We're SWL.", "south-west-london"),
        ("in the NCL STP, or whatever we call it now", "north-central-london"),
        ("our partners in south east London", "south-east-london"),
        ("the north-west London system", "north-west-london"),
        ("SE London", "south-east-london"),
        ("Hackney and Tower Hamlets", "north-east-london"),
        ("in harrow are never on any list", "north-west-london"),
        ("a GP in Southall", "north-west-london"),
        ("around Camden Road", "north-central-london"),
        ("women of Edgware Road, in Westminster", "north-west-london"),
        ("my neighbour works for Croydon and told me; I am in Plumstead", "south-east-london"),
        ("on the Camden side of the road, whatever Brent say", "north-central-london"),
        ("We cover both Camden and Westminster", None),
        (
            "Lambeth and Wandsworth; the project itself would sit in South West London",
            "south-west-london",
        ),
        ("in Richmond and Hounslow, but please treat us as North West London", "north-west-london"),
        ("Geoff Sutton and his sister", None),
        ("sel and nel are no words", None),
        ("somewhere else entirely", None),
        ("Hotels in Barnet; Brent Cross Midwifery Group is in", "north-central-london"),
        ("We’re under North West\nLondon, I think", "north-west-london"),
    ],
)
def test_find_area(text: str, area: str | None) -> None:
    found = find_area(LONDON, text, without=["Geoff Sutton"])

    assert (found[0] if found else None) == area


@pytest.mark.parametrize(
    ("value", "area"),
    [("nel", "north-east-london"), ("NW London", "north-west-london"), ("Camden or Brent", None)],
)
def test_read_area_of_a_label(value: str, area: str | None) -> None:
    assert read_area(LONDON, value) == area


def test_find_area_serves_any_programme() -> None:
    found = find_area(Gazetteer(SURREY.areas), "the NW Surrey patch")

    assert found is not None
    assert found[0] == "north-west-surrey"


def test_a_place_of_two_areas_is_none() -> None:
    areas = (Area("one", "One", places=("Hayes",)), Area("two", "Two", places=("Hayes",)))

    assert find_area(Gazetteer(areas), "in Hayes") is None


def test_refers_to_list() -> None:
    assert refers_to_list("The last of those. We're here.", ["a", "b", "c"]) == "c"
    assert refers_to_list("the third one of the five", ["a", "b"]) is None
    assert refers_to_list("the first of these", ["a", "b"]) == "a"
