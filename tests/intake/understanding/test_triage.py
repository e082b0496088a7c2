"""What people write for, told from the wording alone."""

import pytest

from intake.understanding.triage.triage import RULES, classify
from storage.domain.message import MessageKind, Verdict
from storage.domain.programme import Programme
from tests.support.incoming import OUR_CALL, STORY, make_evidence, write_message, write_reply
from tests.support.programmes import ACE, SURREY

APPLICATION, EXPRESSION = MessageKind.APPLICATION, MessageKind.EXPRESSION
FOLLOW_UP, NOMINATION, QUESTION = (
    MessageKind.FOLLOW_UP,
    MessageKind.NOMINATION,
    MessageKind.QUESTION,
)
UNCLEAR, WITHDRAWAL = MessageKind.UNCLEAR, MessageKind.WITHDRAWAL


def kind_of(raw: bytes, programme: Programme = ACE, **known: object) -> MessageKind:
    return classify(make_evidence(raw, programme, **known)).kind


@pytest.mark.parametrize(
    ("subject", "text", "kind"),
    [
        ("EOI cold homes", f"Dear team\n\n{STORY}\n\nRegards", EXPRESSION),
        ("Cold homes", f"Hello,\n\n{STORY}\n\nIs there a word limit at this stage?", EXPRESSION),
        ("ACE", "Please register our interest. More when my manager is back.", EXPRESSION),
        ("Interested", "We would like to apply. Please send the application pack.", EXPRESSION),
        (
            "bid",
            f"Further to our phone call here is our expression of interest.\n\n{STORY}",
            EXPRESSION,
        ),
        ("Alcohol withdrawal at home", STORY.replace("winter", "withdrawal"), EXPRESSION),
        ("interest", "Could you put St Mary's Centre down as interested please?", EXPRESSION),
        ("ACE EOI", "Please find attached our completed expression of interest form.", EXPRESSION),
        ("ACE", "Can a charity be the lead organisation? And who holds the money?", QUESTION),
        ("Deadline", "Please could you tell me what time the call closes on the 20th?", QUESTION),
        ("more", "Could you send me more information about the ACE programme please.", QUESTION),
        (
            "Thinking about ACE",
            "We run a lunch club for older people in Sutton and have been talking with our GP "
            "about loneliness, but we have nothing firm yet and no partners signed up. Before we "
            "spend time on it I wanted to check whether staff time counts as match funding.",
            QUESTION,
        ),
        ("Not heard", "I sent an expression of interest on 8 July. Has it gone astray?", QUESTION),
        (
            "correction",
            "In the expression of interest I sent last week I gave the wrong name for our senior "
            "leader. It's Pat Grey, not Pat Gray.",
            FOLLOW_UP,
        ),
        (
            "new contact",
            "I've taken over from Jo Bell as project lead for the Cold Homes bid. Please update "
            "your records.",
            FOLLOW_UP,
        ),
        (
            "Update to our submission",
            f"Please replace the summary we sent on 12 July with this one.\n\n{STORY}",
            FOLLOW_UP,
        ),
        ("Title", "You have our EOI already. We've settled on a title: Warm Handovers.", FOLLOW_UP),
        ("ACE", "I am writing to withdraw our expression of interest (Cold Homes).", WITHDRAWAL),
        (
            "x",
            "Please can you disregard our expression of interest? We have had funding.",
            WITHDRAWAL,
        ),
        ("stepping back", "We need to pull out of ACE. Could you take our name off?", WITHDRAWAL),
        ("no", "We've talked it over and will not be applying this time round.", WITHDRAWAL),
        ("Lunch", "Hi Sue, are we still on for lunch on Thursday? I've booked a table.", UNCLEAR),
        ("test", "test", UNCLEAR),
        ("As discussed", "Please see attached.\n\nJ", UNCLEAR),
        ("ACE", "", UNCLEAR),
        ("Our form", "Our completed application form is attached.", UNCLEAR),
        (
            "Minutes",
            "Please find the minutes of Tuesday's estates meeting attached. The boiler is being "
            "replaced on the 14th and car park B will be closed for three days.",
            UNCLEAR,
        ),
    ],
)
def test_kinds_of_first_messages(subject: str, text: str, kind: MessageKind) -> None:
    assert kind_of(write_message(text, subject=subject)) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Sorry, the number in my signature was out of date. It should be 07700 900123.",
            FOLLOW_UP,
        ),
        ("07700 900123. We're in Ealing so north west London.", FOLLOW_UP),
        ("Thank you, got it. You asked for our ICS: it's South West London.", FOLLOW_UP),
        (f"Here's the summary you wanted.\n\n{STORY}", FOLLOW_UP),
        ("Is question 4 about our partners? And can we go over 500 words?", QUESTION),
        ("Hi, me again. The form won't open. Is there another version?", QUESTION),
        ("We've decided not to go ahead this year as we lack the capacity. Sorry.", WITHDRAWAL),
        ("With regret the board has asked me to stand down our bid.", WITHDRAWAL),
        (f"Please accept this as our expression of interest.\n\n{STORY}", EXPRESSION),
    ],
)
def test_kinds_of_answers_to_our_letters(text: str, kind: MessageKind) -> None:
    assert kind_of(write_reply(text)) is kind


def test_an_answer_to_the_call_is_an_expression() -> None:
    raw = write_reply(f"Yes, we'd like to be in on this.\n\n{STORY}", quoted=OUR_CALL)

    assert kind_of(raw) is EXPRESSION


@pytest.mark.parametrize(
    ("text", "known", "kind"),
    [
        ("I'd like to nominate Jo Bell, ward manager.", {"nominee_count": 1}, NOMINATION),
        ("Please find our three nominations attached.", {"nominee_count": 3}, NOMINATION),
        ("Could I have a place on the programme please?", {"nominee_count": 1}, NOMINATION),
        ("I'd suggest Jo Bell and Ann Reed, both nurses.", {"nominee_count": 2}, NOMINATION),
        ("Who is the nomination lead for East Surrey?", {}, QUESTION),
        ("Can we nominate more than six people, and what does it cost?", {}, QUESTION),
        (
            "Jo Bell has asked to be nominated. Before I agree, is there any backfill money?",
            {"nominee_count": 1},
            QUESTION,
        ),
        (
            "Please swap Jo Bell for Ann Reed in our nomination, as Jo is leaving.",
            {"nominee_count": 1},
            FOLLOW_UP,
        ),
        ("Please withdraw his nomination, he has changed jobs.", {}, WITHDRAWAL),
        ("I'm going to have to give up my place, my mother is ill.", {}, WITHDRAWAL),
    ],
)
def test_kinds_in_a_cohort_programme(
    text: str, known: dict[str, object], kind: MessageKind
) -> None:
    raw = write_message(text, subject="Surrey 500", recipient=SURREY.inbox)

    assert kind_of(raw, SURREY, **known) is kind


def test_a_form_is_an_application_whatever_the_text_says() -> None:
    raw = write_message("Any questions just ask. We will not be at home on Friday.")

    assert classify(make_evidence(raw, has_form=True)) == Verdict(APPLICATION, "form_returned")


def test_a_form_nobody_could_read_is_an_application_too() -> None:
    body = (
        "--b\r\n\r\nPlease find attached our signed application form.\r\n"
        "--b\r\nContent-Type: application/pdf; name=scan.pdf\r\n\r\n%PDF\r\n--b--"
    )
    raw = write_message(body, content_type="multipart/mixed; boundary=b")

    assert kind_of(raw) is APPLICATION


def test_labelled_details_are_an_expression() -> None:
    raw = write_message("Lead: Sam Hill\nTel: 07700 900111\nICS: NWL\nSummary: one rule.")

    assert kind_of(raw, labels=4, summary="one rule.") is EXPRESSION


def test_rules_have_names_of_their_own() -> None:
    names = [rule.name for rule in RULES]

    assert len(names) == len(set(names))
