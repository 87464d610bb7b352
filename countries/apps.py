"""Countries, their groups, institutions and focal points."""

from django.apps import AppConfig


class CountriesConfig(AppConfig):
    """Answers whose countries a user works for."""

    name = "countries"
    verbose_name = "Countries"

    def ready(self) -> None:
        """Registers what `accounts` asks for."""
        from audit.registry import register_subjects
        from core.access import ACCESS
        from countries import audit
        from countries.focal_points import holdings
        from countries.focal_points.querysets import (
            clearing_for,
            country_ids_of,
            designated_for,
        )
        from countries.processes.models import SessionDocument
        from files.registry import OWNERS

        ACCESS.register("countries", country_ids_of)
        ACCESS.register("designated", designated_for)
        ACCESS.register("clearing", clearing_for)
        OWNERS.register("session_document", SessionDocument)
        register_subjects(audit.own_subjects())
        holdings.register_own_holdings()
