"""What letters to organisers say, part by part, and the workbook that comes with them."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from responders.kinds import closing_notice, digest
from responders.kinds.base import Values
from responders.kinds.organisers.book import overview_file
from responders.kinds.organisers.numbers import bar, days_of
from responders.kinds.organisers.view import LONGEST_LIST, view_of
from responders.letterbook import Letterbook, Rendered
from storage.domain.case import CaseState
from storage.domain.decision import Outcome
from storage.domain.letter import LetterKind, LetterState
from storage.domain.message import MessageKind
from storage.domain.overview import HistoryLine, Overview, PersonsMessage, WaitingLetter
from storage.domain.programme import DigestRhythm, Organiser
from storage.domain.situation import Situation
from tests.support.organising import (
    BUSY_MORNING,
    ROSALIND,
    TOMASZ,
    a_busy_morning,
    a_busy_round,
    a_closed_round,
    a_digest,
    a_line,
    a_quiet_morning,
    a_round,
    an_event,
    clock,
    run_by,
)
from tests.support.payloads import PAYLOADS
from tests.support.programmes import SURREY

TEMPLATES = Path(__file__).parents[2] / "templates"


def values_of(s: Situation) -> Values:
    return digest.values(s, digest.due(s)[-1])


def written(s: Situation) -> Rendered:
    values = values_of(s) | {"reply_code": "n2lwxbzkqlkfryhyzvzjnqtkq5s7gyyy"}
    return Letterbook(TEMPLATES, s.programme.slug).get(LetterKind.DIGEST).write(values)


def told(name: str, *lines: HistoryLine, **overview: object) -> list[tuple[object, object]]:
    """Label and words of the items of one list, of a morning after these lines."""
    base = replace(a_busy_round(), letters=(), messages=(), lines=lines, last_event=500)
    s = a_round(replace(base, **overview), now=BUSY_MORNING)  # type: ignore[arg-type]
    found = values_of(s)[name]
    assert isinstance(found, list)
    return [(item["label"], item["what"]) for item in found if isinstance(item, dict)]


def news(*lines: HistoryLine, **overview: object) -> dict[object, list[object]]:
    """The words of each group of news."""
    base = replace(a_busy_round(), letters=(), messages=(), lines=lines, last_event=500)
    s = a_round(replace(base, **overview), now=BUSY_MORNING)  # type: ignore[arg-type]
    groups = values_of(s)["news"]
    assert isinstance(groups, list)
    return {g["title"]: [x["what"] for x in g["lines"]] for g in groups}


def waiting(id: int, **told: object) -> WaitingLetter:
    base = WaitingLetter(
        id,
        LetterKind.APPLICATION_PACK,
        LetterState.HELD,
        "budget.breaker",
        1,
        None,
        "amina@kentish.example",
        clock(11),
    )
    return replace(base, **told)  # type: ignore[arg-type]


def test_letters_that_wait_for_the_same_reason_are_told_together() -> None:
    held = [waiting(id, case_id=id) for id in (1, 3, 7, 9)]
    failed = waiting(50, state=LetterState.FAILED, rule="refused", case_id=None)
    needs = told("needs", letters=(*held, failed))

    assert needs == [
        (
            "ACE-0001, ACE-0003, ACE-0007 and 1 more",
            "4 letters wait for you: too many letters left within an hour; all wait until these "
            "are judged (budget.breaker)",
        ),
        (
            "amina@kentish.example",
            "the application pack has failed: its server refused it for good (refused)",
        ),
    ]
    s = a_round(
        replace(a_busy_round(), letters=(*held, failed), messages=(), lines=()), now=clock(13)
    )
    assert values_of(s)["needs_you"] == 5


def test_a_question_whose_answer_is_held_is_one_thing() -> None:
    question = PersonsMessage(46, clock(12), MessageKind.QUESTION, case_id=1)
    answer = waiting(31, kind=LetterKind.ACKNOWLEDGEMENT, rule="stranger", cause=46)
    line = an_event(101, "message_recorded", 1, message_id=46, kind=MessageKind.QUESTION)
    (need,) = told("needs", line, letters=(answer,), messages=(question,))

    assert need == (
        "ACE-0001, Kentish Town Family Centre",
        "a question that only a person can answer, received at 8 am on Thursday 12 August 2021; "
        "the letter that says so is held",
    )


def test_a_question_is_told_once_and_what_nobody_could_read_until_it_is_dealt_with() -> None:
    question = PersonsMessage(46, clock(12), MessageKind.QUESTION)
    broken = PersonsMessage(47, clock(12), None, reason="parser_died")
    needs = told("needs", messages=(question, broken))

    assert [what for _, what in needs] == [
        "a message that could not be read (parser_died), received at 8 am on Thursday "
        "12 August 2021"
    ]


def test_two_cases_that_are_alike_are_told_once() -> None:
    pair = (
        an_event(1, "likely_duplicate", 3, case="ACE-0010", reasons="same_phone same_title"),
        an_event(2, "likely_duplicate", 10, case="ACE-0003", reasons="same_phone same_title"),
    )

    assert told("needs", *pair) == [
        ("ACE-0003, Friends of Wick Lane", "perhaps the same as ACE-0010 (same phone, same title)")
    ]


def test_a_case_like_many_others_is_told_once() -> None:
    alike = [
        an_event(n, "likely_duplicate", 3, case=f"ACE-00{n}", reasons="same_summary")
        for n in range(10, 15)
    ]

    assert told("needs", *alike) == [
        (
            "ACE-0003, Friends of Wick Lane",
            "perhaps the same as ACE-0010, ACE-0011, ACE-0012 and 2 more (same summary)",
        )
    ]


def test_letters_that_could_not_be_written_are_told_once_with_the_place() -> None:
    failed = [
        an_event(id, "render_failed", 3, letter="application_pack", where="digest.md.j2:4")
        for id in (1, 2)
    ]

    assert told("needs", *failed) == [
        (
            "ACE-0003, Friends of Wick Lane",
            "the application pack could not be written (digest.md.j2:4)",
        )
    ]


def test_an_alarm_and_a_standstill_of_reading_are_told() -> None:
    needs = told("needs", an_event(1, "breaker_tripped"), unread=3)

    assert [what for _, what in needs] == [
        "too many letters left within an hour: all wait until somebody has judged them",
        "messages that have waited too long to be read: 3",
    ]


def test_forms_say_whether_they_are_in_time_and_replace_another() -> None:
    case = a_line(1, state=CaseState.APPLIED, form_at=clock(9, 10))
    late = a_line(2, closes_at=clock(11), form_at=clock(12), is_late=True)
    forms = [
        an_event(
            id, "message_recorded", id, kind=MessageKind.APPLICATION, received_at=clock(12, 9 - id)
        )
        for id in (1, 2)
    ]

    assert news(*forms, cases=(case, late)) == {
        "Forms that came back": [
            "8 am on Thursday 12 August 2021, in time, in place of an earlier one",
            "7 am on Thursday 12 August 2021, late",
        ]
    }


def test_what_a_new_case_or_a_form_changed_is_not_told_again() -> None:
    lines = (
        an_event(1, "case_opened", 9),
        an_event(2, "case_changed", 9, changed="title"),
        an_event(3, "message_recorded", 1, kind=MessageKind.APPLICATION, received_at=clock(12)),
        an_event(4, "case_changed", 1, changed="state summary"),
        an_event(5, "case_changed", 3, changed="contact.phone people"),
        an_event(6, "case_changed", 7, changed="people"),
    )
    found = news(*lines)

    assert list(found) == ["New expressions of interest", "Forms that came back", "Changed"]
    assert found["Changed"] == ["the telephone number"]


def test_what_organisers_did_is_told_with_who_did_it() -> None:
    lines = (
        *(an_event(n, "decided", n, outcome="not_funded", actor="r@x.example") for n in (1, 3)),
        an_event(4, "outcome_released", 1, outcome="funded", actor="t@x.example"),
        an_event(5, "case_extended", 3, closes_at="2021-08-27T16:00:00+00:00", actor="r@x.example"),
        an_event(6, "pack_reissued", version="4", actor="r@x.example"),
        an_event(7, "case_changed", 7, changed="area", actor="r@x.example"),
    )

    assert news(*lines)["Done by organisers"] == [
        "this case now closes at 5 pm on Friday 27 August 2021, by r@x.example",
        "version 4 of the application pack goes to all who hold an older one",
        "area changed by r@x.example",
        "two cases decided as not funded, by r@x.example",
        "one case approved for the applicants as funded, by t@x.example",
    ]


def test_what_comes_from_the_panel_is_told_in_numbers() -> None:
    lines = (
        *(an_event(n, "panel_assigned", n, readers="3", actor="r@x.example") for n in (1, 3)),
        *(an_event(n, "assessed", n - 10, actor="b@panel.example") for n in (11, 13)),
    )

    assert news(*lines) == {
        "Done by organisers": ["two cases given to the panel to score, by r@x.example"],
        "From the panel": ["two cases judged, by b@panel.example"],
    }


def test_a_request_to_withdraw_that_was_held_is_not_called_done() -> None:
    line = an_event(1, "message_recorded", 3, kind=MessageKind.WITHDRAWAL, hold="stranger")

    assert news(line) == {"Withdrawn": ["a message asks for it"]}


def test_letters_left_out_and_machines_are_told_by_their_rules() -> None:
    lines = (
        *(
            an_event(n, "letter_skipped", n, letter="deadline_reminder", rule="closed")
            for n in (1, 3)
        ),
        an_event(5, "message_recorded", kind=MessageKind.BULK, rule="list_field"),
        an_event(6, "message_recorded", kind=MessageKind.BULK, rule="newsletter"),
        an_event(7, "message_recorded", 3, kind=MessageKind.BOUNCE, rule="delivery_delayed"),
    )

    assert told("wrong", *lines) == [
        ("ACE-0003, Friends of Wick Lane", "a letter is late, says a mail server"),
        (
            "ACE-0001 and ACE-0003",
            "deadline reminder 2 times left out: the closing came before it",
        ),
        (
            None,
            "two messages to a list or to many, kept and not answered: it came through a mailing "
            "list; it reads like a newsletter",
        ),
    ]


def test_what_an_organiser_discarded_is_their_deed_and_nothing_that_went_wrong() -> None:
    lines = [
        an_event(n, "letter_discarded", n, letter="acknowledgement", actor=ROSALIND.email)
        for n in (3, 10)
    ]

    assert told("wrong", *lines) == []
    assert news(*lines) == {
        "Done by organisers": ["two letters discarded (acknowledgement), by Rosalind Okoro"]
    }


def test_what_an_organiser_dealt_with_is_their_deed() -> None:
    lines = [an_event(n, "message_settled", n, actor=ROSALIND.email) for n in (3, 10)]

    assert news(*lines) == {"Done by organisers": ["two messages dealt with, by Rosalind Okoro"]}


def test_another_organisers_digest_is_none_of_ours() -> None:
    line = an_event(1, "letter_skipped", letter="digest", rule="overtaken", letter_id=77)
    s = a_round(replace(a_busy_round(), lines=(line,)), now=BUSY_MORNING)
    ours, theirs = (a_digest(clock(11), to=to, told_until=None, id=77) for to in (ROSALIND, TOMASZ))

    assert values_of(replace(s, letters=(ours,)))["has_news"]
    assert not values_of(replace(s, letters=(theirs,)))["has_news"]


def test_lists_are_cut_and_counted() -> None:
    cases = tuple(a_line(n) for n in range(1, 400))
    lines = tuple(an_event(n, "case_opened", n) for n in range(1, 400))
    s = a_round(Overview(cases=cases, lines=lines, last_event=500), now=BUSY_MORNING)
    found = values_of(s)

    assert found["new"] == 399
    assert found["at_risk_more"] == 399 - LONGEST_LIST
    letter = written(s)
    assert letter.subject.startswith("399 new")
    assert "And 389 more." in letter.text


def test_the_fullest_digest_is_no_longer_than_a_letter_may_be() -> None:
    """Every list is full, every name as long as it may be and full of what has to be escaped."""
    name = "*_[x]" * 12
    cases = tuple(a_line(n, organisation=name, title=name) for n in range(1, 60))
    kinds = (MessageKind.APPLICATION, MessageKind.WITHDRAWAL, MessageKind.BOUNCE)
    lines = [
        an_event(
            100 * place + n,
            "message_recorded",
            n,
            kind=kind,
            received_at=clock(12),
            bounced=(f"{'a' * 60}{n}@x.example",) if kind is MessageKind.BOUNCE else (),
        )
        for place, kind in enumerate(kinds)
        for n in range(1, 60)
    ]
    lines += [an_event(400 + n, "case_opened", n) for n in range(1, 60)]
    lines += [an_event(500 + n, "case_changed", n, changed="area") for n in range(1, 30)]
    lines += [
        an_event(600 + n, "case_extended", n, actor="r" * 60, closes_at=clock(27).isoformat())
        for n in range(1, 60)
    ]
    letters = tuple(waiting(n, rule=f"rule_{n}_{'x' * 50}", case_id=n) for n in range(1, 60))
    overview = Overview(cases=cases, letters=letters, lines=tuple(lines), last_event=999)
    letter = written(a_round(overview, now=BUSY_MORNING))

    assert "59 need you" in letter.subject
    assert name in letter.text


def test_numbers_tell_only_what_the_year_has_come_to() -> None:
    told_case = a_line(
        2,
        state=CaseState.APPLIED,
        form_at=clock(9),
        decision=Outcome.FUNDED,
        outcome=Outcome.FUNDED,
        told_at=clock(20),
        heard_at=clock(21),
    )
    early = values_of(a_round(Overview(cases=(a_line(1),)), now=BUSY_MORNING))
    late = values_of(a_round(Overview(cases=(a_line(1), told_case)), now=clock(24)))

    assert [row["label"] for row in early["numbers"]] == [
        "Expressions of interest",
        "Packs sent",
        "Forms in time",
    ]
    assert [(row["label"], row["value"]) for row in late["numbers"]][3:] == [
        ("Decided as funded", 1),
        ("Outcomes approved", 1),
        ("Told their outcome", 1),
        ("Answered since", 1),
    ]


def test_who_withdrew_is_not_counted_by_what_was_decided() -> None:
    gone = a_line(1, state=CaseState.WITHDRAWN, form_at=clock(9), decision=Outcome.FUNDED)
    rows = values_of(a_round(Overview(cases=(gone,)), now=clock(24)))["numbers"]
    labels = [row["label"] for row in rows]

    assert "Withdrawn" in labels and "Decided as funded" not in labels


def test_a_programme_without_areas_has_no_chart_of_them() -> None:
    surrey = run_by(Organiser(ROSALIND), programme=replace(SURREY, areas=()))
    line = an_event(1, "case_opened", 1)
    s = a_round(Overview(cases=(a_line(1),), lines=(line,), last_event=1), now=BUSY_MORNING)
    letter = written(replace(s, programme=surrey))

    assert "Nominations: 1" in letter.text
    assert "Area" not in letter.text


def test_days_are_those_of_the_programmes_calendar() -> None:
    just_after_midnight = clock(12, 0, 30)
    s = a_round(
        Overview(cases=(a_line(1, opened_at=just_after_midnight),)), now=just_after_midnight
    )
    days = days_of(view_of(s, Organiser(ROSALIND), DigestRhythm.DAILY))

    assert len(days) == 14
    assert days[-1] == {"day": "Thu 12 Aug", "opened": 1, "forms": 0, "bar": "█" * 20}
    assert days[-2] == {"day": "Wed 11 Aug", "opened": 0, "forms": 0, "bar": ""}


def test_a_fortnight_in_which_nothing_came_has_no_chart() -> None:
    quiet = a_line(1, opened_at=clock(12) - timedelta(days=40))
    line = an_event(1, "case_extended", 1, closes_at="2021-08-27T16:00:00+00:00")
    s = a_round(Overview(cases=(quiet,), lines=(line,), last_event=1), now=BUSY_MORNING)
    text = written(s).text

    assert values_of(s)["days"] == []
    assert "Chart:" not in text and "Day " not in text
    assert "\nNorth Central London" in text


def test_a_round_without_cases_has_no_charts() -> None:
    line = an_event(1, "round_extended", closes_at="2021-08-27T16:00:00+00:00")
    s = a_round(Overview(lines=(line,), last_event=1), now=BUSY_MORNING)

    assert values_of(s)["areas"] == values_of(s)["days"] == []
    assert "Chart:" not in written(s).text


def test_a_bar_is_never_longer_than_the_longest_nor_empty_for_something() -> None:
    assert [len(bar(number, 1000)) for number in (0, 1, 500, 1000)] == [0, 1, 10, 20]
    assert bar(0, 0) == ""


def test_what_leads_away_is_not_repeated() -> None:
    text = written(a_busy_morning()).text

    assert "cheap.example" not in text
    assert "020 7946 0999" not in text


def read(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_holds_everything_and_nothing_live() -> None:
    cases = tuple(
        a_line(n, title=payload, organisation=payload)
        for n, payload in enumerate(PAYLOADS, start=1)
    )
    overview = replace(a_busy_round(), cases=cases)
    view = view_of(a_round(overview, now=BUSY_MORNING), Organiser(ROSALIND), None)
    file = overview_file(view)
    sheets = read(file.content)

    assert file.name == "ace-2021-08-13.xlsx"
    assert list(sheets) == ["Cases", "Letters with trouble", "Messages for a person"]
    assert [len(rows) for rows in sheets.values()] == [len(PAYLOADS) + 1, 3, 4]
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml and "<f " not in xml and "hyperlink" not in xml
    assert overview_file(view) == file


def test_the_workbook_names_no_telephone_and_no_text() -> None:
    view = view_of(a_busy_morning(), Organiser(ROSALIND), None)
    heads = {str(cell) for rows in read(overview_file(view).content).values() for cell in rows[0]}

    assert not {"Telephone", "Summary", "Lead", "Subject"} & heads


def test_a_quiet_day_has_no_workbook_and_a_week_always_has() -> None:
    quiet, busy = a_quiet_morning(), a_busy_morning()
    weekly = run_by(Organiser(ROSALIND, DigestRhythm.WEEKLY))
    week = replace(quiet, programme=weekly, now=clock(16) + timedelta(hours=1), letters=())

    assert [len(digest.files(s, digest.due(s)[-1])) for s in (quiet, busy, week)] == [0, 1, 1]


def test_an_organiser_of_areas_reads_of_no_other() -> None:
    organiser = Organiser(ROSALIND, areas=("south-east-london",))
    s = replace(a_busy_morning(), programme=run_by(organiser))
    letter = written(s)
    book = read(overview_file(view_of(s, organiser, None)).content)

    assert "ACE-0007" in letter.text
    assert [row[0] for row in book["Cases"][1:]] == ["ACE-0007", "ACE-0009"]
    for foreign in ("ACE-0001", "ACE-0003", "ACE-0012", "North"):
        assert foreign not in letter.text.replace("perhaps the same as ACE-0003", "")
        assert foreign not in letter.html.replace("perhaps the same as ACE-0003", "")


def test_a_closing_notice_counts_who_has_more_time() -> None:
    s = a_closed_round()
    told = closing_notice.values(s, closing_notice.due(s)[0])

    assert (told["still_open"], told["needs_you"]) == (1, 3)


def test_a_cohort_is_asked_for_no_forms() -> None:
    surrey = run_by(Organiser(ROSALIND), programme=replace(SURREY, round=run_by().round))
    nominee = a_line(
        1, state=CaseState.NOMINATED, area=surrey.areas[0].key if surrey.areas else None
    )
    line = an_event(1, "case_opened", 1)
    s = a_round(Overview(cases=(nominee,), lines=(line,), last_event=1), now=BUSY_MORNING)
    letter = written(replace(s, programme=surrey))

    assert "New nominations" in letter.text
    assert "Forms" not in letter.text
    assert "At risk" not in letter.text


@pytest.mark.parametrize(
    ("lines", "waits", "subject"),
    [
        ([], 0, "Nothing new"),
        ([], 2, "Nothing new, 2 need you"),
        ([an_event(1, "case_opened", 1)], 1, "1 new, 1 needs you"),
        ([an_event(1, "round_extended", closes_at="2021-08-27T16:00:00+00:00")], 0, "1 change"),
        ([an_event(1, "letter_skipped", 1, letter="closed", rule="x")], 0, "1 did not go through"),
        ([an_event(1, "breaker_tripped")], 0, "1 needs you"),
        ([an_event(1, "case_opened", 4711)], 0, "Nothing new"),
    ],
)
def test_the_subject_says_the_news(lines: list[HistoryLine], waits: int, subject: str) -> None:
    letters = tuple(waiting(id, rule=f"rule {id}") for id in range(waits))
    overview = Overview(
        cases=(a_line(1),), lines=tuple(lines), letters=letters, last_event=len(lines)
    )

    assert written(a_round(overview, now=BUSY_MORNING)).subject == f"{subject}: ACE 2021"
