"""The pack: the same bytes each time, readable, filled in, and small enough."""

import io
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from icalendar import Calendar

from responders import packs
from responders.errors import PackError, PackTooLarge, TemplateError
from responders.kinds import letters_due
from responders.mime import encode_enclosure
from responders.pack.entries import deflate, join_entries
from responders.pack.form import LONGEST_SUMMARY, FormTemplate, build_form, known_values
from responders.pack.guidance import build_guidance
from responders.packs import build_pack, enclosure_sha256, find_changes, has_pack, publish_pack
from responders.rendering import Renderer
from storage.archive import Archive
from storage.domain.form import DETAILS, answered_questions, detail_tag, question_tag
from storage.domain.message import MessageKind
from storage.domain.programme import Question
from tests.support.empty_ledgers import open_empty_ledger
from tests.support.programmes import SURREY
from tests.support.situations import ACE, JULY, SUMMARY, a_case, a_message, a_situation

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture(scope="module")
def pack():
    return build_pack(ACE, TEMPLATES)


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(TEMPLATES / "default", tmp_path / "templates" / "default")
    (tmp_path / "templates" / "ace" / "pack").mkdir(parents=True)
    return tmp_path / "templates"


def own_file(folder: Path, name: str, content: bytes) -> None:
    (folder / "ace" / "pack" / name).write_bytes(content)


def tags_of(form: bytes) -> dict[str, str]:
    """Tag of each content control → the text in it, empty while its prompt shows."""
    controls = Document(io.BytesIO(form)).element.body.iter(qn("w:sdt"))
    told = {}
    for control in controls:
        properties = control.find(qn("w:sdtPr"))
        is_blank = properties.find(qn("w:showingPlcHdr")) is not None
        text = "".join(node.text or "" for node in control.iter(qn("w:t")))
        told[properties.find(qn("w:tag")).get(qn("w:val"))] = "" if is_blank else text
    return told


def test_same_configuration_gives_the_same_bytes(pack):
    build_form.cache_clear()
    build_guidance.cache_clear()

    assert build_pack(ACE, TEMPLATES) == pack


def test_anything_that_changes_in_the_pack_changes_its_enclosure(pack):
    questions = (*ACE.questions[:-1], replace(ACE.questions[-1], text="Money"))
    changed = build_pack(replace(ACE, questions=questions), TEMPLATES)

    assert changed.edition != pack.edition
    assert encode_enclosure(changed.enclosed) != encode_enclosure(pack.enclosed)


def test_form_has_a_control_for_every_detail_and_question(pack):
    tags = tags_of(pack.form)

    assert {detail_tag(field) for field in DETAILS} <= tags.keys()
    assert {question_tag(q.key) for q in answered_questions(ACE)} <= tags.keys()
    assert tags.pop("postroom:edition") == pack.edition
    assert set(tags.values()) == {""}


def test_form_is_filled_with_what_is_known_and_nothing_else(pack):
    filled = FormTemplate(pack.form).fill(known_values(ACE, a_case()))

    told = {tag: text for tag, text in tags_of(filled).items() if text}
    assert told == {
        "postroom:reference": "ACE-0042",
        "postroom:edition": pack.edition,
        "postroom:detail:title": "Ask Dad",
        "postroom:detail:name": "Amina Yusuf-Cole",
        "postroom:detail:role": "Head of Family Support",
        "postroom:detail:organisation": "Kentish Town Family Centre",
        "postroom:detail:phone": "07700 900123",
        "postroom:detail:email": "amina.yusuf-cole@kentishtownfamilies.example",
        "postroom:detail:area": "North Central London",
        "postroom:question:issue": SUMMARY,
    }
    assert tags_of(pack.form)["postroom:reference"] == ""


def test_summary_stands_in_the_form_as_it_was_told_line_by_line(pack):
    told = "They are <seldom> asked.\x00\u202e\r\n\r\n\r\n\r\nWe would ask;\x0b\tsoon.\ufffe"
    filled = FormTemplate(pack.form).fill(known_values(ACE, a_case(summary=told)))

    paper = Document(io.BytesIO(filled))
    (control,) = (
        control
        for control in paper.element.body.iter(qn("w:sdt"))
        if control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))
        == "postroom:question:issue"
    )
    answer = [Paragraph(paragraph, paper).text for paragraph in control.iter(qn("w:p"))]
    assert answer == ["They are <seldom> asked.", "We would ask;", "soon."]


def test_several_lines_stay_in_a_control_that_stands_within_a_line(pack):
    filled = FormTemplate(pack.form).fill({detail_tag("partners"): "The council\nThe surgery"})

    assert tags_of(filled)["postroom:detail:partners"] == "The council The surgery"


@pytest.mark.parametrize("summary", ["word " * 2000, "w" * 10_000, "\n" * 10_000 + "word"])
def test_long_summary_is_cut_in_the_form(summary):
    told = known_values(ACE, a_case(summary=summary)).get("postroom:question:issue", "")

    assert len(told) <= LONGEST_SUMMARY
    assert told.endswith("…") or not told


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("details", "issue"), "postroom:question:issue"),
        (("issue", "summary"), "postroom:question:summary"),
        (("details", "plan"), None),
    ],
)
def test_summary_goes_into_the_question_that_asks_for_it(keys, expected):
    programme = replace(ACE, questions=tuple(Question(key, key) for key in keys))
    told = known_values(programme, a_case())

    assert [tag for tag, value in told.items() if value == SUMMARY] == [expected] * bool(expected)


def test_answers_can_be_filled_in_as_well(pack):
    filled = FormTemplate(pack.form).fill({question_tag("plan"): "We begin in October."})

    assert tags_of(filled)["postroom:question:plan"] == "We begin in October."


@pytest.mark.parametrize("value", ["<w:t>&</w:t>", "=cmd|'/C calc'!A0", "a]]>b", "{{ 7*7 }}"])
def test_value_in_the_form_reads_as_itself(pack, value):
    filled = FormTemplate(pack.form).fill(known_values(ACE, a_case(title=value)))

    assert tags_of(filled)["postroom:detail:title"] == value


def test_value_that_is_not_fit_to_show_stays_out_of_the_form(pack):
    filled = FormTemplate(pack.form).fill(known_values(ACE, a_case(title="see www.evil.example")))

    assert tags_of(filled)["postroom:detail:title"] == ""


def test_area_is_chosen_from_those_of_the_programme(pack):
    body = Document(io.BytesIO(pack.form)).element.body

    assert [item.get(qn("w:displayText")) for item in body.iter(qn("w:listItem"))] == [
        area.name for area in ACE.areas
    ]


def test_documents_speak_british_english_and_have_titles(pack):
    for content in (pack.form, pack.enclosed[0].content):
        paper = Document(io.BytesIO(content))
        languages = {node.get(qn("w:val")) for node in paper.styles.element.iter(qn("w:lang"))}
        assert languages == {"en-GB"}
        assert ACE.name in paper.core_properties.title


def test_guidance_says_the_criteria_and_the_timeline(pack):
    paper = Document(io.BytesIO(pack.enclosed[0].content))
    rows = [tuple(cell.text for cell in row.cells) for t in paper.tables for row in t.rows]

    assert ("Criterion", "Solid", "Strong") in rows
    assert [
        (c.name, c.solid, c.strong) for c in ACE.criteria if (c.name, c.solid, c.strong) in rows
    ]
    assert {(m.when, m.what) for m in ACE.round.timeline} <= set(rows)
    assert all((c.name, c.solid, c.strong) in rows for c in ACE.criteria)


def test_weights_in_the_guidance_add_up() -> None:
    first, second, *others = ACE.criteria
    criteria = (first, replace(second, weight=1.5), *others)
    guidance = build_pack(replace(ACE, criteria=criteria), TEMPLATES).enclosed[0].content
    cells = [
        table.cell(i, 0).text
        for table in Document(io.BytesIO(guidance)).tables
        for i in range(len(table.rows))
    ]

    shares = [int(share) for cell in cells for share in re.findall(r"\((\d+)%\)", cell)]
    assert (len(shares), sum(shares)) == (len(criteria), 100)


def test_calendar_holds_the_dates_in_utc(pack):
    calendar = Calendar.from_ical(pack.enclosed[1].content)
    events = {str(e["summary"]): e["dtstart"].dt for e in calendar.walk("vevent")}

    assert list(events.values()) == [
        ACE.round.opens_at,
        ACE.round.closes_at,
        ACE.round.outcomes_at,
    ]
    assert all(at.utcoffset().total_seconds() == 0 for at in events.values())


def test_organisers_own_files_go_with_the_pack_and_may_replace_the_built_ones(folder, pack):
    own_file(folder, "budget.xlsx", b"budget")
    own_file(folder, "guidance.docx", b"our guidance")
    own_file(folder, ".DS_Store", b"")

    built = build_pack(ACE, folder)

    assert [
        (file.name, file.content) for file in built.enclosed if b"VCAL" not in file.content
    ] == [
        ("Guidance for applicants.docx", b"our guidance"),
        ("budget.xlsx", b"budget"),
    ]
    assert built.edition != pack.edition


def test_file_that_mailboxes_refuse_is_refused(folder):
    own_file(folder, "macro.docm", b"x")

    with pytest.raises(PackError, match=r"macro\.docm"):
        build_pack(ACE, folder)


def test_pack_that_is_too_large_is_refused(folder):
    own_file(folder, "large.pdf", bytes(packs.LARGEST_PACK))

    with pytest.raises(PackTooLarge, match="pack_link"):
        build_pack(ACE, folder)


def test_changed_form_is_a_new_pack_also_where_nothing_enclosed_says_so(folder):
    """The form goes out filled in, before the enclosure: its edition stands in the calendar."""
    own_file(folder, "guidance.docx", b"our guidance")
    asked = replace(ACE, questions=(*ACE.questions, Question("more", "Anything else")))

    assert enclosure_sha256(build_pack(ACE, folder)) != enclosure_sha256(build_pack(asked, folder))


def test_publishing_keeps_the_version_until_something_changes(tmp_path):
    database = open_empty_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    archive = Archive(tmp_path / "archive")

    def publish(programme):
        with database.writing() as session:
            return publish_pack(session, archive, programme, templates_folder=TEMPLATES, now=JULY)

    first, again = publish(ACE), publish(ACE)
    changed = publish(replace(ACE, amount=25_000))

    assert (first.version, again, changed.version) == (1, first, 2)
    assert archive.get(first.enclosure_sha256) == encode_enclosure(
        build_pack(ACE, TEMPLATES).enclosed
    )
    assert publish(SURREY) is None
    assert publish(replace(ACE, pack_link="https://leadership.nhs.example/ace")) is None
    database.close()


def test_linked_pack_is_named_in_the_letter_and_not_enclosed(tmp_path):
    linked = replace(ACE, pack_link="https://leadership.nhs.example/ace")
    situation = a_situation(a_message(MessageKind.EXPRESSION), case=a_case(), programme=linked)
    renderer = Renderer(TEMPLATES, archive=Archive(tmp_path), secret=b"s", packs={})
    (due,) = letters_due(situation)

    draft = renderer.render(situation, due)

    assert not has_pack(linked)
    assert (draft.enclosure_sha256, draft.pack_version) == (None, None)
    assert "https://leadership.nhs.example/ace" in renderer.preview(situation, due).text
    assert b"multipart/alternative" in draft.content
    assert b"multipart/mixed" not in draft.content


def test_pack_that_was_never_published_holds_the_letter_back(tmp_path):
    situation = a_situation(a_message(MessageKind.EXPRESSION), case=a_case())
    renderer = Renderer(TEMPLATES, archive=Archive(tmp_path), secret=b"s", packs={"ace": None})

    with pytest.raises(PackError):
        renderer.render(situation, *letters_due(situation))


def test_template_that_is_wrong_holds_the_letter_back(folder, tmp_path):
    (folder / "ace" / "closed.md.j2").write_text("Subject: x\n\n{{ who }}\n")
    renderer = Renderer(folder, archive=Archive(tmp_path), secret=b"s", packs={})
    late = a_message(MessageKind.EXPRESSION, received_at=ACE.round.closes_at.replace(year=2022))
    situation = a_situation(late)

    with pytest.raises(TemplateError, match=r"ace/closed\.md\.j2:3"):
        renderer.render(situation, *letters_due(situation))


def test_joined_entries_are_a_sound_archive():
    content = join_entries([deflate("ä.txt", b"one" * 99), deflate("folder/two", b"")])

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["ä.txt", "folder/two"]
        assert archive.read("ä.txt") == b"one" * 99


def changes_since(enclosed_of, programme, folder):
    return find_changes(encode_enclosure(enclosed_of.enclosed), programme, folder)


def test_nothing_differs_from_the_pack_that_is_out(pack):
    assert changes_since(pack, ACE, TEMPLATES) == ()


def test_a_later_closing_differs_in_guidance_and_dates(pack):
    later = replace(ACE.round, closes_at=ACE.round.closes_at + timedelta(days=7))

    assert changes_since(pack, replace(ACE, round=later), TEMPLATES) == (
        "Guidance for applicants.docx",
        "Dates for your calendar.ics",
    )


def test_own_files_that_changed_came_or_went_are_named(folder):
    own_file(folder, "Map.pdf", b"%PDF-1.7 a map")
    own_file(folder, "Old.pdf", b"%PDF-1.7 old")
    own_file(folder, "Same.pdf", b"%PDF-1.7 same")
    before = build_pack(ACE, folder)
    own_file(folder, "Map.pdf", b"%PDF-1.7 another map")
    own_file(folder, "New.pdf", b"%PDF-1.7 new")
    (folder / "ace" / "pack" / "Old.pdf").unlink()

    assert changes_since(before, ACE, folder) == ("Map.pdf", "New.pdf", "Old.pdf")


def test_a_form_that_alone_differs_is_named(folder):
    before = build_pack(ACE, folder)
    own_file(folder, "form.docx", build_form(replace(ACE, name="Another"), ""))

    assert changes_since(before, ACE, folder) == ("Application form.docx",)
