"""What the documents claim, in a form that can be compared with what is there."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path

ROW = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)
MAKE = re.compile(r"\bmake ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)*)")
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
POSTROOM = re.compile(r"\bpostroom (?:(?:--config|-c) \S+ )?([a-z]+)\b")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


def rows(markdown: str) -> list[str]:
    """The first cells of a document's tables that are single words of code."""
    return ROW.findall(markdown)


def differences(named: Mapping[str, Collection[str]]) -> list[str]:
    """What some of several lists name and others lack, as sentences; each list has a name."""
    whole = set().union(*named.values())
    told = [
        f"{title} lacks {word}"
        for title, words in named.items()
        for word in sorted(whole - set(words))
    ]
    return told + [
        f"{title} names {word} twice"
        for title, words in named.items()
        for word in sorted({word for word in words if list(words).count(word) > 1})
    ]


def unknown_targets(markdown: str, makefile: str) -> list[str]:
    """What a document's code runs with make that the Makefile has no target for."""
    known = set(TARGET.findall(makefile))
    named = (word for run in MAKE.findall(_code(markdown)) for word in run.split())
    return sorted({word for word in named if word not in known})


def unknown_commands(markdown: str, commands: Collection[str]) -> list[str]:
    """What a document's code runs with postroom that is no command."""
    return sorted({word for word in POSTROOM.findall(_code(markdown)) if word not in commands})


def dead_links(markdown: str, folder: Path) -> list[str]:
    """Relative links of a document in `folder` that lead nowhere."""
    links = (link.partition("#")[0] for link in LINK.findall(_without_code(markdown)))
    local = (link for link in links if link and not re.match(r"[a-z]+:", link))
    return [link for link in local if not (folder / link).exists()]


def pinned(lock: str) -> list[str]:
    """The distributions that a lock names."""
    return PIN.findall(lock)


def unmentioned(licences: Mapping[str, str], notice: str) -> list[str]:
    """Distributions whose licence asks to be named, and that a NOTICE does not name."""
    asking = {
        name for name, licence in licences.items() if re.search("LGPL|Lesser|MPL|Mozilla", licence)
    }
    words = {word.lower() for word in notice.split()}
    return sorted(name for name in asking if name.lower() not in words)


def unwelcome(licences: Mapping[str, str]) -> list[str]:
    """Distributions under a licence that would bind our own code."""
    return sorted(name for name, licence in licences.items() if _binds(licence))


def _binds(licence: str) -> bool:
    plain = re.sub(r"LGPL|Lesser General Public", "", licence)
    return bool(re.search(r"A?GPL|General Public License", plain))


def _code(markdown: str) -> str:
    return "\n".join(CODE.findall(markdown))


def _without_code(markdown: str) -> str:
    return re.sub(r"```.*?```", "", markdown, flags=re.DOTALL)
