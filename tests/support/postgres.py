"""A private PostgreSQL on a high loopback port, up in about a second, from root as well."""

import itertools
import shutil
import subprocess
from pathlib import Path
from types import TracebackType

import psycopg

from tests.support.processes import RunAs, free_port

_FAST = (
    "-c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off "
    "-c full_page_writes=off -c shared_buffers=32MB"
)


def find_programs() -> Path | None:
    """The folder of the newest PostgreSQL's programs, None where there is none."""
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    found = [folder for folder in folders if (folder / "initdb").exists()]
    return max(found, key=lambda folder: float(folder.parent.name), default=None)


class Postgres:
    """A running server, as a context manager, with as many empty databases as are asked for."""

    def __init__(self, programs: Path) -> None:
        self.port = free_port()
        self._programs = programs
        self._numbers = itertools.count(1)
        self._run_as = RunAs.unprivileged("postgres", "nobody")
        self._base = self._run_as.temporary_folder("postroom-pg-")

    def __enter__(self) -> "Postgres":
        data = str(self._base / "data")
        try:
            self._run("initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "-EUTF8")
            self.start()
        except BaseException:
            shutil.rmtree(self._base, ignore_errors=True)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        shutil.rmtree(self._base, ignore_errors=True)

    def start(self) -> None:
        """Start the server (again) and wait until it answers."""
        options = f"-p {self.port} -k {self._base} {_FAST}"
        self._control("-l", str(self._base / "log"), "-w", "-o", options, "start")

    def stop(self) -> None:
        """Stop the server at once; every connection breaks."""
        self._control("-m", "immediate", "stop")

    def url(self, database: str) -> str:
        """SQLAlchemy's address of a database."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def create_database(self) -> str:
        """The name of a new, empty database."""
        name = f"postroom_{next(self._numbers)}"
        self._execute(f'CREATE DATABASE "{name}"')
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        where = f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self._base / "data"), *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(  # type: ignore[call-overload]
            [str(self._programs / program), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
            env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
            **self._run_as.subprocess_options(),
        )
