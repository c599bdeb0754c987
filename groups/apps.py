from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = "What and when: support groups"

    def ready(self) -> None:
        """Note every change to what search knows, from the first one on."""
        from .search.snapshot.signals import listen

        listen()
