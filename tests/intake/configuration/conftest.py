"""An environment in which nothing is set for Postroom."""

import os

import pytest


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("POSTROOM_") or name in ("CREDENTIALS_DIRECTORY", "XDG_CONFIG_HOME"):
            monkeypatch.delenv(name)
