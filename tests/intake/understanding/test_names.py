"""People's names out of what mail and prose make of them."""

import pytest

from intake.understanding.finders.names import (
    clean_name,
    is_person,
    is_same_person,
    matches_address,
    name_from_address,
    name_from_display,
    turned_by_address,
)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Dr Amina Yusuf-Cole MBE", "Amina Yusuf-Cole"),
        ("GATHERCOLE, Philippa (WEY VALLEY COMMUNITY HEALTH)", "Philippa Gathercole"),
        ("ODUYA-CLARKE, Revd Simeon", "Simeon Oduya-Clarke"),
        ("MBEKI Lindiwe", "Lindiwe Mbeki"),
        ("Stallwood, Bev", "Bev Stallwood"),
        ("The Revd Canon Judith Mbeki-Stone", "Judith Mbeki-Stone"),
        ("Professor Sir Alasdair Quennell FRCS FMedSci", "Alasdair Quennell"),
        ("PC Tamar Edgecombe", "Tamar Edgecombe"),
        ("Detective Chief Inspector Sam Okoro", "Sam Okoro"),
        ("Det Supt Alasdair Moncrieff", "Alasdair Moncrieff"),
        ("(Mrs) Constance Ikpeme MBE", "Constance Ikpeme"),
        ("Geoff Ludgrove (Mr)", "Geoff Ludgrove"),
        ("Shabnam Choudhury (she/her)", "Shabnam Choudhury"),
        ("van der Velde, Joost", "Joost van der Velde"),
        ("Nguyễn Thị Minh Châu (Ms)", "Nguyễn Thị Minh Châu"),
        ("MCDONALD, Ian", "Ian McDonald"),
        ("Jane Smith, RGN, BSc (Hons)", "Jane Smith"),
        ('Jasmin "Jaz" Oduya', "Jasmin Oduya"),
        ("zeynep çelik", "Zeynep Çelik"),
        ("{{ 7*7 }}<b>Robin</b> Tasker", "Robin Tasker"),
        ("D", None),
        ("07700 900123", None),
        ("", None),
    ],
)
def test_clean_name(raw: str, name: str | None) -> None:
    assert clean_name(raw) == name


@pytest.mark.parametrize(
    ("display", "email", "name"),
    [
        ("Macrae Eilidh", "eilidh.macrae@stolaves.nhs.example", "Eilidh Macrae"),
        ("Plum Wendy", "wendy.plum@stolaves.nhs.example", "Wendy Plum"),
        ("Nguyễn Thị Minh Châu", "minhchau@elders.example", "Nguyễn Thị Minh Châu"),
        ("MBEKI Lindiwe - SW BCU", "lindiwe.mbeki@police.example", "Lindiwe Mbeki"),
        ("Business Support", "support@hub.example", None),
        ("ace@leadership.nhs.example", "ace@leadership.nhs.example", None),
    ],
)
def test_name_from_display(display: str, email: str, name: str | None) -> None:
    assert name_from_display(display, email) == name


def test_turned_by_address_leaves_a_name_that_stands_right() -> None:
    assert turned_by_address("Tom Arkwright", "tom.arkwright@grove.example") == "Tom Arkwright"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Yewande A-C", "Yewande Adeyinka-Cole", True),
        ("Gloria P", "Gloria Penhaligon", True),
        ("Abdi Warsame", "Abdirahman Warsame Hussein", True),
        ("Dr E Macrae", "Eilidh Macrae", True),
        ("Tom", "Tom Arkwright", True),
        ("Tom Arkwright", "Bridget Mallory", False),
        ("Tom Arkwright", "Ann Arkwright", False),
        ("", "Tom", False),
    ],
)
def test_is_same_person(one: str, other: str, *, same: bool) -> None:
    assert is_same_person(one, other) is same


def test_is_person_wants_a_whole_name() -> None:
    assert is_person("Ada Bell")
    assert not is_person("Ada")
    assert not is_person("Community Fridge")


def test_names_and_addresses_show_each_other() -> None:
    assert name_from_address("constance.ikpeme@limehousecut.example") == "Constance Ikpeme"
    assert name_from_address("info@limehousecut.example") is None
    assert matches_address("Anneliese Frobisher", "anneliese.frobisher@memory.example")
    assert matches_address("Jean Cullimore", "jeanc@wheels.example")
    assert not matches_address("Ada Bell", "tom.arkwright@grove.example")
