"""The tables of the configuration that say where things are and how letters leave."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from intake.configuration.fields import File, Line, Receiver, Section, Slug
from intake.configuration.programmes import ProgrammeSection

ENVIRONMENT_PREFIX = "POSTROOM_"
NESTED = "__"


class LogSection(Section):
    """What the log on standard error looks like. It never holds names, addresses or texts."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least important lines that are written."
    )
    form: Literal["console", "json"] = Field(
        default="console", description="`console` for people, `json` for a log collector."
    )


class SafetySection(Section):
    """What may leave, and whose word is believed."""

    only_to: tuple[Receiver, ...] | None = Field(
        default=None,
        description="While this is set, letters go only to these addresses and whole domains; "
        "all others are held. Take it out to go live.",
        examples=[["rosalind.okoro@leadership.nhs.example", "@heartlands.nhs.example"]],
    )
    trusted_authserv_ids: tuple[Line, ...] = Field(
        default=(),
        description="The names by which your own receiving servers sign their "
        "Authentication-Results headers. Results under any other name are ignored.",
        examples=[["mx2.leadership.nhs.example"]],
    )


class LimitsSection(Section):
    """How many automatic letters may leave. A letter beyond a limit is held, never dropped."""

    letters_a_minute: int | None = Field(
        default=None,
        gt=0,
        description="What your sending server accepts in a minute, all programmes together; "
        "without it there is no such limit.",
        examples=[30],
    )
    to_an_address_a_day: int = Field(
        default=6, gt=0, description="To one address in any 24 hours.", examples=[6]
    )
    to_a_domain_a_day: int = Field(
        default=500,
        gt=0,
        description="To all addresses of one domain in any 24 hours.",
        examples=[500],
    )
    about_a_case_a_day: int = Field(
        default=8, gt=0, description="About one case in any 24 hours.", examples=[8]
    )
    overall_a_day: int = Field(
        default=2000, gt=0, description="In all, in any 24 hours.", examples=[2000]
    )
    breaker_an_hour: int = Field(
        default=500,
        gt=0,
        description="More than this in one hour stops automatic letters until a person looks.",
        examples=[500],
    )


class RetentionSection(Section):
    """How long things are kept. What applicants who were not funded sent is kept as long as their
    programme's `keep_months` says; nothing of theirs goes before a person approved it."""

    machines_days: int | None = Field(
        default=None,
        gt=0,
        le=3650,
        description="Bounces, automatic replies and bulk mail that belong to no case are erased by "
        "themselves after so many days, in the ledger and in the mailbox; without it they are "
        "kept.",
        examples=[90],
    )
    funded_months: int = Field(
        default=84,
        gt=0,
        le=600,
        description="Records of funded work are proposed for erasing after so many months without "
        "news.",
        examples=[84],
    )


class WatchSection(Section):
    """When organisers are told that Postroom itself is in trouble."""

    reading_stopped_minutes: int = Field(
        default=15,
        gt=0,
        description="A mailbox that could not be read for so long is trouble.",
        examples=[15],
    )
    sending_stopped_minutes: int = Field(
        default=15,
        gt=0,
        description="So is a server that takes no letter for so long.",
        examples=[15],
    )
    token_minutes: int = Field(
        default=10,
        gt=0,
        description="So is an access token in a `token_file` that ends within so many minutes, "
        "where it says when it ends.",
        examples=[10],
    )
    disk_megabytes: int = Field(
        default=500,
        gt=0,
        description="So is it when less than this is free where `data_folder` is.",
        examples=[500],
    )


class MetricsSection(Section):
    """Where Prometheus finds how Postroom is while `postroom run` runs: nowhere without a key."""

    file: File | None = Field(
        default=None,
        description="A file that is written anew after each tick, for the textfile collector of "
        "node_exporter; it ends in `.prom`.",
        examples=["/var/lib/prometheus/node-exporter/postroom.prom"],
    )
    port: int | None = Field(
        default=None,
        gt=0,
        lt=65536,
        description="A port of this machine (127.0.0.1) on which it is served.",
        examples=[9465],
    )


class Settings(BaseSettings):
    """A whole configuration. The environment comes before the file."""

    model_config = SettingsConfigDict(
        extra="forbid",
        frozen=True,
        env_prefix=ENVIRONMENT_PREFIX,
        env_nested_delimiter=NESTED,
    )

    data_folder: File = Field(
        default=Path("var"),
        description="Where the ledger, the raw messages and the secret are kept.",
        examples=["/var/lib/postroom"],
    )
    templates_folder: File | None = Field(
        default=None,
        description="Your letters; without it, those that Postroom brings.",
        examples=["templates"],
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="The ledger's database; without it, an SQLite file in `data_folder`.",
        examples=["postgresql+psycopg://postroom@db.leadership.nhs.example/postroom"],
    )
    poll_seconds: int = Field(
        default=60,
        ge=5,
        le=3600,
        description="The longest pause between two looks into the mailboxes.",
        examples=[60],
    )
    secret: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="What the Message-IDs of letters are keyed with; without it, one is made "
        "once and kept in `data_folder`. All copies of one installation need the same.",
    )
    secret_file: File | None = Field(
        default=None, description="A file that holds the secret.", examples=["/etc/postroom/secret"]
    )
    log: LogSection = Field(default=LogSection(), description="How the log is written.")
    safety: SafetySection = Field(
        default=SafetySection(), description="What may leave, and whose word is believed."
    )
    limits: LimitsSection = Field(
        default=LimitsSection(), description="How many automatic letters may leave."
    )
    retention: RetentionSection = Field(
        default=RetentionSection(), description="How long things are kept."
    )
    metrics: MetricsSection = Field(
        default=MetricsSection(), description="Where Prometheus finds how Postroom is."
    )
    watch: WatchSection = Field(
        default=WatchSection(),
        description="When organisers are told that Postroom itself is in trouble.",
    )
    programmes: dict[Slug, ProgrammeSection] = Field(
        min_length=1, description="What one can apply to, each by its short name."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  the signature is the library's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, then the file, whose tables are handed over as arguments."""
        return env_settings, init_settings


class FileSettings(Settings):
    """The same without the environment, and even without a programme: what is left of a file when
    what is wrong is set aside."""

    programmes: dict[Slug, ProgrammeSection] = Field(default_factory=dict)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The file alone."""
        return (init_settings,)
