"""What people say who were told that they are funded or a reserve: a yes or a no that can be acted
upon, or neither."""

import pytest

from intake.understanding.triage.replies import find_award_reply
from storage.domain.placement import Reply

YES = (
    "We accept",
    "We accept.",
    "Thank you, confirmed",
    "Thank you, confirmed.",
    "Confirmed, thank you.",
    "Yes",
    "Yes, we accept the award.",
    "Thank you for your letter. We confirm that we accept.",
    "Thank you very much. We are delighted and confirm that we take part.",
    "We are delighted to accept the award.",
    "We are very pleased to accept the grant of £10,000.",
    "I confirm acceptance of the award",
    "I am writing to confirm that we accept the offer.",
    "Please take this email as our formal acceptance.",
    "This is our acceptance.",
    "On behalf of the trust I accept the funding.",
    "We gratefully accept.",
    "We would like to accept the grant.",
    "Happy to accept!",
    "Accepted with thanks",
    "Accepted, many thanks",
    "Delighted, thank you!",
    "We'll take part",
    "Wonderful news! We would love to accept.",
    "Thanks so much, we accept!",
    "Yes please",
    "Yes, thank you so much. We will go ahead.",
    "We hereby confirm the award.",
    "Our trustees have agreed to accept the award.",
    "Count us in!",
    "It's a yes from us.",
    "We will take up the grant.",
    "Many thanks. Happy to remain as a reserve.",
    "We confirm our acceptance of the funding.",
    "Dear ACE team,\n\nWe are thrilled, and confirm that we accept the award.\n\nBest wishes",
    "I can confirm that Kentish Town Family Centre accepts the award.",
    "Kentish Town Family Centre confirms the award.",
    "Brilliant, thank you. We are happy to proceed.",
    "We are honoured to accept.",
    "Thank you - accepted.",
    "Thanks, accepting with pleasure",
    "With pleasure",
    "Accept",
    "I accept",
)
NO = (
    "We decline",
    "We must decline.",
    "No thank you",
    "We have to withdraw: our partner has closed.",
    "Thank you. I am sorry to say that we have to withdraw: our partner has closed.",
    "We are unable to accept the award.",
    "Unfortunately we cannot take up the grant.",
    "We regret that we can no longer accept the funding.",
    "We have decided to decline the offer.",
    "We no longer need the funding.",
    "We wish to decline with thanks.",
    "With great regret we withdraw from ACE, because nobody is left here who could lead it.",
    "Sadly, we can't go ahead.",
    "Please give the award to somebody else.",
    "We would like to turn it down.",
    "The project will not go ahead.",
    "I'm afraid it's a no from us.",
    "We are not in a position to accept.",
    "We want to return the grant.",
    "Thank you, but no.",
    "We will not be able to proceed.",
    "We don't want to go ahead.",
)
UNCLEAR = (
    "We accept if our board agrees on Tuesday.",
    "We would like to accept, but our partner has left.",
    "We are not sure whether we can accept.",
    "We accept in principle.",
    "Probably yes",
    "We may have to decline; we need to check with our trustees.",
    "We accept, subject to contract.",
)
NEITHER = (
    "Thank you for letting us know.",
    "Great news!",
    "We confirm receipt of your letter.",
    "We are unable to attend the meeting on 5 October.",
    "When will the money arrive?",
    "Can we accept by phone?",
    "I cannot open the attachment.",
    "No problem at all.",
    "Our new number is 020 7946 0123.",
    "We look forward to hearing from you.",
    "Your message was accepted for delivery by the server.",
    "I have accepted your calendar invitation",
    "No worries. Thank you for the feedback.",
    "Yes I received your letter.",
)


@pytest.mark.parametrize("text", YES)
def test_clear_yes_is_read(text: str) -> None:
    assert find_award_reply(text) is Reply.YES


@pytest.mark.parametrize("text", NO)
def test_clear_no_is_read(text: str) -> None:
    assert find_award_reply(text) is Reply.NO


@pytest.mark.parametrize("text", UNCLEAR)
def test_condition_is_for_a_person(text: str) -> None:
    assert find_award_reply(text) is Reply.UNCLEAR


@pytest.mark.parametrize("text", NEITHER)
def test_other_words_are_no_answer(text: str) -> None:
    assert find_award_reply(text) is None


def test_hostile_text_takes_no_longer_than_its_length() -> None:
    assert find_award_reply("we " * 20_000 + "confirm " * 20_000) in (None, Reply.UNCLEAR)
