"""`postroom run`: the poller, for good."""

from datetime import UTC, datetime
from functools import partial
from typing import Annotated

import structlog
import typer

from intake.app import App
from intake.commands.context import ConfigOption, configuration_of
from intake.mailboxes import open_mailbox
from intake.scheduler import Heartbeat

log = structlog.get_logger(__name__)

app = typer.Typer(add_completion=False)


@app.command()
def run(
    ctx: typer.Context,
    watch: Annotated[
        bool, typer.Option(help="Answer within seconds, by watching the mailboxes.")
    ] = True,
    config: ConfigOption = None,
) -> None:
    """Read, understand and answer until told to stop (Ctrl-C or SIGTERM).

    Example: postroom --config /etc/postroom/config.toml run
    """
    configuration = configuration_of(ctx, config)
    accounts = configuration.mailboxes.values() if watch else ()
    clock = partial(datetime.now, UTC)
    with App(configuration, clock=clock) as application:
        heartbeat = Heartbeat(
            lambda: application.tick_or_wait(clock()),
            interval=configuration.poll,
            watchers=[partial(open_mailbox, account) for account in accounts],
        )
        log.info("watching" if watch else "polling", programmes=list(configuration.mailboxes))
        heartbeat.run()
    log.info("stopped")
