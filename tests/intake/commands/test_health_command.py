"""`postroom health` and the numbers for Prometheus: well, waiting for a person, broken."""

import json
import urllib.request
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from intake.commands.metrics import serve_metrics, write_metrics
from intake.commands.vital_signs import Health, Level, ago, examine
from intake.config import Configuration, load_configuration
from storage import messages, outbox, watches
from storage.database import Database
from storage.domain.watch import Limits, Pulse
from tests.intake.commands.conftest import Call
from tests.support.ledger import MONDAY, enqueue, make_draft, remember
from tests.support.processes import free_port

MINUTE = timedelta(minutes=1)
SERVERS = """
[programmes.ace.mailbox]
host = "127.0.0.1"
port = 1
security = "plain"
password = "secret"

[programmes.ace.transport]
host = "127.0.0.1"
port = 1
security = "plain"
"""


@pytest.fixture
def configuration(folder: Path, ledger: Database) -> Configuration:
    """ACE with a mailbox and a transport that nobody connects to."""
    path = folder / "config.toml"
    path.write_text(path.read_text() + SERVERS)
    with ledger.writing() as session:
        watches.note_pulses(session, {"read/ace": Pulse(MONDAY), "tick": Pulse(MONDAY)})
    return replace(load_configuration(path), watch=Limits(disk_free=1))


def levels(health: Health) -> dict[str, str]:
    """What is not well."""
    return {sign.name: sign.level for sign in health.signs if sign.level is not Level.OK}


def test_all_is_well_while_mailboxes_are_read(configuration: Configuration) -> None:
    health = examine(configuration, MONDAY + MINUTE)

    assert health.is_well
    assert levels(health) == {}


def test_reading_that_stands_still_is_bad_whoever_is_to_blame(
    configuration: Configuration, ledger: Database
) -> None:
    assert examine(configuration, MONDAY + 16 * MINUTE).is_well
    assert levels(examine(configuration, MONDAY + 20 * MINUTE)) == {"last read": "bad"}

    with ledger.writing() as session:
        failing = Pulse(MONDAY + 10 * MINUTE, MONDAY + 11 * MINUTE, "no answer in time")
        watches.note_pulses(session, {"read/ace": failing})
    (sign,) = [s for s in examine(configuration, MONDAY + 15 * MINUTE).signs if s.programme][:1]
    assert sign.found == "5 minutes ago; fails since 4 minutes ago: no answer in time"


def test_what_waits_for_a_person_is_shown_and_no_failure(
    configuration: Configuration, ledger: Database
) -> None:
    with ledger.writing() as session:
        messages.quarantine(session, remember(session), "nesting", MONDAY)
        enqueue(session)
        outbox.claim(session, MONDAY, 1, "another machine/12")
        watches.note_pulses(session, {"read/ace": Pulse(MONDAY + 180 * MINUTE)})
        enqueue(session, make_draft("acknowledgement/message:2"))

    health = examine(configuration, MONDAY + 180 * MINUTE)

    assert health.is_well
    assert levels(health) == {
        "oldest waiting letter": "look",
        "uncertain letters": "look",
        "quarantine": "look",
    }


def test_a_breaker_a_full_disk_a_stopped_server_and_a_clock_are_bad(
    configuration: Configuration, ledger: Database
) -> None:
    with ledger.writing() as session:
        letter = enqueue(session)
        outbox.claim(session, MONDAY, 1, "a")
        outbox.hold(session, letter.id, "budget.breaker", MONDAY + 10 * MINUTE)
        failing = Pulse(None, MONDAY - 15 * MINUTE, "421 busy")
        watches.note_pulses(session, {"send/ace": failing})
    full = replace(configuration, watch=Limits(disk_free=10**18))

    health = examine(full, MONDAY)

    assert not health.is_well
    assert levels(health) == dict.fromkeys(("disk", "clock", "last sent", "breaker"), "bad")


def test_a_ledger_that_is_none_or_of_another_version_is_bad(
    configuration: Configuration, ledger: Database
) -> None:
    nowhere = replace(configuration, database_url="postgresql://nobody@127.0.0.1:1/x")
    assert levels(examine(nowhere, MONDAY)) == {"database": "bad"}
    with ledger.writing() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert levels(examine(configuration, MONDAY)) == {"schema": "bad"}


@pytest.mark.usefixtures("configuration")
def test_command_ends_with_1_where_something_does_not_work(call: Call, ledger: Database) -> None:
    stale = call("health", columns=100)
    assert stale.exit_code == 1
    assert "Something does not work" in stale.stdout

    with ledger.writing() as session:
        watches.note_pulses(session, {"read/ace": Pulse(datetime.now(UTC))})
    told = call("health", "--json")
    assert told.exit_code == 0
    fields = json.loads(told.stdout)
    assert (fields["ok"], fields["letters"]["sent"]) == (True, 0)


def test_prometheus_finds_the_same_in_the_file_and_on_the_port(
    configuration: Configuration, tmp_path: Path
) -> None:
    def examined() -> Health:
        return examine(configuration, MONDAY + MINUTE)

    write_metrics(tmp_path / "postroom.prom", examined)
    port = free_port()
    server = serve_metrics(port, examined)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        served = answer.read().decode()
    server.shutdown()
    server.server_close()

    written = (tmp_path / "postroom.prom").read_text()
    assert written == served
    assert "postroom_healthy 1.0" in written
    (read,) = [x for x in written.splitlines() if x.startswith("postroom_last_read_seconds{")]
    assert float(read.rpartition(" ")[2]) == MONDAY.timestamp()
    assert 'postroom_letters{state="queued"} 0.0' in written
    assert 'postroom_trouble{kind="reading_stopped"} 0.0' in written


def test_a_file_that_cannot_be_written_stops_nothing(
    configuration: Configuration, tmp_path: Path
) -> None:
    write_metrics(tmp_path / "not" / "there.prom", lambda: examine(configuration, MONDAY))


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(-5, "just now"), (1, "1 second ago"), (7_260, "2 hours ago"), (200_000, "2 days ago")],
)
def test_ages_are_told_in_words(seconds: int, told: str) -> None:
    assert ago(MONDAY - timedelta(seconds=seconds), MONDAY) == told
