"""Changes of the configuration and the templates are written down where a run or a tick begins."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from intake.app import App
from intake.config import default_templates_folder, load_configuration
from intake.configuration.changes import note_changes
from storage import cases, events
from storage.database import Database
from storage.events import Event
from storage.unwritten import RENDER_FAILED
from tests.intake.commands.conftest import Call, call  # noqa: F401  a fixture
from tests.support.configurations import COHORT, GRANT, write_configuration
from tests.support.ledger import open_case

NOW = datetime(2021, 7, 14, 9, tzinfo=UTC)
LINKED = GRANT.replace("team =", 'pack_link = "https://ace.example/pack"\nteam =', 1)
HEAD = 'data_folder = "data"\ntemplates_folder = "templates"\n'
WHATS = ("settings_changed", "templates_changed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation with two templates of its own, never run."""
    own = tmp_path / "templates" / "default"
    own.mkdir(parents=True)
    for path in (default_templates_folder() / "default").iterdir():
        (own / path.name).write_bytes(path.read_bytes())
    write_configuration(tmp_path, HEAD + LINKED).chmod(0o600)
    return tmp_path


def run(folder: Path) -> tuple[Event, ...]:
    """The changes that stand in the history after a run began."""
    with App(load_configuration(folder / "config.toml")) as application:
        application.plan(NOW)
        application.plan(NOW)
        with application.database.reading() as session:
            return events.recent(session, whats=WHATS)[::-1]


@pytest.fixture
def begun(folder: Path) -> Iterator[Path]:
    """The same, run once."""
    assert run(folder) == ()
    yield folder


def test_what_stays_is_not_told(begun: Path) -> None:
    assert run(begun) == ()


def test_changed_settings_are_told_by_their_names(begun: Path) -> None:
    changed = LINKED.replace("T17:00:00", "T18:00:00").replace("ACE 2021", "ACE 2022")
    write_configuration(begun, HEAD + "[limits]\noverall_a_day = 9\n" + changed)

    lines = run(begun)

    assert [(e.what, e.actor, e.programme, dict(e.detail)) for e in lines] == [
        ("settings_changed", "configuration", None, {"names": "limits.overall_a_day"}),
        ("settings_changed", "configuration", "ace", {"names": "name, round.closes_at"}),
    ]
    assert run(begun) == lines


def test_setting_put_back_is_told_again(begun: Path) -> None:
    write_configuration(begun, HEAD + LINKED.replace("ACE 2021", "ACE 2022"))
    run(begun)
    write_configuration(begun, HEAD + LINKED)

    assert [dict(e.detail) for e in run(begun)] == [{"names": "name"}] * 2


def test_secrets_are_never_told(begun: Path) -> None:
    for password in ("hunter2", "hunter3"):
        mailbox = f'[programmes.ace.mailbox]\nhost = "h.example"\npassword = "{password}"\n'
        write_configuration(begun, HEAD + LINKED + mailbox)
        lines = run(begun)

    assert [dict(e.detail) for e in lines] == [{"names": "mailbox.host, mailbox.password"}]


def test_new_programme_is_nothing_that_changed(begun: Path) -> None:
    write_configuration(begun, HEAD + LINKED + COHORT)

    assert run(begun) == ()


def test_changed_templates_are_told_by_their_files(begun: Path) -> None:
    own = begun / "templates" / "default"
    (own / "closing.md.j2").write_text("So long\n", encoding="utf-8")
    (own / "extra.md.j2").write_text("New\n", encoding="utf-8")

    (line,) = run(begun)

    assert (line.what, dict(line.detail)) == (
        "templates_changed",
        {"names": "default/closing.md.j2, default/extra.md.j2"},
    )


@pytest.mark.usefixtures("begun")
def test_history_shows_them(begun: Path, call: Call) -> None:  # noqa: F811  the fixture
    before = call("history", "--settings").stdout
    write_configuration(begun, HEAD + LINKED.replace("ACE 2021", "ACE 2022"))
    run(begun)

    told = call("history", "--settings").stdout
    whole = call("history", "--limit", "1")

    assert before == "Nothing of this kind.\n"
    assert "14 Jul 2021 10:00 │ configuration │ ace │ settings changed │ name" in told
    assert "settings changed" in whole.stdout
    assert "there are more" in whole.stderr


def test_what_a_mended_template_kept_is_tried_at_once(begun: Path) -> None:
    ledger = Database(f"sqlite:///{begun}/data/ledger.db")
    with ledger.writing() as session:
        case = open_case(session)
        cases.set_attention(session, case.id, NOW + timedelta(hours=4))
        events.append(session, at=NOW, what=RENDER_FAILED, programme="ace", case_id=case.id)
    (begun / "templates" / "default" / "closing.md.j2").write_text("So long\n", encoding="utf-8")
    with ledger.writing() as session:
        note_changes(session, {}, begun / "templates", NOW)

    with ledger.reading() as session:
        assert cases.get(session, case.id).attention_at == NOW
    ledger.close()
