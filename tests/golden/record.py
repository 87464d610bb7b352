"""`python -m tests.golden.record FOLDER`: writes down what this checkout's database holds and what
its pages answer, a file a net.

Knows the product by what stays when it is rebuilt: commands, tables, addresses, the schema of the
API. It runs in checkouts of other commits as well, so it imports nothing of the product.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import django
import polib
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings, setup_test_environment

from tests.golden.catalogue import schema_objects

ROOT = Path(__file__).resolve().parent.parent.parent
WRITTEN = ("lifecycle.md", "figures.md")  # by `manage.py write_docs`

REPORTS = """
    SELECT concat_ws(' ', s.title, r.subject_type, r.subject_id, r.period_start, r.period_end, 'revision', v.number,
                     d.audience, d.language, d.format), d.sha256, d.size, v.sha256
    FROM reports_reportrevision v JOIN reports_report r ON r.id = v.report_id
    JOIN reports_scheduleversion w ON w.id = r.version_id JOIN reports_schedule s ON s.id = w.schedule_id
    LEFT JOIN reports_reportdocument d ON d.revision_id = v.id ORDER BY 1
"""


def documents() -> Iterator[str]:
    """Hashes of every document and of the snapshot that it was made from."""
    with connection.cursor() as cursor:
        cursor.execute(REPORTS)
        for row in cursor.fetchall():
            yield " ".join(map(str, row))


def schema() -> Iterator[str]:
    """The API's schema, byte for byte."""
    path = Path(os.environ["DATA_DIR"]) / "schema.yml"
    call_command("spectacular", file=str(path))
    yield from path.read_text().splitlines()


def written_pages() -> Iterator[str]:
    """The documentation that is made from the code, which must be in step with it."""
    call_command("write_docs", check=True)
    for name in WRITTEN:
        yield from (f"{name}: {line}" for line in (ROOT / "docs" / name).read_text().splitlines())


def schema_catalogue() -> Iterator[str]:
    """What PostgreSQL says of the schema."""
    with connection.cursor() as cursor:
        yield from schema_objects(cursor)


def messages() -> Iterator[str]:
    """Messages and their translations, whatever their order."""
    for path in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.mo")):
        for entry in sorted(
            polib.mofile(str(path)), key=lambda each: (each.msgctxt or "", each.msgid)
        ):
            told = [entry.msgstr, *entry.msgstr_plural.values()]
            yield (
                f"{path.parent.parent.name}:"
                f" {[entry.msgctxt, entry.msgid, entry.msgid_plural, *told]}"
            )


def main(folder: Path) -> None:
    """Writes all nets into the folder."""
    from tests.golden import answers, texts  # here: they need Django set up

    folder.mkdir(parents=True, exist_ok=True)
    nets: dict[str, Callable[[], Iterator[str]]] = {
        "documents": documents,
        "catalogue": schema_catalogue,
        "schema": schema,
        "docs": written_pages,
        "messages": messages,
    }
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        clients, found = answers.walk_all()
        nets |= {
            "addresses": lambda: answers.statuses(clients, found),
            "texts": lambda: texts.texts(found),
        }
        for name, net in nets.items():
            begun = monotonic()
            (folder / f"{name}.txt").write_text("\n".join(net()) + "\n")
            print(f"{name}: {monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    setup_test_environment()
    main(Path(sys.argv[1]))
