"""Pure: the rows of the ledger as flat tables, for programs that know cells and nothing else."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from storage.domain.programme import Programme

Flat = str | int | datetime | None

OTHER_DETAILS = "other details"
"""Details of the programme's own that the configuration no longer has."""

KEYS = {
    "cases": (
        *("reference", "round", "state", "is_late", "opened_at", "title", "name", "email"),
        *("phone", "role", "organisation", "area", "summary", "senior_leader", "partners", "team"),
        *("custom", "nominated_by", "people", "first_form_at", "letters_sent", "decision"),
        *("amount", "feedback", "reason", "decided_by", "decided_at", "outcome", "outcome_from"),
    ),
    "messages": (
        *("id", "received_at", "sender", "subject", "kind", "rule", "hold", "cases", "changed"),
        *("state", "reason", "size", "message_id", "sha256"),
    ),
    "letters": (
        *("id", "kind", "case", "answers", "recipient", "recipient_name", "subject", "state"),
        *("rule", "created_at", "sent_at", "attempts", "server_reply", "pack_version"),
        *("template_version", "message_id", "key"),
    ),
    "decisions": (
        *("id", "case", "at", "by", "outcome", "amount", "feedback", "reason", "lifted"),
    ),
    "outcomes": ("id", "case", "at", "by", "not_before", "outcome", "amount", "feedback"),
    "extensions": ("id", "round", "case", "closes_at", "reason", "by", "at"),
    "awards": ("id", "case", "at", "by", "message", "told"),
    "agreements": ("id", "case", "at", "by", "message", "stage", "name", "size", "sha256"),
    "attendance": ("id", "case", "at", "message", "event", "comes"),
    "history": ("id", "at", "by", "what", "case", "message", "letter", "detail"),
}
"""Table → what its rows tell, in the order of its columns."""

_WIDTHS = {
    **dict.fromkeys(("summary", "feedback", "reason", "detail", "told", "server_reply"), 60),
    **dict.fromkeys(("title", "subject", "organisation", "key", "message_id"), 36),
    **dict.fromkeys(("email", "people", "sender", "recipient", "partners", "letters_sent"), 32),
    **dict.fromkeys(("name", "area", "role", "senior_leader", "what", "recipient_name"), 24),
    **dict.fromkeys(("id", "round", "is_late", "amount", "size", "attempts", "answers"), 9),
}
_USUAL_WIDTH = 18


class FlatTable:
    """How the rows of one table become flat. `columns` are its headings, each with a width in
    characters; the programme's own details have a column each."""

    def __init__(self, programme: Programme, name: str) -> None:
        self._programme = programme
        self._keys = [(key, self._converter(key)) for key in KEYS[name]]
        self.columns: list[tuple[str, int]] = []
        for key in KEYS[name]:
            if key == "custom":
                self.columns += [(field.label, _USUAL_WIDTH) for field in programme.fields]
                self.columns.append((OTHER_DETAILS, _USUAL_WIDTH))
            else:
                self.columns.append((_spaced(key), _WIDTHS.get(key, _USUAL_WIDTH)))

    def flat(self, row: Mapping[str, Any]) -> list[Flat]:
        """The cells of a row, in the order of the columns."""
        cells: list[Flat] = []
        for key, convert in self._keys:
            value = row[key]
            if convert is None or value is None:
                cells.append(value)
            elif key == "custom":
                cells += self._own_details(value)
            else:
                cells.append(convert(value))
        return cells

    def _converter(self, key: str) -> Callable[[Any], Flat] | None:
        return {"area": self._area_name}.get(key, _CONVERTERS.get(key))

    def _area_name(self, key: str) -> str:
        area = self._programme.area(key)
        return area.name if area else key

    def _own_details(self, custom: Mapping[str, str]) -> list[Flat]:
        known = [field.key for field in self._programme.fields]
        others = {key: value for key, value in custom.items() if key not in known}
        return [*(custom.get(key) for key in known), _listed(others)]


def _listed(values: Mapping[str, str]) -> str | None:
    return "; ".join(f"{_spaced(key)}: {value}" for key, value in values.items()) or None


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _joined(values: Sequence[str]) -> str | None:
    return "; ".join(values) or None


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


_CONVERTERS: Mapping[str, Callable[[Any], Flat]] = {
    **dict.fromkeys(("kind", "state", "decision", "outcome", "what", "rule"), _spaced),
    **dict.fromkeys(("partners", "people", "cases", "changed"), _joined),
    "letters_sent": lambda kinds: _joined([_spaced(kind) for kind in kinds]),
    **dict.fromkeys(("is_late", "comes"), _yes_or_no),
    **dict.fromkeys(("custom", "detail", "told"), _listed),
}
"""What is no flat value yet, or a name of ours such as `not_funded` that people write with
blanks."""
