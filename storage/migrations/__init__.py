"""The schema's history, one Alembic migration a change, run from the installed package.

A new one: `alembic -x url=sqlite:///var/scratch.db upgrade head`, the same with
`revision --autogenerate --rev-id 0002 -m "…"`, read it, then raise `storage.rows.SCHEMA`.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def upgrade(connection: Connection) -> None:
    """Run every migration that is still missing, in the transaction of `connection`."""
    command.upgrade(make_config(connection), "head")


def make_config(connection: Connection) -> Config:
    """Alembic's settings for a connection whose transaction is the caller's."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
