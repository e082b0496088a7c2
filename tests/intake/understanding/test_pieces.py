"""The trimmer: what is new, quoted, signature, small print; nothing lost, never slow."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.understanding.texts.lines import split_lines
from intake.understanding.texts.pieces import PieceKind, kinds_of, new_text, split
from tests.support.slow import slow_among

ATTRIBUTIONS = (
    "On Thu, 22 Jul 2021 at 13:20, ACE <ace@leadership.nhs.example> wrote:",
    "On 05/07/2021 10:02, ACE wrote:",
    "Le lun. 5 juil. 2021 à 10:02, ACE <ace@leadership.nhs.example> a écrit :",
    "Am 05.07.2021 um 10:02 schrieb ACE:",
    "El lun, 5 jul 2021 a las 10:02, ACE (<ace@leadership.nhs.example>) escribió:",
    "Il giorno lun 5 lug 2021 alle ore 10:02 ACE ha scritto:",
    "Op ma 5 jul. 2021 om 10:02 schreef ACE <ace@leadership.nhs.example>:",
    "W dniu 05.07.2021 o 10:02, ACE pisze/napisał:",
    "ACE <ace@leadership.nhs.example> wrote:",
    "2021-07-05 10:02 GMT+01:00 ACE <ace@leadership.nhs.example>:",
    '05.07.2021, 10:02, "ACE" <ace@leadership.nhs.example>:',
    "пн, 5 июл. 2021 г. в 10:02, ACE <ace@leadership.nhs.example>:",
    "On 5 Jul 2021, at 10:02, ACE <ace@leadership.nhs.example> sent:",
    "On Mon, 5 Jul 2021 at 10:02 AM Ada Bell",
    "------On 05/07/2021 10:02, ACE wrote-----",
)


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_split_cuts_a_quote_below_its_attribution(attribution: str) -> None:
    text = f"Yes please.\n\n{attribution}\n\n> Dear colleague,\n> The call is open.\n"

    assert new_text(text, split(text)) == "Yes please."


def test_split_joins_an_attribution_over_two_lines() -> None:
    text = "Yes.\n\nOn Thu, 22 Jul 2021 at 13:20, ACE\n<ace@leadership.nhs.example> wrote:\n\n> x\n"

    assert new_text(text, split(text)) == "Yes."


def test_split_takes_all_below_an_outlook_header_for_quoted() -> None:
    text = (
        "Count us in.\n\nFrom: ACE <ace@leadership.nhs.example>\nSent: 05 July 2021 10:02\n"
        "To: Tom\nSubject: ACE\n\nDear colleague,\n\nThe call is open.\n"
    )

    assert new_text(text, split(text)) == "Count us in."
    assert [piece.kind for piece in split(text)] == [
        PieceKind.NEW,
        PieceKind.FORWARD_HEADER,
        PieceKind.QUOTED,
    ]


@pytest.mark.parametrize(
    "header",
    [
        "-----Original Message-----\nFrom: ACE\nSent: Monday\nTo: Tom\n",
        "Von: ACE\nGesendet: Montag\nAn: Tom\nBetreff: ACE\n",
        "De : ACE\nEnvoyé : lundi\nÀ : Tom\nObjet : ACE\n",
        "________________________________\nFrom: ACE\nSent: Monday\nTo: Tom\nSubject: ACE\n",
        ">>> ACE <ace@leadership.nhs.example> 05/07/2021 10:02 >>>\n",
        "-----Oprindelig meddelelse-----\n",
        "*-------- Original Message --------*\n",
        "-------- Message transféré --------\nSujet : \tACE\nDate : \tlundi\nDe : \tACE\n",
    ],
)
def test_split_knows_the_quotes_of_many_clients(header: str) -> None:
    text = f"Count us in.\n\n{header}\nThe call is open.\n"

    assert new_text(text, split(text)) == "Count us in."


def test_split_keeps_answers_between_quoted_lines() -> None:
    asked = "On 05/07/2021 10:02, ACE wrote:\n> Your name?\n"
    text = f"{asked}\nAda Bell\n\n> Your number?\n\n07700 900123\n"

    assert new_text(text, split(text)).split() == ["Ada", "Bell", "07700", "900123"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Sent from my iPhone", PieceKind.SENT_FROM),
        ("Get Outlook for Android", PieceKind.SENT_FROM),
        ("Von meinem iPhone gesendet", PieceKind.SENT_FROM),
        ("Envoyé de mon iPad", PieceKind.SENT_FROM),
        ("Sent from my desk, which is quicker than my phone. Sorry.", PieceKind.NEW),
        ("Sent from my desk, not from my mobile phone", PieceKind.NEW),
        ("Envoyé à partir de Outlook pour iOS", PieceKind.SENT_FROM),
        ("On Monday 5 July at 10:30 we all met in the hall", PieceKind.NEW),
        ("CAUTION: This email originated from outside of the organisation.", PieceKind.BANNER),
        ("[EXTERNAL] Do not click links unless you know the sender", PieceKind.BANNER),
        ("If you are not the intended recipient please delete this.", PieceKind.DISCLAIMER),
        ("This e-mail has been scanned for viruses.", PieceKind.DISCLAIMER),
        ("We met outside the hospital, in the rain.", PieceKind.NEW),
        ("On Tuesday the council wrote:", PieceKind.NEW),
    ],
)
def test_kinds_of_tells_a_machines_line_from_a_persons(line: str, kind: PieceKind) -> None:
    assert kinds_of(split_lines(line)) == [kind]


def test_split_takes_what_follows_the_rule_for_signature() -> None:
    text = "Hello.\n\n-- \nAda Bell\n07700 900123\n"

    assert [piece.kind for piece in split(text)] == [PieceKind.NEW, PieceKind.SIGNATURE]


SHAPES = st.sampled_from(
    [
        "",
        "> x",
        ">> y",
        "-- ",
        "On 1 Jan 2021 at 10:00, A <a@b.example> wrote:",
        "From: A",
        "To: B",
        "Subject: C",
        "Sent: D",
        "Hello.",
        "Begin forwarded message:",
        "*****",
        "Sent from my iPhone",
    ]
)


@given(st.lists(st.one_of(SHAPES, st.text(max_size=40)), max_size=30))
def test_split_loses_nothing(lines: list[str]) -> None:
    text = "\n".join(lines)

    assert "".join(text[piece.start : piece.end] for piece in split(text)) == text


SLOW = ["On \n", "From: x\n", "> \n", "On 1 wrote:\n> x\n"]


@pytest.mark.parametrize("unit", slow_among([*SLOW, "a@b wrote", "-"], SLOW))
def test_split_takes_time_in_proportion_to_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        start = process_time()
        split(text)
        return process_time() - start

    small = min(seconds(20_000) for _ in range(3))

    assert min(seconds(160_000) for _ in range(2)) < 8 * 4 * small + 0.2
