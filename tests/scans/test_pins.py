"""The check of pins reads what an index says of them, in both forms in which it may say it."""

from __future__ import annotations

import json
from typing import Any

from packaging.version import Version

from tests.scans import pins

JSON = json.dumps(
    {
        "name": "some-thing",
        "project-status": {"status": "quarantined"},
        "files": [
            {"filename": "some_thing-1.2.3-py3-none-any.whl", "yanked": "CVE-2026-1"},
            {"filename": "some_thing-1.2.3.tar.gz", "yanked": True},
            {"filename": "some_thing-1.2.4-py3-none-any.whl", "yanked": False},
            {
                "filename": "some_thing-1.2.5-py3-none-any.whl",
                "yanked": False,
                "requires-python": ">=99",
            },
            {"filename": "some_thing-1.2.6rc1-py3-none-any.whl"},
            {"filename": "some_thing-1.3.0-py3-none-any.whl"},
        ],
    }
)
HTML = """<html><head><meta name="pypi:project-status" content="archived"></head><body>
<a href="x#sha256=1" data-yanked="broken &amp; gone">Some.Thing-1.2.3.tar.gz</a>
<a href="y" data-yanked>some_thing-1.2.4-py3-none-any.whl</a><a href="z" data-requires-python="&gt;=3.9">some_thing-1.2.5-py3-none-any.whl</a>
</body></html>"""


def test_yanked_releases_are_told_with_their_reason_and_superseded_ones_with_what_this_python_can_take() -> (
    None
):
    project = pins.read_json(JSON, "some-thing")
    assert project.status == "quarantined"
    assert (
        project.yanked(Version("1.2.3")) == "CVE-2026-1"
        and project.yanked(Version("1.2.4")) is None
    )
    assert project.newer_patches(Version("1.2.3")) == [Version("1.2.4")]


def test_an_index_that_speaks_html_is_read_as_well() -> None:
    project = pins.read_html(HTML, "some-thing")
    assert project.status == "archived"
    assert (
        project.yanked(Version("1.2.3")) == "broken & gone"
        and project.yanked(Version("1.2.4")) == "no reason given"
    )
    assert project.newer_patches(Version("1.2.3")) == [Version("1.2.5")]


class OneIndex:
    """An index that has one project."""

    addresses = ["first", "second"]

    def __init__(self, second: Any) -> None:
        self.second = second

    def page(self, index: str, name: str) -> Any:
        """Of the second index."""
        return self.second if index == "second" else None

    def vulnerabilities(self, index: str, name: str, version: str) -> list[str] | None:
        """Of one release."""
        return ["X-1 (mended in 1.2.4)"] if version == "1.2.3" else None


def said(second: Any, version: str) -> pins.Findings:
    """The findings on a pin."""
    findings = pins.Findings()
    pins.examine(OneIndex(second), "some-thing", version, ["run.txt"], findings)  # type: ignore[arg-type]
    return findings


def test_what_is_yanked_quarantined_vulnerable_gone_or_could_not_be_asked_fails_and_what_is_superseded_does_not() -> (
    None
):
    wrong = " ".join(said(pins.read_json(JSON, "some-thing"), "1.2.3").wrong)
    assert (
        "quarantined" in wrong
        and "yanked: CVE-2026-1" in wrong
        and "X-1 (mended in 1.2.4)" in wrong
    )
    assert "no index" in " ".join(said(pins.Project(), "1.2.3").wrong)
    assert "an index answered 503" in " ".join(said("answered 503", "1.2.3").wrong)
    fine = said(pins.read_html(HTML.replace("archived", "active"), "some-thing"), "1.2.5")
    assert not fine.wrong and fine.asked == 1


def test_pins_of_all_locks_are_found() -> None:
    found = pins.pins(sorted(pins.FOLDER.glob("*.txt")))
    files = {file for files in found.values() for file in files}
    assert (
        files == {"run.txt", "dev.txt", "scan.txt", "crawl.txt"}
        and ("django", "5.2") not in found
        and any(name == "django" for name, _ in found)
    )
