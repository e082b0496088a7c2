"""The page of an explanation: self-contained, escaped, and whole for a keyboard and a reader."""

import hashlib
import re
from base64 import b64encode
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from intake.commands.explaining.account import Explanation, account_for
from intake.commands.explaining.page import render_page
from intake.understanding.understand import understand
from tests.support.corpus import MESSAGES
from tests.support.programmes import PROGRAMMES

WIDER = Path(__file__).parents[2] / "corpus" / "wider" / "messages"
HOSTILE = b"""From: "<script>alert(1)</script>" <eve@hostile.example>
To: ace@leadership.nhs.example
Subject: </title><script>alert(2)</script>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

We express our interest. Two hundred chairs in Hackney are broken and nobody mends them, and the
people who sit in them wait. We want to mend them with those people, one bench. \xe2\x80\xae

{{ settings }} {% for x in y %} </mark></div><img src=x onerror=alert(3)> javascript:alert(4)
</style><style>body{display:none}</style>

Name: <b onclick="alert(5)">Eve</b> Hartnoll
Organisation: "><a href="http://collect-all.example/">Chairs</a>
--b
Content-Type: text/plain; name="<i>x</i>.txt"
Content-Disposition: attachment; filename="<i>x</i>.txt"

</div><script>alert(6)</script>
--b--
"""


def _explain(raw: bytes) -> Explanation:
    understood = understand(raw, programmes=PROGRAMMES, lays_out=True)
    assert understood.layout is not None
    (programme,) = [p for p in PROGRAMMES if p.slug == understood.programme]
    told = understood.understanding
    fields = account_for(told, understood.layout)
    return Explanation("message.eml", programme, told, understood.layout, fields)


def _parse(page: str) -> HtmlElement:
    return html.document_fromstring(page)


def test_the_message_is_only_ever_text() -> None:
    page = render_page(_explain(HOSTILE))

    tree = _parse(page)
    assert [*tree.iter("script", "img", "iframe", "object", "form", "b", "i", "link")] == [
        *tree.xpath("//*[@role='tooltip']/b")
    ]
    assert len([*tree.iter("style")]) == 1
    assert not tree.xpath("//@*[starts-with(name(), 'on') or name() = 'style' or name() = 'src']")
    assert all(link.startswith("#") for link in tree.xpath("//@href"))
    assert "<script>alert(6)</script>" in tree.text_content()
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page


def test_the_page_may_load_and_run_nothing() -> None:
    tree = _parse(render_page(_explain(HOSTILE)))

    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = tree.xpath("//style")
    digest = b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert "url(" not in style.text
    assert "@import" not in style.text


@pytest.mark.parametrize("path", MESSAGES[::9], ids=lambda path: path.stem)
def test_marks_values_and_hints_find_each_other(path: Path) -> None:
    tree = _parse(render_page(_explain(path.read_bytes())))

    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in tree.xpath("//a/@href")} <= set(ids)
    assert set(tree.xpath("//@aria-describedby | //@aria-labelledby")) <= set(ids)
    marks = tree.xpath("//mark[@id]")
    assert [mark.get("id") for mark in marks] == [
        "m" + mark.xpath("./a/@href")[0].removeprefix("#f") for mark in marks
    ]


@pytest.mark.parametrize("path", MESSAGES[::9], ids=lambda path: path.stem)
def test_the_page_shows_the_whole_text(path: Path) -> None:
    told = _explain(path.read_bytes())

    tree = _parse(render_page(told))

    for extra in tree.xpath("//mark/a | //mark/span[@role='tooltip']"):
        extra.drop_tree()
    said = [piece.text_content() for piece in tree.xpath("//*[@class='said']")]
    text = told.layout.text("body")[: told.pieces[-1].end if told.pieces else 0]
    assert re.findall(r"\S+", " ".join(said)) == re.findall(
        r"[^\s\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\xad]+", text
    )


def _contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 for two colours such as `#1c5fb8` and `#fff`."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_can_be_read(scheme: int) -> None:
    (style,) = _parse(render_page(_explain(HOSTILE))).xpath("//style")
    roots = re.findall(r":root \{([^}]+)\}", style.text)
    colours = dict(re.findall(r"--([\w-]+): (#\w+)", roots[scheme]))
    groups = ("who", "post", "what", "where", "people", "own")
    pairs = [("ink", "paper"), ("ink", "ground"), ("quiet", "paper"), ("quiet", "ground")]
    pairs += [("amber", "paper"), ("amber", "amber-soft"), ("red", "paper"), ("ink", "grey-soft")]
    pairs += [("quiet", "grey-soft"), *(("ink", f"{group}-soft") for group in groups)]
    pairs += [("on", group) for group in groups]

    faint = {pair: _contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}

    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


def test_lines_that_were_broken_on_the_way_may_be_joined_on_a_narrow_screen() -> None:
    body = "We keep pigeons in Nunhead, on a roof where many a\nneighbour has stood and wondered.\n"
    raw = f"From: ada@lofts.example\nTo: ace@leadership.nhs.example\n\n{body}\nAda\nClerk\n"

    tree = _parse(render_page(_explain(raw.encode())))

    (wrap,) = tree.xpath("//*[@class='said']//span[@class='wrap']")
    assert wrap.text == "\n"
    assert (wrap.tail or "").startswith("neighbour")


def test_what_is_answered_stands_there_once() -> None:
    path = WIDER / "005-harrow-weald-long-car-park.eml"

    text = _parse(render_page(_explain(path.read_bytes()))).text_content()

    assert text.count("application pack") == 1
    assert "action:" not in text
