"""Everyday tests are some of all tests: none is lost between `make test` and `make test-all`."""

import tomllib
from pathlib import Path, PurePath

import pytest

from tests.support import selection

ROOT = Path(__file__).resolve().parent.parent
SOURCES = {
    PurePath(path.relative_to(ROOT)): path.read_text("utf-8")
    for path in sorted((ROOT / "tests").rglob("*.py"))
}


def test_all_tests_are_all_and_everyday_tests_all_but_the_slow() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (everything,) = selection.recipe(makefile, "test-all")
    (everyday,) = selection.recipe(makefile, "test")

    assert "pytest" in everything
    assert not selection.CHOOSES.search(everything)
    assert everyday == f'{everything} -m "not slow"'


def test_the_build_server_runs_all_tests() -> None:
    told = (ROOT / ".ci/run").read_text("utf-8").splitlines()

    assert told[-1] == "CI=true exec make test-all"
    assert "$ make test-all" in (ROOT / "README.md").read_text("utf-8")


def test_nothing_else_chooses_among_tests() -> None:
    options = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]
    own = options["ini_options"]

    assert own["testpaths"] == ["tests"]
    assert not selection.CHOOSES.search(" ".join(own["addopts"]))
    assert not {"norecursedirs", "python_files", "collect_imported_tests"} & own.keys()
    assert selection.passed_over(SOURCES) == []


def test_every_area_has_everyday_tests() -> None:
    assert selection.without_everyday(SOURCES) == []


@pytest.mark.parametrize("option", ["-k slow", "--ignore=tests", "--deselect a::b", "-m 'not x'"])
def test_a_choice_is_noticed(option: str) -> None:
    makefile = f"RUN := pytest\nall: install  ## x\n\t$(RUN) {option}\n"

    assert selection.recipe(makefile, "all") == [f"pytest {option}"]
    assert selection.CHOOSES.search(f"pytest {option}")


def test_tests_that_are_passed_over_are_told() -> None:
    sources = {
        PurePath("tests/laws.py"): "def test_x():\n    pass\n",
        PurePath("tests/conftest.py"): "collect_ignore = ['test_y.py']\n",
        PurePath("tests/a/test_y.py"): "pytestmark = pytest.mark.slow\n",
    }

    assert selection.passed_over(sources) == [
        "tests/laws.py: its name does not begin with test_",
        "tests/conftest.py: collect_ignore",
    ]
    assert selection.without_everyday(sources) == ["tests/a"]
