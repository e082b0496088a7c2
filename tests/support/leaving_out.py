"""A line at the end of a run that says how many tests it left out, also where workers ran them."""

from collections.abc import Sequence

import pytest

_SENT = "left_out"


class LeavingOut:
    """A plugin of pytest, in the process that is told to run tests and in each of its workers."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._count = 0

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        self._count += len(items)

    def pytest_sessionfinish(self) -> None:
        sent = getattr(self._config, "workeroutput", None)
        if sent is not None:
            sent[_SENT] = self._count

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """Every worker collects all tests, so that one of them knows."""
        self._count = getattr(node, "workeroutput", {}).get(_SENT, self._count)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._count and self._config.option.markexpr:
            words = f"{self._count} tests were left out; `make test-all` runs them too"
            terminalreporter.write_line(words)
