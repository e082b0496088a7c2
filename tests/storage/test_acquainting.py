from dataclasses import replace

from storage import cases, outbox
from storage.database import Database
from storage.domain.acquaintance import Acquaintance
from storage.domain.case import CaseState
from storage.domain.letter import LetterKind
from storage.domain.message import MessageKind, Understanding
from storage.domain.people import Contact, Nominee
from tests.support.ledger import (
    MONDAY,
    count_queries,
    enqueue,
    make_draft,
    open_case,
    record,
    with_id,
)
from tests.support.understandings import AMINA, BEN, make_understanding

STRANGER = "somebody@elsewhere.example"


def make_answer(
    *named: str, sender: str = STRANGER, contact: Contact = Contact(), **told: object
) -> Understanding:
    """What a stranger writes in a thread of these Message-IDs, the nearest last."""
    understanding = make_understanding(
        MessageKind.FOLLOW_UP, sender=sender, contact=contact, **told
    )
    head = replace(
        understanding.head,
        message_id="<new@x.example>",
        in_reply_to=named[-1:],
        references=named,
    )
    return replace(understanding, head=head)


def test_stranger_without_a_thread_is_unknown(database: Database) -> None:
    with database.writing() as session:
        open_case(session)
        known = cases.acquaint(session, "ace", make_answer())

    assert known == Acquaintance()


def test_answered_letters_and_the_case_of_the_newest(database: Database) -> None:
    with database.writing() as session:
        one, two = open_case(session, 1), open_case(session, 2)
        pack = enqueue(session, make_draft("application_pack/case:1", case_id=one.id))
        receipt = enqueue(
            session,
            make_draft("update_receipt/message:2", kind=LetterKind.UPDATE_RECEIPT, case_id=two.id),
        )
        known = cases.acquaint(
            session, "ace", make_answer(receipt.message_id, pack.message_id, "<else@x.example>")
        )

    assert known.answered == (LetterKind.UPDATE_RECEIPT, LetterKind.APPLICATION_PACK)
    assert known.by_letter == two


def test_letter_of_another_programme_is_ours_but_names_no_case_here(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session)
        letter = enqueue(session, make_draft(case_id=case.id))
        known = cases.acquaint(session, "s5", make_answer(letter.message_id))

    assert known == Acquaintance(answered=(LetterKind.APPLICATION_PACK,))


def test_earlier_messages_of_the_thread_lead_to_their_cases(database: Database) -> None:
    with database.writing() as session:
        one, two = open_case(session, 1), open_case(session, 2)
        known = cases.acquaint(session, "ace", make_answer("<1@x.example>", "<2@x.example>"))

    assert known.by_message == (two, one)


def test_first_reference_that_exists_is_taken(database: Database) -> None:
    with database.writing() as session:
        one, two = open_case(session, 1), open_case(session, 2)
        known = cases.acquaint(
            session, "ace", make_answer(), references=("ACE-0404", two.reference, one.reference)
        )
        elsewhere = cases.acquaint(session, "s5", make_answer(), references=(one.reference,))

    assert known.by_reference == two
    assert elsewhere.by_reference is None


def test_people_are_known_by_sender_or_contact_newest_case_first(database: Database) -> None:
    with database.writing() as session:
        amina = open_case(session, 1)
        ben = open_case(session, 2, contact=BEN, state=CaseState.WITHDRAWN)
        open_case(session, 3, programme="s5")
        known = cases.acquaint(
            session, "ace", make_answer(sender="AMINA@riverside.example", contact=BEN)
        )

    assert known.of_people == (ben, amina)


def test_repeated_message_id_is_seen_in_its_programme_only(database: Database) -> None:
    again = with_id(make_understanding(), "<1@x.example>")
    with database.writing() as session:
        first = record(session, 1)
        assert cases.acquaint(session, "ace", again).repeats == first.id
        assert cases.acquaint(session, "s5", again).repeats is None
        assert cases.acquaint(session, "ace", make_answer()).repeats is None


def test_nominees_who_have_a_case_are_named_by_their_place(database: Database) -> None:
    organisation = "Lantern House"
    with database.writing() as session:
        by_address = open_case(
            session, 1, contact=Contact("Sam Ford", "sam@lantern.example"), people=frozenset()
        )
        by_nominator = open_case(
            session,
            2,
            contact=Contact("Mei  Castellanos"),
            people=frozenset({"amina@riverside.example"}),
        )
        by_organisation = open_case(
            session,
            3,
            contact=Contact("Jo Park", organisation=organisation),
            people=frozenset(),
        )
        open_case(session, 4, contact=Contact("Lee Lin", organisation="Else"), people=frozenset())
        nominees = (
            Nominee("Somebody New"),
            Nominee("S. Ford", email="SAM@lantern.example"),
            Nominee("mei castellanos", email="mei@lantern.example"),
            Nominee("Jo PARK", organisation="lantern house"),
            Nominee("Sam Ford", email="other@lantern.example"),
            Nominee("Lee Lin", organisation=organisation),
        )
        known = cases.acquaint(
            session, "ace", make_understanding(MessageKind.NOMINATION, nominees=nominees)
        )

    assert known.nominated == ((1, by_address), (2, by_nominator), (3, by_organisation))


def test_queries_do_not_grow_with_what_is_known(database: Database) -> None:
    with database.writing() as session:
        open_case(session, 1)
        nominee = (Nominee("Amina Okonjo"),)
        answer = make_answer("<1@x.example>", contact=AMINA, nominees=nominee)
        with count_queries(session) as few:
            cases.acquaint(session, "ace", answer)
        for number in range(2, 30):
            case = open_case(session, number)
            enqueue(session, make_draft(f"application_pack/case:{case.id}", case_id=case.id))
        session.flush()
        letters = [letter.message_id for letter in outbox.list_letters(session)]
        answer = make_answer("<1@x.example>", *letters, contact=AMINA, nominees=nominee * 30)
        with count_queries(session) as many:
            known = cases.acquaint(session, "ace", answer)

    assert len(known.of_people) == 29
    assert len(many) == len(few) <= 9


def test_hostile_thread_is_looked_up_in_part(database: Database) -> None:
    named = [f"<{number}@x.example>" for number in range(50_000)]
    with database.writing() as session:
        case = open_case(session, 49_999)
        far = open_case(session, 7)
        known = cases.acquaint(session, "ace", make_answer(*named))

    assert known.by_message == (case,)
    assert far not in known.by_message


def test_acquainting_only_reads(database: Database) -> None:
    """Acquainting only reads: it works in a session that can't write."""
    with database.writing() as session:
        case = open_case(session)
        cases.set_attention(session, case.id, MONDAY)

    with database.reading() as session:
        known = cases.acquaint(session, "ace", make_answer(sender="amina@riverside.example"))
    assert [found.id for found in known.of_people] == [case.id]
