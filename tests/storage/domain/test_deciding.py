"""What rows of a decision sheet, and single wishes, come to."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies

from storage.domain.award_limits import breaches, worsened
from storage.domain.case import Case, CaseState
from storage.domain.cells import cell_text
from storage.domain.deciding import (
    Judged,
    Standing,
    judge_sheet,
    judge_wish,
    refuse_origin,
)
from storage.domain.decision import Decision, Effect, Outcome, Ruling
from storage.domain.decision_sheet import Origin, SheetRow, row_version
from tests.support.decisions import (
    AREAS,
    EXPORTED,
    FUNDED,
    NOT_FUNDED,
    RESERVE,
    SECRET,
    applied,
    decided,
    released,
    stands,
)
from tests.support.programmes import ACE

USUAL = "decision sheet"


def row(
    number: int,
    ruling: Ruling | None = FUNDED,
    *,
    decision: Decision | None = None,
    reason: str = "",
    line: int | None = None,
) -> SheetRow:
    """A row about case `number`, exported when `decision` stood."""
    version = row_version(applied(number), decision)
    return SheetRow(line or number + 1, f"ACE-{number:04d}", version, ruling, reason)


def judge(*rows: SheetRow, standing: Standing | None = None, lift: str | None = None):  # type: ignore[no-untyped-def]
    return judge_sheet(rows, standing or stands(), reason=USUAL, lift=lift)


def recorded(standing: Standing, judged: tuple[Judged, ...]) -> Standing:
    """How it stands once this is recorded."""
    known = dict(standing.decisions)
    for one in judged:
        if one.is_to_be_recorded and one.case and one.ruling:
            id = 1_000 + sum(map(len, known.values()))
            new = decided(one.case.id, one.ruling, id=id, reason=one.reason)
            known[one.case.id] = (*known.get(one.case.id, ()), new)
    return replace(standing, decisions=known)


def test_a_first_decision_is_new() -> None:
    (judged,) = judge(row(1, Ruling(Outcome.FUNDED, 9_000, "Good"), reason="best"))

    assert judged == Judged(
        Effect.NEW,
        "ACE-0001",
        applied(1),
        None,
        Ruling(Outcome.FUNDED, 9_000, "Good"),
        "best",
        line=2,
    )


def test_a_row_without_a_reason_gets_the_usual_one() -> None:
    assert judge(row(1))[0].reason == USUAL


def test_a_row_without_a_decision_is_left_alone() -> None:
    assert judge(row(1, None))[0].effect is Effect.UNCHANGED


def test_another_decision_is_a_change() -> None:
    before = decided(1, RESERVE)

    (judged,) = judge(row(1, decision=before), standing=stands(decisions=(before,)))

    assert (judged.effect, judged.before) == (Effect.CHANGED, before)


@pytest.mark.parametrize(
    ("ruling", "reason", "effect"),
    [
        (FUNDED, "as scored", Effect.UNCHANGED),
        (FUNDED, "of its area the best", Effect.CHANGED),
        (Ruling(Outcome.FUNDED, None, "Good"), "as scored", Effect.CHANGED),
        (Ruling(Outcome.FUNDED, 5), "as scored", Effect.CHANGED),
    ],
)
def test_only_what_differs_is_recorded(ruling: Ruling, reason: str, effect: Effect) -> None:
    before = decided(1)

    judged = judge(
        row(1, ruling, decision=before, reason=reason), standing=stands(decisions=(before,))
    )

    assert judged[0].effect is effect


def test_importing_twice_changes_nothing() -> None:
    rows = [row(1), row(3, RESERVE, reason="close"), row(5, NOT_FUNDED), row(7, None)]
    standing = stands()
    first = judge(*rows, standing=standing)

    again = judge(*rows, standing=recorded(standing, first))

    assert [one.effect for one in first] == [Effect.NEW] * 3 + [Effect.UNCHANGED]
    assert {one.effect for one in again} == {Effect.UNCHANGED}


def test_what_stands_is_left_alone_whatever_the_usual_reason_is_now() -> None:
    rows = [row(1), row(3, RESERVE, reason="close")]
    standing = recorded(stands(), judge(*rows))

    again = judge_sheet(rows, standing, reason="by e-mail")

    assert {one.effect for one in again} == {Effect.UNCHANGED}


def test_an_amount_that_nobody_could_store_is_refused() -> None:
    standing = replace(stands(), programme=replace(ACE, amount=None, budget=None))

    judged = judge(row(1, Ruling(Outcome.FUNDED, 2**31)), standing=standing, lift="why not")[0]

    assert judged.problems == ("the amount 2147483648 is too large to be an award",)


def test_a_limit_is_lifted_for_a_reason_only() -> None:
    dear = row(1, Ruling(Outcome.FUNDED, 20_001))

    assert judge(dear, lift="the trust adds it")[0].lifted == "the trust adds it"
    assert judge(dear, lift=" ")[0].effect is Effect.REFUSED


CHANGED_MEANWHILE = "it was changed since the sheet was exported: export it again"


def test_what_somebody_decided_meanwhile_is_a_conflict() -> None:
    standing = stands(decisions=(decided(1, RESERVE),))

    (judged,) = judge(row(1), standing=standing)

    assert (judged.effect, judged.problems) == (Effect.REFUSED, (CHANGED_MEANWHILE,))


def test_a_case_that_changed_meanwhile_is_a_conflict() -> None:
    standing = stands(applied(1, version=2))

    assert judge(row(1), standing=standing)[0].problems == (CHANGED_MEANWHILE,)


def test_a_row_that_nobody_touched_is_no_conflict() -> None:
    exported, newer = decided(1, FUNDED, id=5), decided(1, RESERVE, id=9, reason="swapped")
    standing = stands(decisions=(exported, newer))

    (judged,) = judge(row(1, FUNDED, decision=exported, reason="as scored"), standing=standing)

    assert judged.effect is Effect.UNCHANGED


def test_feedback_too_long_for_a_cell_stays_whole() -> None:
    whole = "Thank you for a long and careful application.\r\n" * 1_000
    before = decided(1, Ruling(Outcome.FUNDED, None, whole))
    shown = Ruling(Outcome.FUNDED, 7_000, cell_text(whole).strip())

    (judged,) = judge(row(1, shown, decision=before), standing=stands(decisions=(before,)))

    assert judged.ruling == Ruling(Outcome.FUNDED, 7_000, whole)


@pytest.mark.parametrize(
    ("state", "told"), [(CaseState.EXPRESSED, "expressed"), (CaseState.WITHDRAWN, "withdrawn")]
)
def test_only_a_case_that_applied_is_decided(state: CaseState, told: str) -> None:
    standing = stands(replace(applied(1), state=state))

    problem = f"its state is {told}: only a case with a form that came back is decided"
    assert judge(row(1), standing=standing)[0].problems == (problem,)


def test_what_the_applicant_was_told_stands() -> None:
    before = decided(1)
    standing = stands(decisions=(before,), told=(released(1),))

    (judged,) = judge(row(1, NOT_FUNDED, decision=before), standing=standing)

    assert judged.problems == ("its outcome, funded, has been released to the applicant",)


def test_a_reserve_may_still_be_funded() -> None:
    before = decided(1, RESERVE)
    standing = stands(decisions=(before,), told=(released(1, RESERVE),))

    assert judge(row(1, decision=before), standing=standing)[0].effect is Effect.CHANGED


def test_a_case_of_nobody_is_refused() -> None:
    unknown = row(99)

    assert judge(unknown)[0].problems == ("there is no case ACE-0099 in this round",)


def test_problems_of_the_sheet_stay() -> None:
    typed = replace(row(1, None), problems=("it says more but has no decision",))

    (judged,) = judge(typed)

    assert (judged.effect, judged.problems) == (Effect.REFUSED, typed.problems)


def test_more_than_may_be_in_an_area_are_all_refused() -> None:
    cases = tuple(applied(number, area=AREAS[0]) for number in (1, 2, 3))
    judged = judge(row(1), row(2), row(3), row(4), standing=stands(*cases, applied(4)))

    assert [one.effect for one in judged] == [Effect.REFUSED] * 3 + [Effect.NEW]
    assert judged[0].problems == ("it would be 3 of at most 2 in North Central London",)


def test_who_gives_a_place_back_makes_room_whatever_the_order() -> None:
    before = tuple(decided(number) for number in (1, 2))
    cases = tuple(applied(number, area=AREAS[0]) for number in (1, 2, 3))
    standing = stands(*cases, decisions=before)

    judged = judge(row(3), row(1, RESERVE, decision=before[0]), standing=standing)

    assert [one.effect for one in judged] == [Effect.NEW, Effect.CHANGED]


def test_who_withdrew_holds_no_award() -> None:
    gone = replace(applied(1, area=AREAS[0]), state=CaseState.WITHDRAWN)
    cases = (gone, applied(2, area=AREAS[0]), applied(3, area=AREAS[0]))
    standing = stands(*cases, decisions=(decided(1), decided(2)))

    assert judge(row(3), standing=standing)[0].effect is Effect.NEW


def test_an_amount_above_the_programmes_is_refused() -> None:
    (judged,) = judge(row(1, Ruling(Outcome.FUNDED, 20_001)))

    assert judged.problems == ("it would be £20,001 of at most £20,000 for ACE-0001",)


def test_a_limit_is_lifted_with_a_reason_and_only_where_it_is_broken() -> None:
    cases = tuple(applied(number, area=AREAS[0]) for number in (1, 2, 3))
    standing = stands(*cases, applied(4))

    judged = judge(row(1), row(2), row(3), row(4), standing=standing, lift="the panel's wish")

    assert {one.effect for one in judged} == {Effect.NEW}
    assert [one.lifted for one in judged] == ["the panel's wish"] * 3 + [None]


def test_other_feedback_is_no_further_award() -> None:
    cases = tuple(applied(number, area=AREAS[0]) for number in (1, 2, 3))
    before = tuple(decided(number) for number in (1, 2, 3))
    told = Ruling(Outcome.FUNDED, None, "Good")

    judged = judge(row(1, told, decision=before[0]), standing=stands(*cases, decisions=before))

    assert judged[0].effect is Effect.CHANGED


def test_a_programme_without_an_amount_asks_for_one() -> None:
    standing = replace(stands(), programme=replace(ACE, amount=None))

    problem = "it needs an amount: the programme has none of its own"
    assert judge(row(1), standing=standing)[0].problems == (problem,)


def wish(case: Case, ruling: Ruling, standing: Standing) -> Judged:
    return judge_wish(case, ruling, standing, reason="asked")


def test_a_wish_is_judged_as_a_row_is() -> None:
    standing = stands()

    assert wish(applied(1), FUNDED, standing).effect is Effect.NEW
    problem = "only a funded case has an amount, and this one is reserve"
    assert wish(applied(1), Ruling(Outcome.RESERVE, 5), standing).problems == (problem,)
    over = wish(applied(1, round="2020"), FUNDED, standing)
    assert over.problems == ("it is of round 2020, which is over",)


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        (Origin("ace", "2021", EXPORTED, ()), None),
        (Origin("ace", "2020", EXPORTED, ()), "it was made for ace 2020, not for ace 2021"),
        (Origin("mse", "2021", EXPORTED, ()), "it was made for mse 2021, not for ace 2021"),
    ],
)
def test_a_sheet_of_another_round_is_refused(origin: Origin, told: str | None) -> None:
    signed = replace(origin, token=origin.make_token(SECRET))

    assert refuse_origin(signed, ACE, SECRET) == told


def test_a_sheet_of_another_installation_is_refused() -> None:
    origin = Origin("ace", "2021", EXPORTED, ())
    signed = replace(origin, token=origin.make_token(b"another secret"))

    told = "its token is not one of this installation: export the decisions again"
    assert refuse_origin(signed, ACE, SECRET) == told
    assert refuse_origin(replace(signed, token="é"), ACE, SECRET) == told


def test_the_order_of_the_rows_does_not_change_the_token() -> None:
    rows = (("ACE-0001", "v1-d0"), ("ACE-0002", "v1-d0"))

    tokens = {Origin("ace", "2021", EXPORTED, r).make_token(SECRET) for r in (rows, rows[::-1])}

    assert len(tokens) == 1


rulings = strategies.sampled_from(
    [FUNDED, RESERVE, NOT_FUNDED, Ruling(Outcome.FUNDED, 20_000), Ruling(Outcome.FUNDED, 25_000)]
)


@given(
    strategies.dictionaries(strategies.integers(1, 24), rulings),
    strategies.dictionaries(strategies.integers(1, 24), rulings, min_size=1),
    strategies.randoms(),
)
def test_no_sheet_breaks_a_limit_and_the_order_of_rows_is_nothing(  # type: ignore[no-untyped-def]
    standing_rulings, wished, random
) -> None:
    before = {number: decided(number, ruling) for number, ruling in standing_rulings.items()}
    cases = tuple(applied(number) for number in range(1, 25))
    standing = stands(*cases, decisions=tuple(before.values()))
    rows = [row(n, ruling, decision=before.get(n)) for n, ruling in wished.items()]
    shuffled = random.sample(rows, len(rows))

    judged = judge(*rows, standing=standing)

    def by_case(found: tuple[Judged, ...]) -> dict[str, Judged]:
        return {one.reference: one for one in found}

    assert by_case(judge(*shuffled, standing=standing)) == by_case(judged)
    had = breaches(ACE, standing.awards.values())
    has = breaches(ACE, recorded(standing, judged).awards.values())
    assert worsened(had, has) == ()
