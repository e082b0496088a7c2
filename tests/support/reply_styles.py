"""A letter answered as people's mail programs do it: what they write, and how they quote."""

import html
from collections.abc import Callable
from dataclasses import dataclass

from storage.domain.letter import Letter

ORGANISER = "Rosalind Okoro"


@dataclass(frozen=True, slots=True)
class Written:
    """The body of a reply, and the fields of its head that its program adds."""

    body: str
    content_type: str = "text/plain; charset=utf-8"
    fields: tuple[str, ...] = ()


Style = Callable[[str, str], Written]
"""What somebody types, and the text of the letter that they answer → their reply."""

_ON = "On Tue, 24 Aug 2021 at 08:05, ACE <ace@leadership.nhs.example> wrote:"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.strip().split("\n"))


def _paragraphs(text: str, kind: str) -> str:
    lines = (html.escape(line) or "&nbsp;" for line in text.split("\n"))
    return "".join(f"<p{kind}>{line}<o:p></o:p></p>\n" for line in lines)


def _block(text: str) -> str:
    return "<br>\n".join(html.escape(line) for line in text.strip().split("\n"))


def outlook_text(typed: str, letter: str) -> Written:
    head = "From: ACE <ace@leadership.nhs.example>\nSent: 24 August 2021 08:05\nTo: Rosalind Okoro"
    original = f"-----Original Message-----\n{head}\nSubject: 1 needs you: ACE\n\n{letter}"
    fields = ("Thread-Topic: 1 needs you: ACE", "Thread-Index: AdeYMhT2Vg==")
    return Written(f"{typed}\n\n{ORGANISER}\nProgramme lead\n\n{original}\n", fields=fields)


def outlook_html(typed: str, letter: str) -> Written:
    typing = _paragraphs(f"{typed}\n\n{ORGANISER}", ' class="MsoNormal"')
    head = (
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
        '<p class="MsoNormal"><b>From:</b> ACE &lt;ace@leadership.nhs.example&gt;<br><b>Sent:</b> '
        "24 August 2021 08:05<br><b>To:</b> Rosalind Okoro<br><b>Subject:</b> 1 needs you: ACE"
        "<o:p></o:p></p></div>"
    )
    body = f'<div class="WordSection1">{typing}{head}<div>{_block(letter)}</div></div>'
    return Written(f"<html><body lang=EN-GB>{body}</body></html>", "text/html; charset=utf-8")


def outlook_web(typed: str, letter: str) -> Written:
    typing = "".join(f"<div>{html.escape(x) or '<br>'}</div>" for x in typed.split("\n"))
    head = (
        '<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        '<div id="divRplyFwdMsg" dir="ltr"><font><b>From:</b> ACE '
        "&lt;ace@leadership.nhs.example&gt;<br><b>Sent:</b> 24 August 2021 08:05<br><b>To:</b> "
        "Rosalind Okoro<br><b>Subject:</b> 1 needs you: ACE</font><div>&nbsp;</div></div>"
    )
    body = f"<div>{typing}</div>{head}<div>{_block(letter)}</div>"
    return Written(f"<html><body dir=ltr>{body}</body></html>", "text/html; charset=utf-8")


def outlook_phone(typed: str, letter: str) -> Written:
    rule = "________________________________"
    head = (
        "From: ACE <ace@leadership.nhs.example>\nSent: Tuesday, August 24, 2021 8:05:00 AM\n"
        "To: Rosalind Okoro <rosalind.okoro@leadership.nhs.example>\nSubject: 1 needs you: ACE"
    )
    return Written(
        f"{typed}\n\nGet Outlook for iOS<https://outlook.example/x>\n{rule}\n{head}\n\n{letter}\n"
    )


def gmail_text(typed: str, letter: str) -> Written:
    return Written(f"{typed}\n\n{_ON}\n\n{_quoted(letter)}\n")


def gmail_html(typed: str, letter: str) -> Written:
    typing = "<br>".join(html.escape(line) for line in typed.split("\n"))
    body = (
        f'<div dir="ltr">{typing}</div><br><div class="gmail_quote"><div dir="ltr" '
        f'class="gmail_attr">{html.escape(_ON)}<br></div><blockquote class="gmail_quote" '
        f'style="margin:0px 0px 0px 0.8ex">{_block(letter)}</blockquote></div>'
    )
    return Written(body, "text/html; charset=utf-8")


def gmail_below(typed: str, letter: str) -> Written:
    """Below the quote, as lists like it."""
    return Written(f"{_ON}\n\n{_quoted(letter)}\n\n{typed}\n")


def apple_text(typed: str, letter: str) -> Written:
    on = "> On 24 Aug 2021, at 08:05, ACE <ace@leadership.nhs.example> wrote:\n>"
    return Written(f"{typed}\n\nRosalind\n\n{on}\n{_quoted(letter)}\n")


def apple_html(typed: str, letter: str) -> Written:
    typing = "".join(f"<div>{html.escape(x) or '<br>'}</div>" for x in typed.split("\n"))
    body = (
        f'<html><body style="line-break: after-white-space;">{typing}<div><br>'
        '<blockquote type="cite"><div>On 24 Aug 2021, at 08:05, ACE '
        "&lt;ace@leadership.nhs.example&gt; wrote:</div><br><div>"
        f"{_block(letter)}</div></blockquote></div></body></html>"
    )
    return Written(body, "text/html; charset=utf-8")


def apple_phone(typed: str, letter: str) -> Written:
    on = "> On 24 Aug 2021, at 08:05, ACE <ace@leadership.nhs.example> wrote:\n> \n> \ufeff"
    return Written(f"{typed}\n\nSent from my iPhone\n\n{on}{_quoted(letter)[2:]}\n")


def between(typed: str, letter: str) -> Written:
    """Between the quoted lines, right behind the list of what needs them."""
    first, _, rest = _quoted(letter).partition("\n>\n> To act")
    return Written(f"{_ON}\n\n{first}\n\n{typed}\n\n> To act{rest}\n")


STYLES: tuple[Style, ...] = (
    outlook_text,
    outlook_html,
    outlook_web,
    outlook_phone,
    gmail_text,
    gmail_html,
    gmail_below,
    apple_text,
    apple_html,
    apple_phone,
    between,
)


def thread(letter: Letter, *earlier: str) -> tuple[str, ...]:
    """The fields by which a reply says what it answers."""
    references = " ".join((*earlier, letter.message_id))
    return (f"In-Reply-To: {letter.message_id}", f"References: {references}")
