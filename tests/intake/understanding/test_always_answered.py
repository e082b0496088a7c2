"""People who look like machines at a glance, one named case each: their answer is never lost."""

import pytest

from intake.understanding.understand import understand
from storage.domain.message import MessageKind, Understanding
from tests.support.incoming import STORY, write_message, write_reply
from tests.support.programmes import PROGRAMMES

EXPRESSION = f"Dear ACE\n\nPlease accept this as our expression of interest.\n\n{STORY}\n\nSam"


def _read(raw: bytes) -> Understanding:
    return understand(raw, programmes=PROGRAMMES).understanding


def _is_answered(told: Understanding) -> bool:
    verdict = told.verdict
    return not verdict.kind.is_machine and verdict.hold is None and told.answer_to is not None


FIELDS = {
    "auto-submitted no": "Auto-Submitted: no",
    "auto-submitted no, with a comment": "Auto-Submitted: no (auto-replied is for robots)",
    "outlook suppresses receipts": "X-Auto-Response-Suppress: DR, RN, NRN",
    "outlook suppresses nothing": "X-Auto-Response-Suppress: None",
    "precedence normal": "Precedence: normal",
    "precedence first-class": "Precedence: first-class",
    "precedence special-delivery": "Precedence: special-delivery",
    "asks for a receipt of reading": "Disposition-Notification-To: sam@actonadvice.example",
    "asks for a receipt of delivery": "Return-Receipt-To: sam@actonadvice.example",
    "no autoreply": "X-Autoreply: no",
    "ignore vacation, no": "X-Ignorevacation: no",
    "looked at for spam": "X-Spam-Status: No, score=-0.1 tests=BULK_RE_SUSP_NTLD",
    "antispam's bulk level": "X-Microsoft-Antispam: BCL:0;",
    "sent through a list manager's host": "Received: from lists.example by mx.example",
    "forty hops": "\r\n".join(f"Received: from host{n}.example" for n in range(40)),
    "comment that looks like a null path": "Return-Path: <sam@actonadvice.example> (<>)",
    "a mailer called autopilot": "X-Mailer: Autopilot Mail 2",
    "a thread": "Thread-Topic: Automatic reply: ACE",
    "a calendar class of another": "Content-Class: urn:content-classes:message",
    "high importance": "X-Priority: 1",
}
SENDERS = {
    "named Bounds": "Bo Bounds <bounds@actonadvice.example>",
    "named Root": "Ada Rooth <rooth@actonadvice.example>",
    "named Auto in her name": "Autumn Otto <autumn.otto@actonadvice.example>",
    "named Abbot": "Robot Abbot <abbot@actonadvice.example>",
    "named Daemon": "Damon Dae <daemond@actonadvice.example>",
    "an office": "Office <office@actonadvice.example>",
    "an information desk": "Acton Advice <info@actonadvice.example>",
    "an enquiry desk": "Acton Advice <enquiries@actonadvice.example>",
    "systems leadership": "Systems <systems.leadership@actonadvice.example>",
    "a robot by its shown name": "No Reply Needed <sam@actonadvice.example>",
    "noreply in the domain": "Sam <sam@noreply-cafe.example>",
}
SUBJECTS = {
    "a project about absence": "Out of office hours care in Sutton: expression of interest",
    "a project about doors": "Automatic doors at the surgery: EOI",
    "a project about letters": "Undelivered letters in care homes: expression of interest",
    "a project about replies": "Automatic replies for deaf patients - EOI",
    "a project about holidays": "Holiday hunger: expression of interest",
    "a project about leave": "Annual leave cover for carers - ACE EOI",
    "a project about failure": "Failure to attend: EOI",
    "a project about vacations": "Vacation schemes for young carers",
    "a project about reading": "Read aloud: expression of interest",
    "a project about delivery": "Delivery of insulin to hostels",
    "a forwarded bounce": "FW: Undeliverable: our expression of interest",
    "a ticket of one's own": "EOI [our ref #48213]",
    "a number": "Case 12345: what happened to one family - EOI",
}
ADDITIONS = {
    "will be away": "I'm out of office next week, so please ring Jo on 020 7946 0101 till then.",
    "is on leave": "I shall be on annual leave from Monday until the 23rd and won't read e-mail.",
    "works part time": "I work Mondays and Tuesdays only and will reply when I am next in.",
    "sells the idea": "It would save money and reduce costs, and we'd love a quick call next week.",
    "mentions a newsletter": "We saw it in the July newsletter of our volunteer centre.",
    "mentions a mailbox": "Our mailbox is nearly full so please send no photographs.",
    "an automatic disclaimer": "This e-mail has been scanned automatically for viruses.",
    "a list's footer in a quote": (
        "On Mon, 5 Jul 2021 at 10:02, Harrow Voluntary Action <news@hva.example> wrote:\n"
        "> ACE is open. Read more on our website.\n"
        "> You receive this bulletin because you are a member. Unsubscribe: https://hva.example/u"
    ),
    "a footer of a list that was left": (
        "-- \nSam Hill\nActon Advice\nSign up for our newsletter: https://actonadvice.example/news"
    ),
}


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_fields_of_people(field: str) -> None:
    assert _is_answered(_read(write_message(EXPRESSION, field)))


@pytest.mark.parametrize("sender", SENDERS.values(), ids=SENDERS)
def test_names_of_people(sender: str) -> None:
    assert _is_answered(_read(write_message(EXPRESSION, sender=sender)))


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
def test_subjects_of_people(subject: str) -> None:
    assert _is_answered(_read(write_message(EXPRESSION, subject=subject)))


@pytest.mark.parametrize("addition", ADDITIONS.values(), ids=ADDITIONS)
def test_words_of_people(addition: str) -> None:
    told = _read(write_message(f"{EXPRESSION}\n\n{addition}"))

    assert told.verdict.kind is MessageKind.EXPRESSION
    assert _is_answered(told)


ANSWERS = {
    "reads it before leaving": (
        "Thanks for the pack. I'm on leave until the 12th and will send the form when I'm back."
    ),
    "names a colleague for the project": (
        "Jo Bell will look after the project while I'm away, on 020 7946 0101 until Monday."
    ),
    "has left and says who leads": (
        "I have left Acton Advice. The new lead for our project is Jo Bell, jo@actonadvice.example."
    ),
    "asks within a day": (
        "Could you tell me within two working days whether the form may be signed by our chair?"
    ),
    "acknowledges by hand": "We've received your letter and the form, thank you. Jo fills it in.",
    "cannot read it": "I can't open the form, my e-mail won't download it. Is there another one?",
    "gives a number": "Our charity number is 1048213 and the phone is 020 7946 0101.",
}


@pytest.mark.parametrize("text", ANSWERS.values(), ids=ANSWERS)
def test_answers_of_people(text: str) -> None:
    assert _is_answered(_read(write_reply(text)))
