"""The PDF is set by a process of its own, which gives back the memory that it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

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


SET_AND_SAY = """
import sys
from reports.documents import typesetter
status = typesetter.main()
sys.stderr.write(open("/proc/self/status").read())
sys.exit(status)
"""


def test_the_largest_that_pages_hold_stays_within_the_memory_of_a_process() -> None:
    """Twenty thousand cells: less than 400 MB in the process that sets them."""
    tables = MOST_CELLS // MOST_ROWS // 10
    asked = {"template": pdf.TEMPLATE.read_text(), "document": document(MOST_ROWS, tables)}
    done = subprocess.run(
        [sys.executable, "-c", SET_AND_SAY],
        input=json.dumps(asked).encode(),
        env=os.environ | pdf.ONE_ARENA,
        capture_output=True,
        check=True,
    )
    assert done.stdout.startswith(b"%PDF")
    assert memory_in(done.stderr.decode(), "VmHWM") < 400 * 1024


def test_our_own_process_keeps_nothing_of_it() -> None:
    before = memory_in(Path("/proc/self/status").read_text(), "VmRSS")
    assert typeset(document(MOST_ROWS)).startswith(b"%PDF")
    assert memory_in(Path("/proc/self/status").read_text(), "VmRSS") - before < 40 * 1024


def memory_in(status: str, what: str) -> int:
    """Kilobytes that a process holds (VmRSS), or held at most (VmHWM), as the kernel says."""
    return next(int(x.split()[1]) for x in status.splitlines() if x.startswith(f"{what}:"))


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
