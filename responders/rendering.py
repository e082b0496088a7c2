"""Letters written: a situation and what is due in it become a draft with its final bytes.

The words are the letterbook's, the values the kind's, the bytes `mime`'s; the pack was encoded by
`packs` and is only named here.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from responders.errors import PackError
from responders.kinds import get_kind
from responders.kinds.base import Kind, thread_of
from responders.kinds.basics import basics
from responders.letterbook import Letterbook, LetterTemplate, Rendered
from responders.mime import Heading, PackFile, compose, encode_enclosure, make_message_id
from responders.pack.agreement import NEEDED, write_agreement
from responders.pack.form import FormTemplate, known_values
from responders.packs import WORD, build_pack, form_name, has_pack
from responders.proofreading import check_templates
from responders.sources import read_source
from storage.archive import Archive
from storage.domain.case import Case
from storage.domain.letter import Due, LetterDraft, LetterKind
from storage.domain.marks import code_of, message_id_domain
from storage.domain.people import Address
from storage.domain.programme import Programme
from storage.domain.situation import Situation
from storage.packs import PackVersion

__all__ = ["Renderer", "check_templates", "with_reference"]


class Renderer:
    """Writes letters for every programme. `templates_folder` holds the templates, `secret` makes
    Message-IDs that nobody can guess, `packs` are the packs that are out, by programme.

    Templates are read when they are first needed and kept: a changed one wants a new Renderer.
    """

    def __init__(
        self,
        templates_folder: Path,
        *,
        archive: Archive,
        secret: bytes,
        packs: Mapping[str, PackVersion | None],
    ) -> None:
        self._folder = templates_folder
        self._archive = archive
        self._secret = secret
        self.packs = packs
        self._books: dict[str, Letterbook] = {}
        self._forms: dict[tuple[str, datetime], FormTemplate] = {}

    def render(self, s: Situation, due: Due) -> LetterDraft:
        """The letter that is due in this situation. Files of the archive that go with it are put
        there once more, encoded, the same ones once; nothing else is stored, and nothing sent.
        Raises TemplateError, HeaderRefused, PackError or an ArchiveError."""
        kind = get_kind(due.kind)
        template = self._template(s.programme, due.kind)
        rendered = self.preview(s, due)
        reference = s.case.reference if s.case is not None else None
        pack = self._pack(kind, s.programme)
        message_id = self._message_id(s, due)
        subject = with_reference(rendered.subject, reference)
        has_form = pack is not None or (kind.encloses_form and has_pack(s.programme))
        form = [self._form(s.programme, s.case)] if has_form and s.case else []
        enclosure = pack.enclosure_sha256 if pack else self._enclose(kind, s, due)
        signed = kind.signed_files(s, due, self._secret)
        content = compose(
            _heading(s, due, message_id=message_id, subject=subject),
            text=rendered.text,
            html=rendered.html,
            files=[*form, *kind.files(s, due), *signed],
            is_open=enclosure is not None,
        )
        return LetterDraft(
            due=due,
            programme=s.programme.slug,
            message_id=message_id,
            subject=subject,
            content=content,
            template_version=template.version,
            enclosure_sha256=enclosure,
            pack_version=pack.version if pack else None,
            source=rendered.source,
        )

    def lay_out(self, s: Situation, due: Due, source: str) -> Rendered:
        """The letter that somebody wrote by hand as Markdown, in the layout of its kind. Nothing is
        filled in, and its subject has its reference. Raises SourceRefused or TemplateError."""
        subject, body = read_source(source)
        written = self._template(s.programme, due.kind).lay_out(subject, body, basics(s, due))
        reference = s.case.reference if s.case is not None else None
        return replace(written, subject=with_reference(written.subject, reference))

    def template_version(self, programme: Programme, kind: LetterKind) -> str:
        """Of the template by which letters of this kind are written now. Raises TemplateError."""
        return self._template(programme, kind).version

    def preview(self, s: Situation, due: Due) -> Rendered:
        """The same letter as it reads. Raises TemplateError."""
        kind = get_kind(due.kind)
        code = {"reply_code": code_of(self._message_id(s, due))} if kind.takes_words else {}
        return self._template(s.programme, due.kind).write(kind.values(s, due) | code)

    def _message_id(self, s: Situation, due: Due) -> str:
        reference = s.case.reference if s.case is not None else None
        domain = message_id_domain(s.programme.inbox)
        return make_message_id(self._secret, due.key, domain, reference)

    def _template(self, programme: Programme, kind: LetterKind) -> LetterTemplate:
        slug, fields = programme.slug, programme.fields
        if slug not in self._books:
            self._books[slug] = Letterbook(self._folder, slug, fields)
        return self._books[slug].get(kind)

    def _pack(self, kind: Kind, programme: Programme) -> PackVersion | None:
        if not kind.encloses_pack or not has_pack(programme):
            return None
        pack = self.packs.get(programme.slug)
        if pack is None or not self._archive.has(pack.enclosure_sha256):
            raise PackError(f"there is no pack of {programme.slug}: run `postroom pack build`")
        return pack

    def _enclose(self, kind: Kind, s: Situation, due: Due) -> str | None:
        kept = kind.kept_files(s, due)
        files = [PackFile(k.name, k.media_type, self._archive.get(k.sha256)) for k in kept]
        if kind.agreement is not None:
            words = kind.agreement(s)
            files.append(write_agreement(s.programme, words[NEEDED], words, self._folder))
        return self._archive.put(encode_enclosure(files)) if files else None

    def _form(self, programme: Programme, case: Case) -> PackFile:
        """The form tells the closing time, which may be a case's own."""
        kept = programme.slug, programme.round.closes_at
        if kept not in self._forms:
            self._forms[kept] = FormTemplate(build_pack(programme, self._folder).form)
        filled = self._forms[kept].fill(known_values(programme, case))
        return PackFile(form_name(case.reference), WORD, filled)


def with_reference(subject: str, reference: str | None) -> str:
    """`Your application pack: ACE 2021 [ACE-0042]`: the reference ends every subject."""
    return f"{subject} [{reference}]" if reference and reference not in subject else subject


def _heading(s: Situation, due: Due, *, message_id: str, subject: str) -> Heading:
    """Threading after RFC 5322 section 3.6.4: to the message that is answered, else to the newest
    one that the recipient wrote."""
    message = thread_of(s, due)
    head = message.understanding.head if message is not None else None
    return Heading(
        sender=Address(s.programme.inbox, s.programme.name),
        recipient=due.recipient.email,
        subject=subject,
        message_id=message_id,
        date=s.now.astimezone(s.programme.zone),
        loop=s.programme.inbox,
        answers=head.message_id if head else None,
        references=(head.references or head.in_reply_to) if head else (),
        is_reply=due.cause is not None,
    )
