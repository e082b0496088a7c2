"""What can go wrong while a letter is written.

ResponderError
├── TemplateError      a template says what it must not, or can't be rendered
├── HeaderRefused      a value would change the header of a letter
├── SourceRefused      what somebody wrote by hand is no letter
└── PackError          the pack can't be built, or is not there
    └── PackTooLarge   it is larger than mailboxes take
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """What is wrong in a template: `file` as given, `line` from 1 (0: the file as a whole), what
    the problem is, and the nearest word that would be right, if there is one."""

    file: str
    line: int
    problem: str
    nearest: str | None = None

    def __str__(self) -> str:
        hint = f" Did you mean {self.nearest}?" if self.nearest else ""
        return f"{self.file}:{self.line}: {self.problem}{hint}"


class ResponderError(Exception):
    """Something in the writing of letters failed; the message says what to do."""


class TemplateError(ResponderError):
    """A template can't be used. Correct the lines named; `postroom check` shows them all."""

    def __init__(self, problems: Sequence[TemplateProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class HeaderRefused(ResponderError):
    """A value would have changed the header of a letter. The letter was not written: look at the
    message it answers, somebody may be trying something."""


class SourceRefused(ResponderError):
    """What somebody wrote in place of a letter is none; the message says why."""


class PackError(ResponderError):
    """The application pack can't be built or found. Run `postroom pack build` and read on."""


class PackTooLarge(PackError):
    """The pack is larger than mailboxes take. Make its files smaller, or set `pack_link`."""


def place_of(error: BaseException) -> str:
    """`mime.py:88`, where an error was raised ("" where nothing tells). For logs and events, in
    place of the error's own words, which may quote what an applicant wrote."""
    lines = extract_tb(error.__traceback__)
    return f"{Path(lines[-1].filename).name}:{lines[-1].lineno}" if lines else ""
