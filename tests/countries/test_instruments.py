"""Treaties: what is known of them at first, when they enter into force, what is recorded later."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from countries.geography.models import Country
from countries.instruments.choices import Action, Precision
from countries.instruments.entry_into_force import (
    Deposit,
    deposits_in,
    in_force_for,
    progress_of,
)
from countries.instruments.loading import load_instruments
from countries.instruments.models import Instrument, Obligation, TreatyAction
from portal.instruments.presentation import map_of, reading_order, status_of
from tests.api import Api, queries_of
from tests.countries.pasting import taken_over
from tests.make import People

pytestmark = pytest.mark.django_db
KENYA_SIGNED = {"action": "signed", "precision": "day", "date": "2026-09-01", "source": "Register"}


def known(code: str, **values: object) -> int:
    """How many actions of an instrument are known."""
    return TreatyAction.objects.filter(instrument__code=code, **values).count()


def test_what_is_known_at_first_is_what_the_registers_say() -> None:
    dated = {"precision": "day", "country__isnull": False}
    assert known("BUDAPEST", action__in=["ratified", "acceded"]) == 81
    assert known("BUDAPEST", action="signed") == 50
    assert known("UN-CAC", action="signed", **dated) == 72
    assert (
        known("BUDAPEST-2", action="signed") == 52 and known("BUDAPEST-2", action="ratified") == 4
    )
    assert known("MALABO", action="ratified") == 16
    assert TreatyAction.objects.filter(country__isnull=False, precision="day").count() == 378
    assert Obligation.objects.filter(instrument__code="BUDAPEST").count() == 35
    assert Obligation.objects.count() == 52
    assert all(TreatyAction.objects.values_list("source", flat=True))
    for named in (*Instrument.objects.all(), *Obligation.objects.all()):
        assert {language for language, name in named.names.items() if name} == {
            "en",
            "fr",
            "es",
            "ar",
            "ru",
            "zh",
        }


def test_what_is_known_without_a_day_is_kept_apart() -> None:
    apart = TreatyAction.objects.filter(instrument__code="UN-CAC").exclude(precision="day")
    assert {(a.country.iso3 if a.country else "", a.precision) for a in apart} == {
        ("FJI", "span"),
        ("CAN", "month"),
        ("QAT", "month"),
        ("VNM", "reported"),
        ("AZE", "reported"),
    }
    (union,) = TreatyAction.objects.filter(country__isnull=True)
    assert (union.organisation, union.when) == ("European Union", "25 October 2025")
    treaty = Instrument.objects.get(code="UN-CAC")
    status = status_of(treaty, treaty.actions.select_related("country"), reading_order())
    assert status.signatures == 72 and status.progress.deposits == 0 and len(status.reported) == 5


def test_loading_again_changes_nothing_and_brings_back_nothing() -> None:
    TreatyAction.objects.filter(instrument__code="MALABO").first().delete()  # type: ignore[union-attr]
    before = TreatyAction.objects.count()
    load_instruments()
    assert (TreatyAction.objects.count(), Instrument.objects.count()) == (before, 4)


def test_every_entry_into_force_that_is_known_follows_from_the_instruments_own_rule() -> None:
    for code in ("BUDAPEST", "MALABO"):
        treaty = Instrument.objects.get(code=code)
        actions = list(treaty.actions.select_related("country"))
        progress = progress_of(treaty, deposits_in(actions))
        entered = {a.country: a.date for a in actions if a.action == Action.IN_FORCE}
        joined = {a.country: a.date for a in actions if a.action in ("ratified", "acceded")}
        assert entered and progress.in_force_on == min(filter(None, entered.values()))
        for country, day in entered.items():
            deposit = joined[country]
            assert deposit and in_force_for(treaty, deposit, progress) == day, country


@pytest.mark.parametrize(
    ("deposits", "in_force"),
    [(39, None), (40, date(2027, 5, 20)), (41, date(2027, 5, 20))],
)
def test_a_treaty_enters_into_force_so_many_days_after_the_deposit_that_is_enough(
    deposits: int, in_force: date | None
) -> None:
    treaty = Instrument.objects.get(code="UN-CAC")
    codes = Country.objects.order_by("iso3").values_list("iso3", flat=True)[:deposits]
    # the fortieth comes on 19 February 2027, the others before and after
    days = [
        date(2027, 1, 11).fromordinal(date(2027, 1, 11).toordinal() + n) for n in range(deposits)
    ]
    made = [Deposit(code, day) for code, day in zip(codes, days, strict=True)]
    progress = progress_of(treaty, made)
    assert progress.in_force_on == in_force
    if in_force is not None:
        late = in_force_for(treaty, date(2027, 6, 1), progress)
        assert late == date(2027, 7, 1) and in_force_for(treaty, days[0], progress) == in_force


def test_members_that_the_rule_names_must_be_among_the_deposits() -> None:
    treaty = Instrument.objects.get(code="BUDAPEST")
    outside = ["AUS", "BRA", "CAN", "CHL", "JPN", "USA"]
    five = [Deposit(code, date(2004, 1, 10)) for code in outside]
    assert progress_of(treaty, five).reached_on is None
    inside = [Deposit(code, date(2004, 3, 18)) for code in ("ALB", "HRV", "EST")]
    progress = progress_of(treaty, five + inside)
    assert (progress.reached_on, progress.in_force_on) == (date(2004, 3, 18), date(2004, 7, 1))


@pytest.mark.parametrize(
    ("precision", "given", "span"),
    [
        (Precision.DAY, date(2026, 2, 3), (date(2026, 2, 3), date(2026, 2, 3))),
        (Precision.MONTH, date(2026, 2, 3), (date(2026, 2, 1), date(2026, 2, 28))),
        (Precision.YEAR, date(2026, 2, 3), (date(2026, 1, 1), date(2026, 12, 31))),
        (Precision.REPORTED, date(2026, 2, 3), (None, None)),
    ],
)
def test_a_month_or_a_year_spans_all_its_days(
    precision: Precision, given: date, span: tuple[date | None, date | None]
) -> None:
    assert precision.span(given, None) == span


def test_an_action_is_recorded_corrected_and_taken_out_and_history_keeps_it(
    people: People, client: Client
) -> None:
    client.force_login(people.officer)
    treaty = Instrument.objects.get(code="UN-CAC")
    kenya = Country.objects.get(iso3="KEN")
    sent = KENYA_SIGNED | {"instrument": treaty.pk, "country": kenya.pk}
    assert client.post(reverse("treaty_action_new"), sent).status_code == 302
    action = TreatyAction.objects.get(instrument=treaty, country=kenya)
    place = reverse("treaty_action_edit", args=[action.pk])
    seen = client.get(place).context["seen"]
    changed = sent | {"date": "2026-09-02", "seen": seen}
    assert client.post(place, changed).status_code == 302
    action.refresh_from_db()
    assert (action.date, action.date_until) == (date(2026, 9, 2), date(2026, 9, 2))
    assert client.post(reverse("treaty_action_remove", args=[action.pk])).status_code == 302
    assert not TreatyAction.objects.filter(pk=action.pk).exists()
    history = TreatyAction.history.rel.related_model  # type: ignore[attr-defined]
    labels = history.objects.filter(pgh_obj_id=action.pk).order_by("pgh_id")
    assert list(labels.values_list("pgh_label", flat=True)) == ["insert", "update", "delete"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"date": ""}, "date"),
        ({"date": "soon"}, "date"),
        ({"date": "2199-01-01"}, "date"),  # still ahead
        ({"date": "0926-09-01"}, "date"),
        ({"precision": "span"}, "date_until"),
        ({"country": "", "organisation": ""}, "country"),
        ({"organisation": "European Union"}, "country"),
        ({"source": ""}, "source"),
        ({"action": "liked"}, "action"),
    ],
)
def test_a_wrong_action_is_answered_with_a_sentence_and_changes_nothing(
    people: People, client: Client, wrong: dict[str, str], field: str
) -> None:
    client.force_login(people.officer)
    about = {
        "instrument": Instrument.objects.get(code="UN-CAC").pk,
        "country": Country.objects.get(iso3="KEN").pk,
    }
    before = TreatyAction.objects.count()
    answer = client.post(reverse("treaty_action_new"), KENYA_SIGNED | about | wrong)
    assert answer.status_code == 422 and answer.context["form"].errors[field]
    assert TreatyAction.objects.count() == before


def test_the_same_action_is_not_entered_twice() -> None:
    action = TreatyAction.objects.filter(country__isnull=False).first()
    assert action is not None
    action.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        action.save()


TABLE = """Country;Instrument;Action;Date;Source
Kenya;UN-CAC;signed;2026-09-01;Register of 1 October 2026
Bresil;UN-CAC;ratifié;2026-10;Register of 1 October 2026
Albania;BUDAPEST;signed;2001-11-23;Council of Europe Treaty Office, chart of signatures and \
ratifications of treaty 185, as of 25 April 2026
"""


def test_a_table_is_shown_first_and_then_taken_as_a_whole(people: People, client: Client) -> None:
    client.force_login(people.administrator)
    place, before = reverse("treaty_actions_import"), TreatyAction.objects.count()
    shown = client.post(place, {"text": TABLE.replace("Bresil", "Brésil")})
    preview = shown.context["preview"]
    assert shown.status_code == 200 and (preview.new, preview.changed, preview.known) == (2, 0, 1)
    assert TreatyAction.objects.count() == before
    sent = {"text": shown.context["text"], "stamp": preview.stamp, "import": "yes"}
    taken = client.post(place, sent)
    assert taken.status_code == 302 and TreatyAction.objects.count() == before + 2
    brazil = TreatyAction.objects.get(country__iso3="BRA", action="ratified", precision="month")
    assert (brazil.date, brazil.date_until) == (date(2026, 10, 1), date(2026, 10, 31))
    again = client.post(place, sent)  # by now the table would change nothing: it is shown so
    assert again.status_code == 409 and again.context["preview"].known == 3
    assert TreatyAction.objects.count() == before + 2


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (TABLE.replace("Kenya", "Atlantis").replace("Bresil", "Brazil"), "Row 2"),
        (TABLE.replace("UN-CAC;signed", "SOME;signed"), "SOME"),
        (TABLE.replace(";signed;2026", ";liked;2026"), "liked"),
        (TABLE.replace("2026-09-01", "2026-13-01"), "year-month-day"),
        (TABLE.replace("2026-09-01", "2199"), "still ahead"),
        (TABLE.replace("2026-09-01", "9" * 5000), "year-month-day"),
        (TABLE.replace("Kenya", "K" * 5000), "Row 2"),
        (TABLE.replace("of 1 October", "x" * 400), "longer than 300"),
        (TABLE.replace("Source\n", "Where\n"), "Source"),
        ("Country;Instrument", "first line"),
        ("", "Paste"),
    ],
)
def test_a_wrong_table_is_answered_row_by_row_and_changes_nothing(
    people: People, client: Client, table: str, said: str
) -> None:
    client.force_login(people.officer)
    before = TreatyAction.objects.count()
    answer = client.post(reverse("treaty_actions_import"), {"text": table, "import": "yes"})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert TreatyAction.objects.count() == before


def test_a_table_makes_what_is_known_more_exact_and_never_less(
    people: People, client: Client
) -> None:
    kenya, treaty = Country.objects.get(iso3="KEN"), Instrument.objects.get(code="UN-CAC")
    action = TreatyAction.objects.create(
        country=kenya, instrument=treaty, action="signed", date=date(2026, 9, 3), source="Letter"
    )
    client.force_login(people.officer)
    head = "Country;Instrument;Action;Date;Source\n"

    def taken(day: str) -> date | None:
        text = f"{head}Kenya;UN-CAC;signed;{day};Register"
        place = reverse("treaty_actions_import")
        assert taken_over(client, place, text).status_code == 302
        found = TreatyAction.objects.get(country=kenya, instrument=treaty)
        assert found.pk == action.pk
        return found.date if found.precision == Precision.DAY else None

    assert taken("2026-09") == date(2026, 9, 3) and taken("") == date(2026, 9, 3)
    TreatyAction.objects.filter(pk=action.pk).update(
        precision="month", date=date(2026, 9, 1), date_until=date(2026, 9, 30)
    )
    assert taken("2026-09-04") == date(2026, 9, 4)


def test_two_actions_of_a_kind_are_not_taken_for_one(people: People, client: Client) -> None:
    kenya = Country.objects.get(iso3="KEN")
    about: dict[str, Any] = {
        "country": kenya,
        "instrument": Instrument.objects.get(code="UN-CAC"),
        "action": "acceded",
        "source": "Letter",
    }
    known = TreatyAction.objects.create(precision="year", date=date(2001, 1, 1), **about)
    client.force_login(people.officer)
    place, head = reverse("treaty_actions_import"), "Country;Instrument;Action;Date;Source\n"
    # another year is another action: it left, and came back
    taken_over(client, place, f"{head}Kenya;UN-CAC;acceded;2020-05-01;Register")
    known.refresh_from_db()
    assert known.when.endswith("2001") and TreatyAction.objects.filter(**about).count() == 1
    own = TreatyAction.objects.filter(country=kenya, action="acceded")
    assert own.count() == 2
    # of two days in one table only one can be that of the action without a day
    own.delete()
    TreatyAction.objects.create(precision="reported", **about)
    rows = "".join(f"Kenya;UN-CAC;acceded;{day};Register\n" for day in ("2001-02-03", "2020-05-01"))
    taken_over(client, place, head + rows)
    assert sorted(str(one.date) for one in own.all()) == ["2001-02-03", "2020-05-01"]


def test_what_a_colleague_corrected_after_the_preview_is_not_overwritten(
    people: People, client: Client
) -> None:
    action = TreatyAction.objects.create(
        country=Country.objects.get(iso3="KEN"),
        instrument=Instrument.objects.get(code="UN-CAC"),
        action="signed",
        date=date(2026, 9, 3),
        source="Letter",
    )
    client.force_login(people.officer)
    place = reverse("treaty_actions_import")
    text = "Country;Instrument;Action;Date;Source\nKenya;UN-CAC;signed;2026-09-03;Register"
    stamp = client.post(place, {"text": text}).context["preview"].stamp
    TreatyAction.objects.filter(pk=action.pk).update(source="Depositary's notification")
    answer = client.post(place, {"text": text, "stamp": stamp, "import": "yes"})
    assert answer.status_code == 409 and "in the meantime" in answer.content.decode()
    action.refresh_from_db()
    assert action.source == "Depositary's notification"
    seen = {"text": text, "stamp": answer.context["preview"].stamp, "import": "yes"}
    assert client.post(place, seen).status_code == 302


def test_who_left_is_neither_party_nor_reported() -> None:
    treaty = Instrument.objects.get(code="UN-CAC")
    kenya = Country.objects.get(iso3="KEN")
    for kind, year in (("signed", 2018), ("acceded", 2019), ("denounced", 2021)):
        TreatyAction.objects.create(
            country=kenya, instrument=treaty, action=kind, date=date(year, 5, 5), source="Register"
        )
    actions = treaty.actions.select_related("country").order_by("date", "id")
    status = status_of(treaty, actions, reading_order())
    (left,) = status.former_parties
    assert left.country == kenya and not left.is_signatory and not left.is_party
    kinds = {tile.country: tile.kind.words for tile in map_of(status).tiles}
    assert kinds[kenya] == "left"


def test_a_file_with_characters_that_are_no_text_is_refused(people: People, client: Client) -> None:
    client.force_login(people.officer)
    for wrong in (TABLE.encode().replace(b"Kenya", b"Ken\0ya"), b"\xff\xfe" + TABLE.encode()):
        file = SimpleUploadedFile("actions.csv", wrong)
        answer = client.post(reverse("treaty_actions_import"), {"file": file, "import": "yes"})
        assert answer.status_code == 422 and answer.context["form"].errors


def test_who_only_reads_cannot_record(people: People, client: Client) -> None:
    action = TreatyAction.objects.all()[0]
    client.force_login(people.kenya)
    assert client.get(reverse("instruments")).status_code == 200
    assert client.get(reverse("instrument", args=["BUDAPEST"])).status_code == 200
    for name, args in (
        ("treaty_action_new", []),
        ("treaty_actions_import", []),
        ("treaty_action_edit", [action.pk]),
        ("treaty_action_remove", [action.pk]),
        ("obligation_help", ["BUDAPEST"]),
    ):
        assert client.post(reverse(name, args=args), KENYA_SIGNED).status_code in (403, 404, 405)


def test_a_focal_point_reads_nothing_of_who_was_helped(people: People, client: Client) -> None:
    client.force_login(people.kenya)
    text = client.get(reverse("instrument", args=["UN-CAC"])).content.decode()
    assert "Joined after help" not in text
    client.force_login(people.officer)
    assert (
        "Joined after help" in client.get(reverse("instrument", args=["UN-CAC"])).content.decode()
    )


def test_the_api_tells_instruments_actions_and_obligations(people: People) -> None:
    api = Api(people.kenya)
    treaty = api.get("instruments/BUDAPEST/").json()
    assert treaty["entry_into_force"] == {
        "deposits": 81,
        "needed": 5,
        "reached_on": "2004-03-18",
        "in_force_on": "2004-07-01",
    }
    assert api.get("treaty-actions/count/", instrument="UN-CAC", action="signed").json() == {
        "count": 75,  # Fiji, Canada and the European Union beside the 72
        "exact": True,
    }
    (signed,) = api.rows("treaty-actions/", instrument="BUDAPEST", country="IRL")
    assert (signed["action"], signed["date"], signed["country"]) == ("signed", "2002-02-28", "IRL")
    (article,) = [
        o
        for o in api.rows("obligations/", instrument="BUDAPEST", page_size=100)
        if o["article"] == "35"
    ]
    assert article["code"] == "BUDAPEST-35"
    assert article in api.rows("obligations/", q="24/7") and article in api.rows(
        "obligations/", q="budapest-35"
    )
    assert api.get("treaty-actions/", instrument="NONE").status_code == 400


def test_lists_take_no_more_queries_for_more_rows(people: People, client: Client) -> None:
    for path in ("treaty-actions/?page_size=%s", "obligations/?page_size=%s"):
        assert queries_of(people.kenya, path % 2) == queries_of(people.kenya, path % 100)
    client.force_login(people.officer)
    counts = []
    for query in ("?country=IRL", ""):
        client.get(reverse("treaty_actions") + query)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("treaty_actions") + query)
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 1  # the total is counted where there is a next page
    counts = []
    addresses = [reverse("instrument", args=[code]) for code in ("MALABO", "BUDAPEST")]
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    counts = []
    for few in (True, False):
        client.get(reverse("instruments"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("instruments"))
        counts.append(len(asked))
        if few:
            for code in ("NEW-1", "NEW-2"):
                Instrument.objects.create(code=code, names={"en": code}, deposits_needed=5)
    assert counts[0] == counts[1]


def test_the_list_is_filtered_sorted_and_exported(people: People, client: Client) -> None:
    client.force_login(people.kenya)
    address = reverse("treaty_actions_export") + "?instrument=MALABO&action=ratified&sort=country"
    answer = client.get(address)
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 17 and "Malabo" not in lines[0] and "African Union" in lines[1]
    wrong = client.get(reverse("treaty_actions_export") + "?instrument=NONE")
    assert wrong.status_code == 302
