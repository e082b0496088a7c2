"""How the people of a simulated cohort programme write. The words are in `voices.toml`."""

import html as markup
import io
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter

from intake.commands.simulating.cohort.cast import (
    Manner,
    Nomination,
    Nominee,
    Question,
    Writer,
)
from intake.commands.simulating.cohort.lives import Deed, Life
from intake.commands.simulating.correspondence import Arrival
from intake.commands.simulating.documents import EXCEL
from intake.commands.simulating.envelopes import Enclosure, Written

VOICES = Path(__file__).with_name("voices.toml")

HEADINGS = ("Name", "Job title", "Organisation", "Email")


def nominate(nomination: Nomination) -> Written:
    """The message that puts people forward, in its writer's own manner."""
    writer, people = nomination.writer, (*nomination.again, *nomination.people)
    words = _words()[nomination.manner]
    values = _values(writer) | {
        "count": f"{len(people)} people" if len(people) > 1 else "somebody",
        "team": nomination.team or "",
        "first": people[0].name,
        "lines": "\n".join(", ".join(_told(one)) for one in people),
        "sentences": " ".join(map(_sentence, people)),
        "blocks": "\n\n".join(map(_block, people)),
    }
    text = _signed(_pick(words, writer.number).format(**values), writer)
    is_table = nomination.manner is Manner.TABLE
    is_workbook = nomination.manner is Manner.WORKBOOK
    file = Enclosure("Nominations.xlsx", EXCEL, _workbook(people)) if is_workbook else None
    return Written(
        writer.name,
        writer.email,
        words["subject"].format(**values),
        text,
        html=_as_html(_before_lines(words, writer, values), people, writer) if is_table else None,
        files=(file,) if file else (),
    )


def ask(question: Question) -> Written:
    """The question who leads the nominations."""
    writer, words = question.writer, _words()["question"]
    text = _signed(_pick(words, writer.number).format(**_values(writer)), writer)
    return Written(writer.name, writer.email, words["subject"], text)


def withdraw_early(nominee: Nominee) -> Written:
    """A nominee steps back before anybody has written to them."""
    words = _words()["withdraw_early"]
    text = _pick(words, nominee.number).format(organisation=nominee.organisation)
    text = f"Hello,\n\n{text}\n\nKind regards\n{nominee.name}\n{nominee.role}\n"
    return Written(nominee.name, nominee.email, words["subject"], text)


def reply(deed: Deed, nominee: Nominee, writer: Writer, letter: Arrival) -> Written:
    """An answer to a letter about the nominee: their own, or that of whoever put them forward."""
    is_own = deed not in (Deed.TELL_ADDRESS, Deed.YES_FOR)
    name, email = (nominee.name, nominee.email) if is_own else (writer.name, writer.email)
    values = _values(writer) | {
        "name": nominee.name,
        "given": nominee.name.split()[0],
        "email": nominee.email,
    }
    said = _pick(_words()[deed.name.lower()], nominee.number).format(**values)
    quoted = "\n".join(f"> {line}" for line in letter.text.splitlines())
    head = f"On {letter.at:%a, %d %b %Y at %H:%M}, The Surrey 500 team wrote:"
    text = f"{said}\n\n{name.split()[0]}\n\n{head}\n{quoted}\n"
    return Written(name, email, f"Re: {letter.subject}", text, answers=letter.answered)


def _told(one: Nominee) -> tuple[str, ...]:
    told = (one.name, one.role, one.email)
    return told[:2] if one.life is Life.NO_ADDRESS else told


def _sentence(one: Nominee) -> str:
    where = "" if one.life is Life.NO_ADDRESS else f" ({one.email})"
    return f"I would like to nominate {one.name}, {one.role}{where}."


def _block(one: Nominee) -> str:
    where = "" if one.life is Life.NO_ADDRESS else f"\nEmail: {one.email}"
    return f"Nominee: {one.name}\nJob title: {one.role}\nOrganisation: {one.organisation}{where}"


def _row(one: Nominee) -> tuple[str, ...]:
    email = "" if one.life is Life.NO_ADDRESS else one.email
    return one.name, one.role, one.organisation, email


def _workbook(people: tuple[Nominee, ...]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Nominations")
        for number, row in enumerate((HEADINGS, *map(_row, people))):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def _before_lines(words: Mapping[str, Any], writer: Writer, values: Mapping[str, str]) -> str:
    told = str(_pick(words, writer.number))
    return told.partition("{lines}")[0].format(**values)


def _as_html(before: str, people: tuple[Nominee, ...], writer: Writer) -> str:
    """The message as a mail client writes it into which a table was pasted."""
    rows = "".join(
        f"<tr>{''.join(f'<td>{markup.escape(cell)}</td>' for cell in row)}</tr>\n"
        for row in (HEADINGS, *map(_row, people))
    )
    paragraphs = "".join(f"<p>{markup.escape(p)}</p>\n" for p in before.split("\n\n") if p.strip())
    lines = ("Kind regards", writer.name, writer.role, f"{writer.organisation}, {writer.place}")
    end = "<br>".join(map(markup.escape, lines))
    return f"<html><body>{paragraphs}<table>{rows}</table>\n<p>{end}</p></body></html>"


def _signed(text: str, writer: Writer) -> str:
    place = f"{writer.organisation}, {writer.place}"
    return f"{text}\n{writer.name}\n{writer.role}\n{place}\n"


def _values(writer: Writer) -> dict[str, str]:
    return {"organisation": writer.organisation, "place": writer.place, "role": writer.role}


def _pick(words: Mapping[str, Any], number: int) -> str:
    texts = words["texts"]
    return str(texts[number % len(texts)])


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(VOICES.read_text(encoding="utf-8"))
