"""What the scores that a member sent would do: every row judged against what they were asked to
read. A row is taken whole or refused with reasons, and what is refused never stops the others."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from storage.domain.assessment import Assessment, Assignment, ScoreRequest, Scoring
from storage.domain.case import Case, CaseState
from storage.domain.decision import Effect
from storage.domain.message import Attachment
from storage.domain.programme import Programme
from storage.domain.returned_sheet import ScoringResult
from storage.domain.scoring_sheet import ReturnedScores, ScoringOrigin, ScoringRow, row_version


@dataclass(frozen=True, slots=True)
class PanelStanding:
    """How the scoring of a round stands: its cases, and of each member (by address) and case (by
    id) the assignment and the assessment that hold."""

    programme: Programme
    cases: Mapping[int, Case]
    assignments: Mapping[tuple[str, int], Assignment]
    assessments: Mapping[tuple[str, int], Assessment]

    def assigned_to(self, email: str) -> tuple[tuple[Case, Assignment], ...]:
        """What a member is asked to read, by reference, but for what was withdrawn since."""
        found = (
            (self.cases[one.case_id], one)
            for (member, _), one in self.assignments.items()
            if member == email and one.case_id in self.cases
        )
        standing = (pair for pair in found if pair[0].state is CaseState.APPLIED)
        return tuple(sorted(standing, key=lambda pair: pair[0].reference))

    def missing_from(self, email: str) -> tuple[Case, ...]:
        """The cases of which a member has said nothing yet, by reference."""
        return tuple(
            case for case, _ in self.assigned_to(email) if (email, case.id) not in self.assessments
        )

    def name_of(self, email: str) -> str:
        """A member's name, their address where they have none or are on the panel no more."""
        member = self.programme.panel_member(email)
        return member.address.name or email if member is not None else email

    def newest_assignment(self, email: str) -> int | None:
        """The id of what the member was asked last; None where nothing is asked of them."""
        ids = (one.id for _, one in self.assigned_to(email))
        return max(ids, default=None)


@dataclass(frozen=True, slots=True)
class PanelFacts:
    """What letters to the panel are made of: the standing, the files of the forms by the message
    they came with, the members from whom what was sent to them came back, and whom organisers asked
    by hand for what was missing, in order."""

    standing: PanelStanding
    files: Mapping[int, tuple[Attachment, ...]]
    bounced: frozenset[str] = frozenset()
    requests: tuple[ScoreRequest, ...] = ()

    def wanted_by(self, request: ScoreRequest) -> tuple[Case, ...]:
        """What of the request is still missing: nothing that was asked of the member since."""
        asked = self.standing.assignments
        missing = self.standing.missing_from(request.member)
        return tuple(x for x in missing if asked[request.member, x.id].at <= request.at)


@dataclass(frozen=True, slots=True)
class JudgedScoring:
    """What a row comes to. `case` is None where the member was not asked about it; `scoring` is
    what would be recorded, None where nothing would."""

    effect: Effect
    reference: str
    case: Case | None = None
    scoring: Scoring | None = None
    problems: tuple[str, ...] = ()

    @property
    def is_to_be_recorded(self) -> bool:
        return self.effect in (Effect.NEW, Effect.CHANGED)

    def as_result(self) -> ScoringResult:
        return ScoringResult(self.reference, self.effect, self.scoring, self.problems)


def refuse_scoring_origin(
    origin: ScoringOrigin, programme: Programme, member: str, secret: bytes
) -> str | None:
    """Why a sheet can't be one that this installation made for this member and round; None where
    it is one."""
    if not origin.is_ours(secret):
        return "its hidden page is not as we made it: use the sheet from our letter"
    if (origin.programme, origin.round) != (programme.slug, programme.round.key):
        return "it was made for another round"
    if origin.member != member:
        return "it was made for another member of the panel: use the sheet from your own letter"
    if origin.criteria != tuple(criterion.key for criterion in programme.criteria):
        return "the criteria are others now: ask for a new sheet"
    return None


def judge_scores(
    returned: ReturnedScores, standing: PanelStanding, member: str
) -> tuple[JudgedScoring, ...]:
    """What each row comes to, in their order. Rows that stand as they were say nothing new."""
    asked = {case.reference: (case, one) for case, one in standing.assigned_to(member)}
    known = {
        case.reference: standing.assessments[member, case.id].scoring
        for case, _ in asked.values()
        if (member, case.id) in standing.assessments
    }
    twice = _told_twice(row for row in returned.rows if row.scoring != known.get(row.reference))
    judged = []
    for row in returned.rows:
        judged.append(_judge(row, asked, known.get(row.reference), twice))
        if row.scoring is not None and row.reference not in twice:
            known[row.reference] = row.scoring
    return tuple(judged)


def _told_twice(rows: Iterable[ScoringRow]) -> frozenset[str]:
    """References of which two rows tell different things."""
    told = {(row.reference, row.scoring, row.problems) for row in rows}
    counts = Counter(reference for reference, _, _ in told)
    return frozenset(reference for reference, count in counts.items() if reference and count > 1)


def _judge(
    row: ScoringRow,
    asked: Mapping[str, tuple[Case, Assignment]],
    known: Scoring | None,
    twice: Collection[str],
) -> JudgedScoring:
    case, assignment = asked.get(row.reference, (None, None))
    problems = row.problems
    if not problems:
        problems = tuple(_problems(row, assignment, is_told_twice=row.reference in twice))
    if problems or row.scoring is None:
        effect = Effect.REFUSED if problems else Effect.UNCHANGED
        return JudgedScoring(effect, row.reference, case, problems=problems)
    effect = Effect.NEW if known is None else Effect.CHANGED
    if known == row.scoring:
        effect = Effect.UNCHANGED
    return JudgedScoring(effect, row.reference, case, row.scoring)


def _problems(
    row: ScoringRow, assignment: Assignment | None, *, is_told_twice: bool
) -> Iterator[str]:
    if assignment is None:
        yield f"you were not asked to read {row.reference}"
    elif row.version is not None and row.version != row_version(assignment):
        yield "a newer form came since this sheet was made: use the newest sheet that we sent you"
    elif is_told_twice:
        yield "this message tells it in two ways: keep one of them"
