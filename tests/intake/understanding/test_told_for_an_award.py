"""What a message says that counts for an award, read from its text and its files."""

from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO

import pytest
from docx import Document

from intake.understanding.understand import understand
from storage.domain.award import AwardReply
from storage.domain.programme import Programme
from tests.support.awarding import AWARDING, DETAILS, LABELS, as_lines
from tests.support.files import make_docx, make_pdf, show
from tests.support.programmes import ACE


def read(
    text: str,
    *files: tuple[str, str, bytes],
    subject: str = "Re: ACE",
    html: str | None = None,
    programme: Programme = AWARDING,
) -> AwardReply | None:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Amina Yusuf-Cole <amina@riverside.example>"
    message["To"], message["Subject"] = programme.inbox, subject
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    for name, media_type, content in files:
        maintype, _, subtype = media_type.partition("/")
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return understand(message.as_bytes(), programmes=[programme]).understanding.award


def told(text: str, **settings: str) -> dict[str, str]:
    reply = read(text, **settings)  # type: ignore[arg-type]
    assert reply is not None
    return dict(reply.told)


def test_programme_without_awards_reads_nothing_of_them() -> None:
    assert read(as_lines(), programme=ACE) is None


@pytest.mark.parametrize(
    "text",
    [
        as_lines(),
        "\n".join(f"- **{LABELS[key]}:** {value}" for key, value in DETAILS.items()),
        "\n".join(f"{LABELS[key]}\n{value}\n" for key, value in DETAILS.items()),
        "\n".join(f"{n}. {LABELS[k]} - {v}" for n, (k, v) in enumerate(DETAILS.items(), 1)),
        "\n".join(f"{LABELS[key].upper()}: {value}" for key, value in DETAILS.items()),
        f"Dear Rosalind\n\nHere they are:\n\n{as_lines()}\n\nBest wishes\nAmina\n07700 900123",
    ],
)
def test_details_are_read_behind_their_labels(text: str) -> None:
    assert told(text) == DETAILS


def test_details_are_read_in_a_table_of_a_rich_letter() -> None:
    rows = "".join(f"<tr><td>{LABELS[k]}</td><td>{v}</td></tr>" for k, v in DETAILS.items())
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "amina@riverside.example", AWARDING.inbox
    message["Subject"] = "Re: ACE"
    message.set_content(f"<p>Here you are:</p><table>{rows}</table>", subtype="html")
    found = understand(message.as_bytes(), programmes=[AWARDING]).understanding.award

    assert found is not None
    assert dict(found.told) == DETAILS


def test_short_labels_do_as_well_and_the_signature_is_not_taken_for_the_finance_contact() -> None:
    text = (
        "Organisation: Kentish Town Family Centre\nDepartment: Finance\nContact: Joyce Adeyemi\n\n"
        "Best wishes\n\nAmina Yusuf-Cole\nHead of Family Support\nTel: 020 7946 0177\n"
        "Email: amina@riverside.example\n"
    )

    assert told(text) == {
        "organisation": "Kentish Town Family Centre",
        "department": "Finance",
        "contact": "Joyce Adeyemi",
    }


@pytest.mark.parametrize("nothing", ["", "tbc", "N/A", "to follow", "not yet known", "-"])
def test_what_is_not_known_yet_is_not_told(nothing: str) -> None:
    assert told(f"Finance contact: {nothing}") == {}


@pytest.mark.parametrize(
    ("line", "unread"),
    [
        ("E-mail of the finance contact: joyce at the centre", ("email",)),
        ("Telephone of the finance contact: extension twelve", ("phone",)),
        ("May we introduce you to the other funded projects: depends on whom", ("introductions",)),
        ("Finance contact: 12-34-56 12345678", ("contact",)),
        (f"Finance department: {'Long Lane ' * 2_000}", ("department",)),
        (f"Organisation that receives the money: {'x' * 301}", ("organisation",)),
    ],
)
def test_value_that_cannot_be_right_is_named(line: str, unread: tuple[str, ...]) -> None:
    reply = read(line)

    assert reply is not None
    assert (reply.told, reply.unread) == ((), unread)


@pytest.mark.parametrize(("answer", "value"), [("Yes please!", "yes"), ("No, thank you", "no")])
def test_answer_about_introductions_is_a_yes_or_a_no(answer: str, value: str) -> None:
    assert told(f"Introductions: {answer}") == {"introductions": value}


@pytest.mark.parametrize(
    "text",
    [
        "Sort code 12-34-56, account number 12345678",
        "Our account no. is 12345678.",
        "IBAN: GB33BUKB20201555555555",
    ],
)
def test_account_number_is_noticed(text: str) -> None:
    reply = read(text)

    assert reply is not None
    assert reply.has_bank_details


def test_forwarded_answer_of_the_finance_department_is_read() -> None:
    text = (
        "Please see below.\n\n---------- Forwarded message ---------\n"
        "From: Joyce Adeyemi <finance@kentishtownfamilies.example>\nDate: Thu, 30 Sep 2021\n"
        f"Subject: Re: the award\nTo: amina@riverside.example\n\n{as_lines()}\n"
    )

    assert told(text, subject="Fwd: the award") == DETAILS


AGREEMENT = make_docx("ACE, ACE-0042", "Memorandum of understanding", "Signed: B. Kite")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("name", "media_type", "content"),
    [
        ("scan.pdf", "application/pdf", make_pdf()),
        ("IMG_0042.jpg", "image/jpeg", b"\xff\xd8\xff\xe0" + bytes(4_000)),
        ("IMG_0042.heic", "image/heic", b"\x00\x00\x00\x18ftypheic" + bytes(4_000)),
        ("agreement.docx", WORD, AGREEMENT),
        ("x.pdf", "application/pdf", make_pdf(show("Memorandum of understanding ACE-0042"))),
    ],
)
def test_signed_copy_is_known_by_what_it_is(name: str, media_type: str, content: bytes) -> None:
    reply = read("The signed copy is attached.", (name, media_type, content))

    assert reply is not None
    assert [one.name for one in reply.signed] == [name]
    assert (reply.says_signed, reply.is_doubted) == (True, False)


def test_other_documents_are_no_agreements() -> None:
    budget = make_docx("Our budget", "Rooms: 400")
    reply = read("Signed, as you asked.", ("budget.docx", WORD, budget))

    assert reply is not None
    assert reply.signed == ()


@pytest.mark.parametrize(
    "text",
    [
        "We can't sign it before Friday.",
        "Our chief executive has not signed yet.",
        "I attach a marked-up draft with our amendments.",
        "The agreement is still unsigned.",
    ],
)
def test_copy_that_is_not_signed_is_doubted(text: str) -> None:
    reply = read(text, ("agreement.docx", WORD, AGREEMENT))

    assert reply is not None
    assert reply.is_doubted


def test_details_in_the_agreement_itself_are_not_read_as_new_ones() -> None:
    paper = Document()
    paper.add_paragraph("Memorandum of understanding ACE-0042")
    for key, value in DETAILS.items():
        paper.add_paragraph(f"{LABELS[key]}: {value}")
    content = BytesIO()
    paper.save(content)
    reply = read("Signed.", ("mou.docx", WORD, content.getvalue()))

    assert reply is not None
    assert (reply.told, len(reply.signed)) == ((), 1)


def test_programme_of_ones_own_details_reads_those() -> None:
    own = replace(
        AWARDING.award,
        details=(replace(AWARDING.award.details[0], key="x", label="Cost centre"),),  # type: ignore[type-var, union-attr]
    )
    found = read("Cost centre: K 17", programme=replace(AWARDING, award=own))

    assert found is not None
    assert found.told == (("x", "K 17"),)


def test_writer_may_be_the_finance_contact() -> None:
    own = {**DETAILS, "contact": "Amina Yusuf-Cole"}

    assert told(f"{as_lines(own)}\n\nBest wishes\nAmina Yusuf-Cole") == own


@pytest.mark.parametrize(("size", "names"), [(120_000, ["IMG_0042.jpeg"]), (9_000, [])])
def test_photograph_that_a_telephone_puts_into_the_text_counts_and_a_logo_does_not(
    size: int, names: list[str]
) -> None:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "amina@riverside.example", AWARDING.inbox
    message["Subject"] = "Re: Your agreement to sign"
    message.set_content("Signed.")
    message.add_attachment(
        b"\xff\xd8\xff\xe0" + bytes(size),
        maintype="image",
        subtype="jpeg",
        filename="IMG_0042.jpeg",
        disposition="inline",
        cid="<photo@phone>",
    )
    found = understand(message.as_bytes(), programmes=[AWARDING]).understanding.award

    assert found is not None
    assert [one.name for one in found.signed] == names
