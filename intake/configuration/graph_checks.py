"""What can be wrong with a mailbox or transport of Microsoft Graph before anybody asks it."""

from collections.abc import Callable, Iterator

from intake.configuration.explaining import as_toml
from intake.configuration.look import Check, Key, Look
from intake.configuration.problems import Problem
from intake.configuration.sections import Settings

MOST_A_MINUTE = 30
"""Letters that Exchange Online takes from one mailbox; what is beyond it throttles."""


def _check_graph(look: Look) -> Iterator[Problem]:
    section = look.section
    for table, servers in (("mailbox", section.mailbox), ("transport", section.transport)):
        if servers is None or servers.kind != "graph":
            continue
        write = _SIGN_IN.format(slug=look.slug, table=table)
        for key in ("password", "password_file"):
            if getattr(servers, key) is not None:
                yield look.problem((table, key), "a password, which Graph takes from nobody", write)
        if "security" in servers.model_fields_set and servers.security == "starttls":
            yield look.problem((table, "security"), '"starttls"', '"tls", or take it out')
        if servers.host is not None and "/" in servers.host:
            found = f"{as_toml(servers.host)}, which is more than a name"
            yield look.problem((table, "host"), found, "the name alone, or take it out")
        if servers.oauth is None and servers.token_file is None:
            yield look.problem((table, "oauth"), "nothing", write)
        if servers.oauth is not None and servers.oauth.provider == "google":
            found = f"{as_toml(servers.oauth.provider)}, which knows nobody of Microsoft 365"
            yield look.problem((table, "oauth", "provider"), found, 'provider = "microsoft"')


def find_haste(
    settings: Settings, problem: Callable[[Key, str, str], Problem]
) -> Iterator[Problem]:
    """More letters a minute than Exchange Online takes from a mailbox."""
    most = settings.limits.letters_a_minute
    servers = (section.transport for section in settings.programmes.values())
    if most is None or not any(one is not None and one.kind == "graph" for one in servers):
        return
    if most > MOST_A_MINUTE:
        found = f"{most}, and Exchange Online takes {MOST_A_MINUTE} from a mailbox"
        yield problem(("limits", "letters_a_minute"), found, f"{MOST_A_MINUTE} or less")


_SIGN_IN = (
    '[programmes.{slug}.{table}.oauth] with provider = "microsoft", tenant and client_id; '
    "docs/graph.md says what to set up"
)

GRAPH_CHECKS: tuple[Check, ...] = (_check_graph,)
