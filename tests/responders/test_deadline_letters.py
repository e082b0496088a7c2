"""Reminders, notices of a moved closing and packs sent again: who gets which, and who none."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from icalendar import Calendar

from responders.kinds import get_kind, letters_due, next_attention
from responders.kinds.extension_notice import late_form_of
from responders.pack.dates import build_dates
from responders.rendering import Renderer
from storage.archive import Archive
from storage.domain.case import CaseState
from storage.domain.decision import Outcome, ReleasedOutcome, Ruling
from storage.domain.letter import LetterKind, LetterState
from storage.domain.message import MessageKind
from storage.domain.people import Address
from storage.domain.programme import ProgrammeKind, Reminders, Round
from tests.support.moves import (
    EXTENDED_AT,
    LATER,
    a_bounce,
    a_packed,
    a_reissue,
    an_extension,
    moved,
)
from tests.support.situations import (
    ACE,
    AMINA,
    AMINA_ADDRESS,
    JULY,
    a_case,
    a_letter,
    a_message,
    a_situation,
    after,
)

TEMPLATES = Path(__file__).parents[2] / "templates"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEVEN = datetime(2021, 8, 13, 8, tzinfo=UTC)
CLOSES = ACE.round.closes_at
FRIDAY = "/2021-08-20T16:00:00+00:00"
REMINDER = LetterKind.DEADLINE_REMINDER
NOTICE = LetterKind.EXTENSION_NOTICE
REISSUE = LetterKind.PACK_REISSUE


def reminded(now=SEVEN, **changes):
    programme = replace(ACE, reminders=Reminders(days_before=(14, 7, 2)))
    return replace(a_packed(), **{"programme": programme, "now": now, **changes})


def told(situation, kind):
    """The keys behind the case's number, each with the rule by which the letter is left out."""
    dues = [due for due in letters_due(situation) if due.kind is kind]
    return [(due.key.partition("case:42")[2], due.skip) for due in dues]


def in_state(situation, state, kind=LetterKind.APPLICATION_PACK):
    changed = (
        replace(x, state=state, sent_at=None) if x.kind is kind else x for x in situation.letters
    )
    return replace(situation, letters=tuple(changed))


def with_form(situation, received_at, kind=LetterKind.APPLICATION_RECEIPT):
    """The same once a form came and was answered by a letter of this kind."""
    form = a_message(MessageKind.APPLICATION, id=8, received_at=received_at)
    receipt = replace(
        a_letter(get_due(kind, 8), id=30), created_at=received_at, sent_at=received_at
    )
    case = replace(situation.case, state=CaseState.APPLIED)
    return replace(
        situation,
        case=case,
        messages=(*situation.messages, form),
        letters=(*situation.letters, receipt),
    )


def get_due(kind, cause):
    due = letters_due(a_situation(a_message(MessageKind.QUESTION, id=cause), case=a_case()))[0]
    return replace(due, kind=kind, key=f"{kind}/message:{cause}")


# Reminders


def test_reminder_goes_to_whom_the_case_belongs():
    situation = replace(reminded(), letters=a_packed().letters)
    written = [due for due in letters_due(situation) if due.skip is None]

    assert [(due.kind, due.recipient.email, due.cause) for due in written] == [
        (REMINDER, AMINA.email, None)
    ]
    assert told(situation, REMINDER) == [(f"{FRIDAY}/14", "overtaken"), (f"{FRIDAY}/7", None)]


def test_reminder_is_written_once():
    situation = reminded()

    assert told(after(situation, *letters_due(situation)), REMINDER) == []


@pytest.mark.parametrize("state", [LetterState.QUEUED, LetterState.HELD, LetterState.DISCARDED])
def test_pack_that_did_not_leave_is_not_reminded_of(state):
    assert told(in_state(reminded(), state), REMINDER) == []


@pytest.mark.parametrize("state", [CaseState.APPLIED, CaseState.WITHDRAWN])
def test_form_or_withdrawal_ends_the_reminders(state):
    situation = reminded()
    settled = replace(situation, case=replace(situation.case, state=state))

    assert told(settled, REMINDER) == []
    assert next_attention(settled) is None


def test_cohorts_and_other_rounds_are_not_reminded():
    situation = reminded()
    cohort = replace(situation.programme, kind=ProgrammeKind.COHORT)

    assert told(replace(situation, programme=cohort), REMINDER) == []
    assert told(replace(situation, case=replace(situation.case, round="2020")), REMINDER) == []


def test_case_is_looked_at_again_for_the_next_reminder():
    first = a_packed()
    asleep = replace(reminded(), now=first.now)

    assert next_attention(asleep) == datetime(2021, 8, 6, 8, tzinfo=UTC)
    assert next_attention(in_state(asleep, LetterState.QUEUED)) == datetime(
        2021, 8, 6, 8, tzinfo=UTC
    )
    assert next_attention(replace(asleep, now=CLOSES)) is None


def test_reminder_of_a_dead_address_is_left_out():
    situation = a_bounce(reminded(), AMINA_ADDRESS, at=JULY + HOUR)

    assert told(situation, REMINDER) == [(f"{FRIDAY}/14", "overtaken"), (f"{FRIDAY}/7", "bounced")]


def test_who_writes_again_is_reached_again():
    bounced = a_bounce(reminded(), AMINA_ADDRESS, at=JULY + HOUR)
    alive = a_message(MessageKind.FOLLOW_UP, id=91, received_at=JULY + DAY, changed=["area"])

    assert told(replace(bounced, messages=(*bounced.messages, alive)), REMINDER)[-1][1] is None


@pytest.mark.parametrize(
    ("named", "address"),
    [
        (("<letter-77@postroom.leadership.nhs.example>",), AMINA.email),
        ((), AMINA.email),
        (("<letter-1@postroom.leadership.nhs.example>",), "somebody@else.example"),
    ],
)
def test_report_about_no_letter_of_ours_to_them_is_not_believed(named, address):
    situation = a_bounce(reminded(), Address(address), at=JULY + HOUR)
    *others, report = situation.messages
    forged = replace(report.understanding, bounced_letters=named)
    claimed = replace(situation, messages=(*others, replace(report, understanding=forged)))

    assert told(claimed, REMINDER)[-1] == (f"{FRIDAY}/7", None)


def test_reminder_of_a_case_with_its_own_closing_says_so():
    situation = moved(reminded(), an_extension(case_id=42, at=JULY + DAY))
    situation = replace(situation, now=LATER - 7 * DAY)
    values = get_kind(REMINDER).values(situation, letters_due(situation)[-1])

    assert values["is_own_time"] is True
    assert values["round"]["closes_at"] == "2021-08-27T17:00:00+01:00"


def of_old_closing(situation, written_at, **changes):
    """The same where a reminder of another closing was written, or left out, at this instant."""
    (pack,) = situation.letters
    key = "deadline_reminder/case:42/2021-08-19T16:00:00+00:00/7"
    letter = replace(pack, id=5, kind=REMINDER, key=key, created_at=written_at, **changes)
    return replace(situation, letters=(pack, letter))


def test_reminder_of_another_closing_counts_only_if_it_was_written():
    hour_ago = SEVEN - HOUR
    written = of_old_closing(reminded(), hour_ago)
    left_out = of_old_closing(reminded(), hour_ago, state=LetterState.DISCARDED, rule="bounced")

    assert told(written, REMINDER)[-1] == (f"{FRIDAY}/7", "told_within_a_day")
    assert told(left_out, REMINDER)[-1] == (f"{FRIDAY}/7", None)


@pytest.mark.parametrize("kind", [NOTICE, REISSUE])
def test_reminder_does_not_follow_a_letter_that_told_the_closing(kind):
    situation = reminded()
    (pack,) = situation.letters
    late = replace(pack, id=5, kind=kind, key=f"{kind}/case:42", created_at=SEVEN - HOUR)

    assert told(replace(situation, letters=(pack, late)), REMINDER)[-1] == (
        f"{FRIDAY}/7",
        "told_within_a_day",
    )


def written(situation, folder):
    """The reminder as its reader gets it."""
    renderer = Renderer(TEMPLATES, archive=Archive(folder), secret=b"secret", packs={})
    due = next(due for due in letters_due(situation) if due.kind is REMINDER and due.skip is None)
    return message_from_bytes(renderer.render(situation, due).content, policy=default)


def test_reminder_brings_the_form_or_names_the_link(tmp_path):
    link = "https://leadership.nhs.example/ace/pack"
    linked = replace(reminded().programme, pack_link=link)

    with_form, with_link = (
        written(situation, tmp_path)
        for situation in (reminded(), replace(reminded(), programme=linked))
    )

    files = [part.get_filename() for part in with_form.iter_attachments()]
    assert files == ["ACE-0042 application form.docx"]
    assert list(with_link.iter_attachments()) == []
    assert link in with_link.get_body(("plain",)).get_content()


def test_reminder_of_a_form_that_can_not_be_opened_does_not_say_that_none_came(tmp_path):
    situation = reminded()
    (pack,) = situation.letters
    problem = replace(pack, id=6, kind=LetterKind.ATTACHMENT_PROBLEM, key="attachment_problem/7")

    told = written(replace(situation, letters=(pack, problem)), tmp_path)

    text = " ".join(told.get_body(("plain",)).get_content().split())
    assert "we still need an application form for “Ask Dad” that we can open." in text
    assert "has not reached us" not in text


# Notices of a moved closing


def test_notice_goes_to_whoever_was_told_the_old_time_and_once():
    situation = moved(a_packed(), an_extension())

    assert told(situation, NOTICE) == [("/2021-08-27T16:00:00+00:00", None)]
    assert told(after(situation, *letters_due(situation)), NOTICE) == []


def test_who_came_after_the_move_knows_no_other_time():
    assert told(moved(a_packed(EXTENDED_AT + HOUR), an_extension()), NOTICE) == []


def test_withdrawn_are_told_nothing():
    situation = moved(a_packed(), an_extension())
    withdrawn = replace(situation, case=replace(situation.case, state=CaseState.WITHDRAWN))

    assert told(withdrawn, NOTICE) == []


def test_who_has_an_outcome_is_not_told_of_more_time():
    decided = ReleasedOutcome(1, 42, Ruling(Outcome.RESERVE), "x", EXTENDED_AT, EXTENDED_AT)

    assert told(replace(moved(a_packed(), an_extension()), outcomes=(decided,)), NOTICE) == []


def test_notice_is_left_out_once_the_new_time_has_passed_too():
    situation = replace(moved(a_packed(), an_extension()), now=LATER)

    assert told(situation, NOTICE) == [("/2021-08-27T16:00:00+00:00", "closed")]


def test_earlier_time_is_no_news():
    earlier = replace(moved(a_packed(), an_extension(CLOSES - DAY)), now=EXTENDED_AT)

    assert told(earlier, NOTICE) == []


def notice_values(situation):
    (due,) = (due for due in letters_due(situation) if due.kind is NOTICE)
    return get_kind(NOTICE).values(situation, due)


def test_notice_tells_the_time_they_knew_whatever_was_set_in_between():
    slip = an_extension(CLOSES + DAY, at=EXTENDED_AT - timedelta(minutes=1))

    values = notice_values(moved(a_packed(), slip, an_extension(id=2)))

    assert values["old_closes_at"] == "2021-08-20T17:00:00+01:00"
    assert values["reason"] == an_extension().reason


def test_second_move_tells_the_first_as_the_old_time():
    first = moved(a_packed(), an_extension())
    wrote = [replace(a_letter(due, id=9), created_at=first.now) for due in letters_due(first)]
    second = moved(
        replace(first, letters=(*first.letters, *wrote)),
        an_extension(LATER + DAY, id=2, at=LATER - DAY),
    )

    assert notice_values(second)["old_closes_at"] == "2021-08-27T17:00:00+01:00"


def test_form_that_is_in_time_now_is_told_so():
    came = CLOSES + 2 * HOUR
    late = with_form(a_packed(), came, LetterKind.LATE_RECEIPT)

    situation = moved(late, an_extension(at=CLOSES + DAY))

    assert notice_values(situation)["was_late"] is True
    assert late_form_of(situation) == "2021-08-20T19:00:00+01:00"
    assert [due.kind for due in letters_due(situation)] == [NOTICE]


def test_form_that_was_in_time_is_not_told_that_it_was_late():
    values = notice_values(moved(with_form(a_packed(), JULY + DAY), an_extension()))

    assert (values["was_late"], values["has_form"], values["is_own_time"]) == (False, True, False)


def test_own_extension_is_told_as_ones_own():
    assert notice_values(moved(a_packed(), an_extension(case_id=42)))["is_own_time"] is True
    both = moved(a_packed(), an_extension(case_id=42), an_extension(id=2))
    assert notice_values(both)["is_own_time"] is False


def test_reminders_of_the_old_closing_give_way_to_those_of_the_new():
    situation = moved(reminded(), an_extension())

    assert told(situation, REMINDER) == []
    assert next_attention(situation) == SEVEN + 7 * DAY
    assert told(replace(situation, now=SEVEN + 7 * DAY), REMINDER) == [
        ("/2021-08-27T16:00:00+00:00/7", None)
    ]


# Dates for the calendar


def closing_event(programme):
    events = Calendar.from_ical(build_dates(programme)).walk("VEVENT")
    return next(event for event in events if event["uid"].startswith("closes."))


def test_calendar_moves_the_entry_that_it_has():
    before, now = ACE, moved(a_packed(), an_extension()).programme
    old, new = closing_event(before), closing_event(now)

    assert new["uid"] == old["uid"]
    assert (old.get("sequence"), new.get("sequence")) == (None, 1)
    assert new.decoded("dtstart") == LATER
    assert new.decoded("dtstamp") == EXTENDED_AT > old.decoded("dtstamp")
    assert b"METHOD:PUBLISH" in build_dates(now)


def test_calendar_counts_each_move():
    twice = moved(a_packed(), an_extension(), an_extension(LATER + DAY, id=2))

    assert closing_event(twice.programme)["sequence"] == 2


def test_only_the_closing_is_told_anew():
    now = moved(a_packed(), an_extension()).programme
    events = Calendar.from_ical(build_dates(now)).walk("VEVENT")

    assert [event["uid"].split(".")[0] for event in events if "sequence" in event] == ["closes"]


# Packs sent again


def reissued(situation, version=3, **settings):
    return replace(
        situation, reissue=a_reissue(version, **settings), now=a_reissue().at + timedelta(minutes=1)
    )


def test_new_pack_goes_to_who_holds_an_older_one_and_once():
    situation = reissued(a_packed())

    assert told(situation, REISSUE) == [("/v3", None)]
    assert told(after(situation, *letters_due(situation)), REISSUE) == []


@pytest.mark.parametrize("version", [1, 2])
def test_who_holds_it_or_a_newer_one_gets_none(version):
    assert told(reissued(a_packed(), version), REISSUE) == []


def test_who_has_no_pack_gets_none():
    packed = reissued(a_packed())

    assert told(replace(packed, letters=()), REISSUE) == []
    assert told(in_state(packed, LetterState.DISCARDED), REISSUE) == []
    assert told(in_state(packed, LetterState.HELD), REISSUE) == [("/v3", None)]


def test_new_pack_of_another_round_or_after_the_closing_is_not_sent():
    situation = reissued(a_packed())
    other = replace(situation.programme, round=Round("2022", JULY, CLOSES))

    assert told(replace(situation, programme=other), REISSUE) == []
    assert told(replace(situation, now=CLOSES), REISSUE) == [("/v3", "closed")]


def test_new_pack_says_what_it_means_for_a_form_that_came():
    situation = reissued(with_form(a_packed(), JULY + DAY), form_still_fine=False)
    (due,) = (due for due in letters_due(situation) if due.kind is REISSUE)
    values = get_kind(REISSUE).values(situation, due)

    assert (values["has_form"], values["form_still_fine"]) == (True, False)
    assert values["note"] == a_reissue().note
