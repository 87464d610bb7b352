"""What PostgreSQL itself says of the schema: columns, constraints, indexes, triggers, policies,
grants, functions, views."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

OURS = (  # e: of an extension
    "n.nspname = 'public' AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.objid = {oid} AND"
    " x.deptype = 'e')"
)

QUERIES = {
    "column": (
        f"""
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
               pg_get_expr(d.adbin, d.adrelid), a.attcollation::regcollation
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE {OURS.format(oid="c.oid")} AND c.relkind IN ('r', 'v', 'm', 'p') AND a.attnum > 0 AND NOT a.attisdropped"""
    ),
    "constraint": (
        f"""
        SELECT c.relname, k.conname, k.contype, pg_get_constraintdef(k.oid)
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {OURS.format(oid="c.oid")}"""
    ),
    "index": (
        f"""
        SELECT pg_get_indexdef(i.indexrelid), i.indisunique, i.indisvalid
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {OURS.format(oid="c.oid")}"""
    ),
    "trigger": (
        f"""
        SELECT pg_get_triggerdef(t.oid), t.tgenabled FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {OURS.format(oid="c.oid")} AND NOT t.tgisinternal"""
    ),
    "policy": (
        """
        SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies WHERE schemaname = 'public'"""
    ),
    "security": (
        f"""
        SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {OURS.format(oid="c.oid")} AND c.relkind = 'r'"""
    ),
    "grant": (
        f"""
        SELECT c.relname, c.relkind, COALESCE(g.rolname, 'public'), e.privilege_type, e.is_grantable
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN LATERAL aclexplode(c.relacl) e
        LEFT JOIN pg_roles g ON g.oid = e.grantee WHERE {OURS.format(oid="c.oid")}"""
    ),
    "grant of columns": (
        f"""
        SELECT c.relname, a.attname, COALESCE(g.rolname, 'public'), e.privilege_type, e.is_grantable
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL aclexplode(a.attacl) e LEFT JOIN pg_roles g ON g.oid = e.grantee WHERE {OURS.format(oid="c.oid")}"""
    ),
    "function": (
        f"""
        SELECT pg_get_functiondef(p.oid), COALESCE(p.proacl::text, '') FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE {OURS.format(oid="p.oid")} AND p.prokind IN ('f', 'p')"""
    ),
    "view": "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'",
    "configuration": (
        f"""
        SELECT c.cfgname, pg_describe_object('pg_ts_config'::regclass, c.oid, 0) FROM pg_ts_config c
        JOIN pg_namespace n ON n.oid = c.cfgnamespace WHERE {OURS.format(oid="c.oid")}"""
    ),
    "extension": "SELECT extname FROM pg_extension",
}


def schema_objects(cursor: Any) -> Iterator[str]:
    """A line an object, in the order of the alphabet: nothing of the order in which migrations made
    them."""
    for kind, query in QUERIES.items():
        cursor.execute(query)
        lines = (
            " | ".join(" ".join(str(value).split()) for value in row) for row in cursor.fetchall()
        )
        yield from sorted(f"{kind}: {line}" for line in lines)
