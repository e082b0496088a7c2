"""Telephone numbers, the ones for drama among them, and what the words around them say."""

import pytest

from intake.understanding.finders.phones import Line, find_phones, normalise_phone


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("07700 900123", "+447700900123"),
        ("07700900123", "+447700900123"),
        ("07700-900-123", "+447700900123"),
        ("+44 (0)7700 900 587", "+447700900587"),
        ("+44 (0) 7700 900 046", "+447700900046"),
        ("0044 7700 900279", "+447700900279"),
        ("0044 (0)20 7946 0990", "+442079460990"),
        ("(020) 7946 0774", "+442079460774"),
        ("01632 960 145", "+441632960145"),
        ("18001 020 7946 0262", "+442079460262"),
        ("+353 1 234 5678", "+35312345678"),
        ("943 476 5919", None),
        ("05/07/2021", None),
        ("0000", None),
        ("", None),
    ],
)
def test_normalise_phone(raw: str, number: str | None) -> None:
    assert normalise_phone(raw) == number


def test_find_phones_orders_a_persons_own_by_rank() -> None:
    text = "T: 020 7946 0262 (office)\nDDI 020 7946 0311\nM: 07700 900377"
    phones = find_phones(text)

    assert [phone.number for phone in sorted(phones, key=lambda phone: phone.rank)] == [
        "+447700900377",
        "+442079460311",
        "+442079460262",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Secretary: Wendy Plum 020 7946 0188",
        "Switchboard 020 7946 0188",
        "020 7946 0188 (switchboard)",
        "Helpline: 020 7946 0188",
        "my PA on 020 7946 0188",
    ],
)
def test_find_phones_knows_the_numbers_of_others(text: str) -> None:
    (phone,) = find_phones(text)

    assert phone.is_others


@pytest.mark.parametrize(
    "text",
    [
        "I wrote 07700 900613 and that is my daughter's old number. The right one is 07700 900631.",
        "Please use 07700 900631 not 07700 900613.",
        "Please change 07700 900613 to 07700 900631.",
        "07700 900613 should read 07700 900631",
        "please use 07700 900631 instead of 07700 900613 from now on",
    ],
)
def test_find_phones_tells_the_new_number_from_the_old(text: str) -> None:
    best = min(find_phones(text), key=lambda phone: phone.rank)

    assert best.number == "+447700900631"


def test_find_phones_leaves_out_faxes_and_other_numbers() -> None:
    assert find_phones("Fax: 020 7946 0001") == ()
    assert find_phones("NHS 943 476 5919, £0700000000, ref 2021-07-05") == ()


def test_find_phones_tells_where_a_number_stands() -> None:
    (phone,) = find_phones("ring 07700 900123 please")

    assert (phone.start, phone.end, phone.line) == (5, 17, Line.MOBILE)
