"""A programme's own fields in its letters, its templates and its form."""

import shutil
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from intake.understanding.understand import understand
from responders.kinds import get_kind, letters_due
from responders.pack.form import FormTemplate, known_values
from responders.packs import build_pack
from responders.proofreading import check_templates
from storage.domain.letter import LetterKind
from storage.domain.message import MessageKind
from storage.domain.programme import CustomField
from tests.support.programmes import ACE
from tests.support.situations import a_case, a_message, a_situation

TEMPLATES = Path(__file__).parents[2] / "templates"
LANGUAGE = CustomField("first_language", "First language", choices=("Bengali", "Polish"))
OWN = replace(ACE, fields=(LANGUAGE, CustomField("site", "Delivery site")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(TEMPLATES / "default", tmp_path / "default")
    return tmp_path


def put(folder: Path, line: str) -> None:
    own = folder / "ace"
    own.mkdir()
    text = (folder / "default" / "closed.md.j2").read_text()
    (own / "closed.md.j2").write_text(f"{text}\n{line}\n")


def test_a_template_may_say_them(folder: Path) -> None:
    put(folder, "{% if case.custom.first_language %}{{ case.custom.first_language }}{% endif %}")

    assert check_templates(folder, OWN) == ()
    assert [p.nearest for p in check_templates(folder, ACE)] != []


def test_a_field_nobody_declared_is_refused(folder: Path) -> None:
    put(folder, "{{ case.custom.first_langauge }}")

    (problem,) = check_templates(folder, OWN)
    assert problem.nearest == "case.custom.first_language"


def test_what_was_told_is_among_what_was_noted() -> None:
    case = replace(a_case(), custom=(("first_language", "Polish"),))
    message = a_message(MessageKind.EXPRESSION)
    situation = replace(a_situation(message, case=case), programme=OWN)
    due = next(d for d in letters_due(situation) if d.kind is LetterKind.APPLICATION_PACK)
    values = get_kind(due.kind).values(situation, due)

    assert {"label": "First language", "value": "Polish"} in values["noted"]
    assert values["case"]["custom"] == {"first_language": "Polish", "site": None}


PARTNERS = ("Mill Lane Primary School", "Borough Buses", "St Brigid's Church")


@pytest.mark.parametrize("fields", [OWN.fields, ()], ids=["configured", "of another programme"])
def test_the_form_asks_for_them_and_is_read_back(fields: tuple[CustomField, ...]) -> None:
    case = replace(
        a_case(),
        partners=PARTNERS,
        custom=(("first_language", "Polish"), ("site", "Unit 4, Quayside")),
    )
    form = FormTemplate(build_pack(OWN, TEMPLATES).form).fill(known_values(OWN, case))
    message = EmailMessage()
    message["From"], message["To"] = "amina@kentishtownfamilies.example", OWN.inbox
    message["Subject"] = "Our form"
    message.set_content("Please find our completed form attached.")
    subtype = "vnd.openxmlformats-officedocument.wordprocessingml.document"
    message.add_attachment(form, maintype="application", subtype=subtype, filename="form.docx")

    programme = replace(OWN, fields=fields)
    told = understand(message.as_bytes(), programmes=[programme]).understanding
    assert told.verdict.kind is MessageKind.APPLICATION
    assert told.partners == PARTNERS
    expected = {"first_language": "Polish", "site": "Unit 4, Quayside"}
    assert dict(told.custom) == (expected if fields else {})
