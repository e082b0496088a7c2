"""What is wrong with a configuration, in words an admin can act on. Pure: values only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct.

    `file` is where it was read: the file's path, or the environment variable. `key` is the
    dotted path of the setting, empty for the file as a whole; `line` counts from 1, None where
    it is not known. `found` is what stands there, never a secret; `write` what to write instead.
    """

    file: str
    key: str
    found: str
    write: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        head = f"{place}: {self.key}" if self.key else place
        return f"{head}\n    found: {self.found}\n    write: {self.write}"


class ConfigError(Exception):
    """The configuration can't be used. Correct every problem that is listed and try again."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
