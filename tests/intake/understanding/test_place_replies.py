"""What people say who were offered a place: a yes or a no that can be acted upon, or neither."""

import time

import pytest

from intake.understanding.triage.replies import asks_for_lead, find_reply, find_told_address
from storage.domain.placement import Reply

YES = (
    "Yes",
    "yes please",
    "Yes.",
    "Yes, I'd love to take part. Thank you so much!",
    "Yep, count me in",
    "Yes thanks, I can confirm my place.",
    "I confirm.",
    "I can confirm I will be attending.",
    "I am delighted to accept.",
    "Delighted to accept the place, thank you.",
    "Happy to confirm my place in cohort 1.",
    "I would like to accept the offer of a place on Surrey 500.",
    "I accept the place.",
    "Thank you so much for this, I'd love to join.",
    "Thanks for the offer. I will be there.",
    "Thank you, I would be very happy to take up the place.",
    "Count me in!",
    "I'm in!",
    "Absolutely, see you there.",
    "Of course - looking forward to it",
    "Definitely. Really looking forward to meeting everyone.",
    "Please confirm my place.",
    "Please do keep my place, I am very keen to join.",
    "I'll be there on the 23rd.",
    "Sorry for the delay in replying, but yes, I can confirm my place.",
    "Hi Winifred,\n\nYes, that's fine, I can make those dates.\n\nBest wishes\nJoan",
    "I'm writing to confirm that I will take up my place.",
    "The dates work for me and I accept with thanks.",
    "It's a yes from me!",
    "Confirmed, thank you.",
    "That works for me.",
    "Hello, I can make all the dates and would love to come. Thanks, Piotr",
    "Yes I confirm. My manager has agreed to the time.",
    "Brilliant news! I'd be honoured to take part.",
    "Yes please! Where can I park?",
    "Thanks. Yes, I am able to attend.",
    "I do confirm. Thank you for the opportunity.",
    "Yes from me, thank you",
    "Attending, thanks",
    "Accept",
    "I would be delighted",
    "With pleasure",
    "Fab, see you on the 23rd!",
    "I can't see the attachment, but yes",
)
NO = (
    "No",
    "No thank you.",
    "No thanks, not for me",
    "I'm afraid I can't make it.",
    "Unfortunately I will not be able to take up the place.",
    "I am sorry but I have to decline.",
    "Thank you for the offer, but I must decline as I am moving to Leeds.",
    "I would like to withdraw, please.",
    "Please give my place to someone else.",
    "I can no longer attend, sorry.",
    "I won't be able to come. Please offer it to somebody else.",
    "I'm not able to commit to eight months at the moment.",
    "Sadly it's a no from me.",
    "Thanks, but no thanks.",
    "I don't want the place.",
    "Sorry, I can't do it. My manager can't spare me.",
    "I have decided to pull out.",
    "I have to turn it down, sorry",
    "I no longer wish to take part.",
    "I am no longer available.",
    "Count me out I'm afraid.",
    "I don't think I can take this on. Someone else should have it.",
    "Regretfully I need to step back from this.",
    "I am unable to accept the place as I have changed jobs.",
    "Please release my place, I cannot attend.",
    "It's not going to be possible for me, so I'll say no.",
    "Please accept my apologies, I won't be joining.",
    "Declined",
    "Not this time, thank you",
    "I've left the trust so won't need the place",
    "I'm on maternity leave then, so no",
)
UNCLEAR = (
    "Yes, but I can't do the first day.",
    "Yes, if my manager agrees.",
    "I'd love to, but I need to check with my manager first.",
    "I can't make May but could I join the September cohort instead?",
    "No, I can't make cohort 1. Could I have a place in the next cohort?",
    "Yes I'd love to come, although I'll miss the second session.",
    "I think so, I'll confirm next week.",
    "I hope to be able to accept, I'll let you know on Monday.",
    "I can confirm by Friday, is that all right? I'll be there if I can.",
    "We both accept our places.",
    "I can't attend, but my colleague Bea would take my place.",
    "Yes in principle, subject to funding of backfill.",
    "Possibly yes, can I let you know?",
    "I accept provided that I can leave early on Thursdays.",
    "Yes please, but could I be moved to cohort 2?",
    "Yes to the place. No to the mailing list.",
    "Yes, but I never asked to be nominated",
    "I can't come to all the sessions but yes please.",
)
NEITHER = (
    "",
    "Thank you.",
    "Thanks for letting me know.",
    "Great, thanks!",
    "What time does it finish?",
    "Is there parking?",
    "Can I confirm by Friday?",
    "My new number is 07700 900123.",
    "Who else from our team has been invited?",
    "No problem.",
    "No questions at the moment.",
    "I received your letter.",
    "Please send the programme again, the attachment would not open.",
    "I am out of the office until Monday and will answer then.",
    "Can't open the attachment.",
    "Could I bring my guide dog?",
    "My address is joan@hospice.example",
    "Yes I was told about this. What do I need to do?",
    "I do not accept the terms",
    "I can confirm that my address is joan@hospice.example",
    "I'll pass this on to Joan",
    "Yes I have received it",
    "Of course to be clear, who pays for travel?",
)


@pytest.mark.parametrize("text", YES)
def test_yes_is_told(text: str) -> None:
    assert find_reply(text) is Reply.YES


@pytest.mark.parametrize("text", NO)
def test_no_is_told(text: str) -> None:
    assert find_reply(text) is Reply.NO


@pytest.mark.parametrize("text", UNCLEAR)
def test_condition_or_another_wish_is_for_a_person(text: str) -> None:
    assert find_reply(text) not in (Reply.YES, Reply.NO)


@pytest.mark.parametrize("text", NEITHER)
def test_neither_is_told_apart(text: str) -> None:
    assert find_reply(text) is None


def test_long_letter_is_for_a_person() -> None:
    assert find_reply("Yes, I accept. " + "There is a story to it. " * 60) is Reply.UNCLEAR


@pytest.mark.parametrize(
    "text",
    [
        "Who leads our nominations?",
        "Please could you tell me who is leading the nominations in East Surrey?",
        "Who's the nomination lead for Guildford and Waverley?",
        "Hello,\n\nI work at the hospice in Redhill. Who leads on nominations for us?\n\nThanks",
        "Can you let me know who our nominations lead is?",
        "Could you give me the name of the person who is leading nominations for Surrey Downs?",
        "Who is coordinating the nominations for our partnership?",
        "Who is in charge of nominations for North West Surrey, please?",
        "Which colleague leads the nominations here?",
        "Please send me the contact details of the nomination lead.",
        "Who do I speak to? I mean who is the lead for our nominations.",
    ],
)
def test_question_who_leads_is_told(text: str) -> None:
    is_two = text.startswith("Who do I speak")
    assert asks_for_lead(text, "Question") is not is_two


@pytest.mark.parametrize(
    "text",
    [
        "Who can be nominated?",
        "When do nominations close?",
        "I lead a team and would like to nominate two people.",
        "Who decides about the nominations?",
        "Who leads our nominations? And when do they close?",
        "Can I nominate somebody who leads a ward?",
        "I nominate Joan, who leads on end of life care.",
    ],
)
def test_other_questions_are_not(text: str) -> None:
    assert not asks_for_lead(text, "Nominations")


def test_the_one_address_told_is_found() -> None:
    mine = {"imelda@heartlands.example"}

    assert (
        find_told_address("It is Piotr.Sowa@Porters.example.", mine) == "piotr.sowa@porters.example"
    )
    assert find_told_address("Write to me, imelda@heartlands.example", mine) is None
    assert find_told_address("a@x.example or b@x.example", mine) is None
    assert find_told_address("He has none.", mine) is None


@pytest.mark.parametrize("unit", ["yes ", "no, i can't ", "who leads ", "a@b.", "i ", "? ", "but "])
def test_hostile_text_takes_no_longer(unit: str) -> None:
    started = time.process_time()
    text = unit * (80_000 // len(unit))
    find_reply(text)
    asks_for_lead(text, text)
    find_told_address(text, ())

    assert time.process_time() - started < 1
