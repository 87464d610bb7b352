"""`python -m tests.translations`: are all messages of code and templates translated, with the same
placeholders, and compiled?

With `--write` it extracts the messages into locale/*/LC_MESSAGES/django.po, keeps every translation
whose message is still there, and compiles the .mo files (which are committed, since a bare machine
has no gettext). Extraction needs xgettext; checking does with it more than without: then the
catalogues are compared among each other only, and that is said.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import django.conf
import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = tuple(sorted(p.name for p in (ROOT / "locale").iterdir() if p.is_dir()))
LEFT_OUT = {
    ".git",
    ".venv",
    ".ci",
    "var",
    "tests",
    "docs",
    "locale",
    "requirements",
    "docker",
    "node_modules",
    "__pycache__",
}
PLACEHOLDER = re.compile(
    r"%(?:\((\w+)\))?[#0\-+]*(?:\d+)?(?:\.\d+)?([a-zA-Z])|\{(\w*)(?:![rsa])?(?::[^{}]*)?\}"
)
SHOWN = 8  # examples of a kind
Key = tuple[str, str, str]  # context, message, plural


class ExtractionError(RuntimeError):
    """xgettext could not read the project."""


def key(entry: polib.POEntry) -> Key:
    """What makes an entry the same message."""
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def path_of(language: str, folder: Path = ROOT) -> Path:
    """A language's catalogue."""
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def live(catalogue: polib.POFile) -> list[polib.POEntry]:
    """Entries that are in use."""
    return [entry for entry in catalogue if not entry.obsolete]


def extract(root: Path = ROOT) -> list[polib.POEntry]:
    """All messages of code and templates, untranslated, in the order of the alphabet; read from a
    copy of the project.

    Raises ExtractionError with what xgettext said.
    """
    with tempfile.TemporaryDirectory(prefix="meridian-messages-") as name:
        copy = Path(name) / "project"
        shutil.copytree(
            root,
            copy,
            ignore=lambda _folder, names: [
                one for one in names if one in LEFT_OUT or one.endswith((".pyc", ".mo", ".po"))
            ],
        )
        (copy / "locale").mkdir()
        command = [
            sys.executable,
            "manage.py",
            "makemessages",
            "--locale",
            "fr",
            "--no-location",
            "--no-wrap",
            "--no-obsolete",
            "--verbosity",
            "0",
        ]
        done = subprocess.run(
            command, cwd=copy, env=local_environment(Path(name)), capture_output=True, text=True
        )
        made = path_of("fr", copy)
        if done.returncode or not made.exists():
            raise ExtractionError(
                f"makemessages failed: {(done.stderr or done.stdout).strip()[-2000:]}"
            )
        entries = live(polib.pofile(str(made)))
    for entry in entries:
        entry.msgstr, entry.msgstr_plural, entry.tcomment = "", {}, ""
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    return sorted(entries, key=key)


def local_environment(folder: Path) -> dict[str, str]:
    """The environment without settings of an installation; nothing is written outside `folder`."""
    dropped = ("MERIDIAN", "DATABASE", "REDIS", "SECRET", "DEBUG", "DJANGO")
    return {name: value for name, value in os.environ.items() if not name.startswith(dropped)} | {
        "DATA_DIR": str(folder / "var")
    }


def plural_rule(language: str) -> str:
    """The Plural-Forms header that Django itself uses for a language; its messages and ours are
    merged by it."""
    own = Path(django.conf.__file__).parent / "locale" / language / "LC_MESSAGES" / "django.po"
    rule: str = polib.pofile(str(own)).metadata["Plural-Forms"]
    return rule


def forms_of(language: str) -> int:
    """How many plural forms a language has."""
    found = re.search(r"nplurals\s*=\s*(\d+)", plural_rule(language))
    return int(found[1]) if found else 2


def merged(language: str, fresh: list[polib.POEntry], old: polib.POFile | None) -> polib.POFile:
    """A catalogue of the fresh messages with every old translation whose message is still there,
    word for word."""
    known = {key(entry): entry for entry in old or [] if not entry.fuzzy}
    # a message that only gained or lost its plural keeps nothing: its sentence changed
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": "Meridian",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_rule(language),
    }
    for entry in fresh:
        before = known.get(key(entry))
        new = polib.POEntry(
            msgid=entry.msgid, msgctxt=entry.msgctxt, comment=entry.comment, flags=list(entry.flags)
        )
        if entry.msgid_plural:
            new.msgid_plural = entry.msgid_plural
            new.msgstr_plural = {
                n: before.msgstr_plural.get(n, "") if before else ""
                for n in range(forms_of(language))
            }
        else:
            new.msgstr = before.msgstr if before else ""
        if before:
            new.tcomment = before.tcomment
        catalogue.append(new)
    return catalogue


def write() -> list[str]:
    """Extracts, merges and compiles all languages. Returns a line a language."""
    fresh, said = extract(), []
    for language in LANGUAGES:
        path = path_of(language)
        old = polib.pofile(str(path), wrapwidth=0) if path.exists() else None
        catalogue = merged(language, fresh, old)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
        path.with_suffix(".mo").write_bytes(compiled(path))
        missing = sum(not entry.translated() for entry in catalogue)
        said.append(f"{language}: {len(catalogue)} messages, {missing} to translate")
    return said


def compiled(path: Path) -> bytes:
    """The .mo of a catalogue; the same bytes for the same catalogue."""
    return bytes(polib.pofile(str(path)).to_binary())


def placeholders(text: str) -> Counter[str]:
    """The places of a message that are filled in, with how often each stands there."""
    found = PLACEHOLDER.finditer(text.replace("%%", ""))
    return Counter(
        f"%({m[1]}){m[2]}" if m[1] else f"%{m[2]}" if m[2] else f"{{{m[3]}}}" for m in found
    )


def wrong_placeholders(entry: polib.POEntry) -> bool:
    """Whether a translation fills in other things than its message.

    A plural form for one or two may say the number in words.
    """
    if not entry.msgid_plural:
        return bool(
            set(placeholders(entry.msgid)) != set(placeholders(entry.msgstr))
            or unnamed_differ(entry.msgid, entry.msgstr)
        )
    allowed = set(placeholders(entry.msgid)) | set(placeholders(entry.msgid_plural))
    forms = [entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural)]
    return any(not set(placeholders(form)) <= allowed for form in forms) or set(
        placeholders(forms[-1])
    ) != set(placeholders(entry.msgid_plural))


def unnamed_differ(message: str, translation: str) -> bool:
    """Unnamed places (`%s`, `{}`) must stand there as often as in the message, as they are filled
    in by order."""
    return any(
        placeholders(message)[one] != placeholders(translation)[one] for one in ("%s", "%d", "{}")
    )


def problems_of(language: str, wanted: set[Key]) -> list[str]:
    """What is wrong with a language's catalogue, a line a kind."""
    path = path_of(language)
    if not path.exists():
        return [f"{language}: there is no {path.relative_to(ROOT)}"]
    entries = live(polib.pofile(str(path)))
    there = {key(entry) for entry in entries}
    mo = path.with_suffix(".mo")
    kinds = {
        "not in the catalogue": [one[1] for one in sorted(wanted - there)],
        "in the catalogue, but no longer in the project": [
            one[1] for one in sorted(there - wanted)
        ],
        "not translated": [
            entry.msgid for entry in entries if not entry.translated() and not entry.fuzzy
        ],
        "marked as fuzzy": [entry.msgid for entry in entries if entry.fuzzy],
        "with other placeholders than the message": [
            entry.msgid for entry in entries if entry.translated() and wrong_placeholders(entry)
        ],
    }
    said = [
        f"{language}: {len(found)} {kind}: {examples(found)}"
        for kind, found in kinds.items()
        if found
    ]
    if not mo.exists() or mo.read_bytes() != compiled(path):
        said.append(f"{language}: {mo.relative_to(ROOT)} is not what its catalogue compiles to")
    return said


def examples(messages: list[str]) -> str:
    """The first few messages, shortened."""
    shown = [repr(" ".join(one.split())[:70]) for one in messages[:SHOWN]]
    return ", ".join(shown) + (" …" if len(messages) > SHOWN else "")


def check() -> list[str]:
    """Everything that is wrong with the catalogues."""
    if shutil.which("xgettext"):
        wanted = {key(entry) for entry in extract()}
    else:
        print(
            "There is no xgettext on this machine (Debian: apt install gettext): the catalogues are"
            " compared among each other only."
        )
        wanted = {
            key(entry)
            for language in LANGUAGES
            if path_of(language).exists()
            for entry in live(polib.pofile(str(path_of(language))))
        }
    return [line for language in LANGUAGES for line in problems_of(language, wanted)]


def main() -> int:
    """Writes or checks; returns the exit status."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument(
        "--write",
        action="store_true",
        help="extract all messages into the catalogues and compile them",
    )
    chosen = options.parse_args()
    if chosen.write and not shutil.which("xgettext"):
        print(
            "Extraction needs xgettext. Install it (Debian: apt install gettext).", file=sys.stderr
        )
        return 1
    try:
        if chosen.write:
            print("\n".join(write()))
            return 0
        wrong = check()
    except ExtractionError as error:
        print(error, file=sys.stderr)
        return 1
    print(
        "\n".join([*wrong, "Run `make translations`, and translate what is empty."])
        if wrong
        else "Translations are complete in all languages."
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
