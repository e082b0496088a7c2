"""What the application form calls its fields, for those who write it and those who read it back.

Each answer sits in a content control whose tag says which field it is. Where a tag has been lost,
the label beside it still tells.
"""

from storage.domain.programme import Programme, Question

DETAILS = {
    "title": "Project title",
    "name": "Project lead",
    "role": "Job title",
    "organisation": "Organisation",
    "phone": "Telephone",
    "email": "E-mail",
    "area": "Area",
    "senior_leader": "Senior leader (name, role, agency)",
    "partners": "Agencies taking part",
}
"""Field → its label in the first table of the form, in the order of the table."""

DETAILS_QUESTION = "details"
"""Key of the question that stands above the table of details and has no answer of its own."""

SUMMARY_QUESTIONS = ("summary", "issue")
"""Keys of the question that asks for the issue: the first that a programme has is filled in with
what the applicant wrote about it."""

REFERENCE_TAG = "postroom:reference"
EDITION_TAG = "postroom:edition"


def detail_tag(field: str) -> str:
    """The tag of a detail's content control: `postroom:detail:phone`."""
    return f"postroom:detail:{field}"


def question_tag(key: str) -> str:
    """The tag of an answer's content control: `postroom:question:plan`."""
    return f"postroom:question:{key}"


def answered_questions(programme: Programme) -> tuple[Question, ...]:
    """The questions that have an answer of their own, in the order of the form."""
    return tuple(q for q in programme.questions if q.key != DETAILS_QUESTION)


def summary_question(programme: Programme) -> Question | None:
    """The question that asks what the summary has told already. None: the form asks no such."""
    asked = {question.key: question for question in programme.questions}
    return next((asked[key] for key in SUMMARY_QUESTIONS if key in asked), None)


PROMPT = "Click here and write"
"""What stands in a content control that nobody has filled in; its `w:showingPlcHdr` says so too."""

CLOSING_HEADING = "Before you send it"
"""The heading behind the last answer."""

FOOTER = "{programme}: application form, edition"
"""How the foot of every page begins."""


def help_text(question: Question) -> str:
    """The hint below a question's heading."""
    limit = f"Up to {question.max_words} words." if question.max_words else ""
    return " ".join(filter(None, (question.help, limit)))
