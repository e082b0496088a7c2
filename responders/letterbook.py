"""The letters of one programme as its templates word them: found, checked, compiled.

`templates/<programme>/` goes before `templates/default/`, file by file.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import css_inline
import jinja2
from jinja2.meta import find_referenced_templates
from markupsafe import Markup

from responders.errors import TemplateError, TemplateProblem
from responders.kinds.base import Value, Values
from responders.language import (
    LONGEST_TEMPLATE,
    Remark,
    check_source,
    compile_source,
    make_environment,
    parse,
)
from responders.markdown import LONGEST_LETTER, escape, parse_markdown, to_html, to_text
from responders.placeholders import placeholders_of
from responders.vocabulary import EVERYWHERE, Placeholder
from responders.wording import visible
from storage.domain.letter import LetterKind
from storage.domain.programme import CustomField

DEFAULT = "default"
LAYOUT = "layout.html.j2"
LAYOUT_WORDS = (
    Placeholder("content", "The letter as HTML", ""),
    Placeholder("title", "The subject without programme and reference", ""),
)

LONGEST_OUTPUT = 128 * 1024
"""Characters of a letter in its layout."""
LONGEST_RENDERING = 2.0
"""Seconds of this thread: on a busy machine a good letter may take longer by the clock."""
PARTS_A_LOOK = 64
"""Of a template, after which the time is asked: that costs as much as a part."""

_SUBJECT = "Subject:"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter as it reads, before it is bytes. `subject` has no reference yet; `source` is the
    Markdown that it was made of, values and all, its subject in the first line."""

    subject: str
    text: str
    html: str
    source: str


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """One letter, ready to be filled. `version` changes with any of the files it is made of."""

    name: str
    version: str
    subject: jinja2.Template
    body: jinja2.Template
    layout: jinja2.Template

    def write(self, values: Values) -> Rendered:
        """The letter with these values. Raises TemplateError."""
        subject = fill(self.subject, values, name=self.name)
        body = fill(self.body, values, name=self.name, longest=LONGEST_LETTER)
        return self.lay_out(subject, body, values)

    def lay_out(self, subject: str, body: str, values: Values) -> Rendered:
        """The letter of this subject and this Markdown, to which nothing is filled in any more.
        `values` are for the layout. Raises TemplateError."""
        subject = " ".join(subject.split())
        title = subject.removesuffix(f": {_programme_name(values)}")
        tokens = parse_markdown(body)
        content = Markup(to_html(tokens))  # all HTML in it is ours: Markdown passes none on
        around = {**values, "title": title}
        html = fill(self.layout, around, name=LAYOUT, content=content)
        source = f"{_SUBJECT} {subject}\n\n{body.strip()}\n"
        return Rendered(subject, to_text(tokens), _make_inliner().inline(html), source)


class Letterbook:
    """The templates of one programme, which may speak of its own `fields`. `get` raises
    TemplateError for what can't be used."""

    def __init__(self, folder: Path, slug: str, fields: Sequence[CustomField] = ()) -> None:
        self._fields = tuple(fields)
        self._folders = (folder / slug, folder / DEFAULT)
        self._templates: dict[LetterKind, LetterTemplate] = {}
        self._problems: dict[LetterKind, tuple[TemplateProblem, ...]] = {}
        self._plain = make_environment(_plain)
        self._plain.loader = jinja2.FunctionLoader(self._load)
        self._escaping = make_environment(escape)
        self._escaping.loader = jinja2.FunctionLoader(self._load)
        self._html = make_environment(None)

    def find(self, name: str) -> Path | None:
        """The file that stands for this name in this programme."""
        if not _is_plain(name):
            return None
        found = (folder / name for folder in self._folders)
        return next((path for path in found if path.is_file()), None)

    def get(self, kind: LetterKind) -> LetterTemplate:
        if kind not in self._templates:
            problems = self.problems(kind)
            if problems:
                raise TemplateError(problems)
            self._templates[kind] = self._compile(kind)
        return self._templates[kind]

    def problems(self, kind: LetterKind) -> tuple[TemplateProblem, ...]:
        """What is wrong in the files of this letter, before anything is rendered."""
        if kind not in self._problems:
            self._problems[kind] = tuple(self._find_problems(kind))
        return self._problems[kind]

    def _find_problems(self, kind: LetterKind) -> Iterator[TemplateProblem]:
        name = template_name(kind)
        words = placeholders_of(kind, self._fields)
        yield from self._problems_of(name, words)
        yield from self._problems_of(LAYOUT, (*EVERYWHERE, *LAYOUT_WORDS))
        for included in self.included(name):
            yield from self._problems_of(included, words, is_included=True)

    def _problems_of(
        self, name: str, words: tuple[Placeholder, ...], *, is_included: bool = False
    ) -> Iterator[TemplateProblem]:
        path = self.find(name)
        if path is None:
            yield TemplateProblem(name, 0, "there is no such file, nor one in default.")
            return
        source = _read(path)
        shown = f"{path.parent.name}/{path.name}"
        for remark in _remarks(name, source, words, is_included=is_included):
            yield TemplateProblem(shown, remark.line, remark.problem, remark.nearest)

    def _compile(self, kind: LetterKind) -> LetterTemplate:
        name = template_name(kind)
        subject, body = split_subject(self._source(name))
        parts = [self._source(part) for part in (name, LAYOUT, *sorted(self.included(name)))]
        return LetterTemplate(
            name=name,
            version=hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12],
            subject=_compile(self._plain, subject, _plain),
            body=_compile(self._escaping, body, escape),
            layout=_compile(self._html, self._source(LAYOUT), None),
        )

    def included(self, name: str) -> set[str]:
        """The names of the files that this one includes."""
        path = self.find(name)
        if path is None:
            return set()
        try:
            tree = parse(_read(path))
        except (jinja2.TemplateSyntaxError, RecursionError):
            return set()
        return {included for included in find_referenced_templates(tree) if included}

    def _source(self, name: str) -> str:
        path = self.find(name)
        return _read(path) if path is not None else ""

    def _load(self, name: str) -> str | None:
        path = self.find(name)
        return _read(path) if path is not None else None


def _programme_name(values: Values) -> str:
    programme = values.get("programme")
    return str(programme.get("name")) if isinstance(programme, dict) else ""


@cache
def _make_inliner() -> css_inline.CSSInliner:
    """Puts the layout's styles where mail clients heed them; it never fetches anything."""
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def template_name(kind: LetterKind) -> str:
    return f"{kind}.md.j2"


def split_subject(source: str) -> tuple[str, str]:
    """What follows `Subject:` in the first line, and the rest of the file on its own lines."""
    first, _, rest = source.partition("\n")
    return first.removeprefix(_SUBJECT).strip(), "\n" + rest


def fill(
    template: jinja2.Template,
    values: Mapping[str, Value],
    *,
    name: str,
    longest: int = LONGEST_OUTPUT,
    **safe: Markup,
) -> str:
    """The rendered text, within the limits of length and time. Raises TemplateError."""
    parts: list[str] = []
    length, deadline = 0, time.thread_time() + LONGEST_RENDERING
    given: dict[str, Any] = {**values, **safe}
    try:
        for number, part in enumerate(template.generate(given), start=1):
            parts.append(part)
            length += len(part)
            is_late = number % PARTS_A_LOOK == 0 and time.thread_time() > deadline
            if length > longest or is_late:
                raise TemplateError([TemplateProblem(name, 0, "gives too long a letter.")])
    except (jinja2.TemplateError, TypeError, ValueError, RecursionError) as error:
        problem = f"can't be rendered: {error}."
        raise TemplateError([TemplateProblem(name, 0, problem)]) from error
    return "".join(parts)


def _remarks(
    name: str, source: str, words: tuple[Placeholder, ...], *, is_included: bool
) -> Iterator[Remark]:
    if name.endswith(".md.j2") and not is_included:
        first, _, rest = source.partition("\n")
        if not first.startswith(_SUBJECT) or not first.removeprefix(_SUBJECT).strip():
            yield Remark(1, f"the first line must be {_SUBJECT} and what the letter is.")
        if rest and not rest.startswith("\n"):
            yield Remark(2, "a blank line must follow the subject.")
    if is_included and "{% include" in source:
        yield Remark(0, "a file that is included can't include another.")
        return
    yield from check_source(source, words)


def _compile(
    environment: jinja2.Environment, source: str, finalize: Callable[[object], str] | None
) -> jinja2.Template:
    code = compile_source(source, finalize)
    return environment.template_class.from_code(environment, code, {})


def _plain(value: object) -> str:
    return visible(str(value)) if value is not None else ""


def _is_plain(name: str) -> bool:
    """False for what would lead out of the folder of the templates."""
    return "/" not in name and "\\" not in name and not name.startswith(".")


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace", newline=None) as file:
        return file.read(LONGEST_TEMPLATE + 1)
