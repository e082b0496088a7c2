"""What can be wrong in a programme's own fields and rules."""

from collections.abc import Iterator

from intake.configuration.explaining import as_toml, nearest
from intake.configuration.look import Check, Look
from intake.configuration.problems import Problem
from intake.understanding.texts.labels import field_of_label
from storage.domain.form import DETAILS

AREA = "area"
"""What a rule may note beside the programme's own fields."""


def _check_labels(look: Look) -> Iterator[Problem]:
    """A label leads to one field, and to none that every programme has."""
    owners: dict[str, str] = {}
    for at, field in enumerate(look.section.fields):
        if field.key in DETAILS:
            yield look.problem(
                ("fields", at, "key"), as_toml(field.key), "another key: every form has that one"
            )
        for label in (field.label, *field.labels):
            known = field_of_label(label)
            owner = owners.setdefault(" ".join(label.casefold().split()), field.key)
            if owner != field.key:
                found, write = f"{as_toml(label)}, which {owner} has too", "it in one field alone"
            elif known not in (None, "other"):
                found = f"{as_toml(label)}, which stands for the {known} already"
                write = "a label that only this field has"
            else:
                continue
            yield look.problem(("fields", at, "labels"), found, write)


def _check_anywhere(look: Look) -> Iterator[Problem]:
    for at, field in enumerate(look.section.fields):
        if field.anywhere and not (field.choices or field.pattern):
            yield look.problem(
                ("fields", at, "anywhere"),
                "true, but neither choices nor a pattern",
                "what to look for, or take it out",
            )


def _check_rules(look: Look) -> Iterator[Problem]:
    fields = {field.key: field for field in look.section.fields}
    areas = [area.key for area in look.section.areas]
    names: set[str] = set()
    for at, rule in enumerate(look.section.rules):
        if rule.name in names:
            yield look.problem(
                ("rules", at, "name"), f"{as_toml(rule.name)} a second time", "another name"
            )
        names.add(rule.name)
        if not (rule.kind or rule.hold or rule.values or rule.stop):
            yield look.problem(
                ("rules", at), "a rule that does nothing", "kind, hold, values or stop"
            )
        for key, value in rule.values.items():
            allowed = areas if key == AREA else fields[key].choices if key in fields else None
            path = ("rules", at, "values", key)
            if allowed is None:
                known = [AREA, *fields]
                near = nearest(key, known)
                write = f"{near}, if that is what is meant" if near else f"one of {known}"
                yield look.problem(path, "no such field", write)
            elif allowed and value not in allowed:
                yield look.problem(path, as_toml(value), f"one of {', '.join(allowed)}")


CUSTOM_CHECKS: tuple[Check, ...] = (_check_labels, _check_anywhere, _check_rules)
