"""A panel of the grant programme with applications to read, for tests of scoring."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from storage.domain.assessment import Assessment, Assignment, Scoring, Stance
from storage.domain.case import Case
from storage.domain.decision import Effect
from storage.domain.letter import Due, Letter, LetterKind
from storage.domain.message import Attachment, MessageKind
from storage.domain.overview import Overview
from storage.domain.people import Address
from storage.domain.programme import PanelMember, Programme, Reminders
from storage.domain.returned_sheet import ScoringResult
from storage.domain.scoring import PanelFacts, PanelStanding
from storage.domain.situation import Situation
from tests.support.decisions import applied
from tests.support.situations import ACE, FORM, a_letter, a_message, a_situation

SCORES_BY = datetime(2021, 9, 10, 16, tzinfo=UTC)
"""Five in the afternoon by the clock of London, a Friday."""
SEPTEMBER = datetime(2021, 8, 24, 9, tzinfo=UTC)
"""When the panel is asked, a Tuesday in fact still of August."""

BEATRICE, IDRIS, SUNITA = (
    PanelMember(Address(f"{name.lower().replace(' ', '.')}@{home}.example", name), organisation)
    for name, home, organisation in (
        ("Beatrice Alabi", "riverbank", "Riverbank Community Trust"),
        ("Idris Penhaligon", "voices", "Patient Voices London"),
        ("Sunita Rao", "northquay", "North Quay Hospital"),
    )
)
PANEL = replace(
    ACE,
    panel=(BEATRICE, IDRIS, SUNITA),
    round=replace(ACE.round, scores_by=SCORES_BY),
    reminders=Reminders(scores_days_before=(5, 1)),
)
"""The grant call with a panel of three."""

KEYS = tuple(criterion.key for criterion in ACE.criteria)


def scored(*scores: int, comment: str = "") -> Scoring:
    """Scores in the order of the criteria; one number stands for all."""
    told = scores if len(scores) > 1 else scores * len(KEYS)
    return Scoring(Stance.SCORED, tuple(zip(KEYS, told, strict=True)), comment=comment)


CONFLICT = Scoring(Stance.CONFLICT, reason="my sister works there")
ABSTAINED = Scoring(Stance.ABSTAINED)


def asked(case_id: int, member: PanelMember, *, id: int = 0, form: int = 0) -> Assignment:
    """The member is to read the case's form, message 100 and its id."""
    return Assignment(
        id=id or case_id,
        case_id=case_id,
        member=member.address.email,
        form=form or 100 + case_id,
        by="rosalind.okoro@leadership.nhs.example",
        at=SEPTEMBER,
    )


def said(case_id: int, member: PanelMember, scoring: Scoring) -> Assessment:
    return Assessment(
        id=case_id,
        case_id=case_id,
        member=member.address.email,
        scoring=scoring,
        message_id=500,
        at=SEPTEMBER,
    )


def scoring_stands(
    *assessments: Assessment,
    cases: Sequence[Case] = (),
    assignments: Sequence[Assignment] = (),
    programme: Programme = PANEL,
) -> PanelStanding:
    """How the scoring stands: without `cases` of three applications, without `assignments` every
    member reads all."""
    known = tuple(cases) or tuple(applied(number) for number in (1, 2, 3))
    given = tuple(assignments) or tuple(asked(c.id, m) for c in known for m in programme.panel)
    return PanelStanding(
        programme=programme,
        cases={case.id: case for case in known},
        assignments={(one.member, one.case_id): one for one in given},
        assessments={(one.member, one.case_id): one for one in assessments},
    )


FORM_CONTENT = b"the form as it came"
KEPT_FORM = replace(FORM, sha256=hashlib.sha256(FORM_CONTENT).hexdigest(), size=len(FORM_CONTENT))
"""A form whose bytes a test can put into its archive."""


def files_of(
    standing: PanelStanding, file: Attachment = KEPT_FORM
) -> dict[int, tuple[Attachment, ...]]:
    """The same one file with each form."""
    return {one.form: (file,) for one in standing.assignments.values()}


def a_panel_round(
    standing: PanelStanding, *, now: datetime = SEPTEMBER, bounced: frozenset[str] = frozenset()
) -> Situation:
    """The programme as a whole, as the letters to the panel see it."""
    return Situation(
        programme=standing.programme,
        now=now,
        case=None,
        messages=(),
        overview=Overview(),
        panel=PanelFacts(standing, files_of(standing), bounced),
    )


def of_one(*members: PanelMember) -> Programme:
    return replace(PANEL, panel=members)


def a_first_sheet() -> Situation:
    """Beatrice is asked to read three applications; the files of one are too large."""
    standing = scoring_stands(programme=of_one(BEATRICE))
    s = a_panel_round(standing)
    assert s.panel is not None
    large = replace(KEPT_FORM, size=20_000_000)
    files = {**s.panel.files, 103: (large,)}
    return replace(s, panel=replace(s.panel, files=files))


def a_second_sheet() -> Situation:
    """She has scored one when she is asked to read another."""
    first = a_first_sheet()
    assert first.panel is not None
    more = (*(asked(number, BEATRICE) for number in (1, 2, 3)), asked(4, BEATRICE))
    standing = scoring_stands(
        said(1, BEATRICE, scored(4, 3, 5, 4, 2, 4)),
        cases=[applied(number) for number in (1, 2, 3, 4)],
        assignments=more,
        programme=of_one(BEATRICE),
    )
    return replace(a_panel_round(standing), letters=(_sheet_letter(3),))


def a_missing_member(*, days_left: int = 5) -> Situation:
    """Beatrice told one score of three, and so many days are left."""
    standing = scoring_stands(
        said(1, BEATRICE, scored(4, 3, 5, 4, 2, 4)), programme=of_one(BEATRICE)
    )
    now = datetime(2021, 9, 10 - days_left, 8, tzinfo=UTC)
    letter = replace(_sheet_letter(3), sent_at=SEPTEMBER)
    return replace(a_panel_round(standing, now=now), letters=(letter,))


def scores_told() -> Situation:
    """Beatrice sent her sheet: three rows are good, one is not."""
    results = (
        ScoringResult("ACE-0001", Effect.NEW, scored(4, 3, 5, 4, 2, 4, comment="A strong start.")),
        ScoringResult("ACE-0002", Effect.CHANGED, CONFLICT),
        ScoringResult("ACE-0004", Effect.UNCHANGED, scored(3)),
        ScoringResult("ACE-0003", Effect.REFUSED, problems=("there is no score for The plan",)),
    )
    message = a_message(
        MessageKind.UNCLEAR, answer_to=BEATRICE.address, hold="panel_member", case_ids=()
    )
    standing = scoring_stands(
        said(1, BEATRICE, scored(4)),
        said(2, BEATRICE, CONFLICT),
        said(1, IDRIS, scored(1, comment="Told in confidence.")),
    )
    s = a_situation(replace(message, received_at=SEPTEMBER, scores=results), programme=PANEL)
    return replace(s, panel=PanelFacts(standing, {}))


def _sheet_letter(newest: int) -> Letter:
    """The letter to Beatrice with the sheet that knew the assignments up to this one."""
    email = BEATRICE.address.email
    due = Due(
        LetterKind.SCORING_SHEET,
        f"scoring_sheet/{email}/{PANEL.round.key}/{newest}",
        BEATRICE.address,
    )
    return a_letter(due)
