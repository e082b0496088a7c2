"""The configuration: one file and the environment → everything the root builds from.

The tables and their checks are in `intake.configuration`; this is its door.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_bytes
from typing import Literal

from intake.configuration.accounts import make_mailboxes, make_transports
from intake.configuration.credentials import find_secret, keep_secret
from intake.configuration.facts import MailboxAccount, make_programme
from intake.configuration.fingerprints import Fingerprints, settings_fingerprints
from intake.configuration.problems import ConfigError, Problem
from intake.configuration.reading import holds_secrets, read_settings
from intake.configuration.sections import LimitsSection, MetricsSection, Settings, WatchSection
from intake.configuration.sign_ins import SignIns, make_sign_ins, token_files
from intake.configuration.transports import TransportAccount
from responders.budgets import Caps
from responders.delivery import DeliverySettings
from storage.domain.programme import Programme
from storage.domain.watch import Limits
from storage.privacy.retention import Retention

__all__ = [
    "ConfigError",
    "Configuration",
    "MailboxAccount",
    "Problem",
    "default_templates_folder",
    "example_path",
    "find_brought",
    "find_configuration",
    "load_configuration",
]

CONFIG_VARIABLE = "POSTROOM_CONFIG"
CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Metrics:
    """Where Prometheus finds how it is: a file, a port of the loopback, or neither."""

    file: Path | None = None
    port: int | None = None

    @classmethod
    def of(cls, section: MetricsSection, folder: Path) -> "Metrics":
        """What a table says; relative paths start from `folder`."""
        return cls(folder / section.file if section.file else None, section.port)


@dataclass(frozen=True)
class Configuration:
    """All that an installation runs on. No text of it shows a secret.

    `mailboxes` and `transports` are by the slug of their programme; a programme may be without
    either. `poll` is the longest pause between two looks into the mailboxes. `secret` keys the
    Message-IDs of letters. `holds_secrets_in_file`: the file itself has a secret in it. `watch`
    says when something counts as trouble, `metrics` where Prometheus finds how it is, `token_files`
    where each programme's access tokens are, `sign_ins` how Postroom gets its own, `fingerprints`
    which settings are others than before.
    """

    path: Path
    data_folder: Path
    database_url: str = field(repr=False)
    templates_folder: Path
    programmes: tuple[Programme, ...]
    mailboxes: Mapping[str, MailboxAccount]
    transports: Mapping[str, TransportAccount]
    delivery: DeliverySettings
    poll: timedelta
    trusted_authserv_ids: frozenset[str]
    secret: bytes = field(repr=False)
    retention: Retention = field(default_factory=Retention)
    log_level: str = "info"
    log_form: Literal["console", "json"] = "console"
    holds_secrets_in_file: bool = False
    fingerprints: Fingerprints = field(default_factory=dict, repr=False)
    watch: Limits = field(default_factory=Limits)
    metrics: Metrics = field(default_factory=Metrics)
    token_files: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    sign_ins: SignIns = field(default_factory=dict)

    @property
    def secrets(self) -> frozenset[str]:
        """Every secret value it holds, for the log to leave out."""
        accounts = (*self.mailboxes.values(), *self.transports.values())
        passwords = (getattr(account, "password", None) for account in accounts)
        login, at, _ = self.database_url.rpartition("@")
        database = login.rpartition(":")[2] if at and login.count(":") > 1 else None
        clients = (one.client for ones in self.sign_ins.values() for one in ones.values())
        applications = (client.client_secret for client in clients)
        held = (*passwords, *applications, database, self.secret.decode(errors="replace"))
        return frozenset(value for value in held if value)


def find_configuration(option: Path | None = None) -> Path:
    """The file to use: `option`, else the one POSTROOM_CONFIG names, else the user's, else the
    system's. Raises ConfigError when there is none."""
    if option is not None:
        return option
    if named := os.environ.get(CONFIG_VARIABLE):
        return Path(named)
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    places = (home / "postroom" / "config.toml", Path("/etc/postroom/config.toml"))
    for place in places:
        if place.is_file():
            return place
    raise ConfigError(
        Problem(
            "no configuration",
            "",
            f"none at {' or '.join(map(str, places))}",
            f"--config FILE, or {CONFIG_VARIABLE}=FILE in the environment; "
            "make a file with: postroom init DIR",
        )
    )


def load_configuration(path: Path, *, is_scratch: bool = False) -> Configuration:
    """The configuration of the file at `path` and the environment.

    Relative paths in it start from the file's folder. Makes the secret in the data folder if
    there is none; with `is_scratch` one for this process only, and nothing is written. Raises
    ConfigError with every problem that was found.
    """
    settings = read_settings(path := path.absolute())
    folder = path.parent
    data_folder = folder / settings.data_folder
    sections = settings.programmes.items()
    sign_ins = make_sign_ins(
        settings, folder=folder, data_folder=data_folder, clock=lambda: datetime.now(UTC)
    )
    return Configuration(
        path=path,
        data_folder=data_folder,
        database_url=_database_url(settings, data_folder),
        templates_folder=_templates_folder(settings, folder),
        programmes=tuple(make_programme(slug, section) for slug, section in sections),
        mailboxes=make_mailboxes(settings, sign_ins, folder),
        transports=make_transports(settings, sign_ins, folder),
        delivery=_delivery(settings),
        poll=timedelta(seconds=settings.poll_seconds),
        trusted_authserv_ids=frozenset(
            name.lower() for name in settings.safety.trusted_authserv_ids
        ),
        retention=_retention(settings),
        secret=_secret(settings, folder, None if is_scratch else data_folder),
        log_level=settings.log.level,
        log_form=settings.log.form,
        holds_secrets_in_file=holds_secrets(settings),
        watch=_watch(settings.watch),
        fingerprints=settings_fingerprints(settings),
        metrics=Metrics.of(settings.metrics, folder),
        token_files=token_files(settings.programmes, sign_ins, folder),
        sign_ins=sign_ins,
    )


def default_templates_folder() -> Path:
    """The templates that Postroom brings."""
    return find_brought("templates", checkout=CHECKOUT, prefix=Path(sys.prefix))


def example_path() -> Path:
    """The example configuration that Postroom brings."""
    return find_brought("config.example.toml", checkout=CHECKOUT, prefix=Path(sys.prefix))


def find_brought(name: str, *, checkout: Path, prefix: Path) -> Path:
    """Where a file or folder lies that Postroom brings: in the checkout it runs from, else where
    a wheel puts it."""
    ours = checkout / name
    return ours if ours.exists() else prefix / "share" / "postroom" / name


def _templates_folder(settings: Settings, folder: Path) -> Path:
    if settings.templates_folder is None:
        return default_templates_folder()
    return folder / settings.templates_folder


def _database_url(settings: Settings, data_folder: Path) -> str:
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    return f"sqlite:///{data_folder / 'ledger.db'}"


def _delivery(settings: Settings) -> DeliverySettings:
    limits: LimitsSection = settings.limits
    return DeliverySettings(
        only_to=settings.safety.only_to,
        per_minute=limits.letters_a_minute,
        caps=Caps(
            address_a_day=limits.to_an_address_a_day,
            domain_a_day=limits.to_a_domain_a_day,
            case_a_day=limits.about_a_case_a_day,
            overall_a_day=limits.overall_a_day,
            breaker_an_hour=limits.breaker_an_hour,
        ),
    )


def _retention(settings: Settings) -> Retention:
    days = settings.retention.machines_days
    return Retention(
        machines=None if days is None else timedelta(days=days),
        funded_months=settings.retention.funded_months,
    )


def _watch(section: WatchSection) -> Limits:
    return Limits(
        reading_stopped_after=timedelta(minutes=section.reading_stopped_minutes),
        sending_stopped_after=timedelta(minutes=section.sending_stopped_minutes),
        token_ends_within=timedelta(minutes=section.token_minutes),
        disk_free=section.disk_megabytes * 2**20,
    )


def _secret(settings: Settings, folder: Path, data_folder: Path | None) -> bytes:
    """`data_folder` is where one is kept if none is given, None: nowhere."""
    file = folder / settings.secret_file if settings.secret_file else None
    found = find_secret(settings.secret, file, key="secret", credential="postroom-secret")
    if found:
        return found.encode()
    return keep_secret(data_folder) if data_folder else token_bytes(32)
