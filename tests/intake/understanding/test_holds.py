"""Answers to people that wait for a person, and why."""

import pytest

from intake.understanding.mime.authentication import Authentication
from intake.understanding.triage.holds import organisation_of
from intake.understanding.triage.triage import classify
from storage.domain.message import MessageKind, Verdict
from tests.support.incoming import STORY, make_evidence, write_message
from tests.support.panelling import BEATRICE, PANEL
from tests.support.programmes import ACE

SECOND = "second_address_in_from"
TEXT = f"Please accept our expression of interest.\n\n{STORY}"


def held(raw: bytes, **known: object) -> str | None:
    verdict = classify(make_evidence(raw, **known))
    assert verdict.kind is MessageKind.EXPRESSION
    return verdict.hold


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (write_message(TEXT), None),
        (write_message(TEXT, sender="a@x.example, b@x.example"), "no_single_sender"),
        (write_message(TEXT, sender="A <a@x.example>, B <b@x.example>"), "no_single_sender"),
        (write_message(TEXT, sender="Friends: a@x.example;"), "no_single_sender"),
        (write_message(TEXT, sender="boss@nhs.example <a@evil.example>"), SECOND),
        (write_message(TEXT, sender='"boss@nhs.example" <a@evil.example>'), SECOND),
        (write_message(TEXT, sender=f'"{ACE.inbox}" <a@evil.example>'), SECOND),
        (write_message(TEXT, sender="=?utf-8?q?a=40x.example?= <a@evil.example>"), SECOND),
        (write_message(TEXT, sender='"a@x.example" <A@X.example>'), None),
        (write_message(TEXT, sender="Sam Hill (ABC TRUST) <sam@x.example>"), None),
        (write_message(TEXT, sender="Hill, Sam <sam@x.example>"), None),
        (write_message(TEXT, sender=ACE.inbox), "own_address"),
        (write_message(TEXT, sender=ACE.inbox.replace("@", "+forms@")), "own_address"),
        (write_message(TEXT, f"Reply-To: {ACE.inbox}"), "own_address"),
        (write_message(TEXT, sender=ACE.organisers[0].address.email), "organiser"),
        (write_message(TEXT, "Reply-To: collect@collect.example"), "reply_to_elsewhere"),
        (write_message(TEXT, "Reply-To: office@actonadvice.example"), None),
        (write_message(TEXT, "Reply-To: office@mail.actonadvice.example"), None),
    ],
)
def test_holds(raw: bytes, rule: str | None) -> None:
    assert held(raw) == rule


def test_what_a_member_of_the_panel_writes_waits_for_a_person() -> None:
    raw = write_message(TEXT, sender=BEATRICE.address.email)

    assert held(raw) is None
    assert held(raw, programme=PANEL) == "panel_member"


def test_a_failed_authentication_is_confirmed_by_a_person() -> None:
    assert held(write_message(TEXT), authentication=Authentication("fail")) == "dmarc_fail"
    assert held(write_message(TEXT), authentication=Authentication("none")) is None


def test_an_authenticated_sender_may_have_answers_go_elsewhere() -> None:
    raw = write_message(TEXT, "Reply-To: sam@elsewhere.example")
    known = Authentication("pass", "actonadvice.example")

    assert held(raw, authentication=known) is None


def test_a_machine_needs_no_hold() -> None:
    raw = write_message(TEXT, "Auto-Submitted: auto-replied", sender=ACE.inbox)

    assert classify(make_evidence(raw)) == Verdict(MessageKind.AUTO_REPLY, "auto_replied")


@pytest.mark.parametrize(
    ("domain", "organisation"),
    [
        ("actonadvice.example", "actonadvice.example"),
        ("mail.actonadvice.example", "actonadvice.example"),
        ("mail.stolaves.nhs.uk", "stolaves.nhs.uk"),
        ("stolaves.nhs.example", "stolaves.nhs.example"),
        ("a.b.co.uk", "b.co.uk"),
        ("nhs.net", "nhs.net"),
    ],
)
def test_organisation_of(domain: str, organisation: str) -> None:
    assert organisation_of(domain) == organisation
