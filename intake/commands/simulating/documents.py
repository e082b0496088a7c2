"""The Word documents that the people of a simulated year send: letters, and the programme's own
form as they got it, filled in through its content controls."""

import io
from random import Random

from docx import Document

from intake.commands.simulating.parts import Parts
from responders.pack.form import FormTemplate
from storage.domain.form import detail_tag, question_tag

BROKEN = b"PK\x03\x04" + bytes(range(256)) * 8
"""What is left of a .docx whose upload broke off."""


def letter_document(text: str) -> bytes:
    """A letter as a .docx, a paragraph for each line."""
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def fill_form(blank: bytes, parts: Parts, chance: Random, *, leader: str) -> bytes:
    """The form that came with a pack, answered as somebody would who has an evening for it: each
    answer of two or three sentences, one of them now and then left blank."""
    values = {detail_tag("senior_leader"): leader}
    for key, sentences in parts.answers.items():
        if chance.random() > 0.08:
            told = chance.sample(sentences, chance.randint(2, len(sentences)))
            values[question_tag(key)] = " ".join(told)
    return FormTemplate(blank).fill(values)
