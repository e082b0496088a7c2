"""Caps, the breaker and the allow-list: each refusal is a named rule, and nothing is dropped."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from responders.budgets import Caps, DeliverySettings
from storage import outbox
from tests.support.ledger import MONDAY, open_case
from tests.support.post_office import PostOffice, open_post_office
from tests.support.smtp_recorder import SmtpRecorder

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
AMINA = "amina@riverside.example"


@pytest.fixture
def office(tmp_path: Path, smtp_recorder: SmtpRecorder) -> Iterator[PostOffice]:
    with open_post_office(f"sqlite:///{tmp_path}/ledger.db", tmp_path) as office:
        office.connect(smtp_recorder)
        yield office


def capped(**caps: int) -> DeliverySettings:
    return DeliverySettings(caps=Caps(**caps))


def test_cap_of_an_address_holds_the_letter_beyond_it(office: PostOffice) -> None:
    for number in range(1, 5):
        office.enqueue(number, recipient=AMINA)
    office.enqueue(5)
    done = office.deliver(MONDAY, capped(address_a_day=3))
    assert (done.sent, done.held) == (4, 1)
    assert office.rules() == [None, None, None, "budget.address", None]


def test_cap_counts_what_left_in_the_last_day_only(office: PostOffice) -> None:
    settings = capped(address_a_day=1)
    office.enqueue(1, recipient=AMINA)
    office.deliver(MONDAY, settings)
    office.enqueue(2, recipient=AMINA)
    office.deliver(MONDAY + DAY, settings)
    office.enqueue(3, recipient=AMINA)
    office.deliver(MONDAY + 2 * DAY + HOUR, settings)
    assert office.states() == ["sent", "held", "sent"]


def test_cap_counts_letters_of_every_programme(office: PostOffice) -> None:
    office.enqueue(1, recipient=AMINA)
    office.enqueue(2, recipient=AMINA, programme="surrey500")
    office.deliver(MONDAY, capped(address_a_day=1))
    assert office.rules() == [None, "budget.address"]


def test_cap_of_a_case_holds_whoever_is_written_to(office: PostOffice) -> None:
    with office.database.writing() as session:
        case = open_case(session)
    for number in range(1, 4):
        office.enqueue(number, case_id=case.id)
    office.enqueue(4)
    office.deliver(MONDAY, capped(case_a_day=2))
    assert office.rules() == [None, None, "budget.case", None]


def test_cap_of_a_domain_and_of_all(office: PostOffice) -> None:
    for number in range(1, 4):
        office.enqueue(number, recipient=f"reader{number}@clinic.example")
    for number in range(4, 7):
        office.enqueue(number)
    office.deliver(MONDAY, capped(domain_a_day=2, overall_a_day=4))
    assert office.rules() == [None, None, "budget.domain", None, None, "budget.overall"]


def test_released_letter_leaves_whatever_the_caps_say(office: PostOffice) -> None:
    settings = capped(address_a_day=1)
    ids = [office.enqueue(number, recipient=AMINA) for number in (1, 2)]
    office.deliver(MONDAY, settings)
    office.release(ids[1])
    assert office.deliver(MONDAY, settings).sent == 1
    assert office.states() == ["sent", "sent"]


def test_breaker_stops_everything_until_a_person_has_looked(office: PostOffice) -> None:
    settings = capped(breaker_an_hour=3)
    ids = office.enqueue_many(6)
    assert office.deliver(MONDAY, settings).sent == 3
    assert office.rules()[3:] == ["budget.breaker"] * 3
    assert office.history("breaker_tripped") == 1

    later = office.enqueue(7)
    office.deliver(MONDAY + DAY, settings)
    assert office.letter(later).rule == "budget.breaker"

    for letter_id in (*ids[3:5], later):
        office.release(letter_id, MONDAY + DAY)
    with office.database.writing() as session:
        outbox.discard(session, ids[5], MONDAY + DAY, "Priya Raman", "a robot")
    assert office.deliver(MONDAY + DAY, settings).sent == 3
    assert office.history("breaker_tripped") == 1

    office.enqueue(8)
    assert office.deliver(MONDAY + 2 * DAY, settings).sent == 1


def test_thousand_forged_senders_trip_the_breaker(office: PostOffice) -> None:
    settings = capped(breaker_an_hour=50)
    office.enqueue_many(200)
    done = office.deliver(MONDAY, settings)
    assert (done.sent, done.held) == (50, 150)
    assert office.history("breaker_tripped") == 1


def test_only_to_holds_everybody_who_is_not_on_the_list(office: PostOffice) -> None:
    settings = DeliverySettings(only_to=(AMINA, "@leadership.nhs.example"))
    office.enqueue(1, recipient=AMINA)
    office.enqueue(2, recipient="priya@leadership.nhs.example")
    office.enqueue(3, recipient="priya@sub.leadership.nhs.example")
    held = office.enqueue(4, recipient="other@riverside.example")
    assert office.deliver(MONDAY, settings).sent == 2
    assert office.rules() == [None, None, "safety.only_to", "safety.only_to"]

    office.release(held)
    assert office.deliver(MONDAY, settings).held == 1
    office.release(held)
    assert office.deliver(MONDAY).sent == 1


def test_only_to_nobody_holds_everything(office: PostOffice, smtp_recorder: SmtpRecorder) -> None:
    office.enqueue_many(3)
    assert office.deliver(MONDAY, DeliverySettings(only_to=())).held == 3
    assert smtp_recorder.connections == 0
