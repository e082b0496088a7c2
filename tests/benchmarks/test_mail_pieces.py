"""How right the pieces of any message are, on small examples worked out by hand."""

from typing import Any

import pytest

from benchmarks.mail_pieces import measure


@pytest.mark.parametrize(
    ("expected", "told", "right"),
    [
        ({"is_bounce": True}, {"is_bounce": True}, {"bounce recall": True}),
        ({"is_bounce": True}, {}, {"bounce recall": False}),
        ({"is_bounce": False}, {"is_bounce": False}, {"bounce specificity": True}),
        ({"is_bounce": False}, {}, {"bounce specificity": False}),
        (
            {"permanent": ["A@x.example"], "temporary": ["b@x.example"]},
            {"bounced": ["b@x.example", "a@x.example"]},
            {"bounced addresses": True},
        ),
        ({"permanent": []}, {"bounced": ["a@x.example"]}, {}),
        ({"is_auto_reply": True}, {"is_auto_reply": True}, {"automatic replies": True}),
        ({"is_auto_reply": False}, {"is_auto_reply": True}, {}),
        ({"reply": "One\ntwo"}, {"reply": "\nOne  \r\ntwo\n\n"}, {"reply exact": True}),
        ({"reply": "One\n\ntwo"}, {"reply": "One\ntwo"}, {"reply exact": False}),
        (
            {"reply_contains": ["One"], "reply_not_contains": ["two"]},
            {"reply": "One"},
            {"reply weak": True},
        ),
        ({"reply_not_contains": ["two"]}, {"reply": "One two"}, {"reply weak": False}),
        ({"signature": ""}, {"signature": None}, {"signature exact": True}),
        ({"signature": None}, {"signature": "Una"}, {}),
        ({"forwarded": False}, {"forward": None}, {"forward specificity": True}),
        (
            {
                "forwarded": True,
                "from": "Tom@reed.example",
                "subject": "The  lay-by",
                "subject_in": "body",
                "body": "Clear\nit.",
            },
            {"forward": {"from": "tom@reed.example", "subject": "The lay-by", "body": "Clear it"}},
            {
                "forwards seen": True,
                "forward sender": True,
                "forward subject": True,
                "forward body": False,
            },
        ),
        ({"subject": "Fwd", "text": "Yes"}, {"subject": "Fwd"}, {}),
    ],
)
def test_measures_are_those_a_truth_asks_for(
    expected: dict[str, Any], told: dict[str, Any], right: dict[str, bool]
) -> None:
    assert dict(measure("any", {"kind": "reply", "expect": expected}, told)) == right


def test_mime_is_measured_where_the_truth_is_about_it() -> None:
    expected = {
        "subject": "Two  words",
        "from_email": "Una@marshhealth.example",
        "text": "Yes,\n please",
        "attachments": [{"filename": "b.pdf"}, {"filename": "a.pdf"}, {"filename": None}],
    }
    told = {
        "subject": "Two words",
        "from_email": "una@marshhealth.example",
        "text": "Yes, please",
        "attachments": ["a.pdf", "b.pdf", ""],
    }

    right = dict(measure("any", {"kind": "mime", "expect": expected}, told))

    assert right == dict.fromkeys(
        ("MIME subject", "MIME from", "MIME text", "MIME attachment names"), True
    )
