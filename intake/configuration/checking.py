"""What can't be seen in one setting alone: dates in order, names that clash, files that are there.

Every check takes settings whose values are each allowed, and gives problems; none stops another.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from intake.configuration.award_checks import AWARD_CHECKS
from intake.configuration.custom_checks import CUSTOM_CHECKS
from intake.configuration.explaining import Origin, as_toml
from intake.configuration.graph_checks import GRAPH_CHECKS, find_haste
from intake.configuration.look import Key, Look
from intake.configuration.oauth_checks import OAUTH_CHECKS
from intake.configuration.problems import Problem
from intake.configuration.programme_checks import PROGRAMME_CHECKS
from intake.configuration.sections import Settings
from intake.configuration.server_checks import SERVER_CHECKS, check_secret_file


def check_settings(settings: Settings, *, folder: Path, origin: Origin) -> list[Problem]:
    """All problems between settings. `folder` is what relative paths start from."""
    looks = [Look(slug, s, folder, origin) for slug, s in settings.programmes.items()]
    problems = list(_check_top(settings, folder, origin))
    checks = (*PROGRAMME_CHECKS, *AWARD_CHECKS, *CUSTOM_CHECKS, *SERVER_CHECKS)
    checks += (*GRAPH_CHECKS, *OAUTH_CHECKS)
    for look in looks:
        for check in checks:
            problems += check(look)
    problems += _check_unique(
        looks, ("inbox",), lambda look: look.section.inbox, "an inbox of its own"
    )
    problems += _check_unique(
        looks,
        ("reference_prefix",),
        lambda look: look.section.reference_prefix,
        "a prefix of its own",
    )
    problems += _check_unique(
        looks,
        ("mailbox",),
        _account,
        "no mailbox of its own: messages of one mailbox find their programme by its inbox",
    )
    return problems


def _check_top(settings: Settings, folder: Path, origin: Origin) -> Iterator[Problem]:
    def problem(key: str | Key, found: str, write: str) -> Problem:
        path = (key,) if isinstance(key, str) else key
        file, line = origin(path)
        return Problem(file, ".".join(map(str, path)), found, write, line)

    if settings.templates_folder and not (folder / settings.templates_folder).is_dir():
        yield problem(
            "templates_folder",
            f"{as_toml(str(settings.templates_folder))}, which is no folder",
            "a folder of templates, or take it out to use those that Postroom brings",
        )
    url = settings.database_url.get_secret_value() if settings.database_url else "sqlite:///x"
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        yield problem(
            "database_url",
            "(not shown: it may be a secret)",
            'a URL that begins with "sqlite:////" and a path, or with "postgresql+psycopg://"',
        )
    yield from find_haste(settings, problem)
    yield from check_secret_file(settings.secret_file, ("secret_file",), folder, origin)


def _account(look: Look) -> str | None:
    """What two programmes must not both read: they would move messages from under each other."""
    mailbox = look.section.mailbox
    if mailbox is None:
        return None
    if mailbox.kind == "maildir":
        return str(mailbox.path)
    user = mailbox.username or look.section.inbox
    return f"{user} at {mailbox.host or mailbox.kind}:{mailbox.port}, folder {mailbox.folder}"


def _check_unique(
    looks: Sequence[Look], path: Key, value: Callable[[Look], str | None], write: str
) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for look in looks:
        found = value(look)
        if found is None:
            continue
        owner = owners.setdefault(found, look.slug)
        if owner != look.slug:
            yield look.problem(path, f"{found}, which {owner} has too", write)
