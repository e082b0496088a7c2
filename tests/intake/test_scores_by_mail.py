"""Scores that come to the inbox: taken from a member of the panel a trusted server vouches for, as
long as they are on it, and from nobody else."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from storage.domain.decision import Effect
from storage.domain.letter import LetterKind
from tests.support.scoring_office import (
    BEATRICE,
    IDRIS,
    PASS,
    PASS_IDRIS,
    ROSALIND,
    TRUSTED,
    ScoringOffice,
    fill_in,
)

ONE, TWO = "ACE-0001", "ACE-0002"
LINE = f"{ONE}: 4 3 5 4 2 4"
RECEIPT = (LetterKind.SCORING_RECEIPT, BEATRICE, "queued", None)


@pytest.fixture
def office(tmp_path: Path) -> ScoringOffice:
    return ScoringOffice(tmp_path)


def test_members_sheet_is_taken_and_confirmed(office: ScoringOffice) -> None:
    office.send(office.sheet(fill_in((4, 3, 5, 4, 2, 4), ("", "", "", "", "", "", "yes"))))

    message = office.read()

    assert [result.effect for result in message.scores] == [Effect.NEW, Effect.NEW]
    assert office.wait_for_a_person() == []
    assert office.scores() == {(BEATRICE, ONE): [4, 3, 5, 4, 2, 4], (BEATRICE, TWO): []}
    assert office.answers() == [RECEIPT]


def test_lines_of_the_text_are_taken_as_well(office: ScoringOffice) -> None:
    text = f"Hello,\r\n\r\n{LINE}\r\n{TWO} conflict, my sister works there\r\n\r\nBest, Beatrice"
    office.send(text=text)

    office.read()

    assert office.scores() == {(BEATRICE, ONE): [4, 3, 5, 4, 2, 4], (BEATRICE, TWO): []}
    assert office.answers() == [RECEIPT]


def test_newer_sheet_corrects_and_the_same_again_changes_nothing(office: ScoringOffice) -> None:
    office.send(office.sheet())
    office.read()
    office.send(office.sheet(fill_in((2,) * 6)))
    corrected = office.read()
    office.send(office.sheet(fill_in((2,) * 6)))
    again = office.read()

    assert [result.effect for result in corrected.scores] == [Effect.CHANGED]
    assert [result.effect for result in again.scores] == [Effect.UNCHANGED]
    assert office.scores() == {(BEATRICE, ONE): [2] * 6}


def test_good_rows_are_taken_beside_refused_ones(office: ScoringOffice) -> None:
    office.send(office.sheet(fill_in((4,) * 6, (4, 4, 9, 4, 4, 4))))

    message = office.read()

    assert [result.effect for result in message.scores] == [Effect.NEW, Effect.REFUSED]
    assert message.scores[1].problems == (
        "“9” for People and communities is no whole number from 1 to 5",
    )
    assert office.scores() == {(BEATRICE, ONE): [4] * 6}


def _unvouched(office: ScoringOffice) -> None:
    office.send(office.sheet(), text=LINE, vouched=None)


def _vouched_by_a_stranger(office: ScoringOffice) -> None:
    office.send(office.sheet(), text=LINE, vouched=PASS.replace("mx2", "mx3"))


def _failed(office: ScoringOffice) -> None:
    office.send(office.sheet(), text=LINE, vouched=PASS.replace("pass", "fail"))


def _vouched_for_another_domain(office: ScoringOffice) -> None:
    vouched = f"{TRUSTED}; dmarc=pass header.from=evil.example"
    office.send(office.sheet(), text=LINE, vouched=vouched)


def _in_a_comment(office: ScoringOffice) -> None:
    office.send(
        office.sheet(), text=LINE, vouched=f"{TRUSTED} (dmarc=pass header.from=x); spf=pass"
    )


def _by_an_applicant(office: ScoringOffice) -> None:
    vouched = f"{TRUSTED}; dmarc=pass header.from=riverside.example"
    office.send(office.sheet(), text=LINE, sender="amina@riverside.example", vouched=vouched)


def _by_an_organiser(office: ScoringOffice) -> None:
    vouched = f"{TRUSTED}; dmarc=pass header.from=leadership.nhs.example"
    office.send(office.sheet(), text=LINE, sender=ROSALIND, vouched=vouched)


def _behind_a_members_name(office: ScoringOffice) -> None:
    vouched = f"{TRUSTED}; dmarc=pass header.from=evil.example"
    sender = f'"{BEATRICE}" <a@evil.example>'
    office.send(office.sheet(), text=LINE, sender=sender, vouched=vouched)


def _by_a_colleague(office: ScoringOffice) -> None:
    office.send(office.sheet(), text=LINE, sender="someone.else@riverbank.example")


def _of_two_senders(office: ScoringOffice) -> None:
    office.send(office.sheet(), text=LINE, sender=f"{BEATRICE}, a@evil.example")


def _of_a_robot(office: ScoringOffice) -> None:
    office.send(office.sheet(), text=LINE, headers="Auto-Submitted: auto-replied\r\n")


@pytest.mark.parametrize(
    "send",
    [
        _unvouched,
        _vouched_by_a_stranger,
        _failed,
        _vouched_for_another_domain,
        _in_a_comment,
        _by_an_applicant,
        _by_an_organiser,
        _behind_a_members_name,
        _by_a_colleague,
        _of_two_senders,
        _of_a_robot,
    ],
)
def test_scores_of_anybody_else_count_for_nothing(
    office: ScoringOffice, send: Callable[[ScoringOffice], None]
) -> None:
    send(office)

    message = office.read()

    assert (office.scores(), message.scores) == ({}, ())
    assert all(kind != LetterKind.SCORING_RECEIPT for kind, *_ in office.answers())


def test_member_of_yesterday_scores_nothing(office: ScoringOffice) -> None:
    office.send(office.sheet(), text=LINE)
    others = tuple(m for m in office.programme.panel if m.address.email != BEATRICE)
    programmes = (replace(office.programme, panel=others),)

    office.read(replace(office.configuration, programmes=programmes))

    assert office.scores() == {}


def _refused_with(office: ScoringOffice, sheet: bytes, why: str, **told: str) -> None:
    office.send(sheet, **told)
    message = office.read()

    assert office.scores() == {}
    assert [result.effect for result in message.scores] == [Effect.REFUSED]
    assert why in message.scores[0].problems[0]
    assert [kind for kind, *_ in office.answers()] == [LetterKind.SCORING_RECEIPT]


def test_sheet_of_another_member_is_refused(office: ScoringOffice) -> None:
    sheet = office.sheet()

    _refused_with(office, sheet, "another member", sender=IDRIS, vouched=PASS_IDRIS)


def test_sheet_of_another_installation_is_refused(office: ScoringOffice) -> None:
    sheet = office.sheet(secret=b"somebody else's secret")

    _refused_with(office, sheet, "not as we made it")


def test_sheet_with_another_member_written_into_it_is_refused(office: ScoringOffice) -> None:
    def forge(tables: dict[str, list[list[object]]]) -> None:
        fill_in((4,) * 6)(tables)
        for row in tables["Postroom"]:
            row[:] = [IDRIS if cell == BEATRICE else cell for cell in row]

    sheet = office.sheet(forge)

    _refused_with(office, sheet, "not as we made it", sender=IDRIS, vouched=PASS_IDRIS)


def test_sheet_without_its_hidden_page_is_refused(office: ScoringOffice) -> None:
    def tear_out(tables: dict[str, list[list[object]]]) -> None:
        fill_in((4,) * 6)(tables)
        del tables["Postroom"]

    _refused_with(office, office.sheet(tear_out), "is gone")


def test_quoted_and_forwarded_scores_are_nobodys(office: ScoringOffice) -> None:
    quoted = (
        f"I will send mine tomorrow.\r\n\r\nOn Mon, 23 Aug 2021 at 10:00, Idris wrote:\r\n"
        f"> {LINE}\r\n> {TWO}: 1 1 1 1 1 1\r\n"
    )
    forwarded = (
        "For your information.\r\n\r\n---------- Forwarded message ---------\r\n"
        f"From: Idris Penhaligon <{IDRIS}>\r\nDate: Mon, 23 Aug 2021 at 10:00\r\n"
        f"Subject: My scores\r\nTo: Beatrice Alabi <{BEATRICE}>\r\n\r\n{LINE}\r\n"
    )
    for text in (quoted, forwarded):
        office.send(text=text)
        office.read()

    assert office.scores() == {}
    assert all(state == "held" for *_, state, _ in office.answers())


def test_message_sent_once_more_by_somebody_brings_no_old_scores_back(
    office: ScoringOffice,
) -> None:
    office.send(text=LINE, headers="Message-ID: <first@riverbank.example>\r\n")
    office.read()
    office.send(text=LINE.replace("4 3 5", "1 1 1"))
    office.read()
    office.send(text=f"{LINE} ", headers="Message-ID: <first@riverbank.example>\r\n")
    office.read()

    assert office.scores() == {(BEATRICE, ONE): [1, 1, 1, 4, 2, 4]}


def test_member_is_never_an_applicant(office: ScoringOffice) -> None:
    text = (
        "Dear team,\r\n\r\nWe would like to apply to ACE. Our project, Ask Dad, is about fathers "
        "of newborn children in Camden who are seldom asked how they are. I enclose our completed "
        "application form.\r\n\r\nBeatrice Alabi, Head of Care, Riverbank Community Trust, "
        "020 7946 0123"
    )
    office.send(text=text)

    message = office.read()

    assert (message.case_ids, message.understanding.verdict.hold) == ((), "panel_member")
    assert len(office.standing().cases) == 2
    assert all(state == "held" for *_, state, _ in office.answers())
