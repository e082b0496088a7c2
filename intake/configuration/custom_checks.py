"""What can be wrong in a programme's own fields and rules."""

import re
from collections.abc import Iterator

from intake.configuration.explaining import as_toml, nearest
from intake.configuration.look import Check, Look
from intake.configuration.problems import Problem
from intake.understanding.texts.labels import field_of_label
from intake.understanding.texts.organisers_patterns import matches
from storage.domain.form import CLOSING_HEADING, DETAILS

AREA = "area"
"""What a rule may note beside the programme's own fields."""
LONGEST_LABEL = 80
TAKEN_NAMES = frozenset(
    [
        "report",
        "phishing",
        "newsletter",
        "marketing",
        "circular",
        "instructions",
        "organiser",
        "organiser_reply",
        "repeated",
        "stranger",
        "quarantined",
        "unproven",
        "answered_already",
    ]
)
"""Rules of Postroom's own whose names another could be given, and would be taken for."""
_ENDS_LABEL = re.compile(r"[:|?]|\s[-–—=]\s")
"""What in a message parts a label from its value."""
HEADINGS = ("Your details", "Your reference", CLOSING_HEADING)
"""What stands in every form beside its questions."""


def _check_keys(look: Look) -> Iterator[Problem]:
    for at, field in enumerate(look.section.fields):
        if field.key in DETAILS:
            write = "another key: every form has that one"
        elif hasattr(dict, field.key):  # a template would get the method of that name
            write = "another key: templates can't use that name"
        else:
            continue
        yield look.problem(("fields", at, "key"), as_toml(field.key), write)


def _check_labels(look: Look) -> Iterator[Problem]:
    """A label can be told from what stands behind it; it leads to one field, and to none that
    every programme has, and is no heading of the form."""
    headings = {_bare(text) for text in (*HEADINGS, *(q.text for q in look.section.questions))}
    owners: dict[str, str] = {}
    for at, field in enumerate(look.section.fields):
        for place, label in enumerate((field.label, *field.labels)):
            known = field_of_label(label)
            owner = owners.setdefault(_bare(label), field.key)
            if not _bare(label) or len(label) > LONGEST_LABEL or _ENDS_LABEL.search(_bare(label)):
                found = as_toml(label)
                write = f"at most {LONGEST_LABEL} characters, letters among them, without : | ? = –"
            elif _bare(label) in headings:
                found = f"{as_toml(label)}, which is a heading of the form"
                write = "a label that only this field has"
            elif owner != field.key:
                found, write = f"{as_toml(label)}, which {owner} has too", "it in one field alone"
            elif known not in (None, "other"):
                found = f"{as_toml(label)}, which stands for the {known} already"
                write = "a label that only this field has"
            else:
                continue
            path = ("labels", place - 1) if place else ("label",)
            yield look.problem(("fields", at, *path), found, write)


def _check_anywhere(look: Look) -> Iterator[Problem]:
    for at, field in enumerate(look.section.fields):
        if field.anywhere and not (field.choices or field.pattern):
            yield look.problem(
                ("fields", at, "anywhere"),
                "true, but neither choices nor a pattern",
                "what to look for, or take it out",
            )


def _check_patterns(look: Look) -> Iterator[Problem]:
    """A pattern that is found in an empty text is found in every one."""
    for table in ("fields", "rules"):
        for at, section in enumerate(getattr(look.section, table)):
            if section.pattern is not None and matches(section.pattern, ""):
                found = f"{as_toml(section.pattern)}, which is found in every text"
                yield look.problem(
                    (table, at, "pattern"), found, "a pattern of what must stand there"
                )


def _check_rules(look: Look) -> Iterator[Problem]:
    names: set[str] = set()
    for at, rule in enumerate(look.section.rules):
        if rule.name in names | TAKEN_NAMES:
            again = "a second time" if rule.name in names else "which is one of Postroom's own"
            yield look.problem(
                ("rules", at, "name"), f"{as_toml(rule.name)}, {again}", "another name"
            )
        names.add(rule.name)
        if rule.kind == "nomination" and look.section.kind != "cohort":
            yield look.problem(
                ("rules", at, "kind"),
                '"nomination", where nobody can be nominated: the programme is a grant',
                "another kind",
            )
        if not (rule.kind or rule.hold or rule.values or rule.stop):
            yield look.problem(
                ("rules", at), "a rule that does nothing", "kind, hold, values or stop"
            )


def _check_noted(look: Look) -> Iterator[Problem]:
    """What rules note are values that their fields can have."""
    fields = {field.key: field for field in look.section.fields}
    areas = [area.key for area in look.section.areas]
    for at, rule in enumerate(look.section.rules):
        for key, value in rule.values.items():
            allowed = areas if key == AREA else fields[key].choices if key in fields else None
            path = ("rules", at, "values", key)
            if allowed is None:
                known = [AREA, *fields]
                near = nearest(key, known)
                write = (
                    f"{near}, if that is what is meant" if near else f"one of {', '.join(known)}"
                )
                yield look.problem(path, "no such field", write)
            elif allowed and value not in allowed:
                yield look.problem(path, as_toml(value), f"one of {', '.join(allowed)}")


def _bare(label: str) -> str:
    return " ".join(label.casefold().split()).strip(" *_#.:?")


CUSTOM_CHECKS: tuple[Check, ...] = (
    _check_keys,
    _check_labels,
    _check_anywhere,
    _check_patterns,
    _check_rules,
    _check_noted,
)
