"""What the pages of plays look like: the style sheet that they put into themselves."""

from functools import cache
from pathlib import Path

from markupsafe import Markup

LOOK = Path(__file__).with_name("look.css")


@cache
def read_look() -> Markup:
    """The style sheet; it is ours, so no part of it is escaped."""
    return Markup(LOOK.read_text(encoding="utf-8"))
