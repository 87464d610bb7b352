"""The PDF is set by a process of its own, which gives back the memory that it took."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from reports.documents import pdf
from reports.documents.bounds import MOST_CELLS, MOST_ROWS
from reports.documents.pdf import NotTypeset, Refused, typeset

PLAIN: dict[str, object] = {
    "language": "en",
    "direction": "ltr",
    "brief": False,
    "tight": False,
    "fonts": ["Noto Sans"],
    "title": "Report",
    "heading": "Report",
    "kind": "",
    "period": "2026",
    "programme": "Programme",
    "highlights": "",
    "notes": [],
    "headlines": [],
    "words": {"contents": "Contents", "page": "Page", "notes": "Notes", "highlights": "H"},
    "facts": [],
}


def document(rows: int, tables: int = 1) -> dict[str, object]:
    """One of tables of ten columns."""
    table = {
        "caption": "Rows",
        "chart": None,
        "note": "",
        "columns": [{"label": f"Column {n}", "number": False, "weight": 1} for n in range(10)],
        "rows": [[f"{row}, {column}" for column in range(10)] for row in range(rows)],
    }
    return PLAIN | {"sections": [{"heading": "Annex", "sentences": [], "tables": [table] * tables}]}


def test_the_largest_that_pages_hold_stays_within_the_memory_of_a_process() -> None:
    """Twenty thousand cells: less than 400 MB in the process that sets them, nothing in ours."""
    before = own_memory()
    tables = MOST_CELLS // MOST_ROWS // 10
    assert typeset(document(MOST_ROWS, tables)).startswith(b"%PDF")
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert children < 400 * 1024
    assert own_memory() - before < 40 * 1024


def own_memory() -> int:
    """Kilobytes that this process holds."""
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def test_our_own_process_does_not_even_load_the_typesetter() -> None:
    code = (
        "import django; django.setup(); import reports.documents.render, sys;"
        " print('typst' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_what_cannot_be_set_says_why() -> None:
    with pytest.raises(Refused, match=r"status 65: .+"):
        typeset(document(1) | {"language": "no language"})


def test_a_typesetter_that_is_not_there_is_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "TYPESETTER", "reports.documents.nowhere")
    with pytest.raises(NotTypeset, match="No module named") as raised:
        typeset(document(1))
    assert not isinstance(raised.value, Refused)
