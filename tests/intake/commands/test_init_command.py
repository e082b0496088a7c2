"""`postroom init` writes a configuration that loads, by options or by questions."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from intake.commands.beginning import Beginning, make_slug
from intake.commands.init import app
from intake.config import Configuration, example_path, load_configuration
from storage.domain.people import Address
from storage.domain.programme import ProgrammeKind

ANSWERS = (
    *("--name", "ACE 2021", "--inbox", "Ace@leadership.nhs.example"),
    *("--opens", "2021-07-05T09:00", "--closes", "2021-08-20T17:00"),
)
WIDE = {"COLUMNS": "400", "NO_COLOR": "1"}
runner = CliRunner()


def load(folder: Path) -> Configuration:
    return load_configuration(folder / "config.toml", is_scratch=True)


def test_options_alone_write_a_configuration_that_loads(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "ace"

    result = runner.invoke(
        app, [str(folder), *ANSWERS, "--area", "North London", "--area", 'The "South"', "--yes"]
    )

    assert result.exit_code == 0, result.output
    configuration = load(folder)
    (programme,) = configuration.programmes
    assert (programme.slug, programme.name, programme.inbox, programme.reference_prefix) == (
        "ace",
        "ACE 2021",
        "ace@leadership.nhs.example",
        "ACE",
    )
    assert programme.kind is ProgrammeKind.GRANT
    assert programme.round.opens_at == datetime(2021, 7, 5, 8, tzinfo=UTC)
    assert programme.round.closes_at == datetime(2021, 8, 20, 16, tzinfo=UTC)
    assert [(a.key, a.name) for a in programme.areas] == [
        ("north-london", "North London"),
        ("the-south", 'The "South"'),
    ]
    assert programme.round.timeline[1].when == "Friday 20 August 2021, 5 pm"
    assert configuration.delivery.only_to == ("ace@leadership.nhs.example",)
    assert configuration.mailboxes["ace"].name == programme.inbox
    assert configuration.transports["ace"].host == "smtp.leadership.nhs.example"
    assert (configuration.templates_folder, configuration.data_folder) == (
        folder / "templates",
        folder / "var",
    )
    assert (folder / "templates" / "default" / "application_pack.md.j2").is_file()
    assert "details_request.md.j2" in result.output
    assert " rehearse last-years-mail/" in result.output
    assert str(example_path()) in (folder / "config.toml").read_text("utf-8")


def test_commented_example_of_own_fields_and_rules_loads(tmp_path: Path) -> None:
    runner.invoke(app, [str(tmp_path), *ANSWERS, "--yes"])
    path = tmp_path / "config.toml"
    above, _, example = path.read_text("utf-8").partition("# [[programmes.ace.fields]]")
    lines = ["[[programmes.ace.fields]]", *(line.lstrip("# ") for line in example.splitlines())]

    path.write_text(above + "\n".join(lines), "utf-8")

    (programme,) = load(tmp_path).programmes
    assert [field.key for field in programme.fields] == ["first_language"]
    assert [rule.name for rule in programme.rules] == ["press-office"]


def test_cohort_programme_by_options(tmp_path: Path) -> None:
    told = ("--kind", "cohort", "--person", "Winifred Asante", "--person-email", "w@x.example")

    result = runner.invoke(app, [str(tmp_path), *ANSWERS, *told, "--zone", "Europe/Paris", "-y"])

    assert result.exit_code == 0, result.output
    (programme,) = load(tmp_path).programmes
    assert programme.kind is ProgrammeKind.COHORT
    assert programme.person == Address("w@x.example", "Winifred Asante")
    assert [one.address for one in programme.organisers] == [programme.person]
    assert programme.round.closes_at == datetime(2021, 8, 20, 15, tzinfo=UTC)


def test_questions_are_asked_again_until_the_answer_is_allowed(tmp_path: Path) -> None:
    answers = [
        "Surrey 500",
        "nobody",
        "surrey500@heartlands.nhs.example",
        "",
        "1 March",
        "2019-03-01T09:00",
        "2019-05-23",
        "2019-05-23T09:00",
        "Cohort",
        "cohort",
        "",
        "Winifred Asante",
        "winifred.asante@heartlands.nhs.example",
        "",
        "surrey500@heartlands.nhs.example",
        "",
        "Europe/Lodon",
        "",
        "East Surrey, Surrey Downs",
        "",
        "",
    ]

    result = runner.invoke(app, [str(tmp_path)], input="\n".join(answers) + "\n")

    assert result.exit_code == 0, result.output
    assert "Please write an e-mail address" in result.output
    assert result.output.count("Please write a date with its clock time") == 2
    assert "Please write the clock time too, for example 2019-05-23T17:00:00" in result.output
    assert 'for example "Europe/London"' in result.output
    assert "Please write the organiser's own address: the inbox is the" in result.output
    (programme,) = load(tmp_path).programmes
    assert (programme.slug, programme.reference_prefix) == ("surrey500", "S500")
    assert [one.address for one in programme.organisers] == [programme.person]
    assert programme.team == "The Surrey 500 team"
    assert [area.key for area in programme.areas] == ["east-surrey", "surrey-downs"]


def test_closing_before_opening_is_asked_again(tmp_path: Path) -> None:
    told = ("--name", "X", "--inbox", "x@y.example", "--kind", "grant", "--team", "T")
    more = ("--person", "P", "--person-email", "p@y.example", "--zone", "UTC", "--area", "A")
    more += ("--organiser", "O", "--organiser-email", "o@y.example")
    hosts = ("--imap-host", "i", "--smtp-host", "s")
    dates = "2021-07-05T09:00\n2021-07-04T09:00\n2021-07-05T09:00\n2021-07-06T09:00\n"

    result = runner.invoke(app, [str(tmp_path), *told, *more, *hosts], input=dates)

    assert result.exit_code == 0, result.output
    assert "Please write a closing time after the opening." in result.output


def test_an_organiser_is_named_by_options(tmp_path: Path) -> None:
    told = ("--organiser", "Winifred Asante", "--organiser-email", "w@x.example")

    result = runner.invoke(app, [str(tmp_path), *ANSWERS, *told, "--yes"])

    assert result.exit_code == 0, result.output
    configuration = load(tmp_path)
    (programme,) = configuration.programmes
    (organiser,) = programme.organisers
    assert organiser.address == Address("w@x.example", "Winifred Asante")
    assert configuration.delivery.only_to == ("ace@leadership.nhs.example", "w@x.example")


@pytest.mark.parametrize("name", ["config.toml", "templates"])
def test_nothing_is_overwritten(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()

    result = runner.invoke(app, [str(tmp_path), *ANSWERS, "--yes"], env=WIDE)

    assert result.exit_code == 2
    assert "is there already" in result.output
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--name", "ACE"), "--inbox, --opens and --closes are needed with --yes"),
        (ANSWERS[:-2], "--closes is needed with --yes"),
        (
            (*ANSWERS, "--opens", "5 July"),
            "--opens: write a date with its clock time, for example 2021-07-05T09:00",
        ),
        (
            (*ANSWERS, "--opens", "2021-13-45T09:00"),
            "--opens: write a date with its clock time, for example 2021-07-05T09:00",
        ),
        ((*ANSWERS, "--zone", "Mars/Base"), "--zone: write a time zone"),
        ((*ANSWERS, "--opens", "2021-07-05"), "--opens: write the clock time too"),
        ((*ANSWERS, "--closes", "2021-07-01T09:00"), "--closes: write a moment after --opens"),
        ((*ANSWERS, "--organiser", "Winifred Asante"), "--organiser-email is needed with --yes"),
        (
            (*ANSWERS, "--organiser", "W", "--organiser-email", "ace@leadership.nhs.example"),
            "--organiser-email: write the organiser's own address",
        ),
        ((*ANSWERS, "--kind", "lottery"), "--kind: write 'grant' or 'cohort'"),
        ((*ANSWERS, "--area", ""), "--area: write some text"),
    ],
)
def test_options_that_are_not_allowed_end_with_status_2(
    options: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    result = runner.invoke(app, [str(tmp_path / "new"), *options, "--yes"], env=WIDE)

    assert result.exit_code == 2
    assert told in result.output
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("name", "slug", "prefix"),
    [
        ("ACE 2021", "ace", "ACE"),
        ("Surrey 500", "surrey500", "S500"),
        ("Lärm & Stille", "larm-stille", "LARM"),
        ("A", "a", "AX"),
        ("2024", "programme", "PROGRA"),
        ("健康", "programme", "PROGRA"),
        ("Default", "default-programme", "DP"),
    ],
)
def test_short_name_and_prefix_come_from_the_name(name: str, slug: str, prefix: str) -> None:
    moment = datetime(2021, 1, 1, tzinfo=UTC)
    beginning = Beginning(
        name=name,
        kind="grant",
        inbox="x@y.example",
        team="T",
        person=Address("x@y.example", "P"),
        organiser=None,
        opens=moment,
        closes=moment,
        zone="UTC",
        areas=(),
        imap_host="i",
        smtp_host="s",
    )

    assert (beginning.slug, beginning.prefix) == (slug, prefix)
    assert make_slug(slug) == slug
