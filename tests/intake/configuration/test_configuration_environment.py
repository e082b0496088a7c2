"""The environment comes before the file, and which file is used is no accident."""

from pathlib import Path

import pytest

from intake.config import ConfigError, find_brought, find_configuration, load_configuration
from tests.support.configurations import GRANT, servers, write_configuration


def test_environment_comes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "poll_seconds = 60\n" + GRANT + servers("ace", imap_port=143, smtp_port=25)
    monkeypatch.setenv("POSTROOM_POLL_SECONDS", "30")
    monkeypatch.setenv("POSTROOM_SAFETY__ONLY_TO", '["@Leadership.nhs.example"]')
    monkeypatch.setenv("POSTROOM_PROGRAMMES__ACE__MAILBOX__PORT", "1143")

    configuration = load_configuration(write_configuration(tmp_path, text))

    assert configuration.poll.total_seconds() == 30
    assert configuration.delivery.only_to == ("@leadership.nhs.example",)
    assert configuration.mailboxes["ace"].name == "ace@leadership.nhs.example"
    assert getattr(configuration.mailboxes["ace"], "port") == 1143  # noqa: B009  of IMAP only


def test_mistakes_of_the_environment_and_the_file_are_told_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_configuration(tmp_path, "poll_secs = 1\n" + GRANT.replace("-08-20", "-05-20"))
    monkeypatch.setenv("POSTROOM_POL_SECONDS", "30")
    monkeypatch.setenv("POSTROOM_LOG__LEVEL", "loud")
    monkeypatch.setenv("POSTROOM_LIMITS__ONE_A_DAY", "1")

    with pytest.raises(ConfigError) as caught:
        load_configuration(path)

    assert [
        (p.file.rpartition("/")[2], p.key, p.found, p.write) for p in caught.value.problems
    ] == [
        (
            "environment variable POSTROOM_POL_SECONDS",
            "",
            "no setting of this name",
            "POSTROOM_POLL_SECONDS, if that is what is meant; else unset it",
        ),
        (
            "environment variable POSTROOM_LOG__LEVEL",
            "log.level",
            '"loud"',
            'one of "debug", "info", "warning", "error"',
        ),
        (
            "environment variable POSTROOM_LIMITS__ONE_A_DAY",
            "limits.one_a_day",
            '"1"',
            "overall_a_day, if that is what is meant; else take it out",
        ),
        (
            "config.toml",
            "poll_secs",
            "1",
            "poll_seconds, if that is what is meant; else take it out",
        ),
        (
            "config.toml",
            "programmes.ace.round.closes_at",
            "2021-05-20T17:00:00",
            "a moment after round.opens_at, which is 2021-07-05T09:00:00",
        ),
    ]


def test_variable_that_is_no_json_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTROOM_SAFETY", "only_to = []")

    with pytest.raises(ConfigError) as caught:
        load_configuration(write_configuration(tmp_path, GRANT))

    assert str(caught.value) == (
        "environment variable POSTROOM_SAFETY: safety\n"
        "    found: a value that is no JSON\n"
        '    write: lists and tables as JSON, for example ["@leadership.nhs.example"]'
    )


def test_option_comes_before_variable_before_user_before_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    mine = tmp_path / "postroom" / "config.toml"
    mine.parent.mkdir()

    with pytest.raises(ConfigError) as caught:
        find_configuration()
    assert caught.value.problems[0].found == f"none at {mine} or /etc/postroom/config.toml"

    mine.write_text(GRANT)
    assert find_configuration() == mine
    monkeypatch.setenv("POSTROOM_CONFIG", "/srv/postroom.toml")
    assert find_configuration() == Path("/srv/postroom.toml")
    assert find_configuration(Path("other.toml")) == Path("other.toml")


def test_relative_paths_start_from_the_folder_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    text = 'data_folder = "data"\ntemplates_folder = "letters"\n' + GRANT

    configuration = load_configuration(write_configuration(tmp_path, text))

    assert configuration.data_folder == tmp_path / "data"
    assert configuration.templates_folder == tmp_path / "letters"
    assert configuration.database_url == f"sqlite:///{tmp_path}/data/ledger.db"


def test_without_templates_of_ones_own_those_of_postroom_are_used(tmp_path: Path) -> None:
    configuration = load_configuration(write_configuration(tmp_path, GRANT))

    assert (configuration.templates_folder / "default" / "application_pack.md.j2").is_file()


def test_what_postroom_brings_is_found_in_a_checkout_and_after_installation(tmp_path: Path) -> None:
    checkout, prefix = tmp_path / "checkout", tmp_path / "prefix"
    installed = prefix / "share" / "postroom" / "templates"

    assert find_brought("templates", checkout=checkout, prefix=prefix) == installed
    (checkout / "templates").mkdir(parents=True)
    assert find_brought("templates", checkout=checkout, prefix=prefix) == checkout / "templates"


def test_offset_of_a_date_comes_before_the_zone(tmp_path: Path) -> None:
    text = GRANT.replace("2021-08-20T17:00:00", "2021-08-20T17:00:00+02:00")

    (programme,) = load_configuration(write_configuration(tmp_path, text)).programmes

    assert programme.round.closes_at.isoformat() == "2021-08-20T15:00:00+00:00"
    assert programme.round.opens_at.isoformat() == "2021-07-05T08:00:00+00:00"
