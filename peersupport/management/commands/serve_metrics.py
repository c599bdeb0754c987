import threading
from typing import Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from peersupport.metrics.files import use_folder


class Command(BaseCommand):
    """Serves figures for Prometheus, in a process of its own: the site's own port has none."""

    help = "Serve figures for Prometheus at METRICS_ADDRESS, added up over all processes of the site on this machine."

    def handle(self, **options: Any) -> None:
        host, _, port = settings.METRICS_ADDRESS.rpartition(":")
        if not port.isdecimal():
            raise CommandError("Set METRICS_ADDRESS to where to serve them, such as 127.0.0.1:9464.")
        use_folder()
        from prometheus_client import CollectorRegistry, multiprocess, start_http_server

        from peersupport.metrics.site import SiteCollector

        registry = CollectorRegistry()
        cast(Any, multiprocess).MultiProcessCollector(registry)
        registry.register(SiteCollector())
        try:
            server, _ = start_http_server(int(port), host or "127.0.0.1", registry)
        except OSError as error:
            raise CommandError(f"{settings.METRICS_ADDRESS} cannot be used: {error.strerror}.") from error
        self.stdout.write(f"Figures are at http://{host or '127.0.0.1'}:{server.server_port}/metrics")
        self.stdout.flush()
        threading.Event().wait()
