"""The mail of the benchmarks: expressions of interest of 3.4 kB in text and HTML, one in twenty
with a file of 200 kB, each of somebody else; and files that nothing makes smaller."""

import base64
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime

RECEIVED_AT = datetime(2021, 7, 12, 11, 0, tzinfo=UTC)
"""While the round of the example's grant call is open."""

FILE_EVERY = 20
FILE_BYTES = 200_000

_HEAD = """\
Return-Path: <{name}@project{n}.example>
Received: from edge.leadership.nhs.example (192.0.2.{octet}) by mx2.leadership.nhs.example
 (192.0.2.7) with ESMTPS id {seal:.24}; Mon, 12 Jul 2021 10:00:02 +0100
Received: from out3.project{n}.example (198.51.100.{octet}) by edge.leadership.nhs.example
 with ESMTPS (TLS1.3) id {seal:.16} for <ace@leadership.nhs.example>;
 Mon, 12 Jul 2021 10:00:01 +0100
Authentication-Results: mx2.leadership.nhs.example; dkim=pass header.d=project{n}.example;
 spf=pass smtp.mailfrom=project{n}.example; dmarc=pass header.from=project{n}.example
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=project{n}.example; s=m1;
 h=from:to:subject:date:message-id:mime-version; bh={seal:.43}=;
 b={seal}=
From: {name} {surname} <{name}@project{n}.example>
To: ace@leadership.nhs.example
Subject: Expression of interest {n}
Message-ID: <{n}@project{n}.example>
Date: Mon, 12 Jul 2021 10:00:00 +0100
MIME-Version: 1.0
"""
_TEXT = """\
Name: {name} {surname}
Organisation: Project {n} Trust
Telephone: 07700 900{phone:03d}
ICS: North East London

Summary:

{summary}
{more}
Kind regards

{name} {surname}
Project {n} Trust

This message may contain confidential information. If you are not the intended recipient please
inform the sender that you have received the message in error before deleting it. Please do not
disclose, copy or distribute information in this message or take any action in relation to its
contents.
"""
_NAMES = re.findall(
    "[A-Z][a-z]+",
    "Ada Bola Cleo Dele Ezra Femi Gita Hugo Ines Joan Kofi"
    " Lena Musa Nora Omar Petra Rosa Sami Tess Vera",
)
_SURNAMES = re.findall(
    "[A-Z][a-z]+",
    "Okafor Lane Marsh Brandt Penn Rao Hart Kowal Stone Bello"
    " Frost Mistry Quill Nash Ibe Wren Toft Ash Dunn Eko",
)
_WHO = re.findall(
    "[a-zA-Z]+", "nurses carers porters midwives pharmacists tenants teachers wardens drivers cooks"
)
_WHOM = re.findall(
    "[a-zA-Z]+",
    "children widowers sleepers swimmers farmers students sailors bakers cyclists singers",
)
_WHERE = re.findall(
    "[a-zA-Z]+", "library harbour estate clinic station market hostel allotment school ferry"
)
_WHAT = re.findall(
    "[a-zA-Z]+", "asthma falls diabetes loneliness insomnia dementia smoking pain eczema stammering"
)
_HOW = re.findall("[a-zA-Z]+", "walks calls letters visits meals lessons lifts songs games maps")
_WHEN = re.findall(
    "[a-zA-Z]+", "Mondays winter nights spring mornings Fridays harvest evenings Sundays holidays"
)
_BODY = """\
Content-Type: multipart/alternative; boundary="alternative"

--alternative
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 8bit

{text}
--alternative
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: 8bit

<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<style type="text/css">p.MsoNormal {{ margin: 0cm; font-size: 11pt; font-family: Calibri }}
div.Section {{ page: Section }}</style></head>
<body lang="EN-GB"><div class="Section">
<p class="MsoNormal"><span style="font-size: 11pt">{html}</span></p>
</div></body></html>
--alternative--
"""
_MORE = "\nThe library opens room {nth} for whoever cares for somebody and wants to come.\n"
_WITH_FILE = """\
Content-Type: multipart/mixed; boundary="mixed"

--mixed
{body}
--mixed
Content-Type: image/jpeg; name="photo {n}.jpg"
Content-Disposition: attachment; filename="photo {n}.jpg"
Content-Transfer-Encoding: base64

{encoded}
--mixed--
"""


def mixed_mail(count: int, *, first: int = 1) -> list[bytes]:
    """Messages number `first` and following, as they come over the wire, one in twenty with a
    file."""
    return [message(n, has_file=n % FILE_EVERY == 0) for n in range(first, first + count)]


def message(n: int, *, has_file: bool = False, paragraphs: int = 0) -> bytes:
    """Message number `n`, of 3.4 kB and what `paragraphs` and a file add."""
    values = _who(n)
    summary = _summary(random.Random(n))
    more = "".join(_MORE.format(nth=nth) for nth in range(paragraphs))
    text = _TEXT.format(**values, phone=n % 1000, summary=summary, more=more)
    body = _BODY.format(text=text, html=text.replace("\n\n", "</p>\n<p>").replace("\n", "<br>\n"))
    if has_file:
        encoded = base64.encodebytes(file_bytes(FILE_BYTES, seed=n)).decode("ascii")
        body = _WITH_FILE.format(body=body, n=n, encoded=encoded)
    seal = base64.b64encode(random.Random(n).randbytes(192)).decode("ascii")
    head = _HEAD.format(**values, octet=n % 250, seal=seal)
    return (head + body).replace("\n", "\r\n").encode()


def _who(n: int) -> dict[str, object]:
    """The number and the name of somebody, one of eight thousand."""
    surname = _SURNAMES[n // 20 % 20] + "-" + _SURNAMES[n // 400 % 20]
    return {"n": n, "name": _NAMES[n % 20], "surname": surname}


def _summary(chance: random.Random) -> str:
    """What a project wants, in some forty words of which most are another's in another project."""
    lines = []
    for _ in range(3):
        who, whom, where, what, how, when = (
            chance.choice(words) for words in (_WHO, _WHOM, _WHERE, _WHAT, _HOW, _WHEN)
        )
        shapes = (
            f"On {when} {who} at the {where} offer {how} to {whom} who live with {what}.",
            f"We would like {whom} and {who} to plan {how} for {what} in every {where} on {when}.",
            f"Too many {whom} wait for help with {what} until {when}, though {who} know {how}.",
            f"After six months of {how}, fewer {who} should meet {what} at the {where} on {when}.",
        )
        lines.append(chance.choice(shapes))
    return "\n".join(lines)


def numbers() -> Iterator[int]:
    """First numbers of runs of messages, none of which has one in common with another."""
    yield from range(1, 10**9, 10**5)


def file_bytes(size: int, *, seed: int = 0) -> bytes:
    """A file of so many bytes that nothing can make smaller, the same for the same seed."""
    return random.Random(seed).randbytes(size)
