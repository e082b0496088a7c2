"""Pure: the organisers' own rules, asked in their order after the rules about machines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.understanding.mime.message import Message
from intake.understanding.texts.organisers_patterns import matches
from storage.domain.message import Verdict
from storage.domain.programme import CustomRule, RulePlace

_MOST_TEXT = 60_000


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the rules that matched say, the first of them first. `values` are pairs of a field's
    key and its value; of several for one field the first counts."""

    matched: tuple[CustomRule, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(rule.name for rule in self.matched)

    @property
    def values(self) -> dict[str, str]:
        told = [pair for rule in self.matched for pair in rule.values]
        return dict(reversed(told))

    def overrule(self, verdict: Verdict) -> Verdict:
        """`verdict` as these rules see it. That a machine wrote is not theirs to change: else two
        of them might answer each other for ever."""
        if verdict.kind.is_machine:
            return verdict
        kind = next((rule for rule in self.matched if rule.kind), None)
        hold = verdict.hold or next((rule.name for rule in self.matched if rule.hold), None)
        if kind is None or kind.kind is None:
            return Verdict(verdict.kind, verdict.rule, hold)
        return Verdict(kind.kind, kind.name, None if kind.kind.is_machine else hold)


def apply_rules(rules: Sequence[CustomRule], message: Message, new_text: str) -> Ruling:
    """Which of `rules` match; `new_text` is what the writer wrote now, quotes left out."""
    matched: list[CustomRule] = []
    for rule in rules:
        if any(matches(rule.pattern, text) for text in _texts(rule, message, new_text)):
            matched.append(rule)
            if rule.stop:
                break
    return Ruling(tuple(matched))


def _texts(rule: CustomRule, message: Message, new_text: str) -> Iterator[str]:
    """What stands in the place where the rule looks."""
    match rule.place:
        case RulePlace.SUBJECT:
            yield message.head.subject
        case RulePlace.BODY:
            yield new_text[:_MOST_TEXT]
        case RulePlace.ATTACHMENT:
            yield from (part.name for part in message.attachments if part.name)
        case RulePlace.FROM:
            yield from message.headers.get_all("From")
        case RulePlace.TO:
            for name in ("To", "Cc"):
                yield from message.headers.get_all(name)
        case header:
            yield from message.headers.get_all(header)
