"""Pure: what did not go as it should since an organiser was last told, and by which rule: letters
left out, addresses that nothing reaches, messages that were kept and not answered."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from responders.kinds.organisers.view import Item, View, item, references
from responders.reasons import TROUBLE_WORDS, why_left_out
from responders.rule_words import rule_in_words
from responders.wording import counted, joined, local_moment
from storage.domain.message import MessageKind
from storage.domain.overview import HistoryLine

MOST_ADDRESSES = 3
"""Of one report, told by name."""

_MACHINES = {
    MessageKind.AUTO_REPLY: ("automatic reply", "automatic replies"),
    MessageKind.BULK: ("message to a list or to many", "messages to a list or to many"),
}


def wrongs_of(view: View) -> list[Item]:
    return [*_over(view), *_gone(view), *_bounced(view), *_left_out(view), *_unanswered(view)]


def _over(view: View) -> Iterator[Item]:
    """Trouble that came and went since."""
    for line in view.overview.lines:
        if line.what == "trouble_over":
            zone = view.programme.zone
            since = local_moment(datetime.fromisoformat(line.detail["since"]), zone)
            what = TROUBLE_WORDS.get(line.detail.get("trouble", ""), "something was wrong")
            yield item(None, f"{what}: so from {since} to {local_moment(line.at, zone)}, now over")


def _gone(view: View) -> Iterator[Item]:
    """Messages that somebody took out of the mailbox after they were filed."""
    lines = (line for line in view.overview.lines if line.what == "messages_gone")
    number = sum(int(line.detail.get("number", "0")) for line in lines)
    if number:
        told = counted(number, "message is", "messages are")
        yield item(None, f"{told} no longer in the mailbox; the ledger keeps what it had")


def _bounced(view: View) -> Iterator[Item]:
    """One item a case: what it names is told once, however often a letter came back."""
    found: dict[int | None, dict[str, None]] = defaultdict(dict)
    for line in view.overview.lines:
        if line.bounced:
            found[line.case_id] |= dict.fromkeys(line.bounced)
        elif line.kind is MessageKind.BOUNCE:
            yield item(
                view.label(line.case_id), _unnamed(line), f"postroom message {line.message_id}"
            )
    for case_id, addresses in found.items():
        shown = joined([*addresses][:MOST_ADDRESSES])
        case = view.cases.get(case_id or 0)
        help = f"postroom case {case.reference}" if case is not None else None
        yield item(view.label(case_id), f"a letter came back: nothing reaches {shown}", help)


def _unnamed(line: HistoryLine) -> str:
    """A report of a mail server that names no address that nothing reaches."""
    is_late = line.detail.get("rule") == "delivery_delayed"
    return "a letter is late, says a mail server" if is_late else "a letter came back"


def _left_out(view: View) -> Iterator[Item]:
    alike: dict[tuple[str, str], list[HistoryLine]] = defaultdict(list)
    for line in view.overview.lines:
        if line.what == "letter_skipped":
            kind, rule = line.detail.get("kind", "letter"), line.detail.get("rule", "unknown")
            alike[kind, rule].append(line)
    for (kind, rule), lines in alike.items():
        name = kind.replace("_", " ")
        number = f"{len(lines)} times " if len(lines) > 1 else ""
        label = references(view, [line.case_id for line in lines])
        yield item(label, f"{name} {number}left out: {why_left_out(rule)}")


def _unanswered(view: View) -> Iterator[Item]:
    """Machines are never answered: how many of them, and what gave them away."""
    rules: dict[MessageKind, list[str]] = defaultdict(list)
    for line in view.overview.lines:
        if line.kind in _MACHINES:
            rules[line.kind].append(rule_in_words(line.detail.get("rule", "")))
    for kind, named in rules.items():
        told = counted(len(named), *_MACHINES[kind])
        shown = "; ".join(sorted(dict.fromkeys(named)))
        yield item(None, f"{told}, kept and not answered: {shown}")
