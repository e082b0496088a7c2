"""docs/configuration.md says what the settings say."""

from pathlib import Path

from intake.configuration.reference import write_reference

DOCUMENT = Path(__file__).parents[3] / "docs" / "configuration.md"


def test_document_is_what_the_settings_say() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == write_reference(), "run `make docs`"


def test_document_tells_each_example_once() -> None:
    text = write_reference()

    assert "| `60` | The longest pause between two looks into the mailboxes. |" in text
    assert '| `"var"` | Where the ledger, the raw messages and the secret are kept. For ex' in text


def test_document_explains_the_keys_of_tables_in_tables() -> None:
    text = write_reference()

    assert "## `[[programmes.<slug>.round.timeline]]`" in text
    assert "| `closes_at` | date and time | **needed** |" in text
    assert "## `[programmes.<slug>.nomination_leads.<area>]`" in text
