"""The documents are true, and each guard over them notices when they are not."""

from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

from intake.cli import COMMANDS
from intake.commands.reference import write_reference
from intake.config import load_configuration
from responders.kinds import KINDS
from storage.domain.letter import LetterKind
from tests.support import documents

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / ".github/CONTRIBUTING.md"]
PAGES += sorted((ROOT / "docs").glob("*.md"))
NO_LETTERS = {"acting", "closing", "help", "passed_on", "question_or_call", "unread_files"}
"""Pieces that letters share."""


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_every_letter_kind_has_a_module_a_template_an_expected_letter_and_a_row() -> None:
    templates = {p.name.removesuffix(".md.j2") for p in ROOT.glob("templates/default/*.md.j2")}
    expected = {
        p.name.partition(".")[0].partition("-")[0] for p in (ROOT / "tests/letters").iterdir()
    }

    assert (
        documents.differences(
            {
                "LetterKind": [kind.value for kind in LetterKind],
                "responders.kinds": [kind.kind.value for kind in KINDS],
                "templates/default": sorted(templates - NO_LETTERS),
                "tests/letters": sorted(expected),
                "docs/letters.md": documents.rows(read("docs/letters.md")),
            }
        )
        == []
    )


def test_a_letter_kind_without_a_row_is_told() -> None:
    told = documents.differences(
        {
            "LetterKind": ["closed", "closed", "digest"],
            "docs": documents.rows("| `closed` | when |"),
        }
    )

    assert told == ["docs lacks digest", "LetterKind names closed twice"]


def test_the_command_reference_is_what_the_commands_say() -> None:
    assert read("docs/commands.md") == write_reference(), "run: make docs"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shows_an_example(name: str) -> None:
    section = write_reference().partition(f"\n## postroom {name}\n")[2].partition("\n## ")[0]

    assert f"\npostroom {name}" in section.replace("postroom --config config.toml ", "postroom ")


def test_the_example_configuration_loads(tmp_path: Path) -> None:
    copy = tmp_path / "config.toml"
    copy.write_text(read("config.example.toml"), "utf-8")

    configuration = load_configuration(copy)

    assert [programme.slug for programme in configuration.programmes] == ["ace", "surrey500"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_documents_name_only_what_is_there(page: Path) -> None:
    text = page.read_text("utf-8")

    assert documents.unknown_targets(text, read("Makefile")) == []
    assert documents.unknown_commands(text, COMMANDS) == []
    assert documents.dead_links(text, page.parent) == []


def test_a_document_that_names_what_is_not_there_is_told(tmp_path: Path) -> None:
    makefile = "demo: install\n\t$(BIN)/postroom demo\n"

    assert documents.unknown_targets("`make demo fly`, make tea", makefile) == ["fly"]
    assert documents.unknown_commands("`postroom -c x.toml walk`; postroom sings", {"run"}) == [
        "walk"
    ]
    assert documents.dead_links("[a](a.md#b) [c](https://c.example) [d](#d)", tmp_path) == ["a.md"]


def test_notice_names_the_libraries_whose_licence_asks_for_it() -> None:
    licences = {name: _licence(name) for name in documents.pinned(read("requirements.lock"))}

    assert len(licences) > 40
    assert documents.unmentioned(licences, read("NOTICE")) == []
    assert documents.unwelcome(licences) == []


def test_a_licence_that_binds_or_wants_a_notice_is_told() -> None:
    licences = {"a": "LGPL-3.0-only", "b": "GPL-3.0", "c": "MIT", "d": "MPL-2.0"}

    assert documents.unmentioned(licences, "we use d") == ["a"]
    assert documents.unwelcome(licences) == ["b"]


def _licence(name: str) -> str:
    """What an installed distribution says of its licence; empty where this platform has none."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return ""
    short = (told.get("License") or "").partition("\n")[0]
    classifiers = [c for c in told.get_all("Classifier") or [] if c.startswith("License")]
    return " ".join((told.get("License-Expression") or "", short, *classifiers))
