"""How the people of a simulated year write: a person and a deed → what they put into a message. The
words are in `voices.toml`."""

import html as markup
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from intake.commands.simulating.documents import letter_document
from intake.commands.simulating.envelopes import Answered, Enclosure, Written
from intake.commands.simulating.grant.cast import Person, Voice
from intake.commands.simulating.grant.lives import Deed
from responders.packs import WORD

VOICES = Path(__file__).with_name("voices.toml")

QUOTED = "\n\nOn the day it came, The ACE team wrote:\n> Thank you for writing to us.\n"

NEW_THREADS = 3
"""Every so many'th person sends the form in a message of its own, not as a reply."""


def express(person: Person) -> Written:
    """The expression of interest, in the person's own manner."""
    match person.voice:
        case Voice.HTML:
            written = _fresh(person, Voice.PROSE)
            return replace(written, html=_as_html(written.text))
        case Voice.DOCUMENT:
            content = letter_document(_fresh(person, Voice.PROSE).text)
            file = Enclosure(f"Expression of interest {person.title}.docx", WORD, content)
            return replace(_fresh(person, Voice.DOCUMENT), files=(file,))
        case Voice.FORWARDED:
            written = _fresh(person, Voice.FORWARDED)
            return _by_helper(person, written, written.text + _fresh(person, Voice.PROSE).text)
        case Voice.ASSISTANT:
            written = _fresh(person, Voice.ASSISTANT)
            cc = f"{person.name} <{person.email}>"
            return replace(_by_helper(person, written, written.text), cc=cc)
        case voice:
            return _fresh(person, voice)


def say(person: Person, deed: Deed, *, answers: Answered | None) -> Written:
    """Any other message that has no file, as a reply to the letter at hand where there is one."""
    is_reply = answers is not None and deed is not Deed.EXPRESS_THIN
    return _worded(person, deed.name.lower(), answers if is_reply else None)


def send_form(person: Person, file: Enclosure, *, answers: Answered, again: bool) -> Written:
    """The form that came with the pack, filled in."""
    is_reply = person.number % NEW_THREADS != 0
    words = "form_again" if again else "form"
    return replace(_worded(person, words, answers if is_reply else None), files=(file,))


def new_phone(person: Person) -> str:
    """The number that somebody who corrects a detail gives."""
    return f"020 7946 0{person.number + 200:03d}"


def _fresh(person: Person, voice: Voice) -> Written:
    words, values = _words()[voice], _values(person)
    text = words["text"].lstrip("\n").format(**values)
    return Written(person.name, person.email, words["subject"].format(**values), text)


def _worded(person: Person, name: str, answers: Answered | None) -> Written:
    words, values = _words()[name], _values(person)
    said = words["texts"][person.number % len(words["texts"])].format(**values)
    text = f"Hello,\n\n{said}\n\n{person.signoff}\n\n{values['signature']}\n"
    subject = words["subject"].format(**values)
    if answers is None:
        return Written(person.name, person.email, subject, text)
    subject = f"Re: {answers.subject}"
    return Written(person.name, person.email, subject, text + QUOTED, answers=answers)


def _by_helper(person: Person, written: Written, text: str) -> Written:
    assert person.helper is not None
    return replace(written, name=person.helper.name, email=person.helper.email, text=text)


def _values(person: Person) -> dict[str, str]:
    issue, idea = person.paragraphs
    return {
        "name": person.name,
        "email": person.email,
        "role": person.role,
        "organisation": person.organisation,
        "phone": person.phone,
        "new_phone": new_phone(person),
        "area": person.area_name,
        "place": person.place,
        "title": person.title,
        "leader": person.leader,
        "issue": issue,
        "idea": idea,
        "opening": person.opening,
        "note": f"{person.note}\n\n" if person.note else "",
        "signoff": person.signoff,
        "signature": f"{person.name}\n{person.role}, {person.organisation}\n{person.phone}",
        "helper": person.helper.name if person.helper else "",
        "helper_email": person.helper.email if person.helper else "",
    }


def _as_html(text: str) -> str:
    """The text as a mail client writes it that makes a paragraph of everything."""
    paragraphs = (paragraph for paragraph in text.split("\n\n") if paragraph.strip())
    body = "".join(
        f'<p class="MsoNormal">{"<br>".join(map(markup.escape, paragraph.splitlines()))}</p>\n'
        for paragraph in paragraphs
    )
    return f'<html><body lang="EN-GB">{body}</body></html>'


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(VOICES.read_text(encoding="utf-8"))
