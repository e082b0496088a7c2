import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.domain.message import Understanding
from storage.domain.people import Contact
from storage.errors import LedgerMismatch
from storage.serialising import (
    dump_contact,
    dump_texts,
    dump_understanding,
    load_contact,
    load_texts,
    load_understanding,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
UNDERSTANDINGS = st.builds(Understanding)

st.register_type_strategy(str, ANY_TEXT)
st.register_type_strategy(float, st.floats(0, 1))


@settings(max_examples=60)
@given(UNDERSTANDINGS)
def test_any_understanding_comes_back_whole(understanding: Understanding) -> None:
    text = dump_understanding(understanding)

    assert text.isascii()
    assert "\x00" not in text
    assert load_understanding(text) == understanding


@given(st.none() | st.builds(Contact))
def test_any_contact_comes_back_whole(contact: Contact | None) -> None:
    assert load_contact(dump_contact(contact)) == contact


@given(st.lists(ANY_TEXT).map(tuple))
def test_any_texts_come_back_in_order(texts: tuple[str, ...]) -> None:
    assert load_texts(dump_texts(texts)) == texts


def test_fields_that_were_not_known_then_have_their_defaults() -> None:
    text = '{"head":{"sender":null,"subject":"x","message_id":null},' + (
        '"verdict":{"kind":"question","rule":"r"},"field_of_the_future":1}'
    )

    understanding = load_understanding(text)

    assert understanding.contact == Contact()
    assert understanding.head.subject == "x"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "{}",
        '{"head":{"sender":null,"subject":"x","message_id":null},'
        '"verdict":{"kind":"sonnet","rule":"r"}}',
    ],
)
def test_what_no_version_wrote_is_a_mismatch(text: str) -> None:
    with pytest.raises(LedgerMismatch):
        load_understanding(text)
