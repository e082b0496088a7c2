"""A small year, whole: real IMAP, real SMTP, the real application, and the judgement of it."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from intake.cli import app
from intake.commands.simulating.correspondence import Arrival, files_of
from intake.commands.simulating.grant.acting import FiledByHand
from intake.commands.simulating.grant.assessors import ScoresKept
from intake.commands.simulating.grant.lives import Deed, Life
from intake.commands.simulating.grant.page import report_of
from intake.commands.simulating.grant.performance import Performance, Plan, perform
from intake.commands.simulating.grant.readers import Refusal
from intake.commands.simulating.oracle import Judgement
from intake.commands.simulating.page import render_page
from intake.commands.simulating.telling import conclude
from storage.domain.letter import LetterKind
from tests.support.once import make_once

SIZE = 12
SEED = 3

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Performance:
    return make_once(tmp_path_factory, "year", _play)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str]:
    """What the command says of the same year, played once more, and the page it left."""
    return make_once(tmp_path_factory, "told", _command)


def _play(folder: Path) -> Performance:
    return perform(Plan(SEED, SIZE), folder, lambda *_: None)


def _command(folder: Path) -> tuple[dict[str, Any], str]:
    options = ["--seed", str(SEED), "--applicants", str(SIZE), "--into", str(folder), "--json"]
    result = CliRunner().invoke(app, ["simulate", "ace", *options])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout), (folder / "index.html").read_text("utf-8")


def letter_of(year: Performance, kind: LetterKind) -> Arrival:
    """The first letter of this kind to an applicant."""
    known = year.judgement.known
    return next(x for x in year.judgement.arrivals if known[x.message_id].kind is kind)


def judged(year: Performance, *arrivals: Arrival) -> tuple[str, ...]:
    return replace(year.judgement, arrivals=arrivals).violations()


def test_every_letter_is_as_the_year_calls_for(year: Performance) -> None:
    assert year.violations == ()
    assert len(year.references) == SIZE
    assert {happening.what for happening in year.happenings} >= {
        Deed.EXPRESS,
        Deed.FORM,
        Deed.WITHDRAW,
        "automatic reply",
        "letter comes back",
        "advertisement",
        "sends scores",
        "corrects scores",
        Deed.TELL_SOME,
        Deed.TELL_DETAILS,
        Deed.SIGN,
        Deed.COME,
        Deed.STAY_AWAY,
        "more time for one case, by reply",
        "a held letter is discarded, by reply",
        "a question is answered, by reply",
        "an organiser answers by hand",
    }
    refused = [x.refusal for told in year.diary.scored for x in told.verdicts.values()]
    assert set(refused) == {None, *Refusal}


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        (LetterKind.SCORING_SHEET, ".xlsx"),
        (LetterKind.AWARD_DETAILS, ".docx"),
        (LetterKind.MOU, ".docx"),
        (LetterKind.INVITATION, ".ics"),
    ],
)
def test_letter_brings_its_file(year: Performance, kind: LetterKind, ending: str) -> None:
    names = [file.name for file in files_of(letter_of(year, kind).raw)]

    assert any(name.endswith(ending) for name in names)


def test_same_seed_gives_the_same_letters(
    year: Performance, told: tuple[dict[str, Any], str]
) -> None:
    fields, _ = told

    assert fields["digest"] == year.digest
    assert fields["letters"] == len(year.letters)
    assert fields["violations"] == []


def test_command_leaves_a_page_and_tells_the_timeline(told: tuple[dict[str, Any], str]) -> None:
    fields, page = told
    kinds = {kind for line in fields["timeline"] for kind in line["letters"]}

    assert "Every letter is as the year calls for" in page
    assert kinds >= {"application pack", "deadline reminder", "outcome funded", "digest"}


@pytest.mark.parametrize(
    "kind",
    [
        LetterKind.APPLICATION_PACK,
        LetterKind.DEADLINE_REMINDER,
        LetterKind.EXTENSION_NOTICE,
        LetterKind.LATE_RECEIPT,
        LetterKind.SCORING_SHEET,
        LetterKind.SCORING_RECEIPT,
        LetterKind.SCORING_REMINDER,
        LetterKind.OUTCOME_FUNDED,
        LetterKind.AWARD_DETAILS,
        LetterKind.AWARD_RECEIPT,
        LetterKind.AWARD_CHASE,
        LetterKind.MOU,
        LetterKind.MOU_CHASE,
        LetterKind.MOU_RECEIPT,
        LetterKind.MOU_COUNTERSIGNED,
        LetterKind.INTRODUCTION,
        LetterKind.INVITATION,
        LetterKind.ACTION_RECEIPT,
        LetterKind.ORGANISER_ANSWER,
        LetterKind.DIGEST,
        LetterKind.CLOSING_NOTICE,
    ],
)
def test_missing_letter_is_noticed(year: Performance, kind: LetterKind) -> None:
    gone = letter_of(year, kind)

    (violation,) = judged(year, *(x for x in year.judgement.arrivals if x is not gone))

    assert "did not get " + kind.replace("_", " ") in violation


def test_letter_that_comes_twice_is_noticed(year: Performance) -> None:
    pack = letter_of(year, LetterKind.APPLICATION_PACK)

    violations = judged(year, *year.judgement.arrivals, pack)

    assert any("arrived twice: application pack" in one for one in violations)


def test_second_letter_of_its_kind_is_noticed(year: Performance) -> None:
    outcome = letter_of(year, LetterKind.OUTCOME_NOT_FUNDED)
    known = year.judgement.known
    again = replace(outcome, message_id="<another@postroom.example>")
    doubled: Judgement = replace(
        year.judgement,
        arrivals=(*year.judgement.arrivals, again),
        known={**known, again.message_id: known[outcome.message_id]},
    )

    violations = doubled.violations()

    assert any("ought not to have got outcome not funded" in one for one in violations)
    assert any("was told 2 outcome not funded" in one for one in violations)


def test_letter_to_somebody_else_is_noticed(year: Performance) -> None:
    pack = letter_of(year, LetterKind.APPLICATION_PACK)
    others = [x for x in year.judgement.arrivals if x is not pack]
    reader = next(
        r for r in year.judgement.readers if not r.addresses.intersection(pack.recipients)
    )

    violations = judged(year, *others, replace(pack, recipients=tuple(reader.addresses)[:1]))

    assert any("got letters about" in one or "went to" in one for one in violations)


def test_outcome_before_its_day_is_noticed(year: Performance) -> None:
    outcome = letter_of(year, LetterKind.OUTCOME_FUNDED)
    others = [x for x in year.judgement.arrivals if x is not outcome]

    violations = judged(year, *others, replace(outcome, at=outcome.at - timedelta(days=3)))

    assert any("an outcome before its day" in one for one in violations)


def test_better_application_that_is_not_funded_is_noticed(year: Performance) -> None:
    kept = next(one for one in year.judgement.more if isinstance(one, ScoresKept))
    area, best = next((area, sorted(found)[0]) for area, found in kept.funded.items() if found)
    counted = {**kept.counted, best: kept.counted[best] + 0.5}
    funded = {**kept.funded, area: kept.funded[area] - {best}}
    others = {**kept.others, area: kept.others.get(area, frozenset()) | {best}}

    miscounted = list(replace(kept, counted=counted)(year.judgement))
    passed_over = list(replace(kept, funded=funded, others=others)(year.judgement))

    assert list(kept(year.judgement)) == []
    assert [f"{best} was counted with" in one for one in miscounted] == [True]
    assert f"{best} is no worse than those of {area} that are funded" in passed_over


def test_answer_by_hand_that_is_not_filed_is_noticed(year: Performance) -> None:
    filed = next(one for one in year.judgement.more if isinstance(one, FiledByHand))
    (reference,) = filed.filed

    lost = list(replace(filed, filed=frozenset())(year.judgement))
    stray = list(replace(filed, filed=frozenset({reference, "ACE-9999"}))(year.judgement))

    assert lost == [f"what an organiser answered by hand is not filed in {reference}"]
    assert stray == ["an answer is filed in ACE-9999 that nobody gave"]


def test_page_names_what_is_not_as_it_must_be(year: Performance) -> None:
    page = replace(report_of(year).page, violations=["<b>a pack</b> is missing"])

    html = render_page(page, seconds=1)

    assert "&lt;b&gt;a pack&lt;/b&gt; is missing" in html
    assert "Not everything is as it must be." in html
    assert html.count('class="case ') == SIZE
    assert Life.HOLIDAY in html


def test_timeline_fits_the_terminal_and_violations_end_with_status_1(
    year: Performance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = letter_of(year, LetterKind.LATE_RECEIPT)
    arrivals = tuple(letter for letter in year.judgement.arrivals if letter is not gone)
    wrong = replace(year, judgement=replace(year.judgement, arrivals=arrivals))

    with pytest.raises(typer.Exit) as ended:
        conclude(report_of(wrong), tmp_path, seconds=1, as_json=False)

    lines = capsys.readouterr().out.splitlines()
    end = next(place for place, line in enumerate(lines) if " applicants, " in line)
    assert ended.value.exit_code == 1
    assert max(map(len, lines[:end])) <= 80
    assert any("Mon 5 Jul" in line and "ACE 2021 opens" in line for line in lines)
    assert any(line.startswith("Not as it must be: ") for line in lines[end:])


def test_folder_of_others_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("real settings", "utf-8")

    result = CliRunner().invoke(app, ["simulate", "ace", "--into", str(tmp_path)])

    assert result.exit_code == 2
    assert (tmp_path / "config.toml").read_text("utf-8") == "real settings"
