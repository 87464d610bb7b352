"""Countries, their groups, institutions and focal points."""

from django.apps import AppConfig


class CountriesConfig(AppConfig):
    """Answers whose countries a user works for."""

    name = "countries"
    verbose_name = "Countries"

    def ready(self) -> None:
        """Registers what `accounts` asks for."""
        from core import access
        from countries import audit
        from countries.focal_points import holdings
        from countries.focal_points.querysets import clearing_ids_of, country_ids_of

        access.register("countries", country_ids_of)
        access.register("clearing", clearing_ids_of)
        audit.register_own()
        holdings.register_all()
