"""`python -m tests.scans.pins`: every pinned dependency of requirements/*.txt, and what the package
index itself says of it.

Yanked or not (PEP 592), the project's status (PEP 792), known vulnerabilities where the index
offers them, and newer patch releases of the same series. The indexes are those that pip is set to
use, asked through pip's own session, with its proxies, certificates and cache. Exit status 1 where
a pin is yanked, quarantined or vulnerable, or where no index could be asked about it; what is only
superseded, archived or deprecated is printed.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.version import InvalidVersion, Version
from pip._internal.commands import create_command

FOLDER = Path(__file__).resolve().parent.parent.parent / "requirements"
PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
LINK = re.compile(r"<a\s([^>]*)>([^<]*)</a>", re.IGNORECASE | re.DOTALL)
ACCEPT = (  # PEP 691
    "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2,"
    " text/html;q=0.01"
)
REFUSED = frozenset({"quarantined"})


@dataclass
class Project:
    """What one index says of one project."""

    status: str = "active"
    # by version, for each file: why it was yanked, or None
    files: dict[Version, list[str | None]] = field(default_factory=dict)
    # versions of which a file wants another Python than this
    elsewhere: set[Version] = field(default_factory=set)

    def yanked(self, version: Version) -> str | None:
        """The reason where all files of a version are yanked, else None."""
        reasons = self.files.get(version, [None])
        return (
            None
            if None in reasons
            else next((reason for reason in reasons if reason), "no reason given")
        )

    def newer_patches(self, version: Version) -> list[Version]:
        """Later releases of the same series (same first two numbers) that this Python takes,
        neither yanked nor pre-releases, in order."""
        series = version.release[:2]
        later = [other for other in self.files if other > version and other.release[:2] == series]
        return sorted(
            other
            for other in later
            if not other.is_prerelease
            and other not in self.elsewhere
            and self.yanked(other) is None
        )


def version_of(filename: str, name: str) -> Version | None:
    """The version that a distribution file is of; None for a file that is no distribution."""
    try:
        if filename.endswith(".whl"):
            return parse_wheel_filename(filename)[1]
        if filename.endswith((".tar.gz", ".zip")):
            return parse_sdist_filename(filename)[1]
    except (InvalidWheelFilename, InvalidSdistFilename, InvalidVersion):
        pass
    stem = re.match(
        re.sub(r"[-_.]+", "[-_.]+", re.escape(name).replace(r"\-", "-"))
        + r"[-_]([^-]+?)(?:-|\.tar|\.zip|\.egg|\.exe)",
        filename,
        re.IGNORECASE,
    )
    try:
        return Version(stem[1]) if stem else None
    except InvalidVersion:
        return None


def takes(wanted: str | None) -> bool:
    """Whether this Python is one that a file wants; an unreadable wish is none."""
    try:
        return not wanted or SpecifierSet(wanted).contains(".".join(map(str, sys.version_info[:3])))
    except InvalidSpecifier:
        return True


def read_json(text: str, name: str) -> Project:
    """A project's page in JSON (PEP 691, with the status of PEP 792)."""
    page = json.loads(text)
    status = page.get("project-status") or {}
    project = Project(
        status=str(status.get("status", "active") if isinstance(status, dict) else status)
    )
    for file in page.get("files", []):
        version, yanked = version_of(file["filename"], name), file.get("yanked", False)
        if version is not None:
            project.files.setdefault(version, []).append(
                None if yanked is False else yanked if isinstance(yanked, str) else ""
            )
            if not takes(file.get("requires-python")):
                project.elsewhere.add(version)
    return project


def read_html(text: str, name: str) -> Project:
    """A project's page in HTML (PEP 503, 592 and 792)."""
    status = re.search(
        r'<meta\s+name="pypi:project-status"\s+content="([^"]*)"', text, re.IGNORECASE
    )
    project = Project(status=status[1] if status else "active")
    for attributes, label in LINK.findall(text):
        yanked = re.search(r'data-yanked(?:="([^"]*)")?', attributes)
        version = version_of(unescape(label).strip(), name)
        if version is not None:
            project.files.setdefault(version, []).append(
                unescape(yanked[1] or "") if yanked else None
            )
            wanted = re.search(r'data-requires-python="([^"]*)"', attributes)
            if wanted and not takes(unescape(wanted[1])):
                project.elsewhere.add(version)
    return project


class Indexes:
    """The package indexes of pip's configuration."""

    def __init__(self) -> None:
        command: Any = create_command("download")
        options, _ = command.parse_args([])  # the environment, pip's files, pip's own default
        self.addresses = (
            []
            if options.no_index
            else [address.rstrip("/") for address in (options.index_url, *options.extra_index_urls)]
        )
        self.session = command._build_session(options)
        # indexes that answered nothing about a release that they have
        self.without_details: set[str] = set()

    def page(self, index: str, name: str) -> Project | str | None:
        """What an index says of a project; None where it has none, a sentence where it could not be
        asked."""
        address = f"{index}/{canonicalize_name(name)}/"
        if index.startswith("file:"):
            address += "index.html"
        try:
            answer = self.session.get(address, headers={"Accept": ACCEPT}, timeout=60)
        except Exception as error:  # whatever a transport raises is said
            return f"not reached ({type(error).__name__})"
        if answer.status_code in (404, 410):
            return None
        if answer.status_code != 200:
            return f"answered {answer.status_code}"
        try:
            return (read_json if "json" in answer.headers.get("Content-Type", "") else read_html)(
                answer.text, name
            )
        except (ValueError, KeyError, TypeError) as error:
            return f"answered what cannot be read ({type(error).__name__})"

    def vulnerabilities(self, index: str, name: str, version: str) -> list[str] | None:
        """Known vulnerabilities of a release, each with the versions that mend it; None where the
        index offers no such thing.

        Offered, where it is, beside the simple pages. An index without them is asked once, not for
        every pin.
        """
        if (
            index in self.without_details
            or index.startswith("file:")
            or not index.endswith("/simple")
        ):
            self.without_details.add(index)
            return None
        try:
            answer = self.session.get(
                f"{index.removesuffix('/simple')}/pypi/{canonicalize_name(name)}/{version}/json",
                timeout=60,
            )
            known = answer.json()["vulnerabilities"] if answer.status_code == 200 else None
        except Exception:  # as above; what could not be asked is counted and said
            known = None
        if known is None:
            self.without_details.add(index)
            return None
        return [
            f"{one['id']} (mended in {', '.join(one.get('fixed_in') or ['no release'])})"
            for one in known
            if not one.get("withdrawn")
        ]


def pins(files: Iterable[Path]) -> dict[tuple[str, str], list[str]]:
    """Files by the name and version that they pin."""
    found: dict[tuple[str, str], list[str]] = {}
    for file in files:
        for name, version in PIN.findall(file.read_text()):
            found.setdefault((canonicalize_name(name), version), []).append(file.name)
    return found


@dataclass
class Findings:
    """What is said at the end."""

    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asked: int = 0
    asked_for_vulnerabilities: int = 0


def examine(
    indexes: Indexes, name: str, version: str, files: list[str], findings: Findings
) -> None:
    """Asks every index about one pin; an index that does not have the project has no say."""
    pin, mine = f"{name} {version} ({', '.join(files)})", Version(version)
    known, newer = False, set[Version]()
    for index in indexes.addresses:
        project = indexes.page(index, name)
        if isinstance(project, str):
            findings.wrong.append(f"{pin}: an index {project}")
        if not isinstance(project, Project):
            continue
        if project.status != "active":
            (findings.wrong if project.status in REFUSED else findings.notes).append(
                f"{pin}: the project is {project.status}"
            )
        newer.update(project.newer_patches(mine))
        if mine not in project.files:
            continue
        known = True
        reason = project.yanked(mine)
        if reason is not None:
            findings.wrong.append(f"{pin}: yanked: {reason}")
        vulnerabilities = indexes.vulnerabilities(index, name, version)
        if vulnerabilities is not None:
            findings.asked_for_vulnerabilities += 1
            findings.wrong += [f"{pin}: {one}" for one in vulnerabilities]
    findings.asked += known
    if not known:
        findings.wrong.append(f"{pin}: no index that pip is set to use has this version (any more)")
    if newer:
        findings.notes.append(f"{pin}: superseded by {', '.join(map(str, sorted(newer)))}")


def main() -> int:
    """Asks and prints. Returns the exit status."""
    found, indexes, findings = pins(sorted(FOLDER.glob("*.txt"))), Indexes(), Findings()
    for (name, version), files in sorted(found.items()):
        examine(indexes, name, version, files, findings)
    print("\n".join(findings.notes))
    print(
        f"Pins: {len(found)}, asked about: {findings.asked}, for known vulnerabilities:"
        f" {findings.asked_for_vulnerabilities}."
    )
    if findings.asked_for_vulnerabilities < len(found):
        left = len(found) - findings.asked_for_vulnerabilities
        print(
            f"Known vulnerabilities could NOT be asked for {left} pins: the indexes that pip is set"
            " to use offer none for them."
        )
    print(
        "\n".join(["Advisories: FAILED", *findings.wrong])
        if findings.wrong
        else "Advisories: nothing that was asked speaks against a pin"
    )
    return 1 if findings.wrong or not found else 0


if __name__ == "__main__":
    sys.exit(main())
