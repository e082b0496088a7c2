import pytest

from intake.understanding.echoes import ROTATING_SENDERS, hold_echo, make_fingerprint
from storage.domain.acquaintance import Acquaintance, Echoes
from storage.domain.letter import LetterKind
from storage.domain.message import MessageKind, Verdict

AFTER_OUR_PACK = Acquaintance(answered=(LetterKind.APPLICATION_PACK,))
STRANGER = Acquaintance()


def hold_of(
    kind: MessageKind, known: Acquaintance = STRANGER, *, is_news: bool = False, **echoes: object
) -> str | None:
    signs = Echoes(**echoes)  # type: ignore[arg-type]
    return hold_echo(Verdict(kind, "test"), known, signs, is_news=is_news).hold


@pytest.mark.parametrize("kind", [MessageKind.QUESTION, MessageKind.UNCLEAR])
def test_first_message_is_acknowledged_and_no_second_one(kind: MessageKind) -> None:
    assert hold_of(kind) is None
    assert hold_of(kind, is_acknowledged=True) == "acknowledged_already"


def test_question_about_our_pack_is_acknowledged_but_chatter_is_not() -> None:
    assert hold_of(MessageKind.QUESTION, AFTER_OUR_PACK) is None
    assert hold_of(MessageKind.UNCLEAR, AFTER_OUR_PACK) == "answers_our_letter"


def test_reply_that_tells_nothing_new_is_held_and_one_that_does_is_answered() -> None:
    assert hold_of(MessageKind.FOLLOW_UP, AFTER_OUR_PACK) == "answers_our_letter"
    assert hold_of(MessageKind.FOLLOW_UP, AFTER_OUR_PACK, is_news=True) is None
    assert hold_of(MessageKind.FOLLOW_UP, is_news=True, is_acknowledged=True) is None


def test_newer_form_is_answered_even_where_it_changes_no_detail() -> None:
    assert hold_of(MessageKind.APPLICATION, AFTER_OUR_PACK) is None


def test_same_text_from_one_address_after_the_other_is_held() -> None:
    assert hold_of(MessageKind.EXPRESSION, is_news=True, same_text=ROTATING_SENDERS - 1) is None
    assert hold_of(MessageKind.EXPRESSION, is_news=True, same_text=ROTATING_SENDERS) == "same_text"


def test_earlier_hold_stands_and_machines_need_none() -> None:
    held = Verdict(MessageKind.UNCLEAR, "test", hold="stranger")

    assert hold_echo(held, STRANGER, Echoes(True, 9), is_news=False) == held
    assert hold_of(MessageKind.AUTO_REPLY, is_acknowledged=True, same_text=9) is None


def test_fingerprint_knows_a_text_again_whatever_its_spacing_and_case() -> None:
    text = "Claim your grant today, just reply with the name of your organisation and its bank."

    assert make_fingerprint(text) == make_fingerprint(text.upper().replace(" ", "\n> "))
    assert make_fingerprint(text) != make_fingerprint(text.replace("grant", "prize"))
    assert make_fingerprint("Thank you for your message.") is None
