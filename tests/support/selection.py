"""Which tests a run would pass over without a word, read from the files that say so."""

import ast
import re
from collections.abc import Mapping
from pathlib import PurePath

CHOOSES = re.compile(r"(?:^|\s)(?:-m|-k|--ignore\S*|--deselect\S*|--lf|--ff|--sw)(?=[\s=]|$)")
"""Options of pytest that leave tests out."""

_DROPS = {"collect_ignore", "collect_ignore_glob", "pytest_collection_modifyitems"}
_DROPS |= {"pytest_ignore_collect", "__test__"}


def recipe(makefile: str, target: str) -> list[str]:
    """The lines that a target of the Makefile runs, its variables put in one level deep."""
    found = re.search(rf"^{target}:[^\n]*\n((?:\t[^\n]*\n)+)", makefile, re.MULTILINE)
    variables = dict(re.findall(r"^(\w+)\s*:?=\s*(.*)$", makefile, re.MULTILINE))
    lines = found[1].splitlines() if found else []
    return [re.sub(r"\$\((\w+)\)", lambda m: variables.get(m[1], m[0]), x).strip() for x in lines]


def passed_over(sources: Mapping[PurePath, str]) -> list[str]:
    """Modules whose tests pytest does not look at, or that drop tests of others."""
    told = []
    for path, source in sources.items():
        tree = ast.parse(source)
        names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        names |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        told += [f"{path}: {name}" for name in sorted(names & _DROPS)]
        outer = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        has_tests = any(node.name.startswith(("test_", "Test")) for node in outer)
        if has_tests and not path.name.startswith("test_"):
            told.append(f"{path}: its name does not begin with test_")
    return told


def without_everyday(sources: Mapping[PurePath, str]) -> list[str]:
    """Folders all of whose tests are slow."""
    is_slow: dict[PurePath, bool] = {}
    for path, source in sources.items():
        if path.name.startswith("test_"):
            whole = bool(re.search(r"^pytestmark = .*\bmark\.slow\b", source, re.MULTILINE))
            is_slow[path.parent] = whole and is_slow.get(path.parent, True)
    return [str(folder) for folder, slow in is_slow.items() if slow]
