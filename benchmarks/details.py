"""How right the details found in messages to a programme are, field by field.

A corpus is a folder with `truth.jsonl`: one JSON object a message, with the fields of the JSON
lines of `parse`. What is compared how stands beside each field in `FIELDS`.
"""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]
"""One truth or one prediction, as it was read from JSON."""

CONTACT = ("name", "email", "phone", "role", "organisation")
_CONTENT = frozenset({"expression", "nomination", "application", "follow_up"})
_PEOPLE = _CONTENT | {"question", "withdrawal", "unclear"}
_ALL = _PEOPLE | {"bounce", "auto_reply", "bulk"}

_SAME_TITLE = 0.8  # token F1
_SAME_SUMMARY = 0.9  # token F1
_FOREIGN_WORDS = 0.05  # share of a summary's words that may be none of the truth's
_SAME_PARTNER = 0.8  # similarity of two names


@dataclass(frozen=True, slots=True)
class Missed:
    """A field of a message that was not told as its truth has it."""

    file: str
    field: str
    truth: object
    told: object


@dataclass(slots=True)
class Tally:
    """The figures of one corpus. `scores` are those of each field on the messages it counts on,
    from 0 to 1; `kinds_and_actions` how many messages have both right; `invented` of `told`
    values stand where the truth has none."""

    messages: int = 0
    kinds_and_actions: int = 0
    told: int = 0
    invented: int = 0
    scores: dict[str, list[float]] = field(default_factory=dict)
    missed: list[Missed] = field(default_factory=list)

    @property
    def field_means(self) -> dict[str, float]:
        return {name: sum(scores) / len(scores) for name, scores in self.scores.items()}

    @property
    def macro(self) -> float:
        """The mean of the fields' means."""
        means = self.field_means.values()
        return sum(means) / len(means) if means else 0.0

    @property
    def invented_share(self) -> float:
        return self.invented / self.told if self.told else 0.0


def score(truths: Iterable[Row], predictions: Mapping[str, Row]) -> Tally:
    """The figures of `truths`, given the prediction of each file; a message without one is wrong
    in every field."""
    tally = Tally()
    for truth in truths:
        told = predictions.get(truth["file"])
        tally.messages += 1
        right = [_score_field(tally, measured, truth, told) for measured in FIELDS]
        tally.kinds_and_actions += right[0] == right[1] == 1
        if told is not None:
            _count_invented(tally, truth, told)
    return tally


def _score_field(tally: Tally, measured: "Field", truth: Row, told: Row | None) -> float | None:
    """The score of one field of one message; None where it does not count."""
    if not _has(truth, measured.name) or not measured.counts_on(truth):
        return None
    found = 0.0 if told is None else measured.compare(truth, told)
    tally.scores.setdefault(measured.name, []).append(found)
    if found < 1:
        values = (_value(truth, measured.name), _value(told or {}, measured.name))
        tally.missed.append(Missed(truth["file"], measured.name, *values))
    return found


def _count_invented(tally: Tally, truth: Row, told: Row) -> None:
    """Values that are told, and those that stand where the truth has none and allows none."""
    for measured in (*FIELDS, TEAM):
        value = _value(told, measured.name)
        if not measured.is_detail or not _has(truth, measured.name) or _is_null(value):
            continue
        tally.told += 1
        is_allowed = not measured.is_list and measured.compare(truth, told) == 1
        if _is_null(_value(truth, measured.name)) and not is_allowed:
            tally.invented += 1
            tally.missed.append(Missed(truth["file"], f"{measured.name} invented", None, value))


@dataclass(frozen=True, slots=True)
class Field:
    """A field that is measured: on messages of which kinds, and what makes two values the same.
    `is_detail`: a value where the truth has none is invented."""

    name: str
    kinds: frozenset[str]
    is_same: Callable[[Any, Any], float]
    is_detail: bool = True
    is_list: bool = False

    def counts_on(self, truth: Row) -> bool:
        return self.kinds == _ALL or truth.get("kind") in self.kinds

    def compare(self, truth: Row, told: Row) -> float:
        """How right the value is, 0 to 1, by the truth or by one of the values it allows."""
        value = _value(told, self.name)
        if self.is_list:
            return self.is_same(_as_list(_value(truth, self.name)), _as_list(value))
        return max(_same_scalar(self, allowed, value) for allowed in _allowed(truth, self.name))


def _same_scalar(measured: Field, truth: Any, told: Any) -> float:
    if _is_null(truth) or _is_null(told):
        return float(_is_null(truth) and _is_null(told))
    return float(isinstance(told, str) and measured.is_same(truth, told))


def _has(row: Row, name: str) -> bool:
    return name in (row.get("contact") or {}) if name in CONTACT else name in row


def _value(row: Row, name: str) -> Any:
    return (row.get("contact") or {}).get(name) if name in CONTACT else row.get(name)


def _allowed(truth: Row, name: str) -> Iterator[Any]:
    yield _value(truth, name)
    for place in (truth.get("contact") or {}, truth):
        yield from _as_list(place.get(f"{name}_ok"))


def _is_null(value: Any) -> bool:
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())


def _as_list(value: Any) -> list[Any]:
    if _is_null(value):
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _plain(text: Any) -> str:
    """Without what never counts: case, white space, the form of letters and apostrophes."""
    flat = unicodedata.normalize("NFKC", str(text)).replace("’", "'").replace("‘", "'")
    return " ".join(flat.casefold().split())


def _words(text: Any) -> list[str]:
    return re.findall(r"[^\W_]+", _plain(text).replace("&", " and ").replace("'", ""))


def _bare(text: Any) -> str:
    """The words alone, without a leading article."""
    words = _words(text)
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _same_text(truth: str, told: str) -> bool:
    return truth == told.strip()


def _same_phone(truth: str, told: str) -> bool:
    return truth.strip() == told.strip()


def _same_address(truth: str, told: str) -> bool:
    return truth.strip().lower() == told.strip().lower()


def _same_name(truth: str, told: str) -> bool:
    return _plain(truth) == _plain(told)


def _same_wording(truth: str, told: str) -> bool:
    return _bare(truth) == _bare(told) if _bare(truth) else _same_name(truth, told)


def _same_title(truth: str, told: str) -> bool:
    return _token_f1(truth, told) >= _SAME_TITLE


def _same_summary(truth: str, told: str) -> bool:
    wanted, given = Counter(_words(truth)), Counter(_words(told))
    foreign = (given - wanted).total() / given.total() if given else 0.0
    return _token_f1(truth, told) >= _SAME_SUMMARY and foreign <= _FOREIGN_WORDS


def _token_f1(truth: str, told: str) -> float:
    wanted, given = Counter(_words(truth)), Counter(_words(told))
    shared = (wanted & given).total()
    if not shared:
        return 0.0
    precision, recall = shared / given.total(), shared / wanted.total()
    return 2 * precision * recall / (precision + recall)


def _f1(hits: int, wanted: int, given: int) -> float:
    return 2 * hits / (wanted + given) if wanted or given else 1.0


def _same_partners(truth: Sequence[Any], told: Sequence[Any]) -> float:
    """F1 of two sets of names, paired off by similarity, the most similar first."""
    named = [name if isinstance(name, str) and name.strip() else None for name in told]
    pairs = sorted(
        (-difflib.SequenceMatcher(None, _bare(one), _bare(other), autojunk=False).ratio(), at, to)
        for at, one in enumerate(truth)
        for to, other in enumerate(named)
        if other is not None
    )
    matched: dict[int, int] = {}
    for distance, at, to in pairs:
        if -distance >= _SAME_PARTNER and at not in matched and to not in matched.values():
            matched[at] = to
    return _f1(len(matched), len(truth), len(named))


def _same_nominees(truth: Sequence[Any], told: Sequence[Any]) -> float:
    """F1 of the pairs of name and address."""
    wanted, given = Counter(map(_pair, truth)), Counter(map(_pair, told))
    return _f1((wanted & given).total(), wanted.total(), given.total())


def _pair(nominee: Any) -> tuple[str | None, str | None]:
    if not isinstance(nominee, dict):
        return "?", str(nominee)
    name, email = nominee.get("name"), nominee.get("email")
    return (
        None if _is_null(name) else _plain(name),
        None if _is_null(email) else str(email).strip().lower(),
    )


def _same_set(truth: Sequence[Any], told: Sequence[Any]) -> float:
    wanted, given = ({str(value).strip().lower() for value in side} for side in (truth, told))
    return float(wanted == given)


FIELDS = (
    Field("kind", _ALL, _same_text, is_detail=False),
    Field("action", _ALL, _same_text, is_detail=False),
    Field("name", _PEOPLE, _same_name),
    Field("email", _PEOPLE, _same_address),
    Field("phone", _PEOPLE, _same_phone),
    Field("role", _PEOPLE, _same_wording),
    Field("organisation", _PEOPLE, _same_wording),
    Field("area", _CONTENT, _same_text),
    Field("title", _CONTENT, _same_title),
    Field("summary", _CONTENT, _same_summary),
    Field("senior_leader", _CONTENT, _same_name),
    Field("partners", _CONTENT, _same_partners, is_list=True),
    Field("nominees", frozenset({"nomination"}), _same_nominees, is_list=True),
    Field(
        "missing", frozenset({"expression", "nomination"}), _same_set, is_detail=False, is_list=True
    ),
    Field("bounce_of", frozenset({"bounce"}), _same_set, is_list=True),
)
"""The fields that are measured, kind and action first."""

TEAM = Field("team", frozenset(), lambda truth, told: truth == told)
"""Not measured, but a team may be invented."""
