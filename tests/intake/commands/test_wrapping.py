"""Line breaks that a mail program made, told from those a writer meant."""

from intake.commands.wrapping import find_wraps, unwrap

BROKEN = """\
We keep pigeons in Nunhead, on a roof where many a
neighbour has stood and wondered, and they know us.

We look after the old birds, the young, and these:
- forty doves
1) two crows

Ada
Clerk
https://lofts.example/a-link-much-longer-than-any-line-of-the-text-could-ever-be/and-then-more
> so long ago that I can hardly remember when it was
> in Peckham"""


def test_lines_that_a_mail_program_broke_are_joined() -> None:
    assert unwrap(BROKEN) == BROKEN.replace("many a\n", "many a ")
    assert find_wraps(BROKEN) == {BROKEN.index("\n")}


def test_text_that_was_never_broken_stays_as_it_is() -> None:
    text = "We keep pigeons. " * 10 + "\nAda"

    assert unwrap(text) == text


def test_short_lines_are_their_writers_own() -> None:
    text = "Kind regards,\nAda Frayne\nClerk to the lofts of Nunhead\n01632 960714"

    assert unwrap(text) == text
