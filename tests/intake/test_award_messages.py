"""An award from the yes to the copy that both have signed, through messages."""

import email
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP, default
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from intake.commands.agreements import TYPES
from storage import awards, cases, outbox
from storage.domain.award import AgreementStage, AwardFacts
from storage.domain.case import Case, CaseState
from storage.domain.decision import Outcome
from storage.domain.letter import Letter, LetterKind
from storage.domain.message import MessageKind, RecordedMessage
from tests.support.awarding import AWARDING, DETAILS, FINANCE, LABELS, MASTERCLASS, as_lines
from tests.support.files import make_pdf
from tests.support.reply_office import ROSALIND, TRUSTED, ReplyOffice

SCAN = make_pdf()
PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 800
SIGNED = LetterKind.MOU_RECEIPT


class AwardOffice(ReplyOffice):
    """The grant call with awards, and what its applicants send with their replies."""

    def reply(
        self,
        case: Case,
        text: str,
        *kinds: LetterKind,
        files: Mapping[str, bytes] | None = None,
        sender: str | None = None,
        subject: str = "Re: your letter",
        html: str | None = None,
    ) -> RecordedMessage:
        """An answer to the newest letter of these kinds, as a mail program sends it."""
        answered = self.letter_to(case, *kinds)
        message = EmailMessage(policy=SMTP)
        message["From"] = sender or f"{case.contact.name} <{case.contact.email}>"
        message["To"] = self.programme.inbox
        message["Subject"] = subject
        message["Message-ID"] = f"<reply-{self.now.timestamp()}@people.example>"
        message["In-Reply-To"] = message["References"] = answered.message_id
        message.set_content(text)
        if html is not None:
            message.add_alternative(html, subtype="html")
        for name, content in (files or {}).items():
            maintype, _, subtype = TYPES[Path(name).suffix].partition("/")
            message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
        recorded = self.take(message.as_bytes())
        self.send()
        return recorded

    def wait(self, **span: float) -> None:
        """Time goes by, and what is due leaves."""
        self.now += timedelta(**span)
        self.plan()
        self.send()

    def files_of(self, case: Case, *kinds: LetterKind) -> dict[str, bytes]:
        """What came with the newest letter of these kinds, by name."""
        letter = self.letter_to(case, *kinds)
        message = email.message_from_bytes(self.whole(letter), policy=default)
        return {
            part.get_filename() or "": part.get_payload(decode=True)  # type: ignore[misc]
            for part in message.iter_attachments()  # type: ignore[attr-defined]
        }

    def whole(self, letter: Letter) -> bytes:
        """A letter as it goes over the wire, with what it encloses."""
        with self.database.reading() as session:
            content, enclosed = outbox.wire_parts(session, letter.id)
        return content + (self._archive.get(enclosed) if enclosed else b"")

    def keep(self, content: bytes) -> None:
        """What the child that reads messages does with the files it finds."""
        self._archive.put(content)

    def award(self, case: Case) -> AwardFacts:
        with self.database.reading() as session:
            return awards.facts_of(session, self.programme, cases.get(session, case.id))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[AwardOffice]:
    made = AwardOffice(tmp_path, AWARDING)
    yield made
    made.database.close()


@pytest.fixture
def case(office: AwardOffice) -> Case:
    """Funded, and they have said yes."""
    (told,) = office.tell_outcomes(Outcome.FUNDED)
    office.reply(told, "Thank you. We accept the award.", LetterKind.OUTCOME_FUNDED)
    return told


def kinds(office: AwardOffice) -> list[LetterKind]:
    """Of the letters about cases."""
    return [letter.kind for letter in office.letters() if letter.case_id is not None]


def test_award_runs_from_the_yes_to_the_copy_that_both_signed(
    office: AwardOffice, case: Case
) -> None:
    told = office.reply(
        case,
        f"Here you are.\n\n{as_lines()}\n\nThanks\nLead Number1",
        LetterKind.AWARD_DETAILS,
    )
    assert told.changed == ("award.details",)
    assert office.award(case).told == DETAILS
    name, agreement = next(iter(office.files_of(case, LetterKind.MOU).items()))
    text = "\n".join(
        cell.text for table in Document(BytesIO(agreement)).tables for cell in table._cells
    )
    assert name == f"{case.reference} memorandum of understanding.docx"
    assert all(value in text for value in ("Joyce Adeyemi", "PO 70012", "020 7946 0188"))

    signed = office.reply(
        case, "Signed copy attached.", LetterKind.MOU, files={"scan0001.pdf": SCAN}
    )
    assert signed.changed == ("award.signed",)
    with office.database.writing() as session:
        awards.file(
            session,
            case,
            AgreementStage.COUNTERSIGNED,
            [replace(signed.understanding.award.signed[0])],  # type: ignore[union-attr]
            by=ROSALIND,
            now=office.now,
        )
    office.keep(SCAN)
    office.wait(minutes=1)

    assert kinds(office) == [
        LetterKind.OUTCOME_FUNDED,
        LetterKind.AWARD_DETAILS,
        LetterKind.AWARD_RECEIPT,
        LetterKind.MOU,
        LetterKind.MOU_RECEIPT,
        LetterKind.MOU_COUNTERSIGNED,
        LetterKind.MOU_COUNTERSIGNED,
    ]
    both = [x.recipient.email for x in office.letters(LetterKind.MOU_COUNTERSIGNED)]
    assert both == [case.contact.email, FINANCE]
    assert office.case(case.id).contact == case.contact
    assert office.case(case.id).state is CaseState.APPLIED


def test_missing_details_are_asked_for_again_and_the_rest_is_kept(
    office: AwardOffice, case: Case
) -> None:
    part = {key: DETAILS[key] for key in ("organisation", "contact")}
    office.reply(case, as_lines(part), LetterKind.AWARD_DETAILS)
    assert LetterKind.MOU not in kinds(office)
    rest = {key: value for key, value in DETAILS.items() if key not in part}
    office.reply(case, as_lines(rest), LetterKind.AWARD_RECEIPT)

    assert office.award(case).told == DETAILS
    assert kinds(office)[-2:] == [LetterKind.AWARD_RECEIPT, LetterKind.MOU]


def test_form_that_comes_back_as_a_word_file_tells_the_details(
    office: AwardOffice, case: Case
) -> None:
    ((name, blank),) = office.files_of(case, LetterKind.AWARD_DETAILS).items()
    form = Document(BytesIO(blank))
    (table,) = form.tables
    for row, value in zip(table.rows, (*DETAILS.values(), "Yes please"), strict=True):
        control = row.cells[1]._tc.find(f".//{qn('w:sdt')}")
        row.cells[1].paragraphs[0]._p.remove(control)
        row.cells[1].paragraphs[0].add_run(value)
    filled = BytesIO()
    form.save(filled)

    office.reply(case, "Attached.", LetterKind.AWARD_DETAILS, files={name: filled.getvalue()})

    assert office.award(case).told == {**DETAILS, "introductions": "yes"}
    assert kinds(office)[-1] is LetterKind.MOU


def test_blank_form_and_a_quoted_blank_letter_tell_nothing(office: AwardOffice, case: Case) -> None:
    files = office.files_of(case, LetterKind.AWARD_DETAILS)
    letter = email.message_from_bytes(
        office.wire(office.letter_to(case, LetterKind.AWARD_DETAILS)), policy=default
    )
    text = letter.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    quoted = "\n".join(f"> {line}" for line in text.splitlines())
    message = office.reply(
        case,
        f"Thanks, I will ask finance.\n\nOn Monday, ACE wrote:\n{quoted}",
        LetterKind.AWARD_DETAILS,
        files=files,
    )

    assert message.changed == ()
    assert office.award(case).details == ()


def test_values_written_into_the_quoted_letter_fill_what_is_blank(
    office: AwardOffice, case: Case
) -> None:
    quoted = "\n".join(f"> - {LABELS[key]}: {value}" for key, value in DETAILS.items())
    office.reply(case, f"See below.\n\nOn Monday, ACE wrote:\n{quoted}\n", LetterKind.AWARD_DETAILS)

    assert office.award(case).told == DETAILS


def test_detail_that_is_too_long_is_asked_for_again(office: AwardOffice, case: Case) -> None:
    told = {**DETAILS, "department": "Second Floor, Long Lane, " * 800}
    office.reply(case, as_lines(told), LetterKind.AWARD_DETAILS)

    kept = {key: value for key, value in DETAILS.items() if key != "department"}
    assert office.award(case).told == kept
    receipt = office.wire(office.letter_to(case, LetterKind.AWARD_RECEIPT))
    assert b"or is too long; please send it once" in b" ".join(receipt.split())
    assert len(receipt) < 40_000
    assert LetterKind.MOU not in kinds(office)


def test_account_number_is_noted_nowhere_and_the_sender_is_told(
    office: AwardOffice, case: Case
) -> None:
    told = "Finance contact: Joyce Adeyemi\nSort code: 12-34-56\nAccount number: 12345678\n"
    office.reply(case, told, LetterKind.AWARD_DETAILS)

    assert office.award(case).told == {"contact": "Joyce Adeyemi"}
    receipt = office.wire(office.letter_to(case, LetterKind.AWARD_RECEIPT))
    assert b"You sent us an account number." in receipt
    assert b"12345678" not in receipt


@pytest.mark.parametrize("sender", ["stranger@elsewhere.example", "Lead <lead1@trust2.example>"])
def test_strangers_details_wait_for_a_person(office: AwardOffice, case: Case, sender: str) -> None:
    message = office.reply(case, as_lines(), LetterKind.AWARD_DETAILS, sender=sender)

    assert office.award(case).details == ()
    assert message.understanding.verdict.hold == "stranger"


def test_details_that_the_senders_domain_disowns_wait_for_a_person(
    office: AwardOffice, case: Case
) -> None:
    letter = office.letter_to(case, LetterKind.AWARD_DETAILS)
    message = office.receive(
        as_lines(),
        f"Authentication-Results: {TRUSTED}; dmarc=fail header.from=trust1.example",
        f"In-Reply-To: {letter.message_id}",
        sender=f"<{case.contact.email}>",
    )

    assert (message.changed, message.understanding.verdict.hold) == ((), "dmarc_fail")
    assert office.award(case).details == ()


def test_finance_department_may_send_the_signed_copy_itself(
    office: AwardOffice, case: Case
) -> None:
    office.reply(case, as_lines(), LetterKind.AWARD_DETAILS)
    signed = office.reply(
        case, "Please find the signed MoU.", LetterKind.MOU, files={"s.jpg": PHOTO}, sender=FINANCE
    )

    assert signed.changed == ("award.signed",)
    assert office.letter_to(case, SIGNED).recipient.email == FINANCE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We have not signed it yet: our lawyers propose changes, tracked.", "agreement.docx"),
        ("Could you tell us what clause 3 means?", "agreement.docx"),
        ("Here is a photograph of our first meeting.", "meeting.jpg"),
    ],
)
def test_copy_that_is_doubted_waits_for_a_person(
    office: AwardOffice, case: Case, text: str, name: str
) -> None:
    office.reply(case, as_lines(), LetterKind.AWARD_DETAILS)
    ((_, agreement),) = office.files_of(case, LetterKind.MOU).items()
    message = office.reply(case, text, LetterKind.MOU, files={name: agreement})

    assert message.changed == ()
    assert office.award(case).agreements == ()


def test_signed_copy_with_a_question_is_filed_and_the_question_promised_an_answer(
    office: AwardOffice, case: Case
) -> None:
    office.reply(case, as_lines(), LetterKind.AWARD_DETAILS)
    signed = office.reply(
        case,
        "The signed copy is attached. When will the money be paid?",
        LetterKind.MOU,
        files={"mou.pdf": SCAN},
    )

    assert signed.understanding.verdict.kind is MessageKind.QUESTION
    assert signed.changed == ("award.signed",)
    assert b"a person will answer you by" in office.wire(office.letter_to(case, SIGNED))
    assert LetterKind.ACKNOWLEDGEMENT not in kinds(office)


def test_correction_sends_a_new_agreement_and_an_early_signature_does_not_count(
    office: AwardOffice, case: Case
) -> None:
    office.reply(case, as_lines(), LetterKind.AWARD_DETAILS)
    office.reply(case, "Finance contact: Samir Nasser", LetterKind.MOU)
    first, second = office.letters(LetterKind.MOU)

    assert b"takes the place" in office.wire(second)
    assert first.key != second.key
    assert office.award(case).told == {**DETAILS, "contact": "Samir Nasser"}


def test_details_told_after_the_signature_are_for_a_person(office: AwardOffice, case: Case) -> None:
    office.reply(case, as_lines(), LetterKind.AWARD_DETAILS)
    office.reply(case, "Signed copy attached.", LetterKind.MOU, files={"mou.pdf": SCAN})
    changed = office.reply(case, "Finance contact: Mallory", SIGNED)

    assert changed.changed == ()
    assert office.award(case).told == DETAILS


def test_silence_is_chased_and_an_answer_ends_it(office: AwardOffice, case: Case) -> None:
    office.wait(days=8)
    office.reply(case, as_lines(), LetterKind.AWARD_CHASE)
    office.wait(days=8)
    office.reply(case, "Signed copy attached.", LetterKind.MOU_CHASE, files={"mou.pdf": SCAN})
    office.wait(days=30)

    assert kinds(office)[2:] == [
        LetterKind.AWARD_CHASE,
        LetterKind.AWARD_RECEIPT,
        LetterKind.MOU,
        LetterKind.MOU_CHASE,
        LetterKind.MOU_RECEIPT,
    ]


def test_who_withdraws_hears_no_more_of_the_award(office: AwardOffice, case: Case) -> None:
    office.reply(
        case,
        "I am sorry, we have to withdraw our application from the programme.",
        LetterKind.AWARD_DETAILS,
    )
    before = kinds(office)
    office.wait(days=30)

    assert office.case(case.id).state is CaseState.WITHDRAWN
    assert kinds(office) == before


def test_answers_to_an_invitation_are_recorded_and_withdraw_nobody(tmp_path: Path) -> None:
    programme = replace(AWARDING, events=(MASTERCLASS,))
    office = AwardOffice(tmp_path, programme)
    (told,) = office.tell_outcomes(Outcome.FUNDED)
    office.reply(told, "Thank you. We accept the award.", LetterKind.OUTCOME_FUNDED)
    office.reply(told, as_lines(), LetterKind.AWARD_DETAILS)
    office.now = datetime(2021, 10, 25, 9, tzinfo=UTC)
    office.wait(minutes=1)
    office.reply(told, "Yes, I will be there.", LetterKind.INVITATION)
    office.reply(told, "Sorry, I can no longer attend the masterclass.", LetterKind.INVITATION)

    answers = [(one.event, one.comes) for one in office.award(told).answers]
    assert answers == [("masterclass-1", True), ("masterclass-1", False)]
    assert office.case(told.id).state is CaseState.APPLIED
    office.database.close()


def test_only_those_who_agreed_are_introduced_and_only_to_each_other(tmp_path: Path) -> None:
    office = AwardOffice(tmp_path, AWARDING)
    told = office.tell_outcomes(Outcome.FUNDED, Outcome.FUNDED, Outcome.FUNDED)
    for number, case in enumerate(told):
        answer = "no" if number == 2 else "yes"
        office.reply(case, "Thank you. We accept the award.", LetterKind.OUTCOME_FUNDED)
        line = f"May we introduce you to the other funded projects: {answer}"
        office.reply(case, f"{as_lines()}\n{line}", LetterKind.AWARD_DETAILS)
    assert LetterKind.INTRODUCTION not in kinds(office)
    office.now = datetime(2021, 11, 8, 9, tzinfo=UTC)
    office.wait(minutes=1)

    letters = office.letters(LetterKind.INTRODUCTION)
    assert [x.case_id for x in letters] == [told[0].id, told[1].id]
    first, second = map(office.wire, letters)
    assert b"lead2@trust2.example" in first
    assert b"lead1@trust1.example" in second
    assert not any(b"lead3" in one for one in (first, second))

    office.reply(told[2], "Introductions: yes please", LetterKind.AWARD_RECEIPT)
    office.wait(minutes=1)
    later = office.letters(LetterKind.INTRODUCTION)[2:]
    assert sorted(x.case_id or 0 for x in later) == [case.id for case in told]
    office.database.close()
