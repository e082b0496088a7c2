"""`postroom check` and `postroom login` for a programme that is read and sends by Graph."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from intake.cli import app
from intake.config import default_templates_folder, load_configuration
from tests.support.configurations import GRANT, write_configuration
from tests.support.graph_box import Box
from tests.support.graph_desk import INBOX, graph_tables
from tests.support.graph_server import Fault, GraphServer
from tests.support.identity_provider import IdentityProvider

runner = CliRunner()


@dataclass(frozen=True)
class Place:
    """A configuration whose mailbox and transport are signed in."""

    path: Path
    graph: GraphServer
    box: Box

    def check(self, *options: str) -> tuple[int, dict[str, Any]]:
        """The exit status and what is told, by the name of what was looked at."""
        result = runner.invoke(app, ["--config", str(self.path), "check", "--json", *options])
        return result.exit_code, {one["what"]: one for one in json.loads(result.stdout)["checks"]}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    tokens: dict[str, str] = {}
    with (
        GraphServer(tokens=tokens) as graph,
        IdentityProvider(user=INBOX, tokens=tokens) as provider,
    ):
        box = graph.new_box(INBOX)
        path = write_configuration(tmp_path, GRANT + graph_tables(graph, provider))
        path.chmod(0o600)
        sign_in = load_configuration(path).sign_ins["ace"]["mailbox"]
        sign_in.wait_for_code(sign_in.ask_for_code(), lambda _: None)
        yield Place(path, graph, box)


def test_all_is_well_and_no_letter_was_sent(place: Place) -> None:
    status, told = place.check()

    assert status == 0, told
    assert "pack" not in told
    assert told["mailbox"]["found"] == "logged in, folders there, 0 messages waiting"
    assert told["transport"]["found"].startswith(f"{place.graph.url} takes the access token")
    assert place.graph.sent == []
    assert place.box.at("Postroom/Processed") and place.box.at("Postroom/Quarantine")


def test_a_right_to_send_alone_is_enough_for_a_transport(place: Place) -> None:
    place.graph.faults.append(Fault("GET /mailFolders/sentitems", 403, "ErrorAccessDenied"))

    status, told = place.check()

    assert (status, told["transport"]["ok"]) == (0, True)


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault("*", 401, "InvalidAuthenticationToken", times=99), 78),
        (Fault("*", 404, "ErrorInvalidUser", times=99), 78),
        (Fault("*", 500, times=99), 69),
        (Fault("*", 429, "TooManyRequests", {"Retry-After": "600"}, times=99), 69),
        (Fault("*", times=99), 69),
    ],
)
def test_what_is_wrong_is_told_for_both(place: Place, fault: Fault, status: int) -> None:
    place.graph.faults.append(fault)

    found, told = place.check()

    assert found == status
    assert [name for name, one in told.items() if not one["ok"]] == ["mailbox", "transport"]
    assert "canary" not in json.dumps(told)


def test_a_round_trip_says_that_nothing_was_lost(place: Place) -> None:
    status, told = place.check("--round-trip", "--wait", "20")

    assert (status, told["round trip"]["todo"]) == (0, None)
    assert told["round trip"]["found"].startswith("sent, read back and filed in")
    assert "lost" not in told["round trip"]["found"]


def test_a_round_trip_says_which_marks_were_lost(place: Place) -> None:
    place.graph.drops = frozenset({"auto-submitted", "x-postroom-loop"})

    status, told = place.check("--round-trip", "--wait", "20")

    assert status == 0
    assert told["round trip"]["found"].partition("; ")[2].startswith("lost on its way: Auto-Subm")
    assert "caps still end what a machine answers" in told["round trip"]["todo"]


def test_a_round_trip_says_that_letters_get_another_message_id(place: Place) -> None:
    place.graph.renames = True

    status, told = place.check("--round-trip", "--wait", "20")

    assert status == 0
    assert told["round trip"]["found"].endswith("; lost on its way: Message-ID")
    assert "so it may arrive twice" in told["round trip"]["todo"]


def test_a_pack_that_graph_could_not_take_is_told(place: Place, tmp_path: Path) -> None:
    shutil.copytree(default_templates_folder(), tmp_path / "letters")
    own = tmp_path / "letters" / "ace" / "pack"
    own.mkdir(parents=True, exist_ok=True)
    (own / "Map.pdf").write_bytes(b"%PDF-1.4\n" + b"x" * 2_200_000)
    place.path.write_text('templates_folder = "letters"\n' + place.path.read_text())

    status, told = place.check()

    assert status == 78
    assert "and Graph takes 3 MB at most" in told["pack"]["found"]
    assert "give pack_link" in told["pack"]["todo"]


def test_login_names_what_it_would_ask_for(tmp_path: Path) -> None:
    oauth = 'provider = "microsoft"\ntenant = "leadership.nhs.example"\nclient_id = "an-id"\n'
    tables = (
        f'[programmes.ace.{name}]\nkind = "graph"\n[programmes.ace.{name}.oauth]\n{oauth}'
        for name in ("mailbox", "transport")
    )
    path = write_configuration(tmp_path, GRANT + "\n" + "\n".join(tables))

    result = runner.invoke(app, ["--config", str(path), "login", "ace", "--dry-run", "--json"])

    (told,) = json.loads(result.stdout)
    assert told["for"] == ["mailbox", "transport"]
    assert told["scopes"] == [
        "https://graph.microsoft.com/Mail.ReadWrite.Shared",
        "https://graph.microsoft.com/Mail.Send.Shared",
        "offline_access",
    ]
