"""Instruments, treaty actions and obligations as the API shows them."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.addresses import absolute_url
from countries.instruments.entry_into_force import deposits_in, progress_of
from countries.instruments.models import Instrument, Obligation, TreatyAction


class ProgressSerializer(serializers.Serializer[dict[str, object]]):
    """How far an instrument is from entering into force, by the deposits whose day is known."""

    deposits = serializers.IntegerField()
    needed = serializers.IntegerField()
    reached_on = serializers.DateField(allow_null=True)
    in_force_on = serializers.DateField(allow_null=True)


class InstrumentSerializer(serializers.ModelSerializer[Instrument]):
    """A treaty, and how far it is from entering into force by its own rule."""

    url = serializers.SerializerMethodField()
    name = serializers.CharField(read_only=True, help_text="In the reader's language.")
    short_name = serializers.CharField(read_only=True)
    names = serializers.DictField(child=serializers.CharField(), read_only=True)
    entry_into_force = serializers.SerializerMethodField()

    class Meta:
        model = Instrument
        fields = [
            "id",
            "url",
            "code",
            "name",
            "short_name",
            "names",
            "reference",
            "depositary",
            "source",
            "adopted_on",
            "opened_on",
            "closes_on",
            "deposits_needed",
            "entry_into_force",
        ]

    def get_url(self, instrument: Instrument) -> str:
        """Absolute."""
        return absolute_url(
            "api-instrument-detail", instrument.code, request=self.context.get("request")
        )

    @extend_schema_field(ProgressSerializer)
    def get_entry_into_force(self, instrument: Instrument) -> dict[str, object]:
        """By its rule; the view has fetched the deposits."""
        progress = progress_of(instrument, deposits_in(instrument.actions.all()))
        return {
            "deposits": progress.deposits,
            "needed": progress.needed,
            "reached_on": progress.reached_on,
            "in_force_on": progress.in_force_on,
        }


class TreatyActionSerializer(serializers.ModelSerializer[TreatyAction]):
    """What a country or an organisation did about an instrument. `date` is null where the action
    was reported without one; where only the month or year is known (`precision`), it is the first
    day of that, and `date_until` the last."""

    url = serializers.SerializerMethodField()
    instrument = serializers.CharField(source="instrument.code", read_only=True)
    country = serializers.CharField(source="country.iso3", read_only=True, default=None)

    class Meta:
        model = TreatyAction
        fields = [
            "id",
            "url",
            "instrument",
            "country",
            "organisation",
            "action",
            "precision",
            "date",
            "date_until",
            "source",
            "note",
        ]

    def get_url(self, action: TreatyAction) -> str:
        """Absolute."""
        return absolute_url(
            "api-treaty-action-detail", action.pk, request=self.context.get("request")
        )


class ObligationSerializer(serializers.ModelSerializer[Obligation]):
    """What an instrument obliges its parties to; requests and engagements name it by its code."""

    url = serializers.SerializerMethodField()
    instrument = serializers.CharField(source="instrument.code", read_only=True)
    name = serializers.CharField(read_only=True, help_text="In the reader's language.")

    class Meta:
        model = Obligation
        fields = ["id", "url", "code", "instrument", "article", "name", "pillar", "source"]

    def get_url(self, obligation: Obligation) -> str:
        """Absolute."""
        return absolute_url(
            "api-obligation-detail", obligation.code, request=self.context.get("request")
        )
