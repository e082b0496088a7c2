"""The form that came back as a person reads it: question by question, with what the newest one
changed. Nothing is told by colour alone."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from zoneinfo import ZoneInfo

from intake.commands.printing import local, plain, plain_lines
from storage.domain.answer_changes import BREAK, Change, ComparedAnswer, Run, compare_answers
from storage.domain.form import DETAILS, answered_questions
from storage.domain.message import RecordedMessage
from storage.domain.people import Contact
from storage.domain.programme import Programme, Question
from storage.domain.situation import Situation

LEGEND = "[+added+] and [-removed-]: what the newest form changed."
LONGEST_DETAIL = 500
"""Characters of a detail that are shown."""

CONTACT_FIELDS = frozenset(field.name for field in fields(Contact))
_MARKS = {Change.ADDED: "[+{}+]", Change.REMOVED: "[-{}-]", Change.KEPT: "{}"}
_PILCROW = "¶"


@dataclass(frozen=True, slots=True)
class Detail:
    """A detail that a form tells beside its answers, by the name of the case's field;
    `is_changed`: the case said otherwise, or nothing, before the form came."""

    field: str
    label: str
    value: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class FormView:
    """The newest form of a case, the one before it (None: it is the first), and both compared in
    the order of the form. `details` are what else it tells."""

    newest: RecordedMessage
    before: RecordedMessage | None
    answers: tuple[ComparedAnswer, ...]
    details: tuple[Detail, ...] = ()


def find_form(situation: Situation) -> FormView | None:
    """The view of the newest form that came back; None where none could be read."""
    forms = [message for message in situation.messages if message.understanding.answers]
    if not forms:
        return None
    newest, before = forms[-1], forms[-2] if len(forms) > 1 else None
    earlier = before.understanding.answers if before else ()
    answers = compare_answers(newest.understanding.answers, earlier)
    return FormView(newest, before, answers, tuple(_details(newest, situation.programme)))


def _details(form: RecordedMessage, programme: Programme) -> Iterator[Detail]:
    """The details that a form tells, in the order of its table, the programme's own last."""
    told = form.understanding
    area = programme.area(told.area) if told.area else None
    values = {
        **asdict(told.contact),
        "title": told.title,
        "area": area.name if area else told.area,
        "senior_leader": told.senior_leader,
        "partners": "; ".join(told.partners),
    }
    for name, label in DETAILS.items():
        field = f"contact.{name}" if name in CONTACT_FIELDS else name
        if value := values[name]:
            yield Detail(field, label, value, field in form.changed)
    labels = {field.key: field.label for field in programme.fields}
    for key, value in told.custom:
        field = f"custom.{key}"
        yield Detail(field, labels.get(key, key), value, field in form.changed)


def form_lines(view: FormView, programme: Programme, zone: ZoneInfo) -> list[str]:
    """The form as lines of text, wrapped by nobody yet."""
    questions = _questions(programme)
    came = f"Form of {local(view.newest.received_at, zone)}"
    lines = [f"{came}, the first that could be read"]
    if view.before is not None:
        lines = [f"{came}, in place of the one of {local(view.before.received_at, zone)}"]
        changed = sum(answer.is_changed for answer in view.answers)
        lines.append(LEGEND if changed else "It says the same as the one before.")
    if view.details:
        lines += ["", "Details", *map(_detail_line, view.details)]
    for compared in view.answers:
        lines += ["", _heading(compared, questions), "", *_text(compared).split("\n")]
    return lines


def form_fields(view: FormView | None, programme: Programme) -> dict[str, object] | None:
    """The form as plain values, for machines; None where there is none."""
    if view is None:
        return None
    questions = _questions(programme)
    return {
        "message": view.newest.id,
        "received_at": view.newest.received_at,
        "supersedes": view.before.id if view.before else None,
        "details": [
            {"field": one.field, "value": one.value, "changed": one.is_changed}
            for one in view.details
        ],
        "answers": [_answer_fields(compared, questions) for compared in view.answers],
    }


def _detail_line(detail: Detail) -> str:
    told = " (changed)" if detail.is_changed else ""
    return f"  {plain(detail.label)}: {plain(detail.value, limit=LONGEST_DETAIL)}{told}"


def _answer_fields(
    compared: ComparedAnswer, questions: Mapping[str, Question]
) -> dict[str, object]:
    question = questions.get(compared.answer.question)
    return {
        "question": compared.answer.question,
        "heading": question.text if question else None,
        "text": compared.answer.text,
        "words": compared.answer.words,
        "most_words": question.max_words if question else None,
        "before": compared.before,
        "changed": compared.is_changed,
        "runs": [{"change": run.change, "text": run.text} for run in compared.runs],
    }


def _questions(programme: Programme) -> dict[str, Question]:
    return {question.key: question for question in answered_questions(programme)}


def _heading(compared: ComparedAnswer, questions: Mapping[str, Question]) -> str:
    key, words = compared.answer.question, compared.answer.words
    question = questions.get(key)
    limit = f" of {question.max_words}" if question and question.max_words else ""
    is_new = compared.before is not None and compared.is_changed
    told = ", changed" if is_new else ""
    unit = "word" if f"{words}{limit}" == "1" else "words"
    return f"{plain(question.text if question else key)} ({words}{limit} {unit}{told})"


def _text(compared: ComparedAnswer) -> str:
    told = " ".join(map(_marked, compared.runs))
    return plain_lines(told.replace(f" {BREAK}", BREAK).replace(f"{BREAK} ", BREAK)) or "–"


def _marked(run: Run) -> str:
    is_kept = run.change is Change.KEPT
    text = run.text if is_kept else " ".join(run.text.replace(BREAK, f" {_PILCROW} ").split())
    return _MARKS[run.change].format(text)
