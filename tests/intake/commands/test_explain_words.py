"""Every rule, piece and action has its words."""

from intake.commands.explaining.words import (
    ANSWER_WORDS,
    HOLD_WORDS,
    METHOD_WORDS,
    PIECE_WORDS,
    hold_in_words,
    percent,
)
from intake.understanding.texts.pieces import PieceKind
from intake.understanding.triage.holds import HOLDS
from intake.understanding.triage.triage import RULES
from responders.rule_words import RULE_WORDS, rule_in_words
from storage.domain.message import (
    DECISION_SHEET,
    INSTRUCTIONS,
    ORGANISER_REPLY,
    PANEL_MEMBER,
    SCORES,
    TOO_BIG,
    Action,
)
from tests.support.corpus import MESSAGES, read_message

OF_ORGANISERS = {DECISION_SHEET, SCORES, PANEL_MEMBER, INSTRUCTIONS, ORGANISER_REPLY}
BESIDE = {TOO_BIG, *OF_ORGANISERS, "nothing_matches"}
"""Rules that are none of triage's."""


def test_every_rule_has_words_and_no_other_has() -> None:
    assert RULE_WORDS.keys() == {rule.name for rule in RULES} | BESIDE
    assert HOLD_WORDS.keys() == {hold.name for hold in HOLDS}


def test_every_piece_and_action_has_words() -> None:
    assert PIECE_WORDS.keys() == set(PieceKind)
    assert max(map(len, PIECE_WORDS.values())) < 12
    assert ANSWER_WORDS.keys() == set(Action)


def test_every_method_of_the_corpus_has_words() -> None:
    findings = [f for path in MESSAGES for f in read_message(path).understanding.findings]

    assert {finding.method for finding in findings} <= METHOD_WORDS.keys()


def test_a_rule_of_the_organisers_goes_by_its_name() -> None:
    assert rule_in_words("half_term") == hold_in_words("half_term") == "a rule of your own"


def test_an_overruled_machine_rule_says_why_the_answer_waits() -> None:
    told = hold_in_words("list_field")

    assert told == "it came through a mailing list, and still reads as a person's own"


def test_nothing_is_wholly_sure() -> None:
    assert [percent(sure) for sure in (0.999, 0.5)] == ["99%", "50%"]
