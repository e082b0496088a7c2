"""How letters end: a bare sign-off stays with the words, a signature does not."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.understanding.texts.lines import split_lines
from intake.understanding.texts.pieces import (
    PieceKind,
    kinds_of,
    new_text,
    signature_text,
    split,
)

WORDS = "Hello Tom,\n\nwe will bring forty chairs on Friday.\n"
QUOTE = "\n\nOn Thu, 22 Jul 2021 at 13:20, Tom <tom@harbour.example> wrote:\n> Chairs?\n"


def _read(text: str) -> tuple[str, str]:
    pieces = split(text)
    return new_text(text, pieces), signature_text(text, pieces)


@pytest.mark.parametrize("quote", ["", QUOTE])
@pytest.mark.parametrize(
    "sign_off",
    [
        "Best regards,\nZoe",
        "Thx\nZoe",
        "Thanks, Zoe x",
        "Liebe Grüße\nZoe Hart",
        "Ystävällisin terveisin\nZoe Hart",
        "Bien cordialement,\n\nZoe Hart",
        "Z poważaniem,\nZoe Hart",
        "Cu stimă,\nZoe Hart",
        "С уважением,\nЗоя Харт",
        "Kh\nZoe",
        "よろしくお願いします。\n海野",
    ],
)
def test_a_bare_sign_off_is_a_closing_in_any_language(sign_off: str, quote: str) -> None:
    reply, signature = _read(f"{WORDS}\n{sign_off}{quote}")

    assert reply == f"{WORDS}\n{sign_off}"
    assert signature == sign_off


@pytest.mark.parametrize("quote", ["", QUOTE])
@pytest.mark.parametrize(
    "sign_off",
    [
        "Kind regards\n\nZoe Hart\nCaretaker, Harbour Kitchen",
        "Mit freundlichen Grüßen\nZoe Hart\nTel.: 01632 960123",
        "Zoe Hart\nHarbour Kitchen\n+44 7700 900123",
        "Zoe Hart | Harbour Kitchen | 07700 900123",
        "Zoe Hart\nvia mobile",
        "---\nZoe",
        "_________________\nharbour-talk mailing list\nharbour-talk@harbour.example",
        "- Zoe",
        "-- \nZoe\n\nHarbour Kitchen",
        "Warmly,\nZoe Hart\n\nSent from my iPad".replace("\n\n", "\nCook\n\n"),
    ],
)
def test_a_signature_is_none_of_the_reply(sign_off: str, quote: str) -> None:
    assert _read(f"{WORDS}\n{sign_off}{quote}") == (WORDS.strip(), sign_off)


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my Zephyr FOLD 5",
        "Sent from my mobile. Please excuse brevity.",
        "Inviato dal mio iPad",
        "Отправлено с iPhone",
        "iPhone'umdan gönderildi",
        "发自我的iPhone",
        "Envoyé depuis mon téléphone",
    ],
)
def test_what_a_telephone_adds_is_signature_with_all_below_it(line: str) -> None:
    assert _read(f"Fine.\n\n{line}\n\nHarbour Kitchen, the green door") == (
        "Fine.",
        f"{line}\n\nHarbour Kitchen, the green door",
    )


def test_words_below_a_telephones_line_with_none_above_are_new() -> None:
    assert _read("Sent from my iPhone\n\nFine.") == ("Fine.", "Sent from my iPhone")


@pytest.mark.parametrize(
    "text",
    [
        "Thanks,\nZoe",
        "We need:\n- chairs",
        "What we need\n------------\nForty chairs",
        "We need three things.\n\nChairs\nTables\nCups",
        "Who comes?\n\nPlease ring 07700 900123 or come to the door.",
        "It is on Friday.\n\nInvoices (if any) to Zoe at zoe@harbour.example.\nThe rest to me.",
        "Dear all,\n\nJoin 300 others on 8 September.\nRing 07700 900123.",
    ],
)
def test_what_is_meant_to_be_read_is_no_signature(text: str) -> None:
    assert [piece.kind for piece in split(text)] == [PieceKind.NEW]


def test_a_writer_who_is_known_signs_by_name_alone() -> None:
    lines = split_lines("Forty chairs then.\n\nzoe hart, cook\n")

    kinds = kinds_of(lines, names=["Zoe Hart"], email="zoe@harbour.example")

    assert kinds == [PieceKind.NEW] * 2 + [PieceKind.CLOSING] * 2


ENDS = st.sampled_from(
    [
        "",
        "Regards,",
        "Zoe Hart",
        "07700 900123",
        "- Zoe",
        "---",
        "-- ",
        "Sent from my iPhone",
        "> x",
        "On 1 Jan 2021 at 10:00, A <a@b.example> wrote:",
        "This e-mail is confidential.",
        "We will bring forty chairs.",
    ]
)


@given(st.lists(st.one_of(ENDS, st.text(max_size=30)), max_size=25))
def test_pieces_cover_the_text_in_order_without_gap(lines: list[str]) -> None:
    text = "\n".join(lines)

    pieces = split(text)

    assert [piece.start for piece in pieces] == [0, *(piece.end for piece in pieces[:-1])]
    assert pieces[-1].end == len(text)


@pytest.mark.slow
def test_a_megabyte_takes_ten_times_a_tenth_of_it() -> None:
    unit = "Regards,\nZoe Hart, cook of the Harbour Kitchen\n---\n\n07700 900123\n> x\ny@z wrote\n"

    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        start = process_time()
        split(text)
        return process_time() - start

    small = seconds(100_000)

    assert min(seconds(1_000_000) for _ in range(2)) < 10 * 2 * small + 0.2
