"""Metrics of the site as a whole, read from the database when Prometheus scrapes."""

from collections.abc import Iterator

from django.db import Error, close_old_connections
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from common.choices import EmailState
from common.models import OutgoingEmail
from groups.search.snapshot.hot_queries import directory_state
from peersupport.models import CommandRun


class SiteCollector(Collector):
    """Collects metrics from the database; of one that does not answer, only that it does not."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        close_old_connections()
        try:
            yield from [*self._figures(), _gauge("alongside_database_up", "Whether the database answers.", 1)]
        except Error:
            yield _gauge("alongside_database_up", "Whether the database answers.", 0)
        finally:
            close_old_connections()

    def _figures(self) -> Iterator[GaugeMetricFamily]:
        state = directory_state()
        yield _gauge(
            "alongside_directory_last_change",
            "The number of the last change of the directory.",
            state.number,
        )
        runs = GaugeMetricFamily(
            "alongside_command_finished_timestamp_seconds",
            "When a command that a timer runs last ended well.",
            labels=["command"],
        )
        for name, finished_at in CommandRun.objects.values_list("name", "finished_at"):
            runs.add_metric([name], finished_at.timestamp())
        yield runs
        waiting = OutgoingEmail.objects.filter(state=EmailState.WAITING).count()
        yield _gauge("alongside_emails_waiting", "E-mails that are not sent yet.", waiting)


def _gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, value=value)
