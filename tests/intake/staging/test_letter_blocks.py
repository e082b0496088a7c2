"""A letter's HTML as text with a shape."""

from intake.commands.staging.blocks import Block, BlockKind, Span, read_blocks

LETTER = """<!doctype html><html><body><table><tr><td class="head"><h1>Your pack</h1></td></tr>
<tr><td class="letter">
<p>Dear Ottoline &lt;b&gt; Frayne,</p>
<h2>What to do next</h2>
<ol>
<li><strong>Read it</strong> as you
write.</li><li>Send it.</li></ol>
<ul><li>Loft</li></ul>
<table><thead><tr><th>Detail</th><th>What</th></tr></thead>
<tbody><tr><td>Telephone</td><td>07700
900123</td></tr></tbody></table>
<p>With best wishes,<br>The team</p>
<hr>
</td></tr></table></body></html>"""


def test_a_letter_keeps_its_shape_as_text() -> None:
    assert read_blocks(LETTER) == (
        Block(BlockKind.PARAGRAPH, ((Span("Dear Ottoline <b> Frayne,"),),)),
        Block(BlockKind.HEADING, ((Span("What to do next"),),)),
        Block(
            BlockKind.NUMBERED,
            ((Span("Read it", is_strong=True), Span(" as you write.")), (Span("Send it."),)),
        ),
        Block(BlockKind.BULLETED, ((Span("Loft"),),)),
        Block(
            BlockKind.ROWS,
            (
                (Span("Detail", is_strong=True), Span("What", is_strong=True)),
                (Span("Telephone", is_strong=True), Span("07700 900123")),
            ),
        ),
        Block(BlockKind.PARAGRAPH, ((Span("With best wishes,"), Span("\n"), Span("The team")),)),
        Block(BlockKind.RULE),
    )


def test_a_page_without_a_letter_has_no_blocks() -> None:
    assert read_blocks("<p>Hello</p>") == ()
