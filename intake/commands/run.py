"""`postroom run`: the poller, for good."""

from datetime import UTC, datetime
from functools import partial
from typing import Annotated

import structlog
import typer

from intake.app import App
from intake.commands.context import ConfigOption, configuration_of
from intake.commands.metrics import serve_metrics, write_metrics
from intake.commands.vital_signs import examine
from intake.config import Configuration
from intake.mailboxes import open_mailbox
from intake.scheduler import Heartbeat
from intake.systemd import Supervisor
from responders.delivery import Clock

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
    supervisor = Supervisor()
    with App(configuration, clock=clock) as application:
        application.reader.prepare()
        heartbeat = Heartbeat(
            partial(_beat, application, clock),
            interval=configuration.poll,
            watchers=[partial(open_mailbox, account) for account in accounts],
            alive=supervisor.alive,
        )
        _serve(configuration, clock)
        log.info("watching" if watch else "polling", programmes=list(configuration.mailboxes))
        supervisor.ready()
        heartbeat.run()
        supervisor.stopping()
    log.info("stopped")


def _beat(application: App, clock: Clock) -> None:
    """A tick, and what Prometheus is to see of it."""
    application.try_to_tick(clock())
    file = application.configuration.metrics.file
    if file is not None:
        write_metrics(file, lambda: examine(application.configuration, clock()))


def _serve(configuration: Configuration, clock: Clock) -> None:
    """A port that is taken keeps nobody from being answered."""
    port = configuration.metrics.port
    if port is None:
        return
    try:
        serve_metrics(port, lambda: examine(configuration, clock()))
    except OSError as error:
        log.error("metrics not served", port=port, error=type(error).__name__)
