"""How Postroom is, in numbers for Prometheus: written to a file that node_exporter reads, or served
on this machine. Each look asks the ledger."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from wsgiref.simple_server import WSGIServer

import structlog
from prometheus_client import CollectorRegistry, Metric, start_http_server, write_to_textfile
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from intake.commands.vital_signs import Health
from storage import watches
from storage.domain.watch import Pulse, TroubleKind

log = structlog.get_logger(__name__)

LOOPBACK = "127.0.0.1"

Examine = Callable[[], Health]


class HealthCollector(Collector):
    """Numbers of what `examine` finds whenever somebody asks."""

    def __init__(self, examine: Examine) -> None:
        self._examine = examine

    def collect(self) -> Iterable[Metric]:
        return metrics_of(self._examine())


def registry_of(examine: Examine) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(HealthCollector(examine))
    return registry


def write_metrics(path: Path, examine: Examine) -> None:
    """Write the file anew, whole. One that can't be written is logged: nothing depends on it."""
    try:
        write_to_textfile(str(path), registry_of(examine))
    except OSError as error:
        log.warning("metrics not written", error=type(error).__name__)


def serve_metrics(port: int, examine: Examine) -> WSGIServer:
    """Serve them on the loopback from now on, in a thread of its own. Raises OSError where the port
    is taken."""
    server, _ = start_http_server(port, addr=LOOPBACK, registry=registry_of(examine))
    return server


def metrics_of(health: Health) -> Iterator[Metric]:
    """Every number, with its name and meaning. Times are in seconds since 1970."""
    yield _one("postroom_healthy", "1 where all that must work does", int(health.is_well))
    signs = GaugeMetricFamily(
        "postroom_sign",
        "0 well, 1 waits for a person, 2 bad",
        labels=("sign", "programme"),
    )
    for sign in health.signs:
        level = ("ok", "look", "bad").index(sign.level)
        signs.add_metric((sign.name, sign.programme or ""), level)
    yield signs
    vitals = health.vitals
    if vitals is None:
        return
    yield from _times(vitals.pulses)
    yield _by("postroom_letters", "Letters of the outbox", "state", vitals.letters)
    yield _by("postroom_messages", "Messages that came", "state", vitals.messages)
    kinds = [trouble.kind for trouble in vitals.troubles]
    troubles = {str(kind): kinds.count(kind) for kind in TroubleKind}
    yield _by("postroom_trouble", "Troubles that are not over", "kind", troubles)
    yield _one("postroom_uncertain_letters", "May have left or not", vitals.uncertain)
    waits = health.at - vitals.oldest_waiting_at if vitals.oldest_waiting_at else None
    seconds = waits.total_seconds() if waits else 0
    yield _one("postroom_oldest_letter_seconds", "How long a letter waits at most", seconds)
    differ = {one.programme: one.lasting for one in vitals.reconciled}
    name = "postroom_reconciliation_differences"
    yield _by(name, "Differences of mailbox and ledger", "programme", differ)


def _times(pulses: Mapping[str, Pulse]) -> Iterator[Metric]:
    """When each mailbox was last read, each transport last took a letter, a tick last ended."""
    for what, name, meaning in (
        (watches.READING, "postroom_last_read_seconds", "When a mailbox was last read"),
        (watches.SENDING, "postroom_last_sent_seconds", "When a letter last left"),
    ):
        known = watches.of_programmes(pulses, what).items()
        times = {slug: pulse.well_at.timestamp() for slug, pulse in known if pulse.well_at}
        yield _by(name, meaning, "programme", times)
    ended_at = pulses.get(watches.TICK, Pulse()).well_at
    if ended_at is not None:
        yield _one("postroom_last_tick_seconds", "When a tick last ended", ended_at.timestamp())


def _one(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=value)


def _by(name: str, meaning: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=(label,))
    for told, value in values.items():
        family.add_metric((told,), value)
    return family
