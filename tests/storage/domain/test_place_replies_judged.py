"""What a reply to the offer of a place does to the nominee's case."""

from dataclasses import replace

import pytest

from storage.domain.case import Case, CaseState
from storage.domain.lifecycle import decide_consequence, judge_reply
from storage.domain.message import MessageKind, Verdict
from storage.domain.people import Contact
from storage.domain.placement import Reply
from tests.support.programmes import SURREY
from tests.support.understandings import AMINA, make_case, make_understanding

JOAN = Contact("Joan Achterberg", "joan@hospice.example")
FOLLOW_UP, QUESTION = MessageKind.FOLLOW_UP, MessageKind.QUESTION
UNCLEAR, WITHDRAWAL = MessageKind.UNCLEAR, MessageKind.WITHDRAWAL


def nominee(contact: Contact = JOAN) -> Case:
    return make_case(
        state=CaseState.NOMINATED,
        contact=contact,
        nominated_by=AMINA,
        summary=None,
        people=frozenset({"joan@hospice.example", "amina@riverside.example"}),
    )


@pytest.mark.parametrize(
    ("kind", "reply", "hold", "judged", "takes_place"),
    [
        (FOLLOW_UP, Reply.YES, None, FOLLOW_UP, True),
        (UNCLEAR, Reply.YES, None, FOLLOW_UP, True),
        (QUESTION, Reply.YES, None, QUESTION, True),
        (WITHDRAWAL, Reply.YES, None, UNCLEAR, False),
        (FOLLOW_UP, Reply.NO, None, WITHDRAWAL, False),
        (QUESTION, Reply.NO, None, WITHDRAWAL, False),
        (FOLLOW_UP, Reply.UNCLEAR, None, UNCLEAR, False),
        (WITHDRAWAL, Reply.UNCLEAR, None, UNCLEAR, False),
        (QUESTION, Reply.UNCLEAR, None, QUESTION, False),
        (FOLLOW_UP, Reply.YES, "dmarc_fail", UNCLEAR, False),
        (WITHDRAWAL, Reply.NO, "dmarc_fail", UNCLEAR, False),
        (WITHDRAWAL, None, None, WITHDRAWAL, False),
        (MessageKind.AUTO_REPLY, Reply.YES, None, MessageKind.AUTO_REPLY, False),
    ],
)
def test_only_what_is_clear_is_acted_upon(
    kind: MessageKind, reply: Reply | None, hold: str | None, judged: MessageKind, takes_place: bool
) -> None:
    verdict, takes = judge_reply(Verdict(kind, "letter_answered", hold), reply)

    assert (verdict.kind, verdict.hold, takes) == (judged, hold, takes_place)
    assert verdict.rule.rpartition(":")[2] == "letter_answered"


def test_place_that_is_taken_confirms_the_nominee() -> None:
    told = make_understanding(FOLLOW_UP, sender="joan@hospice.example", contact=JOAN)

    done = decide_consequence(told, SURREY, case=nominee(), takes_place=True)

    assert done.changes == replace(nominee(), state=CaseState.CONFIRMED)
    assert done.changed == ("state",)


def test_yes_of_whoever_nominated_does_not_put_them_in_the_place() -> None:
    told = make_understanding(FOLLOW_UP, contact=AMINA)

    done = decide_consequence(told, SURREY, case=nominee(), takes_place=True)

    assert done.changes is not None
    assert done.changes.contact == JOAN


def test_question_with_a_yes_confirms_and_tells_nothing_else() -> None:
    told = make_understanding(QUESTION, sender="joan@hospice.example", contact=AMINA)

    done = decide_consequence(told, SURREY, case=nominee(), takes_place=True)

    assert done.changes == replace(nominee(), state=CaseState.CONFIRMED)


def test_nominator_tells_where_a_nominee_is_reached_and_never_replaces_one() -> None:
    nameless = nominee(Contact("Piotr Sowa"))
    told = make_understanding(FOLLOW_UP, contact=AMINA, told_address="piotr@porters.example")

    done = decide_consequence(told, SURREY, case=nameless)
    known = decide_consequence(told, SURREY, case=nominee())
    silent = decide_consequence(replace(told, told_address=None), SURREY, case=nameless)

    assert done.changes is not None
    assert done.changes.contact == Contact("Piotr Sowa", "piotr@porters.example")
    assert "piotr@porters.example" in done.changes.people
    assert (done.changed, known.changes, silent.changes) == (("contact.email",), None, None)
