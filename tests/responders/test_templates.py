"""The language of the templates: what they may say, what is refused, and where it stands."""

import shutil
import time
from pathlib import Path

import pytest

from responders import letterbook, proofreading
from responders.errors import TemplateError, TemplateProblem
from responders.language import make_environment
from responders.letterbook import LONGEST_OUTPUT, PARTS_A_LOOK, Letterbook, fill
from responders.placeholders import OF_KIND, placeholders_of, samples_of
from responders.proofreading import preview_samples
from responders.rendering import check_templates
from responders.vocabulary import EVERYWHERE
from storage.domain.letter import LetterKind
from tests.support.hostile_templates import HOSTILE
from tests.support.programmes import SURREY
from tests.support.situations import ACE

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(TEMPLATES / "default", tmp_path / "default")
    return tmp_path


def override(folder: Path, name: str, body: str) -> None:
    (folder / "ace").mkdir(exist_ok=True)
    (folder / "ace" / name).write_text(body, encoding="utf-8")


def acknowledge(folder: Path, body: str) -> None:
    override(folder, "acknowledgement.md.j2", f"Subject: A letter\n\n{body}\n")


@pytest.mark.parametrize("programme", [None, ACE, SURREY])
def test_shipped_templates_are_sound(programme):
    assert check_templates(TEMPLATES, programme) == ()


def test_every_kind_has_a_template_and_declared_placeholders():
    names = {path.name for path in (TEMPLATES / "default").glob("*.md.j2")}

    assert {f"{kind}.md.j2" for kind in LetterKind} <= names
    assert OF_KIND.keys() == set(LetterKind)


def test_every_placeholder_is_explained_and_named_once():
    for kind in LetterKind:
        declared = placeholders_of(kind)
        assert all(placeholder.meaning for placeholder in declared)
        assert len({placeholder.name for placeholder in declared}) == len(declared)


def test_problem_says_file_line_and_the_nearest_placeholder(folder):
    acknowledge(folder, "Hello\n\nIt closes at {{ round.close_at | moment }}.")

    assert check_templates(folder, ACE) == (
        TemplateProblem(
            "ace/acknowledgement.md.j2",
            5,
            "there is no placeholder round.close_at.",
            "round.closes_at",
        ),
    )
    assert check_templates(folder, SURREY) == ()


def test_an_unknown_placeholder_without_a_near_one_beside_it_lists_those(folder):
    acknowledge(folder, "Hello {{ case.nmae }}")

    (problem,) = check_templates(folder, ACE)

    assert (problem.nearest, problem.problem) == (
        None,
        "there is no placeholder case.nmae. Those of case are case.reference, case.title.",
    )


@pytest.mark.parametrize(
    ("body", "line", "problem"),
    [
        ("{{ greeting }", 3, "unexpected '}'."),
        ("x\n{% if noted.x %}{% endif %}", 4, "there is no placeholder noted.x."),
        ("{{ round.opens_at }}", 3, "round.opens_at is a moment: write round.opens_at | moment."),
        ("{{ programme.name | momnet }}", 3, "there is no filter momnet."),
        ("{{ noted }}", 3, "there is no placeholder noted."),
        ('{% include "../../etc/passwd" %}', 3, None),
    ],
)
def test_slips_are_told_by_line(folder, body, line, problem):
    acknowledge(folder, body)

    found = [p for p in check_templates(folder, ACE) if p.file.endswith("acknowledgement.md.j2")]
    if problem is None:
        assert check_templates(folder, ACE)
    else:
        assert [(p.line, p.problem) for p in found] == [(line, problem)]


def test_subject_and_its_blank_line_are_wanted(folder):
    override(folder, "closed.md.j2", "Hello\nthere\n")

    assert [p.line for p in check_templates(folder, ACE)] == [1, 2]


def test_placeholder_that_may_be_empty_must_be_tested_first(folder):
    acknowledge(folder, "By {{ round.outcomes_at | moment }}")

    (problem,) = check_templates(folder, ACE)

    assert problem.problem.startswith("can't be rendered")


def test_file_that_is_no_letter_is_told(folder):
    override(folder, "aplication_pack.md.j2", "Subject: x\n\ny\n")

    assert check_templates(folder, ACE) == (
        TemplateProblem(
            "ace/aplication_pack.md.j2",
            0,
            "no letter is made of this file.",
            "application_pack.md.j2",
        ),
    )


def test_missing_template_is_told(folder):
    (folder / "default" / "closed.md.j2").unlink()

    assert [p.file for p in check_templates(folder, ACE)] == ["closed.md.j2"]


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_template_is_refused_at_once(folder, body):
    acknowledge(folder, body)
    begun = time.monotonic()

    with pytest.raises(TemplateError):
        Letterbook(folder, "ace").get(LetterKind.ACKNOWLEDGEMENT)
    assert time.monotonic() - begun < 10


def test_template_that_is_too_long_is_refused(folder):
    acknowledge(folder, "x" * 17_000)

    assert [p.problem for p in check_templates(folder, ACE)] == ["is longer than 16,384 characters"]


SLOW = ["![", "[a][", "a**b", "|a\n|-\n"]


@pytest.mark.parametrize("part", SLOW)
@pytest.mark.parametrize("size", [60_000, pytest.param(16_300, marks=pytest.mark.slow)])
def test_markdown_that_is_slow_to_read_is_refused_in_time(folder, part, size):
    acknowledge(folder, (part * size)[:size])
    begun = time.thread_time()

    check_templates(folder, ACE)

    assert time.thread_time() - begun < 10


@pytest.mark.parametrize("part", SLOW)
def test_loop_does_not_make_slow_markdown_slower(folder, part):
    body = "{% for d in noted %}" + (part * 16_000)[:16_000] + "{% endfor %}"
    override(folder, "application_pack.md.j2", f"Subject: x\n\n{body}\n")
    begun = time.thread_time()

    check_templates(folder, ACE)

    assert time.thread_time() - begun < 10


def test_loop_that_takes_too_long_is_broken_off(monkeypatch):
    template = make_environment(None).from_string("{% for n in numbers %}{{ n }}{% endfor %}")
    numbers = list(range(PARTS_A_LOOK))

    assert fill(template, {"numbers": numbers}, name="x").startswith("0123")
    monkeypatch.setattr(letterbook, "LONGEST_RENDERING", 0.0)
    with pytest.raises(TemplateError, match="too long"):
        fill(template, {"numbers": numbers}, name="x")


def test_letter_that_takes_too_long_to_write_is_named(folder, monkeypatch):
    monkeypatch.setattr(proofreading, "LONGEST_TRIAL", 0.0)
    acknowledge(folder, "Hello")

    problems = [p.problem for p in check_templates(folder, ACE) if p.file.startswith("ack")]
    assert problems == ["takes too long to write."]


def test_letter_that_grows_too_long_is_stopped(folder):
    override(
        folder,
        "application_pack.md.j2",
        "Subject: x\n\n{% for d in noted %}" + "word " * 10_000 + "{% endfor %}\n",
    )
    book = Letterbook(folder, "ace")
    samples = samples_of(LetterKind.APPLICATION_PACK)

    with pytest.raises(TemplateError):
        book.get(LetterKind.APPLICATION_PACK).write(samples)
    assert LONGEST_OUTPUT < 5 * 50_000


def test_programme_goes_before_default_file_by_file(folder):
    override(folder, "closing.md.j2", "Yours, {{ programme.team }}\n")

    ours = preview_samples(folder, ACE, LetterKind.CLOSED).text
    theirs = preview_samples(folder, SURREY, LetterKind.CLOSED).text

    assert ours.endswith("Yours, The London leadership team\n")
    assert "With best wishes" in theirs
    assert "With best wishes" not in ours


def test_version_changes_with_any_of_its_files(folder):
    before = Letterbook(folder, "ace").get(LetterKind.CLOSED).version
    override(folder, "closing.md.j2", "Yours\n")

    assert Letterbook(folder, "ace").get(LetterKind.CLOSED).version != before


def test_samples_say_everything_that_is_declared():
    names = {placeholder.name for placeholder in EVERYWHERE}

    assert {"greeting", "round.closes_at", "person.email", "case.reference"} <= names
    assert samples_of(LetterKind.CLOSED, bare=True)["case"] == {"reference": None, "title": None}


def test_loop_over_a_list_that_is_not_there_names_it(folder):
    body = "{% for nominee in nominees %}\n{{ nominee.name }}\n{% endfor %}"
    override(folder, "nomination_picture.md.j2", f"Subject: A letter\n\nHello\n\n{body}\n")

    (problem,) = check_templates(folder, ACE)

    assert str(problem) == (
        "ace/nomination_picture.md.j2:5: there is no placeholder nominees. Did you mean nominated?"
    )


def test_day_that_an_item_may_lack_is_asked_for_first(folder):
    shown = "{{ offer.reply_by | day }}"
    checked = []
    for words in (shown, f"{{% if offer.reply_by %}}{shown}{{% endif %}}"):
        body = f"{{% for offer in asked %}}\n{words}\n{{% endfor %}}"
        override(folder, "nomination_picture.md.j2", f"Subject: A letter\n\nHello\n\n{body}\n")
        checked.append(len(check_templates(folder, ACE)))

    assert checked == [1, 0]
