"""Where a quote begins and ends, however mail programs wrap, translate and flatten it."""

import pytest

from intake.understanding.texts.pieces import PieceKind, new_text, split


def _new(text: str) -> str:
    return new_text(text, split(text))


@pytest.mark.parametrize(
    "header",
    [
        "发件人: 王小美 <mei@harbour.example>\n发送时间: 2021年8月2日 15:37\n收件人: Tom\n",
        "보낸 사람: Ara <ara@harbour.example>\n날짜: 2021. 8. 2. 15:37\n받는 사람: Tom\n",
        "Nuo: Rasa <rasa@harbour.example>\nKada: 2021-08-02 15:37\nKam: Tom\nTema: ACE\n",
        "==========\n\nMessage du : 02/08/2021 13:20\nDe : Zoe <zoe@harbour.example>\nA : Tom\n",
        "From: zoe@harbour.example\nDate: Mon, 2 Aug 2021 13:20:02 +0100\n",
    ],
)
def test_a_block_of_labels_with_an_address_and_a_moment_opens_a_quote(header: str) -> None:
    assert _new(f"Count us in.\n\n{header}\nThe call is open.\n") == "Count us in."


def test_labels_of_our_own_form_open_no_quote() -> None:
    text = "Name: Zoe Hart\nEmail: zoe@harbour.example\nPhone: 07700 900123\nStart: May 2021"

    assert _new(text) == text


@pytest.mark.parametrize(
    "attribution",
    [
        "On Thu, 22 Jul 2021 at 13:20 Zoe Hart\n\n<\nmailto:Zoe <zoe@harbour.example>\n> wrote:",
        "On Thu, 22 Jul 2021 at 13:20,\nZoe Hart, Harbour Kitchen\n<zoe@harbour.example>\nwrote:",
        "2021-07-22 13:20 GMT+01:00 Zoe Hart",
        "2021-07-22 13:20 GMT+01:00 Zoe Hart <\nzoe@harbour.example>:",
    ],
)
def test_an_attribution_may_be_broken_anywhere(attribution: str) -> None:
    assert _new(f"Yes please.\n\n{attribution}\n\nDear Tom,\n") == "Yes please."


@pytest.mark.parametrize(
    "attribution",
    [
        "Dana 22.7.2021. 13:20, Zoe Hart je napisao/la:",
        "Zitat von Zoe Hart <zoe@harbour.example>:",
        "On Thu, 22 Jul 2021 13:20:02 +0100, Zoe Hart said:",
        "22/07/2021 13:20, Zoe Hart kaksatas:",
        "2021年7月22日(木) 13:20 海野 <zoe@harbour.example>：",
    ],
)
def test_whatever_names_a_letter_above_a_marked_quote_is_its_attribution(attribution: str) -> None:
    assert _new(f"Yes please.\n\n{attribution}\n\n> Dear Tom,\n") == "Yes please."


def test_a_rule_of_typographic_hyphens_opens_a_quote() -> None:
    assert _new("Yes.\n\n‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐\nDear Tom,\n") == "Yes."


def test_prose_with_an_address_right_above_an_attribution_stays() -> None:
    prose = "Write to zoe@harbour.example, or ask @zoe.\nOn Monday 5 July I am away."
    text = f'{prose}\nOp 22 jul. 2021 13:20 schreef "Zoe" <zoe@harbour.example> het\nvolgende:\n> x'

    assert _new(text.replace("volgende:", "volgende geschreven:")) == prose


def test_what_was_wrapped_off_a_quoted_line_is_quoted() -> None:
    text = (
        "Fine by us.\n\nOn 22/07/2021 13:20, ACE wrote:\n"
        "> We would like to hear from every kitchen, allotment and hall in the two\n"
        "boroughs.\n> Read more (https://ace.example/call\n?id=7)\n> \n"
    )

    assert _new(text) == "Fine by us."


@pytest.mark.parametrize("answer", ["yes we can", "Yes", "07700 900123"])
def test_an_answer_right_below_its_question_is_new(answer: str) -> None:
    assert _new(f"> Do you have a hall?\n{answer}\n> And a number?\n") == answer


def test_an_ornament_of_angle_brackets_is_no_quote() -> None:
    text = "Our site:\n>>>  harbour.example  <<<\nCome and see."

    assert [piece.kind for piece in split(text)] == [PieceKind.NEW]
