"""A legacy tracker becomes engagements: all rows or none, each mistake with its place and a
sentence."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from assistance.engagements.models import Engagement, EngagementEvent
from assistance.engagements.part_models import CountryParticipation
from assistance.imports import reading, tracker
from assistance.programmes.models import Programme
from countries.geography.country_names import CountryNames, UnknownCountry
from countries.models import Country
from tests import make
from tests.api import Api

LEGACY = Path(__file__).parent / "data" / "legacy-tracker.xlsx"
HEADERS = [
    "Project ID",
    "Country",
    "ISO2",
    "Agency",
    "Title",
    "Description",
    "Budget (USD)",
    "Expense (USD)",
    "Contact",
]
DATED = [*HEADERS, "Type", "Pillar", "Start date", "End date", "Women", "Men", "Other", "Not known"]
GOOD = {
    "Project ID": "A-1",
    "Country": "Fiji",
    "ISO2": "FJ",
    "Agency": "UNDP",
    "Title": "Course",
    "Budget (USD)": "100",
    "Expense (USD)": "90",
}
PAST = {
    "Type": "Workshop",
    "Pillar": "Prevention",
    "Start date": "2024-03-04",
    "End date": "2024-03-06",
    "Women": "7",
    "Men": "9",
}

pytestmark = pytest.mark.django_db


def run(path: Path, *options: str) -> tuple[str, str]:
    """What the command prints, and the sentence with which it fails (empty where it does not)."""
    out = io.StringIO()
    try:
        call_command("import_tracker", str(path), *options, stdout=out)
    except CommandError as error:
        assert error.returncode == 1
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def as_csv(
    folder: Path, rows: list[dict[str, Any]], headers: list[str] = DATED, delimiter: str = ","
) -> Path:
    """A CSV file in UTF-8 with these headers in row 1."""
    path = folder / "tracker.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headers, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def as_xlsx(folder: Path, rows: Sequence[Sequence[Any]], name: str = "tracker.xlsx") -> Path:
    """An XLSX file with these cells from A1 on; dates are real dates and text starting with = is a
    formula that failed."""
    path = folder / name
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd.mm.yyyy"})
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(
                    number, place, datetime(value.year, value.month, value.day), day
                )
            elif isinstance(value, str) and value.startswith("="):
                sheet.write_formula(number, place, value, None, "#DIV/0!")
            else:
                sheet.write(number, place, value)
    book.close()
    return path


def nothing_is_loaded(path: Path) -> str:
    """The output of a load that fails; nothing was loaded."""
    text, failure = run(path, "--apply")
    assert failure
    assert not Engagement.objects.exists()
    assert not EngagementEvent.objects.exists()
    return text + failure


# The real file


def test_the_sixty_real_records_load_with_their_countries() -> None:
    text, failure = run(LEGACY, "--apply")
    assert not failure
    assert "60 engagements were loaded." in text
    expected = {
        str(row[0]): str(row[2])
        for row in CalamineWorkbook.from_path(LEGACY).get_sheet_by_index(0).to_python()[3:]
    }
    assert len(expected) == 60
    loaded = {
        e.foreign_id: e for e in Engagement.objects.prefetch_related("recorded_countries__country")
    }
    assert {
        key: [c.country.iso2 for c in e.recorded_countries.all()] for key, e in loaded.items()
    } == {k: [v] for k, v in expected.items()}
    lesotho = loaded["00013402"]
    assert (lesotho.state, lesotho.origin, lesotho.organisation) == (
        "recorded",
        "imported",
        "United Nations Development Programme",
    )
    assert (lesotho.budget, lesotho.expense, lesotho.currency) == (
        Decimal(0),
        Decimal(-6772),
        "USD",
    )
    assert lesotho.contact == "registry.ls@undp.org"
    assert (lesotho.pillar, lesotho.type, lesotho.starts_on, lesotho.parts.count()) == (
        None,
        "",
        None,
        0,
    )
    numbers = sorted(int(e.reference[-4:]) for e in loaded.values())
    assert numbers == list(range(numbers[0], numbers[0] + 60))
    assert set(EngagementEvent.objects.values_list("action", "to_state")) == {
        ("import", "recorded")
    }
    assert EngagementEvent.objects.count() == 60


def test_a_preview_shows_each_record_and_changes_nothing() -> None:
    text, failure = run(LEGACY)
    assert not failure
    assert "60 engagements would be made." in text
    assert "Mistake" not in text
    assert not Engagement.objects.exists()
    row = next(line for line in text.splitlines() if line.lstrip().startswith("23 "))
    assert "Lesotho" in row
    assert "-6,772.00 USD" in row
    assert "the budget is zero; the expense is below zero" in text


def test_a_second_load_makes_nothing_and_is_no_failure() -> None:
    run(LEGACY, "--apply")
    text, failure = run(LEGACY, "--apply")
    assert not failure
    assert "0 engagements were loaded. 60 are already there." in text
    assert Engagement.objects.count() == EngagementEvent.objects.count() == 60


def test_a_record_that_an_officer_changed_since_is_still_already_there() -> None:
    run(LEGACY, "--apply")
    Engagement.objects.filter(foreign_id="00013402").update(title="Corrected here")
    assert run(LEGACY, "--apply")[1] == ""


def test_a_focal_point_sees_the_records_of_their_country_only(people: make.People) -> None:
    run(LEGACY, "--apply")
    seen = Engagement.objects.visible_to(people.fiji)
    assert [e.foreign_id for e in seen] == ["00012637"]
    assert Engagement.objects.visible_to(people.officer).count() == 60
    assert not Engagement.objects.visible_to(people.kenya).exists()
    assert not Engagement.objects.visible_to(people.administrator).exists()


def test_errors_of_formulas_are_found_in_sheets_of_many_pieces(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Country", "Title", "Description", "Budget"]]
    rows += [["Fiji", f"Course {n}", n / 7, "=1/0" if n % 1000 == 999 else n] for n in range(12000)]
    text = nothing_is_loaded(as_xlsx(tmp_path, rows))
    assert "Nothing was loaded: 12 mistakes." in text
    assert "row 12001, column Budget" in text


def test_the_number_of_queries_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    counts = []
    for many in (2, 40):
        path = as_csv(tmp_path, [GOOD | {"Project ID": f"{many}-{n}"} for n in range(many)])
        with CaptureQueriesContext(connection) as queries:
            tracker.preview_tracker(path, make.programme())
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Records with dates


def load_one(folder: Path, **values: Any) -> Engagement:
    """The engagement that one good row becomes."""
    text, failure = run(as_csv(folder, [GOOD | values]), "--apply")
    assert not failure, text
    return Engagement.objects.get()


def test_a_record_with_type_pillar_dates_and_participation_is_delivered(tmp_path: Path) -> None:
    made = load_one(tmp_path, **PAST)
    assert (made.state, made.type, made.pillar and made.pillar.code) == (
        "delivered",
        "workshop",
        "prevention",
    )
    assert (made.starts_on, made.ends_on) == (date(2024, 3, 4), date(2024, 3, 6))
    row = CountryParticipation.objects.select_related("country", "part").get()
    assert (row.country.iso3, row.part.engagement_id, row.part.ends_on) == (
        "FJI",
        made.pk,
        date(2024, 3, 6),
    )
    assert (row.women, row.men, row.other, row.unknown) == (7, 9, None, None)
    assert not made.recorded_countries.exists()


def test_a_blank_is_not_zero_and_a_zero_is_not_blank(tmp_path: Path) -> None:
    load_one(tmp_path, **(PAST | {"Women": "0", "Men": ""}))
    row = CountryParticipation.objects.get()
    assert (row.women, row.men) == (0, None)


def test_a_record_whose_days_are_ahead_is_planned(tmp_path: Path) -> None:
    ahead = make.programme().today() + timedelta(days=30)
    made = load_one(
        tmp_path,
        **(PAST | {"Start date": str(ahead), "End date": str(ahead), "Women": "", "Men": ""}),
    )
    assert made.state == "planned"


def test_a_past_record_without_participation_stays_recorded_and_keeps_what_it_says(
    tmp_path: Path,
) -> None:
    path = as_csv(tmp_path, [GOOD | PAST | {"Women": "", "Men": ""}])
    text, _failure = run(path, "--apply")
    assert "no participation is given" in text
    made = Engagement.objects.get()
    assert (made.state, made.type, made.starts_on) == ("recorded", "workshop", None)
    assert "Start date: 2024-03-04" in made.events.get().note


def test_equipment_needs_no_participation_to_be_delivered(tmp_path: Path) -> None:
    assert (
        load_one(tmp_path, **(PAST | {"Type": "Equipment", "Women": "", "Men": ""})).state
        == "delivered"
    )


def test_numbers_of_a_type_without_participants_are_kept_as_a_note_and_the_record_can_be_changed(
    tmp_path: Path, people: make.People
) -> None:
    path = as_csv(tmp_path, [GOOD | PAST | {"Type": "Equipment"}])
    text, _failure = run(path, "--apply")
    assert "this type has no participants" in text
    made = Engagement.objects.get()
    assert made.state == "delivered" and "Women: 7; Men: 9" in made.events.get().note
    assert CountryParticipation.objects.get().total is None
    assert (
        Api(people.officer).patch(f"engagements/{made.pk}/", {"place": "Suva"}).status_code == 200
    )
    assert run(path, "--apply")[1] == ""
    again, failure = run(
        as_csv(tmp_path, [GOOD | PAST | {"Type": "Equipment", "Title": "Other"}]), "--apply"
    )
    assert failure and "other content in: Title. " in again


def test_a_record_with_only_some_of_the_needed_columns_is_recorded_with_a_note(
    tmp_path: Path,
) -> None:
    text, _failure = run(as_csv(tmp_path, [GOOD | {"Type": "Workshop"}]), "--apply")
    assert "type, pillar, start and end date are needed together" in text
    assert Engagement.objects.get().state == "recorded"


def test_french_and_spanish_headers_and_values_are_understood(tmp_path: Path) -> None:
    french = {
        "Numéro de projet": "12",
        "Pays": "Tchad",
        "Organisme": "ONUDC",
        "Intitulé": "Atelier régional",
        "Budget (EUR)": "1 234,50",
    }
    french |= {
        "Type d’activité": "Atelier",
        "Pilier": "Prévention",
        "Date de début": "04.03.2024",
        "Date de fin": "06/03/2024",
        "Femmes": "3",
        "Hommes": "4",
    }
    assert run(as_csv(tmp_path, [french], list(french), ";"), "--apply")[1] == ""
    spanish = {
        "ID del proyecto": "13",
        "País": "Perú",
        "Organismo": "ONUDD",
        "Título del proyecto": "Taller",
        "Presupuesto": "1.234,50",
        "Tipo": "Taller",
    }
    spanish |= {"Pilar": "Prevención"}
    spanish |= {
        "Fecha de inicio": "2024-03-04",
        "Fecha de fin": "2024-03-06",
        "Mujeres": "3",
        "Hombres": "4",
    }
    assert run(as_csv(tmp_path, [spanish], list(spanish), "\t"), "--apply")[1] == ""
    made = {e.foreign_id: e for e in Engagement.objects.all()}
    assert [(e.state, e.type, e.budget) for e in made.values()] == [
        ("delivered", "workshop", Decimal("1234.50"))
    ] * 2
    assert [made[k].currency for k in ("12", "13")] == ["EUR", "USD"]


def test_real_dates_and_numbers_of_a_workbook_are_read(tmp_path: Path) -> None:
    row = [
        11263,
        "Fiji",
        "FJ",
        "UNDP",
        "Course",
        "",
        1234.5,
        -9,
        "",
        "Workshop",
        "prevention",
        date(2024, 3, 4),
        date(2024, 3, 6),
        7,
        9,
    ]
    assert run(as_xlsx(tmp_path, [["Tracker"], [], DATED, row]), "--apply")[1] == ""
    made = Engagement.objects.get()
    assert (made.foreign_id, made.budget, made.expense, made.ends_on) == (
        "11263",
        Decimal("1234.50"),
        Decimal(-9),
        date(2024, 3, 6),
    )


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    assert load_one(tmp_path, Title="=HYPERLINK(1)").title == "=HYPERLINK(1)"


def test_the_importing_officer_is_named_and_others_are_refused(
    tmp_path: Path, people: make.People
) -> None:
    path = as_csv(tmp_path, [GOOD | PAST])
    assert "no active officer or manager" in run(path, "--apply", "--as", people.fiji.email)[1]
    run(path, "--apply", "--as", people.officer.email)
    made = Engagement.objects.get()
    assert (made.created_by, made.recorded_by, made.events.get().actor) == (people.officer,) * 3


def test_an_unknown_programme_is_refused_with_the_known_ones() -> None:
    assert "Known are: cybercrime" in run(LEGACY, "--programme", "none")[1]


# Mistakes in cells


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("Country", "Atlantis", "row 3, column Country: there is no country “Atlantis”"),
        ("Country", "Argentinia", "did you mean “Argentina”"),
        ("Country", "Korea", "“Korea” could be"),
        ("ISO2", "ZZ", "row 3, column ISO2: there is no country with the code “ZZ”"),
        ("ISO2", "TD", "row 3, column ISO2: the code says “Chad” (TD) but the name says “Fiji”"),
        ("Title", "", "row 3, column Title: the title is missing"),
        ("Title", "x" * 201, "row 3, column Title: the text has 201 characters; at most 200"),
        ("Budget (USD)", "1.2.3", "row 3, column Budget (USD): “1.2.3” is not a number"),
        ("Budget (USD)", "abc", "“abc” is not a number"),
        ("Budget (USD)", "1.234", "“1.234” could be 1234 or 1.23"),
        ("Budget (USD)", "9" * 20, "is too large"),
        (
            "Expense (USD)",
            "#REF!",
            "row 3, column Expense (USD): the cell holds the error #REF! of a formula",
        ),
        ("Start date", "soon", "row 3, column Start date: “soon” is not a date"),
        ("Start date", "2024-02-30", "there is no day “2024-02-30”"),
        ("End date", "2205-01-01", "row 3, column End date: the date 2205-01-01 is out of bounds"),
        ("Start date", "01/01/1890", "the date 1890-01-01 is out of bounds: between 1990-01-01"),
        (
            "End date",
            "2024-03-01",
            "row 3, column End date: the end (2024-03-01) is before the start (2024-03-04)",
        ),
        ("Women", "-3", "row 3, column Women: a number of participants cannot be below zero"),
        ("Men", "2.5", "row 3, column Men: “2.5” is not a number of participants"),
        (
            "Type",
            "Party",
            "row 3, column Type: there is no type “Party”. Known are: Training course, Workshop",
        ),
        (
            "Pillar",
            "Peace",
            (
                "row 3, column Pillar: there is no pillar “Peace”. Known are: Capacity building,"
                " Prevention"
            ),
        ),
        ("Project ID", "A-1", "row 3, column Project ID: “A-1” stands in row 2 already"),
    ],
)
def test_a_mistake_is_named_by_row_and_column_and_nothing_is_loaded(
    tmp_path: Path, column: str, value: str, sentence: str
) -> None:
    path = as_csv(tmp_path, [GOOD, GOOD | PAST | {"Project ID": "A-2", column: value}])
    text = nothing_is_loaded(path)
    assert sentence in text
    assert "Nothing was loaded: 1 mistake." in text
    assert run(path)[1], "a preview with mistakes fails too"


def test_a_row_without_any_country_is_a_mistake(tmp_path: Path) -> None:
    assert "column Country: the country is missing" in nothing_is_loaded(
        as_csv(tmp_path, [GOOD | {"Country": "", "ISO2": ""}])
    )


def test_the_error_of_a_formula_in_a_workbook_is_a_mistake(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Country", "Title", "Budget"],
        ["Fiji", "Course", "=1/0"],
        [],
        ["Chad", "Course", 5],
    ]
    assert "row 2, column Budget: the cell holds the error #DIV/0!" in nothing_is_loaded(
        as_xlsx(tmp_path, rows)
    )


def test_the_row_is_the_one_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [],
        ["", "A title"],
        [],
        ["", "Country", "Title"],
        [],
        ["", "Nowhereland", "Course"],
    ]
    assert "row 6, column Country" in nothing_is_loaded(as_xlsx(tmp_path, rows))


def test_every_mistake_is_shown_not_only_the_first(tmp_path: Path) -> None:
    text = nothing_is_loaded(
        as_csv(
            tmp_path,
            [
                GOOD | {"Title": "", "Country": "Atlantis", "Budget (USD)": "x"},
                GOOD | {"Women": "-1"},
            ],
        )
    )
    assert text.count("Mistake: row 2") == 3
    assert text.count("Mistake: row 3") == 1


def test_a_record_imported_before_with_other_content_is_a_mistake(tmp_path: Path) -> None:
    made = load_one(tmp_path)
    text, failure = run(as_csv(tmp_path, [GOOD | {"Budget (USD)": "250"}]), "--apply")
    assert failure
    assert (
        f"row 2, column Project ID: this record was imported before as {made.reference}, with other"
        " content in: Budget (USD)" in text
    )
    assert Engagement.objects.get().budget == Decimal(100)


def test_a_record_of_another_programme_is_a_mistake(tmp_path: Path) -> None:
    load_one(tmp_path)
    Programme.objects.create(
        code="other", title="Other", eligible_group=make.programme().eligible_group
    )
    text, failure = run(tmp_path / "tracker.csv", "--apply", "--programme", "other")
    assert failure
    assert "with other content in: programme" in text


def test_records_without_identifier_are_known_by_title_country_and_agency(tmp_path: Path) -> None:
    rows = [GOOD | {"Project ID": ""}, GOOD | {"Project ID": "", "Country": "Chad", "ISO2": "TD"}]
    assert run(as_csv(tmp_path, rows), "--apply")[1] == ""
    text, failure = run(as_csv(tmp_path, rows), "--apply")
    assert not failure
    assert "2 are already there" in text
    assert (
        "the same title, country and agency stand in row 2"
        in run(as_csv(tmp_path, [rows[0], rows[0]]))[0]
    )


# Files that cannot be read


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("t.csv", b"", "“t.csv” is empty"),
        ("t.csv", b"\xef\xbb\xbf\n\n", "No row of headers"),
        ("t.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 99, "“t.xlsx” is not a spreadsheet"),
        ("t.xlsx", LEGACY.read_bytes()[:6000], "“t.xlsx” is not a spreadsheet, or it is damaged"),
        ("t.xlsx", b"PK\x03\x04" + b"0" * 99, "is not a spreadsheet"),
        ("t.xls", b"\xd0\xcf\x11\xe0" + b"0" * 99, "old Excel format"),
        ("t.csv", "Country,Title\nFiji,Été\n".encode("utf-16"), "UTF-16"),
        (
            "t.csv",
            "Country,Title\nFiji,Été\n".encode("latin-1"),
            "line 2 has letters of another encoding. Save it as “CSV UTF-8”",
        ),
        (
            "t.csv",
            b"a,b\n1,2\n",
            (
                "No row of headers was found in the first 20 rows of “t.csv”. The columns Title and"
                " Country (or ISO2) are needed"
            ),
        ),
        ("t.csv", b"Country,Title\n", "headers but no records"),
        ("t.csv", b'Country,Title\nFiji,"Course\n', "a quotation mark is missing"),
        ("t.csv", b"Country,Budget\nFiji,1\n", "The column “Title” is missing"),
        ("t.csv", b"Title,Budget\nCourse,1\n", "A column “Country” or “ISO2” is missing"),
        (
            "t.csv",
            b"Country,Title,Pays\nFiji,Course,Fiji\n",
            "Columns A, “Country”, and C, “Pays”, are the same column",
        ),
        (
            "t.csv",
            b"Country,Title,Budget (USD),Expense (EUR)\nFiji,Course,1,1\n",
            "different currencies",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_with_a_sentence(
    tmp_path: Path, name: str, body: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    assert sentence in nothing_is_loaded(path)


def test_a_missing_file_and_a_folder_are_answered_with_a_sentence(tmp_path: Path) -> None:
    assert "There is no file" in nothing_is_loaded(tmp_path / "none.csv")
    assert "is not a file" in nothing_is_loaded(tmp_path)


def test_an_unknown_column_is_named_and_ignored(tmp_path: Path) -> None:
    text, failure = run(
        as_csv(tmp_path, [GOOD | {"Colour": "red"}], [*HEADERS, "Colour"]), "--apply"
    )
    assert not failure
    assert "Column J, “Colour”, is not known and is ignored." in text


def test_files_and_tables_that_are_too_large_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    big = tmp_path / "big.csv"
    with big.open("wb") as file:
        file.write(b"Country,Title\n")
        file.truncate(reading.MOST_BYTES + 1)
    assert "at most 20 MB" in nothing_is_loaded(big)
    monkeypatch.setattr(tracker, "MOST_ROWS", 2)
    rows = [GOOD | {"Project ID": str(n)} for n in range(3)]
    assert "more than" in nothing_is_loaded(as_csv(tmp_path, rows))


def test_a_lone_cell_far_from_the_table_is_refused_before_it_takes_memory(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Sheet")
    sheet.write_row(0, 0, ["Country", "Title"])
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    assert "far from the table" in nothing_is_loaded(path)


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row'
    b' r="1">'
)
SHEET_END = b"</row></sheetData></worksheet>"
INLINE = b'<c r="A1" t="inlineStr"><is><t>', b"</t></is></c>"
SHARED = (
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>',
    b"</t></si></sst>",
)


def rebuilt(folder: Path, **parts: bytes) -> Path:
    """A workbook of one sheet with these parts in the place of its own, by their names without
    folder and ending."""
    whole, made = as_xlsx(folder, [["Country", "Title"]], "whole.xlsx"), folder / "bomb.xlsx"
    with (
        zipfile.ZipFile(whole) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as after,
    ):
        for entry in before.namelist():
            after.writestr(entry, parts.get(Path(entry).stem, before.read(entry)))
    return made


BOMBS: dict[str, Callable[[], dict[str, bytes]]] = {
    "a cell": lambda: {"sheet1": SHEET + INLINE[0] + b" " * 120_000_000 + INLINE[1] + SHEET_END},
    "nothing": lambda: {"sheet1": b" " * 120_000_000},
    "a shared text": lambda: {"sharedStrings": SHARED[0] + b" " * 120_000_000 + SHARED[1]},
    "tags without an end": lambda: {"sheet1": SHEET + b"<c " * 8_000_000},
    "a text that a thousand cells show": lambda: {
        "sharedStrings": SHARED[0] + b"x" * 1_000_000 + SHARED[1],
        "sheet1": (
            SHEET
            + b"".join(b"<c r='A%d' t='s'><v>0</v></c>" % n for n in range(1, 1001))
            + SHEET_END
        ),
    },
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_small_workbook_that_unpacks_to_much_is_answered_soon(tmp_path: Path, bomb: str) -> None:
    path = rebuilt(tmp_path, **BOMBS[bomb]())
    begun = time.process_time()
    said = nothing_is_loaded(path)
    assert time.process_time() - begun < 8  # seconds of processor; it took minutes
    assert (
        "damaged"
        if bomb.startswith("tags")
        else "too large"
        if "thousand" in bomb
        else "far more text"
    ) in said


# Names of countries


CALLED = {
    "COD": ["Congo (Democratic Republic of the)", "Democratic Republic of the Congo", "DR Congo"],
    "COG": ["Congo", "Republic of the Congo"],
    "PSE": ["Palestine, State of", "Palestine"],
    "IRN": ["Iran (Islamic Republic of)", "islamic republic of iran", "Iran"],
    "BOL": ["Bolivia"],
    "VEN": ["Venezuela"],
    "CIV": ["Ivory Coast", "cote d'ivoire"],
    "KOR": ["South Korea", "Korea, Republic of"],
    "LAO": ["Laos"],
    "MDA": ["Moldova"],
    "TZA": ["Tanzania"],
    "SYR": ["Syria"],
    "VNM": ["Vietnam"],
    "SWZ": ["Swaziland"],
    "CPV": ["Cape Verde"],
    "FSM": ["Micronesia"],
    "TUR": ["Turkey"],
    "CZE": ["Czech Republic"],
    "MKD": ["Macedonia"],
    "TCD": ["TCHAD"],
    "PER": ["Perú", "peru"],
    "KEN": ["肯尼亚", "Кения", "كينيا", "KE", "ken", "404"],
    "AFG": ["4"],
    "GMB": ["The Gambia"],
    "LCA": ["St. Lucia"],
    "NER": ["Niger"],
    "GNB": ["Guinea-Bissau"],
    "DMA": ["Dominica"],
}


@pytest.mark.parametrize(
    ("name", "iso3"), [(name, iso3) for iso3, names in CALLED.items() for name in names]
)
def test_a_country_is_known_by_what_people_call_it(name: str, iso3: str) -> None:
    assert CountryNames().find(name).iso3 == iso3


def test_each_country_is_found_by_each_of_its_names_and_codes() -> None:
    names = CountryNames()
    wrong = []
    for country in Country.objects.all():
        for text in (
            country.iso2,
            country.iso3,
            country.m49,
            *(getattr(country, f"name_{x}") for x in ("en", "fr", "es", "ar", "ru", "zh")),
        ):
            try:
                if names.find(text).pk != country.pk:
                    wrong.append((country.iso3, text))
            except UnknownCountry as error:
                wrong.append((country.iso3, str(error)))
    assert not wrong
