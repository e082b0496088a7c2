"""What the people of a simulated year are made of, read from `parts.toml` and put together."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

PARTS = Path(__file__).with_name("parts.toml")


@dataclass(frozen=True, slots=True)
class Parts:
    """Names, trades and sentences to choose from. `groups` are (whom a project is about, title),
    `answers` what the form gets, by the key of its question."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    roles: tuple[str, ...]
    organisations: tuple[str, ...]
    leaders: tuple[str, ...]
    partners: tuple[str, ...]
    signoffs: tuple[str, ...]
    openings: tuple[str, ...]
    notes: tuple[str, ...]
    groups: tuple[tuple[str, str], ...]
    obstacles: tuple[str, ...]
    evidence: tuple[str, ...]
    ideas: tuple[str, ...]
    aims: tuple[str, ...]
    answers: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Project:
    """What somebody wants to do, as they will tell it."""

    title: str
    paragraphs: tuple[str, str]
    partners: tuple[str, ...]


@cache
def read_parts() -> Parts:
    """The parts as they lie beside this module."""
    told = tomllib.loads(PARTS.read_text(encoding="utf-8"))
    lists = ("given", "family", "roles", "organisations", "leaders", "partners", "signoffs")
    return Parts(
        **{name: tuple(told[name]) for name in (*lists, "openings", "notes")},
        groups=tuple((group["who"], group["title"]) for group in told["groups"]),
        obstacles=tuple(told["obstacles"]["texts"]),
        evidence=tuple(told["obstacles"]["evidence"]),
        ideas=tuple(told["ideas"]["texts"]),
        aims=tuple(told["ideas"]["aims"]),
        answers={key: tuple(lines) for key, lines in told["answers"].items()},
    )


def draw_project(parts: Parts, chance: Random, *, place: str, number: int) -> Project:
    """The project of the applicant with this number; no two of them tell the same."""
    group, title = parts.groups[number % len(parts.groups)]
    obstacle = parts.obstacles[(number // len(parts.groups) + number) % len(parts.obstacles)]
    partners = chance.sample(parts.partners, 3)
    words = {
        "group": group,
        "Group": group[0].upper() + group[1:],
        "place": place,
        **dict(zip(("one", "two", "three"), partners, strict=True)),
    }
    issue = f"{obstacle} {chance.choice(parts.evidence)}".format(**words)
    idea = f"{chance.choice(parts.ideas)} {chance.choice(parts.aims)}".format(**words)
    is_first = number < len(parts.groups)
    return Project(title if is_first else f"{title} in {place}", (issue, idea), tuple(partners))


def slug_of(text: str, joint: str = "") -> str:
    """Letters and digits of `text` in lower case ASCII, its words put together by `joint`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9-]+", plain.replace("'", "").lower())
    return joint.join(words)
