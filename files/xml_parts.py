"""What a part of an office document asks a program to fetch or to run when the document is opened,
read from its XML.

Which rule belongs to an element follows from its namespace and name, never from the folder in which
the part lies. Links that a person clicks are no concern of these rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

from files.formulas import fetches_something
from files.link_targets import is_elsewhere, is_outside_package, normal_name

About = dict[str, str]
Rule = Callable[["Inspector", str, About], None]
CLICKED = ("hyperlink",)  # relationships
# not even on the sender's own disc
NEVER_OUTSIDE = (
    "oleObject",
    "frame",
    "subDocument",
    "package",
    "control",
    "aFChunk",
)
KINDS = re.compile(  # of parts, as `[Content_Types].xml` declares them
    r"macroEnabled|vbaProject|vbaData|activeX|macrosheet|dialogsheet|connections\+xml|queryTable\+xml|oleObject"
    r"|rfc822|mimearchive|multipart/related|/(?:x-)?rtf|text/rtf|text/html|xhtml",
    re.I,
)
# parts by name
RUNNING = re.compile(
    r"(^|/)vba(project\w*\.bin|data\.xml)$|/(macrosheets|dialogsheets|activex)/|^(basic|scripts)(/|$)",
    re.I,
)
FIELDS = ("DDE", "DDEAUTO", "LINK", "DATABASE")  # of Word, wherever they point
# where they point elsewhere
FETCHING_FIELDS = (
    "INCLUDEPICTURE",
    "INCLUDETEXT",
    "INCLUDE",
    "IMPORT",
    "RD",
)
ARGUMENT = re.compile(r'"((?:\\.|[^"\\])*)"|(\S+)')
# characters of one formula, style or instruction of a field: a library of quotations keeps tens of
# thousands
LONGEST_TEXT = 1024 * 1024
NESTED = "\ufffc"  # stands for a field within a field, whose result nobody knows
STYLE = re.compile(r"@import|url\(\s*(?:['\"]\s*)?(?:[a-z][a-z0-9+.-]*:|[\\/]{2})(?<!data:)", re.I)
ODF_SOURCES = (
    "table-source",
    "cell-range-source",
    "section-source",
    "dde-source",
    "alphabetical-index-auto-mark-file",
    "auto-reload",
)
ODF_CLICKED = ("a", "area-rectangle", "area-circle", "area-polygon", "form", "button", "image-map")
ODF_NEVER = (
    "event-listener",
    "dde-link",
    "dde-source",
    "dde-connection",
    "dde-connection-decl",
    "dde-connection-decls",
    "connection-resource",
    "applet",
    "database-source-sql",
    "database-source-table",
    "database-source-query",
    "encryption-data",
)


class Harmful(ValueError):
    """The part holds what is fetched or run on opening; the argument says what."""


class Inspector:
    """Looks at a part as it is read, keeping nothing of it.

    `feed` raises Harmful, or expat.ExpatError for what is no XML.
    """

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.ProcessingInstructionHandler = self._instruction
        self.rules: dict[str, Rule | None] = {}
        # pieces of the fields of Word that are open, the innermost last
        self.instructions: list[list[str]] = []
        self.kept: list[str] | None = (
            None  # text of the element that is being read, where it matters
        )
        self.length = 0  # of that text
        self.gathers: tuple[str, Callable[[str], None]] | None = None

    def feed(self, piece: bytes, last: bool = False) -> None:
        """The next bytes."""
        self.parser.Parse(piece, last)
        if last:
            while self.instructions:
                refuse_field("".join(self.instructions.pop()))

    def gather(self, tag: str, then: Callable[[str], None]) -> None:
        """Has the text up to the element's end given to `then`."""
        if self.kept is not None:
            # no program writes elements within these, which would part what is said
            raise Harmful(tag)
        self.kept, self.length, self.gathers = [], 0, (tag, then)

    def _start(self, tag: str, about: About) -> None:
        if tag not in self.rules:
            self.rules[tag] = rule_of(tag.rpartition(" ")[0])
        rule = self.rules[tag]
        if rule is not None:
            rule(self, tag, about)

    def _end(self, tag: str) -> None:
        if self.gathers and self.gathers[0] == tag and self.kept is not None:
            text, then = "".join(self.kept), self.gathers[1]
            self.kept = self.gathers = None
            then(text)

    def _text(self, text: str) -> None:
        if self.kept is not None:
            self.length += len(text)
            if self.length > LONGEST_TEXT:
                raise Harmful("more than can be looked through")
            self.kept.append(text)

    def _instruction(self, target: str, _data: str) -> None:
        if target.lower() == "xml-stylesheet":
            raise Harmful(target)


def local_name(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition(" ")[2]


def plain_attributes(about: About) -> About:
    """Attributes by their names alone."""
    return {local_name(name): value for name, value in about.items()}


def rule_of(namespace: str) -> Rule | None:
    """The rule for the elements of a namespace."""
    return next((rule for part, rule in RULES if part in namespace), None)


def relationship(_part: Inspector, tag: str, about: About) -> None:
    """A link of one part of an Open XML document to another, or to something outside."""
    if local_name(tag) != "Relationship":
        return
    kind, target = about.get("Type", "").strip().rsplit("/", 1)[-1], about.get("Target", "")
    if about.get("TargetMode", "").strip().lower() != "external":
        if is_elsewhere(target) or (kind == "aFChunk" and not target.lower().endswith(".docx")):
            raise Harmful(kind)
    elif kind not in CLICKED and (kind in NEVER_OUTSIDE or is_elsewhere(target)):
        raise Harmful(kind)


def declaration(_part: Inspector, _tag: str, about: About) -> None:
    """What kind a part is declared to be."""
    if KINDS.search(about.get("ContentType", "")):
        raise Harmful(about["ContentType"])


def word(part: Inspector, tag: str, about: About) -> None:
    """Fields of a text: an instruction may be split over as many runs as its writer likes."""
    name = local_name(tag)
    if name == "fldSimple":
        refuse_field(plain_attributes(about).get("instr", ""))
    elif name in ("instrText", "delInstrText"):
        part.gather(tag, lambda text: instruct(part, text))
    elif name == "fldChar":
        kind = plain_attributes(about).get("fldCharType", "")
        if kind == "begin":
            if part.instructions:
                part.instructions[-1].append(NESTED)
            part.instructions.append([])
        elif part.instructions and kind in ("separate", "end"):
            judged = "".join(part.instructions.pop())
            refuse_field(judged)
            if (
                kind == "separate"
            ):  # what follows is its result; should an instruction go on there, its first word counts, and nothing is read twice
                part.instructions.append([*judged.split(maxsplit=1)[:1], " "])


def instruct(part: Inspector, text: str) -> None:
    """Adds to the instruction of the innermost field; what stands in none is read as one."""
    if part.instructions:
        part.instructions[-1].append(text)
    else:
        refuse_field(text)


def refuse_field(instruction: str) -> None:
    """Raises Harmful for a field of Word that fetches, and for one of which another field says what
    it is."""
    if len(instruction) > LONGEST_TEXT:
        raise Harmful("more than can be looked through")
    words = [
        found[1] if found[1] is not None else found[2] for found in ARGUMENT.finditer(instruction)
    ]
    keyword = words[0].upper() if words else ""
    if NESTED in keyword or keyword in FIELDS:
        raise Harmful(keyword)
    if keyword in FETCHING_FIELDS and any(
        NESTED in word or is_elsewhere(word) for word in words[1:]
    ):
        raise Harmful(keyword)


def sheet(part: Inspector, tag: str, about: About) -> None:
    """Formulas, links and connections of an Excel workbook."""
    name = local_name(tag)
    if name in ("ddeLink", "oleLink", "connection", "queryTable", "webPr"):
        raise Harmful(name)
    if name in (
        "f",
        "formula",
        "formula1",
        "formula2",
        "definedName",
        "calculatedColumnFormula",
        "totalsRowFormula",
    ):
        part.gather(tag, refuse_formula)


def refuse_formula(formula: str) -> None:
    """Raises Harmful for a formula that fetches."""
    if len(formula) > LONGEST_TEXT or fetches_something(formula):
        raise Harmful(formula[:100])


def drawing(_part: Inspector, tag: str, about: About) -> None:
    """Older drawings name their pictures themselves; a slide's shape may act when the pointer
    passes over it."""
    name = local_name(tag)
    if name == "hlinkMouseOver" and not about.get("action", "").startswith("ppaction://hlinks"):
        raise Harmful(name)
    if name in ("imagedata", "fill", "stroke", "image"):
        values = plain_attributes(about)
        if any(is_elsewhere(values[key]) for key in ("src", "href", "althref") if key in values):
            raise Harmful(name)


def page(part: Inspector, tag: str, about: About) -> None:
    """Drawings in SVG may not fetch or run anything; a page of HTML in a document would be taken in
    as text, with all that it fetches."""
    name, values = local_name(tag), plain_attributes(about)
    if name in ("script", "html", "iframe", "foreignObject") or any(
        key.lower().startswith("on") for key in values
    ):
        raise Harmful(name)
    if name != "a" and any(is_elsewhere(values[key]) for key in ("href", "src") if key in values):
        raise Harmful(name)
    if is_elsewhere(values.get("base", "")):
        raise Harmful(name)
    if STYLE.search(" ".join(values.values())):
        raise Harmful(name)
    if name == "style":
        part.gather(tag, refuse_style)


def refuse_style(text: str) -> None:
    """Raises Harmful for a style sheet that fetches."""
    if STYLE.search(text):
        raise Harmful("style")


def open_document(_part: Inspector, tag: str, about: About) -> None:
    """A part of an OpenDocument file: macros, DDE, sources outside the file, formulas."""
    name, values = local_name(tag), plain_attributes(about)
    if name in ODF_NEVER or (name == "script" and "text:" in tag.rpartition(" ")[0]):
        raise Harmful(name)
    if name == "file-entry" and RUNNING.search(normal_name(values.get("full-path", ""))):
        raise Harmful(values["full-path"])
    target = values.get("href", "")
    outside = is_elsewhere(target) if name == "template" else is_outside_package(target)
    if target and (name in ODF_SOURCES or (outside and name not in ODF_CLICKED)):
        raise Harmful(name)
    if is_elsewhere(values.get("image-data", "")) or is_elsewhere(values.get("base", "")):
        raise Harmful(name)
    for key in ("formula", "expression", "condition"):
        if key in values:
            refuse_formula(values[key])


def xform(_part: Inspector, tag: str, about: About) -> None:
    """Forms of XML whose model or data lie elsewhere."""
    if any(
        is_elsewhere(value)
        for key, value in plain_attributes(about).items()
        if key in ("src", "schema", "resource", "ref")
    ):
        raise Harmful(local_name(tag))


RULES: tuple[
    tuple[str, Rule], ...
] = (  # a part of a namespace, of the usual and the strict form, and the rule of its elements
    ("package/2006/relationships", relationship),
    ("package/2006/content-types", declaration),
    ("wordprocessingml", word),
    ("spreadsheetml", sheet),
    ("office/excel", sheet),
    ("schemas-microsoft-com:vml", drawing),
    ("drawingml", drawing),
    ("presentationml", drawing),
    ("opendocument", open_document),
    ("documentfoundation", open_document),
    ("openoffice.org", open_document),
    ("2000/svg", page),
    ("1999/xhtml", page),
    ("2002/xforms", xform),
)
# Without any of these in it, in capitals, no rule can speak of a part, and it needs no reading
# element by element. The first four
# hide what stands there from such a search.
SIGNS = (
    b"&#",
    b"<!",
    b"<?",
    b"RELATIONSHIP",
    b"CONTENTTYPE",
    b"INSTR",
    b"DDE",
    b"OLELINK",
    b"CONNECTION",
    b"QUERYTABLE",
    b"WEBPR",
    b"|",
    *(
        name.encode()
        for name in (
            "WEBSERVICE",
            "FILTERXML",
            "RTD",
            "IMAGE",
            "CALL",
            "REGISTER",
            "EXEC",
            "SQL.REQUEST",
            "STOCKHISTORY",
            "IMPORT",
        )
    ),
    b"'HTTP",
    b"HLINKMOUSEOVER",
    b"HREF",
    b"SRC",
    b"SCRIPT>",
    b"SCRIPT ",
    b"XHTML",
    b"2000/SVG",
    b"XFORMS",
    b"EVENT-LISTENER",
    b"APPLET",
    b"DATABASE-SOURCE",
    b"ENCRYPTION-DATA",
    b"FULL-PATH",
    b"IMAGE-DATA",
    b"CELL-RANGE-SOURCE",
    b"'#",
    b"'FTP",
    b"'FILE",
    b"'//",
    b"'\\\\",
)
