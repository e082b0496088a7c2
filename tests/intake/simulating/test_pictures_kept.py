"""A lead's weekly picture is read by the name, and a nominee of another area is noticed in it."""

from datetime import timedelta
from pathlib import Path

from intake.commands.simulating.cohort.cast import Manner, Nomination, Nominee, Writer
from intake.commands.simulating.cohort.keeping import PicturesKept
from intake.commands.simulating.cohort.lives import Life
from intake.commands.simulating.cohort.reckoning import Fate
from intake.commands.simulating.correspondence import Arrival
from intake.commands.simulating.oracle import Judgement
from intake.commands.simulating.posted import Known
from storage.domain.letter import LetterKind
from tests.support.placing import MONDAY_MORNING, SURREY, a_week_of_east_surrey

LETTER = Path(__file__).parents[2] / "letters" / "nomination_picture.txt"
ID = "<picture@postroom.heartlands.nhs.example>"
GORDON = "gordon.abara@heartlands.nhs.example"
WRITER = Writer(1, "Amina Yusuf-Cole", "amina@hub.example", "GP", "Hub", "Dorking", "east-surrey")
OVERVIEW = a_week_of_east_surrey().overview
NAMES = [line.name or "" for line in (OVERVIEW.places if OVERVIEW else ())]


def _fate(name: str, area: str) -> Fate:
    somebody = Nominee(
        2, name, "x@hub.example", "GP", "Hub", Life.STEPS_BACK, timedelta(), area, None
    )
    nomination = Nomination(MONDAY_MORNING, WRITER, (somebody,), Manner.PROSE)
    return Fate(somebody, nomination, (), (), None)


def _violations(areas: dict[str, str]) -> list[str]:
    """Of the expected letter, where these people are of these areas."""
    text = LETTER.read_text(encoding="utf-8").partition("\n\n")[2]
    letter = Arrival(MONDAY_MORNING, (GORDON,), ID, "The nominations", text, b"")
    known = {ID: Known(LetterKind.NOMINATION_PICTURE, None)}
    fates = {str(number): _fate(*one) for number, one in enumerate(areas.items())}
    return list(PicturesKept(SURREY, fates)(Judgement((), (letter,), known)))


def test_picture_of_a_leads_own_area_is_as_it_must_be() -> None:
    assert _violations(dict.fromkeys(NAMES, "east-surrey")) == []


def test_each_person_in_a_picture_is_seen_to_be_of_another_area() -> None:
    own = dict.fromkeys(NAMES, "east-surrey")

    for name in NAMES:
        (violation,) = _violations(own | {name: "surrey-heath"})
        assert violation.endswith("names 1 people of other areas")
