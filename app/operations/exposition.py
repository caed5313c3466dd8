"""The figures as Prometheus reads them: what is known when it asks, and what was counted."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from prometheus_client import CollectorRegistry, generate_latest, multiprocess
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector

from app.operations.gauges import Figure

SHARED = "PROMETHEUS_MULTIPROC_DIR"


class Figures(Collector):
    """Figures that are told and forgotten.

    The library's own `Gauge` would write a file for each process that was ever asked, and every
    later answer would tell all of them again, dead ones too.
    """

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._figures = figures

    def collect(self) -> Iterable[GaugeMetricFamily]:
        families = dict[str, GaugeMetricFamily]()
        for figure in self._figures:
            names, values = [name for name, _ in figure.labels], [text for _, text in figure.labels]
            family = families.get(figure.name) or GaugeMetricFamily(
                figure.name, figure.help, labels=names
            )
            families[figure.name] = family
            family.add_metric(values, figure.value)
        return families.values()


def gauges(figures: Iterable[Figure]) -> bytes:
    registry = CollectorRegistry()
    registry.register(Figures(figures))
    return generate_latest(registry)


def counted() -> bytes:
    """What the processes of this machine have counted together, or this one alone."""
    if SHARED not in os.environ:
        return generate_latest()
    forget_the_dead(Path(os.environ[SHARED]))
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def forget_the_dead(folder: Path) -> None:
    """Remove the gauges of processes that have ended; what they counted goes on counting."""
    for file in folder.glob("gauge_*.db"):
        if not _lives(int(file.stem.rpartition("_")[2])):
            file.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    if os.name != "posix":
        return True  # Windows would take the question for an order to end
    with suppress(PermissionError):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
    return True
