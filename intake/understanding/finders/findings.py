"""Pure: candidates for every field, and the chooser that picks one or leaves the field empty.

An invented value does more harm than a missing one: what is not sure enough stays empty.
"""

from collections.abc import Iterable, Sequence

from intake.understanding.finders.names import fold
from storage.domain.message import Finding, Span

SURE_ENOUGH = 0.5
"""Confidence from which a value is taken."""
THRESHOLDS = {"title": 0.6, "senior_leader": 0.6, "name": 0.4, "summary": 0.5}
"""Fields for which another confidence counts."""
MOST_FINDINGS = 200
LONGEST_VALUE = 8000


def make_finding(
    field: str, value: str, method: str, confidence: float, *, at: Span | None = None
) -> Finding:
    """A candidate; `at` is its place, None for what stands nowhere as it is."""
    return Finding(field, value[:LONGEST_VALUE], method, round(min(confidence, 0.99), 3), at)


def choose(candidates: Iterable[Finding], field: str) -> Finding | None:
    """The surest candidate for `field`, the first of equals; None where none is sure enough.

    Methods that agree on a value make each other surer.
    """
    merged: dict[str, Finding] = {}
    methods: dict[str, set[str]] = {}
    for candidate in candidates:
        if candidate.field != field or not candidate.value.strip():
            continue
        same = _comparable(candidate.value)
        known = merged.get(same)
        if known is None:
            merged[same] = candidate
            methods[same] = {candidate.method}
        else:
            is_new = candidate.method not in methods[same] and (
                candidate.span is None or not _overlap(candidate.span, known.span)
            )
            merged[same] = _agree(known, candidate, is_new=is_new)
            methods[same].add(candidate.method)
    best = max(merged.values(), key=lambda finding: finding.confidence, default=None)
    if best is None or best.confidence < THRESHOLDS.get(field, SURE_ENOUGH):
        return None
    return best


def chosen_value(candidates: Iterable[Finding], field: str) -> str | None:
    """The value of the chosen candidate, None where there is none."""
    best = choose(candidates, field)
    return best.value.strip() if best else None


def of_field(candidates: Iterable[Finding], field: str) -> tuple[Finding, ...]:
    """All candidates for one field that are sure enough, in order, each value once."""
    threshold = THRESHOLDS.get(field, SURE_ENOUGH)
    found: dict[str, Finding] = {}
    for candidate in candidates:
        if candidate.field == field and candidate.confidence >= threshold:
            found.setdefault(_comparable(candidate.value), candidate)
    return tuple(found.values())


def weaken(candidates: Sequence[Finding], factor: float) -> tuple[Finding, ...]:
    """The same candidates, less sure."""
    return tuple(
        Finding(f.field, f.value, f.method, round(f.confidence * factor, 3), f.span)
        for f in candidates
    )


def _agree(one: Finding, other: Finding, *, is_new: bool) -> Finding:
    surer = one if one.confidence >= other.confidence else other
    confidence = surer.confidence
    if is_new:
        confidence = 1 - (1 - one.confidence) * (1 - other.confidence)
    return Finding(surer.field, surer.value, surer.method, round(confidence, 3), surer.span)


def _overlap(one: Span, other: Span | None) -> bool:
    """Whether two candidates were read at the same place, hence do not confirm each other."""
    if other is None or one.source != other.source:
        return False
    return one.start < other.end and other.start < one.end


def _comparable(value: str) -> str:
    return " ".join(fold(value).replace("’", "'").split())
