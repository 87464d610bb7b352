"""A list of attendance pasted or uploaded as a table: read by its heads, refused as a whole with
row and column where something is wrong."""

from __future__ import annotations

import csv
import io

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from assistance.participants.models import Sex
from assistance.participants.services import Attendee
from countries.geography.country_names import CountryNames, UnknownCountry
from countries.models import Country

MOST_ROWS, MOST_CHARACTERS = 1000, 300_000
COLUMNS = {
    "name": ("name", "full name", "nom", "nombre", "имя", "الاسم", "姓名"),
    "sex": ("sex", "gender", "sexe", "sexo", "пол", "الجنس", "性别"),
    "country": ("country", "pays", "país", "pais", "страна", "البلد", "国家"),
    "institution": (
        "institution",
        "organisation",
        "organization",
        "institución",
        "institucion",
        "учреждение",
        "المؤسسة",
        "机构",
    ),
    "function": ("function", "title", "fonction", "cargo", "должность", "الوظيفة", "职务"),
    "email": (
        "e-mail",
        "email",
        "mail",
        "courriel",
        "correo",
        "эл. почта",
        "البريد الإلكتروني",
        "电子邮件",
    ),
    "phone": ("telephone", "phone", "téléphone", "teléfono", "телефон", "الهاتف", "电话"),
    "may_be_asked": ("agrees to be asked again later", "may be asked", "consent"),
}
SEXES = {
    Sex.WOMAN: ("woman", "w", "f", "female", "femme", "mujer", "женщина", "ж", "امرأة", "女"),
    Sex.MAN: ("man", "m", "male", "homme", "h", "hombre", "мужчина", "м", "رجل", "男"),
    Sex.OTHER: ("other", "o", "x"),
    Sex.UNKNOWN: ("", "not known", "unknown", "?"),
}
YES = {"yes", "y", "1", "true", "x", "oui", "sí", "si", "да", "نعم", "是"}
WIDEST = {"name": 200, "institution": 200, "function": 200, "phone": 40}


def known_heads() -> dict[str, set[str]]:
    """The heads by which a column is known: in six languages, and as the reader's own language
    writes them when a list is taken out."""
    labels = {
        "name": _("Name"),
        "sex": _("Sex"),
        "country": _("Country"),
        "institution": _("Institution"),
        "function": _("Function"),
        "email": _("E-mail"),
        "phone": _("Telephone"),
        "may_be_asked": _("Agrees to be asked again later"),
    }
    return {column: {*words, labels[column].lower()} for column, words in COLUMNS.items()}


def table_of(text: str) -> list[list[str]]:
    """Cells of a pasted table; tabs, semicolons or commas between them, whichever the first line
    has most of."""
    first = text.lstrip("\ufeff").splitlines()[0] if text.strip() else ""
    separator = max("\t;,", key=first.count)
    return [
        [c.strip() for c in row]
        for row in csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=separator)
        if any(c.strip() for c in row)
    ]


def read_attendance(text: str, countries: list[Country]) -> list[Attendee]:
    """Rows as `services.add_attendance` takes them. `countries` are those of the engagement; where
    it has one only, the column may be left out.

    Raises ValidationError with a sentence for every cell that is wrong, at most twenty.
    """
    if len(text) > MOST_CHARACTERS:
        raise ValidationError(
            _("The list is too long. Paste at most %(n)s rows at a time.") % {"n": MOST_ROWS}
        )
    try:
        rows = table_of(text)
    except csv.Error:
        raise ValidationError(
            _(
                "This cannot be read as a table. Copy the cells from a spreadsheet, or save it as"
                " CSV."
            )
        ) from None
    if not rows:
        raise ValidationError(_("Paste the list, with the names of the columns in the first line."))
    known = known_heads()
    heads = {
        column: i
        for i, head in enumerate(rows[0])
        for column, words in known.items()
        if head.lower() in words
    }
    if "name" not in heads or ("country" not in heads and len(countries) != 1):
        raise ValidationError(
            _(
                "The first line has to name the columns: Name, Sex, Country, Institution, Function,"
                " E-mail, Telephone. Name and country are needed."
            )
        )
    if len(rows) > MOST_ROWS + 1:
        raise ValidationError(
            _("The list is too long. Paste at most %(n)s rows at a time.") % {"n": MOST_ROWS}
        )
    names = CountryNames()
    errors: list[str] = []
    people: list[Attendee] = []
    for number, row in enumerate(rows[1:], 2):
        cells = {column: row[i] if i < len(row) else "" for column, i in heads.items()}
        person, wrong = person_of(cells, names, countries)
        errors += [
            _("Row %(row)s: %(what)s") % {"row": number, "what": sentence} for sentence in wrong
        ]
        if person is not None:
            people.append(person)
    if errors:
        raise ValidationError(errors[:20])
    return people


def sex_of(cell: str) -> Sex:
    """A sex in whatever language. Raises ValidationError."""
    for sex, words in SEXES.items():
        if cell.lower() in words or cell.lower() == str(sex.label).lower():
            return sex
    raise ValidationError(
        _("“%(value)s” is no sex that is known here; write woman, man, other, or leave it empty.")
        % {"value": cell[:40]}
    )


def person_of(
    cells: dict[str, str], names: CountryNames, countries: list[Country]
) -> tuple[Attendee | None, list[str]]:
    """One row, or what is wrong with it."""
    wrong = []
    if not cells["name"]:
        wrong.append(_("the name is missing."))
    wrong += [
        _("“%(value)s” is longer than %(n)s characters.") % {"value": cells[c][:40] + "…", "n": n}
        for c, n in WIDEST.items()
        if len(cells.get(c, "")) > n
    ]
    sex = Sex.UNKNOWN
    try:
        sex = sex_of(cells.get("sex", ""))
    except ValidationError as error:
        wrong += error.messages
    if cells.get("email"):
        try:
            validate_email(cells["email"])
        except ValidationError:
            wrong.append(_("“%(value)s” is no e-mail address.") % {"value": cells["email"][:60]})
    country: Country | None = (
        countries[0] if len(countries) == 1 and not cells.get("country") else None
    )
    if country is None:
        try:
            country = names.find(cells.get("country", ""))
        except UnknownCountry as problem:
            wrong.append(str(problem))
        else:
            if country not in countries:
                wrong.append(
                    _(
                        "%(country)s does not take part in this engagement. Add it to the"
                        " engagement first."
                    )
                    % {"country": country.name}
                )
    if wrong or country is None:
        return None, wrong
    attendee = Attendee(
        country=country,
        name=cells["name"],
        sex=sex,
        institution=cells.get("institution", ""),
        function=cells.get("function", ""),
        email=cells.get("email", ""),
        phone=cells.get("phone", ""),
        may_be_asked=cells.get("may_be_asked", "").lower() in YES,
    )
    return attendee, []
