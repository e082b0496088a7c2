"""Who is put forward, in the words and layouts of people who nominate as they see fit."""

import pytest

from intake.understanding.finders.nominations import find_nominations
from intake.understanding.finders.oneself import puts_self_forward
from intake.understanding.texts.labels import is_labelled, read_labels
from intake.understanding.texts.lines import split_lines
from intake.understanding.texts.paragraphs import paragraphs
from storage.domain.people import Nominee

DEEPA, RUFUS = "deepa.sandford@weyhomes.example", "rufus@nightshelter.example"
BOTH = [("Deepa Sandford", DEEPA), ("Rufus Ogilvy", RUFUS)]
ONE = BOTH[:1]


def _find(text: str, **given: str) -> list[tuple[str, str | None]]:
    lines = split_lines(text)
    found = find_nominations(
        lines,
        paragraphs(lines, stands_alone=is_labelled),
        read_labels(lines),
        names=["Ottilie Marsh"],
        email="ottilie@wharfside.example",
        **given,
    )
    return [(nominee.name, nominee.email) for nominee in found.nominees]


@pytest.mark.parametrize(
    "text",
    [
        f"Just the one from us: Deepa Sandford, housing officer at Wey Homes, {DEEPA}.",
        f"Mine is Deepa Sandford. She is the housing officer here and can be reached at {DEEPA}.",
        f"There's a woman here called Deepa Sandford, she's a housing officer. {DEEPA}",
        f"The candidate is Mrs Deepa Sandford. She's been housing officer for years. ({DEEPA})",
        f"Deepa Sandford is who I'd choose. She is at Wey Homes and {DEEPA} finds her.",
        f"I am told by our Chairman, Sir Giles Pen (giles.pen@weyhomes.example), to nominate Mrs "
        f"Deepa Sandford, Ward Clerk, Leith Ward, Mile Hospital. Her address is {DEEPA}.",
        f"We put forward Deepa Sandford ({DEEPA}). Her manager Martin Tyr is content with it. Do "
        "you need anything from Martin? He is on m.tyr@weyhomes.example.",
        f"Please see the name above. Deepa works for us ({DEEPA}). Please copy in Joan Peel "
        "(joan.peel@weyhomes.example), who keeps the diary.\n\nDeepa Sandford knows the flats.",
        f"Name: Deepa Sandford\nPost: Housing Officer\nContact: {DEEPA}",
        f"Deepa Sandford ({DEEPA}) is nominated with the knowledge of her chair, Mrs Edna Row, "
        "and of our own chief executive Stephen Lisle.",
        f"I nominated Fatou Jallow last month. Here's a second: Deepa Sandford, clerk, {DEEPA}.",
        "There is a housing officer called Deepa Sandford who I think should be on your programme. "
        f"I don't know her own address but her team's one is {DEEPA} and it'll reach her.",
        f"Can you put down Deepa Sandford, she's a clerk, {DEEPA}. Deepa's manager is Kim Pass but "
        "no need to copy her.",
        f"A. The person nominated\nName: Deepa Sandford\nE-mail: {DEEPA}\n"
        "B. Line manager's consent\nName: Petra Longstaff, Matron\nTelephone: 01632 960259",
    ],
)
def test_one_is_read_and_those_who_agree_ask_or_are_copied_are_not(text: str) -> None:
    assert _find(text) == ONE


@pytest.mark.parametrize(
    "text",
    [
        f"My pick would be Deepa Sandford ({DEEPA}), closely followed by Rufus Ogilvy ({RUFUS}).",
        f"Two for you: Team Manager Deepa Sandford at Wey Homes ({DEEPA}), and Cook Rufus Ogilvy, "
        f"{RUFUS}. Supt Grant Mole has OK'd Rufus and I've cleared Deepa with her district.",
        f"Nominating two people. They are Mrs Deepa Sandford ({DEEPA}, mobile 07700 900521, after\n"
        f"6) and Rufus Ogilvy, night manager at the same place, {RUFUS} or 01632 960340.",
        f"(1) Deepa Sandford, who's in charge of our bookings ({DEEPA}). (2) Rufus Ogilvy, who's a "
        f"driver and whose manager, Una Tait, has kindly agreed to let him go ({RUFUS}).",
        f"They are: our own housing officer, Deepa Sandford ({DEEPA}); Rufus Ogilvy of the "
        f"shelter, who can be had at {RUFUS}.",
        f"Wey Homes: Deepa Sandford, Housing Officer, {DEEPA}\n"
        f"Night Shelter: Rufus Ogilvy, Manager, {RUFUS}",
        f"   - Wey Youth Assembly: *Deepa Sandford*, chair,\n   {DEEPA}\n"
        f"   - Night Shelter CIC: *Rufus Ogilvy*, director,\n   {RUFUS}",
        f"Colleague | Does | Belongs to | Reach at\nDeepa Sandford | Officer | Homes | {DEEPA}\n"
        f"Rufus Ogilvy | Manager | Shelter | {RUFUS}",
        f"Deepa Sandford\tHousing Officer\t{DEEPA}\nRufus Ogilvy\tNight Manager\t{RUFUS}",
        f"Nominee / post | From | Contact\nDeepa Sandford / Clerk | Wey Homes | {DEEPA} / 01632\n"
        f"Rufus Ogilvy / Cook | Night Shelter | {RUFUS} / 01632",
        f"Name | Post | Email | Line manager email\nDeepa Sandford | Clerk | {DEEPA} | j@x.example"
        f"\nOGILVY Rufus | Cook | {RUFUS} | k@x.example",
        f"{DEEPA} - Deepa Sandford, Officer, Homes\n{RUFUS} - Rufus Ogilvy, Manager, Shelter",
        f"Who: Deepa Sandford\nPost: Officer\nMail: {DEEPA}\n\nWho: Rufus Ogilvy\nMail: {RUFUS}",
    ],
)
def test_two_are_read_in_whatever_order_their_details_stand(text: str) -> None:
    assert _find(text) == BOTH


def test_the_writer_is_one_of_a_team_that_counts_them() -> None:
    text = (
        f"We are three: me (Ottilie Marsh, nurse), Deepa Sandford ({DEEPA}) and a driver, Len Oak."
    )

    assert _find(text) == [("Ottilie Marsh", "ottilie@wharfside.example"), *ONE, ("Len Oak", None)]


def test_a_row_of_a_table_may_say_me() -> None:
    text = f"Name | Role | Email\nDeepa Sandford | Clerk | {DEEPA}\nme! | Cook | as above"

    assert _find(text) == [*ONE, ("Ottilie Marsh", None)]


def test_a_subject_names_somebody_too() -> None:
    text = (
        f"She works for us as a housing officer. Contact: {DEEPA}. Deepa would bring the tenants."
    )

    assert _find(text, subject="Nominating Deepa Sandford") == ONE


def test_an_initial_in_the_subject_stands_for_the_name_in_the_text() -> None:
    assert (
        _find(f"I nominate Deepa Sandford, {DEEPA}.", subject="Nomination: Mrs D. Sandford") == ONE
    )


def test_addresses_may_share_the_domain_of_the_last() -> None:
    text = (
        "May I propose Deepa Sandford and Rufus Ogilvy? Write to deepa.sandford@ and "
        "rufus.ogilvy@weyhomes.example."
    )

    assert _find(text) == [*ONE, ("Rufus Ogilvy", "rufus.ogilvy@weyhomes.example")]


def test_a_name_keeps_the_accents_that_its_subject_leaves_out() -> None:
    text = f"Please accept my nomination of Zofia Zielińska, {DEEPA}."

    assert _find(text, subject="Nomination - Zofia Zielinska") == [("Zofia Zielińska", DEEPA)]


def test_contact_cards_complete_those_whom_the_text_names() -> None:
    lines = split_lines("I nominate Deepa Sandford, her card is attached.")
    card = split_lines(f"Deepa Sandford\nHousing Officer\nWey Homes\n{DEEPA}")

    found = find_nominations(lines, paragraphs(lines), (), cards=[card])

    assert found.nominees == (Nominee("Deepa Sandford", DEEPA, "Housing Officer", "Wey Homes"),)


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("I am putting myself forward.", True),
        ("Are you allowed to nominate\nyourself? If so: me.", True),
        ("Two places please, for Femi and for me, Ada Bell, link worker.", True),
        ("The second is me.", True),
        ("Can I put both of us down?", True),
        ("Tom Oak and I would both like to come.", True),
        ("On board are Tom Oak, cook; and the undersigned.", True),
        ("I'm not putting myself forward, I've been on one before.", False),
        ("I am not nominating myself, tempting though it is.", False),
        ("That's Tom Oak, Ida Brook who makes the tea, and me.", True),
        ("She has since persuaded two care homes, a bus company and me.", False),
        ("Please add to your nominees: from us, me (I'm a GP); from the school, Tom Oak.", True),
        ("Neither would ever put themselves forward.", False),
        ("My daughter put me on to the flyer. Write to me and I will walk round.", False),
        ("I'm only the treasurer and won't be coming. There are four of us.", False),
    ],
)
def test_writers_who_put_themselves_forward(text: str, *, is_told: bool) -> None:
    assert puts_self_forward(text, "Ada Bell", is_writer=True) is is_told
