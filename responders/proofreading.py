"""Templates read before anybody gets a letter of them: each line that would break one is named."""

import time
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from responders.errors import TemplateError, TemplateProblem
from responders.kinds.base import Values
from responders.letterbook import (
    DEFAULT,
    LAYOUT,
    Letterbook,
    LetterTemplate,
    Rendered,
    template_name,
)
from responders.mime import LONGEST_SUBJECT
from responders.pack.agreement import check_agreement
from responders.placeholders import samples_of
from storage.domain.letter import LetterKind
from storage.domain.programme import CustomField, Programme

ROOM_FOR_REFERENCE = 20
"""Characters of the subject that the reference may need."""

LONGEST_TRIAL = 0.25
"""Seconds of this thread that writing one letter may take; an ordinary one takes a hundredth."""


def check_templates(
    templates_folder: Path, programme: Programme | None = None
) -> tuple[TemplateProblem, ...]:
    """What is wrong with the templates of a programme (None: those of `default`), by file and
    line. Each letter is also written with samples: with all values, with as few as may be, and
    with every yes and no turned round."""
    slug = programme.slug if programme is not None else DEFAULT
    fields = programme.fields if programme is not None else ()
    book = Letterbook(templates_folder, slug, fields)
    problems = [*_strangers(templates_folder / slug, book)]
    for kind in LetterKind:
        found = book.problems(kind)
        problems += found or _trials(book, kind, fields)
    problems += check_agreement(programme, templates_folder) if programme is not None else ()
    return tuple(dict.fromkeys(problems))


def preview_samples(
    templates_folder: Path, programme: Programme | None, kind: LetterKind
) -> Rendered:
    """One letter as it reads with the samples. Raises TemplateError."""
    slug = programme.slug if programme is not None else DEFAULT
    fields = programme.fields if programme is not None else ()
    return Letterbook(templates_folder, slug, fields).get(kind).write(samples_of(kind, fields))


def _strangers(folder: Path, book: Letterbook) -> Iterator[TemplateProblem]:
    """Files that no letter is made of, most likely a name with a slip."""
    letters = [template_name(kind) for kind in LetterKind]
    known = {*letters, LAYOUT, *(part for name in letters for part in book.included(name))}
    for path in sorted(folder.glob("*.j2")):
        if path.name not in known:
            nearest = next(iter(get_close_matches(path.name, sorted(known), n=1)), None)
            shown = f"{folder.name}/{path.name}"
            yield TemplateProblem(shown, 0, "no letter is made of this file.", nearest)


def _trials(
    book: Letterbook, kind: LetterKind, fields: Sequence[CustomField]
) -> Iterator[TemplateProblem]:
    template = book.get(kind)
    for bare in (False, True):
        for contrary in (False, True):
            values = samples_of(kind, fields, bare=bare, contrary=contrary)
            try:
                rendered, taken = _timed(template, values)
                if taken > LONGEST_TRIAL:  # once may be a pause of the interpreter's own
                    rendered, taken = _timed(template, values)
            except TemplateError as error:
                yield from error.problems
                continue
            if taken > LONGEST_TRIAL:
                yield TemplateProblem(template.name, 0, "takes too long to write.")
                return
            if not rendered.text.strip():
                yield TemplateProblem(template.name, 0, "says nothing.")
            if not 0 < len(rendered.subject) <= LONGEST_SUBJECT - ROOM_FOR_REFERENCE:
                yield TemplateProblem(template.name, 1, "the subject is empty or too long.")


def _timed(template: LetterTemplate, values: Values) -> tuple[Rendered, float]:
    """The letter, and how many seconds of this thread it took. Raises TemplateError."""
    began = time.thread_time()
    return template.write(values), time.thread_time() - began
