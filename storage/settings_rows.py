"""The table of the settings and templates as they were last seen."""

from datetime import datetime

from sqlmodel import Field

from storage.columns import PlainText, UtcDateTime
from storage.rows import Row


class SettingsSeenRow(Row, table=True):
    """The settings of one scope (a programme, the installation, a folder of templates) as they were
    last seen: `digests` names each with a digest of its value."""

    __tablename__ = "settings_seen"

    scope: str = Field(sa_type=PlainText, primary_key=True)
    digests: str = Field(sa_type=PlainText)
    at: datetime = Field(sa_type=UtcDateTime)
