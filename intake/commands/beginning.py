"""The first configuration of a new programme: from few answers to a commented file."""

import re
import shutil
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from jinja2 import Environment, StrictUndefined

from intake.config import default_templates_folder, example_path
from intake.configuration.explaining import as_toml
from intake.configuration.programme_checks import RESERVED_SLUGS
from responders.wording import clock, day
from storage.domain.people import Address

CONFIG_NAME = "config.toml"
TEMPLATES_NAME = "templates"

_TEMPLATE = Path(__file__).with_name("starting_config.toml.j2")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is asked about a new programme. Times are by the clock of `zone`, without offset.
    `organiser` None: nobody is yet."""

    name: str
    kind: Literal["grant", "cohort"]
    inbox: str
    team: str
    person: Address
    organiser: Address | None
    opens: datetime
    closes: datetime
    zone: str
    areas: tuple[str, ...]
    imap_host: str
    smtp_host: str

    @property
    def slug(self) -> str:
        """The short name: the name without its year, or `programme` where nothing is left."""
        slug = make_slug(re.sub(r"\b(19|20)\d\d\b", "", self.name)) or "programme"
        return f"{slug}-programme" if slug in RESERVED_SLUGS else slug

    @property
    def prefix(self) -> str:
        """How references begin: a short word, a letter and a number, or the initials."""
        words = self.slug.upper().split("-")
        if numbered := re.fullmatch(r"([A-Z])[A-Z]{3,}(\d+)", words[0]):
            return numbered[1] + numbered[2][:5]
        is_word = len(words) == 1 or 2 <= len(words[0]) <= 5
        prefix = words[0] if is_word else "".join(word[0] for word in words)
        return prefix[:6] if len(prefix) > 1 else f"{prefix}X"


class AlreadyThere(Exception):
    """There is a configuration or a folder of templates in that place, which is left as it is.
    Name another folder, or move the old ones away."""


def make_slug(text: str) -> str:
    """`text` as a short name: lower-case letters and digits, hyphens between; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    hyphened = re.sub(r"[^a-z0-9]+", "-", plain).lstrip("-0123456789").rstrip("-")
    return re.sub(r"-(?=\d)", "", hyphened)


def find_obstacle(folder: Path) -> Path | None:
    """What would be overwritten in `folder`, None where there is nothing."""
    places = (folder / CONFIG_NAME, folder / TEMPLATES_NAME)
    return next((place for place in places if place.exists()), None)


def write_beginning(folder: Path, beginning: Beginning) -> Path:
    """Write the configuration and a copy of the templates into `folder`; the file's path.

    Raises AlreadyThere before anything is written, OSError when it can't be.
    """
    if obstacle := find_obstacle(folder):
        raise AlreadyThere(str(obstacle))
    path, templates = folder / CONFIG_NAME, folder / TEMPLATES_NAME
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(default_templates_folder() / "default", templates / "default")
    with path.open("x", encoding="utf-8") as file:
        file.write(render_beginning(beginning))
    return path


def render_beginning(beginning: Beginning) -> str:
    """The text of the configuration."""
    environment = Environment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    environment.filters["toml"] = as_toml
    environment.filters["day"] = _day
    text = environment.from_string(_TEMPLATE.read_text(encoding="utf-8")).render(
        example=str(example_path()),
        slug=beginning.slug,
        prefix=beginning.prefix,
        name=beginning.name,
        kind=beginning.kind,
        inbox=beginning.inbox,
        team=beginning.team,
        person=beginning.person,
        organiser=beginning.organiser,
        opens=beginning.opens,
        closes=beginning.closes,
        round=str(beginning.opens.year),
        zone=beginning.zone,
        introduction="",
        areas=_areas(beginning.areas),
        imap_host=beginning.imap_host,
        smtp_host=beginning.smtp_host,
    )
    return text.rstrip() + "\n"


def _areas(names: Sequence[str]) -> list[dict[str, str]]:
    """Each area with a key of its own, however alike the names are."""
    areas: dict[str, str] = {}
    for name in dict.fromkeys(names):
        key = make_slug(name) or "area"
        number = 2
        while key in areas:
            key, number = f"{make_slug(name) or 'area'}-{number}", number + 1
        areas[key] = name
    return [{"key": key, "name": name} for key, name in areas.items()]


def _day(moment: datetime) -> str:
    """A date with its clock time, as letters say them: Friday 20 August 2021, 5 pm."""
    return f"{day(moment.isoformat())}, {clock(moment.isoformat())}"
