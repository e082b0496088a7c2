"""Guards over the whole repository, and proof that each of them notices what it guards."""

from pathlib import Path

import pytest

from tests.support import borders, shapes

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def modules() -> dict[str, borders.Module]:
    return borders.read_modules(ROOT)


@pytest.fixture(scope="module")
def texts() -> list[tuple[Path, str]]:
    return shapes.readable(ROOT, shapes.tracked_files(ROOT))


def test_rooms_import_only_what_they_may(modules: dict[str, borders.Module]) -> None:
    assert {"intake.app", "responders.kinds", "storage.domain.case"} <= modules.keys()
    assert borders.crossings(modules) == []


def test_pure_modules_reach_no_adapter_and_no_clock(modules: dict[str, borders.Module]) -> None:
    assert sum(module.is_marked_pure for module in modules.values()) > 20
    assert borders.impurities(modules) == []


@pytest.mark.parametrize(
    ("name", "source", "told"),
    [
        (
            "intake.pipeline",
            "from responders import planner",
            "intake.pipeline (intake) imports responders.planner (responders)",
        ),
        (
            "responders.planner",
            "def plan():\n    import intake.understanding.finders.names",
            "responders.planner (responders) imports intake.understanding.finders.names (intake)",
        ),
        (
            "storage.cases",
            "import responders",
            "storage.cases (storage) imports responders (responders)",
        ),
        (
            "intake.recording",
            "from intake.config import Configuration",
            "intake.recording (intake) imports intake.config (root)",
        ),
        (
            "storage.rows",
            "from . import database",
            "storage.rows (storage) imports relative import in line 1 (relative import in line 1)",
        ),
    ],
)
def test_a_crossed_border_is_told(name: str, source: str, told: str) -> None:
    others = {"responders.planner": "", "intake.config": ""}

    modules = borders.parse_modules(others | {name: source})

    assert borders.crossings(modules) == [told]


def test_the_root_may_import_every_room() -> None:
    source = "import responders.planner, intake.pipeline, storage.cases"

    modules = borders.parse_modules({"intake.app": source, "intake.commands.run": source})

    assert borders.crossings(modules) == []


@pytest.mark.parametrize(
    ("name", "source", "told"),
    [
        ("storage.domain.case", "import sqlmodel", "storage.domain.case: imports sqlmodel"),
        (
            "storage.domain.case",
            "from datetime import datetime\n\ndef age():\n    return datetime.now()",
            "storage.domain.case: asks the clock in line 4",
        ),
        (
            "responders.retry",
            '"""Pure: tables."""\nimport time',
            "responders.retry: imports time",
        ),
        (
            "responders.retry",
            '"""Pure: tables."""\nopen("/etc/hosts")',
            "responders.retry: opens a file in line 2",
        ),
        (
            "intake.understanding.finders.names",
            '"""Pure: names."""\nfrom intake import session',
            "intake.understanding.finders.names: imports socket.socket",
        ),
        (
            "intake.understanding.finders.names",
            '"""Pure: names."""\nfrom pathlib import Path\nPath("x").read_text()',
            "intake.understanding.finders.names: touches the disk in line 3",
        ),
    ],
)
def test_an_impurity_is_told(name: str, source: str, told: str) -> None:
    others = {"intake.session": "import socket.socket"}

    modules = borders.parse_modules(others | {name: source})

    assert told in borders.impurities(modules)


def test_a_module_that_claims_nothing_may_ask_the_clock() -> None:
    modules = borders.parse_modules({"intake.scheduler": "import time"})

    assert borders.impurities(modules) == []


def test_modules_and_functions_can_be_held_in_mind() -> None:
    written = (path for package in borders.PACKAGES for path in (ROOT / package).rglob("*.py"))
    paths = [path for path in written if "versions" not in path.parts]  # Alembic writes those
    told = {path.relative_to(ROOT): shapes.overlong(path.read_text("utf-8")) for path in paths}

    assert {path: what for path, what in told.items() if what} == {}


def test_an_overlong_module_or_function_is_told() -> None:
    function = 'def walk(\n    x,\n):\n    """Walk."""\n' + "    pass\n" * 41

    assert shapes.overlong("x = 1\n" * 301) == ["301 lines"]
    assert shapes.overlong(function) == ["walk: 41 lines"]
    assert shapes.overlong("x = 1\n" * 300) == []


def test_templates_hold_no_python() -> None:
    assert [path for path in shapes.tracked_files(ROOT) if _is_python_template(path)] == []


def _is_python_template(path: Path) -> bool:
    return path.parts[0] == "templates" and path.suffix == ".py"


def test_a_python_template_is_told() -> None:
    assert _is_python_template(Path("templates/default/letter.py"))


def test_no_file_names_a_machine_or_a_package_index(texts: list[tuple[Path, str]]) -> None:
    assert _told(texts, shapes.traces) == {}


def test_no_file_names_somebodys_host_or_address(texts: list[tuple[Path, str]]) -> None:
    assert _told(texts, shapes.foreign_hosts) == {}
    assert _told(texts, shapes.foreign_addresses) == {}


def test_no_file_names_somebodys_mobile(texts: list[tuple[Path, str]]) -> None:
    messages = [(path, text) for path, text in texts if path.name not in LOCKS]

    assert _told(messages, shapes.foreign_mobiles) == {}


LOCKS = {"requirements.lock", "requirements-dev.lock"}
"""Fingerprints hold every digit there is."""


def test_traces_of_a_machine_are_told() -> None:
    slash = "/"
    folder, home = f"{slash}work{slash}main", f"{slash}home{slash}jo"
    index = "-" + "-index-url"

    assert shapes.traces(f'open("{folder}/x") {home}') == [f"{folder}", home]
    assert shapes.traces(f"pip install {index} x") == [index]
    assert shapes.traces("--hash=sha256:" + "0" * 64 + " var/root/x docs/home/y") == []


def test_hosts_addresses_and_mobiles_of_somebody_are_told() -> None:
    at, scheme = "@", "https" + "://"

    assert shapes.foreign_hosts(f"{scheme}nhs.uk/x {scheme}a.example/y") == [f"{scheme}nhs.uk/x"]
    assert shapes.foreign_addresses(f"jo{at}nhs.uk, jo{at}nhs.example") == [f"jo{at}nhs.uk"]
    assert shapes.foreign_mobiles("07700 900123, +447700900124, 0" + "7911 123 456") == [
        "0" + "7911123456"
    ]


def _told(texts: list[tuple[Path, str]], check) -> dict[Path, list[str]]:  # type: ignore[no-untyped-def]
    found = {path: check(text) for path, text in texts}
    return {path: what for path, what in found.items() if what}
