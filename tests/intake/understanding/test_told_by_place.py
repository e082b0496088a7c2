"""What a message tells by where it stands: posts, names, numbers and titles that no list holds."""

import pytest

from intake.understanding.understand import understand
from storage.domain.message import MessageKind, Understanding
from tests.support.programmes import PROGRAMMES

STORY = (
    "People who leave the Camden hospital at night go home to a cold flat and nobody knows. Last"
    " winter 31 of them were back within a week, and we would like the ward, the pantry and the"
    " council to meet every month and agree who calls whom."
)


def _read(body: str, subject: str = "Expression of interest") -> Understanding:
    raw = (
        "From: Ada Bell <ada.bell@milepantry.example>\r\nTo: ace@leadership.nhs.example\r\n"
        f"Subject: {subject}\r\nDate: Fri, 13 Aug 2021 10:25:33 +0000\r\n"
        f"Message-ID: <one@milepantry.example>\r\n\r\n{body}"
    )
    return understand(raw.encode(), programmes=PROGRAMMES).understanding


def test_signature_of_one_who_writes_for_another_tells_the_other_ones_post() -> None:
    told = _read(
        "Dr Oak will lead this; she is abroad until 30 August and reads no e-mail.\n\n"
        f"{STORY}\n\nAda Bell\nPA to Dr Maya Oak, Medical Director\nMile Hospital\n"
    )

    assert told.verdict.kind is MessageKind.EXPRESSION
    assert (told.contact.name, told.contact.role) == ("Maya Oak", "Medical Director")


def test_body_named_like_a_person_leads_nothing() -> None:
    told = _read(
        "Camden Lads and Lasses Boxing Club would like to apply. Please send the form.\n\n"
        "Ada Bell\nHead Coach\n07700 900123\n"
    )

    assert (told.contact.name, told.contact.phone) == ("Ada Bell", "+447700900123")


@pytest.mark.parametrize(
    ("signature", "role", "phone"),
    [
        ("Ada Bell, Crypt Room (Warden)\nVerger: 07700 900124\n07700 900123", "Warden", "123"),
        ("Ada Bell BTh\nManager (job-share with Tom Oak, 07700 900124)\n07700 900123", None, "123"),
        ("Ada Bell, MCIL\nManager\nCell: zero double seven double zero, 900 123", "Manager", "123"),
    ],
)
def test_signature_is_read_by_its_order(signature: str, role: str | None, phone: str) -> None:
    contact = _read(f"{STORY}\n\n{signature}\n").contact

    assert contact.name == "Ada Bell"
    assert contact.phone == f"+447700900{phone}"
    assert role is None or contact.role == role
    assert contact.organisation != "MCIL"


def test_form_of_ones_own_is_read_by_its_questions() -> None:
    told = _read(
        "1. WHO ARE YOU? Ada Bell, Chair\n2. WHAT IS YOUR GROUP? Mile Pantry\n"
        "3. HOW DO WE RING YOU? 07700 900123\n4. WHAT IS YOUR PROJECT CALLED? Warm Hands\n"
        f"5. WHO IS THE BIG BOSS WHO WILL HELP? Tom Oak\n6. WHAT IS IT ABOUT?\n\n{STORY}\n"
    )

    assert (told.contact.name, told.contact.organisation) == ("Ada Bell", "Mile Pantry")
    assert (told.title, told.senior_leader, told.summary) == ("Warm Hands", "Tom Oak", STORY)


@pytest.mark.parametrize(
    ("subject", "body", "kind"),
    [
        (
            "Our project",
            "Take Tom off and put Ada Bell down as lead for our project, please.",
            MessageKind.FOLLOW_UP,
        ),
        (
            "Your parcel",
            "Your parcel is waiting. Pay 1.45 to release it: http://x.example/pay",
            MessageKind.BULK,
        ),
        (
            "Invoice 2231",
            "Your invoice 2231 of 3 June remains unpaid. Please settle it today.",
            MessageKind.BULK,
        ),
        (
            "ACE",
            "I'd like to understand how the funding is split between partners.",
            MessageKind.QUESTION,
        ),
        (
            "Further to mine",
            "Kindly add the following to our expression of interest, which is otherwise as you"
            " have it.\n\nTitle: Warm Hands\nSenior leader: Tom Oak\nPartners: Mile Surgery",
            MessageKind.FOLLOW_UP,
        ),
    ],
)
def test_kinds_that_words_alone_mistake(subject: str, body: str, kind: MessageKind) -> None:
    assert _read(f"{body}\n\nAda Bell\n", subject).verdict.kind is kind
