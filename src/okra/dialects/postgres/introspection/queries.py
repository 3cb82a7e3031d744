"""The catalogue queries of introspection: one for each kind of object, whatever the number of tables.

`{relations}` and `{schemas}` are arrays of object ids, written out; `{since…}` are columns that older servers
haven't got. Every value is text or a number, so that no driver has anything to convert.

Source  PostgreSQL manual, "System Catalogs"
"""

from __future__ import annotations

from okra.dialects.postgres.planning.triggers import FUNCTION_PREFIX

CONTEXT = """
SELECT current_setting('server_version_num')::int,
       current_schema()
"""

SCHEMAS = """
SELECT n.oid::int8, n.nspname::text,
       (SELECT count(*) FROM pg_catalog.pg_class c
        WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p'))
FROM pg_catalog.pg_namespace n
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY n.nspname
"""

# An object that came with an extension is the extension's business.
_NOT_OF_EXTENSION = """NOT EXISTS (
  SELECT FROM pg_catalog.pg_depend e
  WHERE e.classid = '{catalogue}'::regclass AND e.objid = {oid} AND e.deptype = 'e')"""

RELATIONS = f"""
SELECT c.oid::int8, c.relnamespace::int8, c.relname::text, c.relkind::text, c.relpersistence::text,
       array_to_string(c.reloptions, E'\\n'), array_to_string(t.reloptions, E'\\n'), d.description,
       CASE WHEN c.relispartition THEN 2 ELSE EXISTS (
         SELECT FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid)::int END,
       (c.relhassubclass AND EXISTS (
         SELECT FROM pg_catalog.pg_inherits i WHERE i.inhparent = c.oid))::int,
       (c.reloftype <> 0)::int, c.relrowsecurity::int, c.relreplident::text, s.spcname::text,
       CASE WHEN m.amname <> 'heap' AND c.relkind = 'r' THEN m.amname::text END
FROM pg_catalog.pg_class c
LEFT JOIN pg_catalog.pg_am m ON m.oid = c.relam
LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid AND t.reloptions IS NOT NULL
LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
LEFT JOIN pg_catalog.pg_description d
  ON d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid = 0
WHERE c.relnamespace = ANY('{{schemas}}'::oid[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  AND c.relpersistence <> 't'
  AND {_NOT_OF_EXTENSION.format(catalogue="pg_catalog.pg_class", oid="c.oid")}
ORDER BY c.relname
"""

COLUMNS = """
SELECT a.attrelid::int8, a.attnum::int, a.attname::text,
       pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull::int, a.attidentity::text,
       a.attgenerated::text, pg_catalog.pg_get_expr(b.adbin, b.adrelid), a.attcollation::int8,
       CASE WHEN a.attcollation <> t.typcollation THEN l.collname::text END,
       CASE WHEN a.attcollation <> t.typcollation AND NOT pg_catalog.pg_collation_is_visible(l.oid)
            THEN l.collnamespace::regnamespace::text END,
       d.description,
       CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END,
       CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::int END,
       array_to_string(a.attoptions, ', '), {since_14}
FROM unnest('{relations}'::oid[]) AS chosen(oid)
JOIN pg_catalog.pg_attribute a ON a.attrelid = chosen.oid
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
LEFT JOIN pg_catalog.pg_attrdef b ON b.adrelid = a.attrelid AND b.adnum = a.attnum
LEFT JOIN pg_catalog.pg_description d
  ON d.objoid = a.attrelid AND d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum
"""
COLUMNS_SINCE_14 = "nullif(a.attcompression, '')::text"

# A foreign key to a partitioned table has one more for each partition, which is no business of its own.
CONSTRAINTS = """
SELECT k.conrelid::int8, k.conname::text, k.contype::text, array_to_string(k.conkey, ' '),
       k.confrelid::int8, f.relname::text, f.relnamespace::int8, array_to_string(k.confkey, ' '),
       k.confupdtype::text, k.confdeltype::text, k.confmatchtype::text,
       k.condeferrable::int, k.condeferred::int, k.convalidated::int, k.connoinherit::int,
       k.conindid::int8, pg_catalog.pg_get_expr(k.conbin, k.conrelid), d.description,
       {since_15}, {since_18}
FROM unnest('{relations}'::oid[]) AS chosen(oid)
JOIN pg_catalog.pg_constraint k ON k.conrelid = chosen.oid
LEFT JOIN pg_catalog.pg_class f ON f.oid = k.confrelid AND k.contype = 'f'
LEFT JOIN pg_catalog.pg_description d
  ON d.objoid = k.oid AND d.classoid = 'pg_catalog.pg_constraint'::regclass
WHERE k.contype IN ('p', 'u', 'c', 'x') OR (k.contype = 'n' AND NOT k.convalidated)
  OR (k.contype = 'f' AND k.conparentid = 0)
ORDER BY k.conrelid, k.conname
"""
CONSTRAINTS_SINCE_15 = "(k.confdelsetcols IS NOT NULL)::int"
CONSTRAINTS_SINCE_18 = "k.conenforced::int, k.conperiod::int"

INDEXES = """
SELECT i.indexrelid::int8, i.indrelid::int8, c.relname::text, m.amname::text,
       i.indisunique::int, i.indisvalid::int, i.indnkeyatts::int, i.indkey::text,
       i.indclass::text, i.indcollation::text, i.indoption::text,
       CASE WHEN i.indexprs IS NOT NULL OR x.given THEN pg_catalog.pg_get_indexdef(i.indexrelid) END,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid), array_to_string(c.reloptions, E'\\n'),
       d.description, s.spcname::text, i.indisclustered::int, i.indisreplident::int, {since_15}
FROM unnest('{relations}'::oid[]) AS chosen(oid)
JOIN pg_catalog.pg_index i ON i.indrelid = chosen.oid
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_am m ON m.oid = c.relam
LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
LEFT JOIN pg_catalog.pg_description d
  ON d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid = 0
LEFT JOIN LATERAL (
  SELECT true AS given FROM pg_catalog.pg_attribute a
  WHERE a.attrelid = c.oid AND a.attoptions IS NOT NULL LIMIT 1) x ON true
WHERE i.indislive
ORDER BY i.indrelid, c.relname
"""
INDEXES_SINCE_15 = "i.indnullsnotdistinct::int"

CLASSES = """
SELECT o.oid::int8, o.opcname::text, o.opcdefault::int,
       CASE WHEN NOT pg_catalog.pg_opclass_is_visible(o.oid) THEN n.nspname::text END
FROM pg_catalog.pg_opclass o JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace
"""

COLLATIONS = """
SELECT l.oid::int8, l.collname::text
FROM pg_catalog.pg_collation l WHERE l.oid = ANY('{collations}'::oid[])
"""

SEQUENCES = """
SELECT d.refobjid::int8, d.refobjsubid::int, s.seqrelid::int8, d.deptype::text,
       n.nspname::text, c.relname::text, s.seqrelid::regclass::text,
       s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle::int
FROM unnest('{relations}'::oid[]) AS chosen(oid)
JOIN pg_catalog.pg_depend d
  ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = chosen.oid
  AND d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
JOIN pg_catalog.pg_sequence s ON s.seqrelid = d.objid
JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
ORDER BY d.refobjid, d.refobjsubid
"""

TRIGGERS = """
SELECT t.tgrelid::int8, t.tgname::text, p.proname::text, p.pronamespace::int8
FROM unnest('{relations}'::oid[]) AS chosen(oid)
JOIN pg_catalog.pg_trigger t ON t.tgrelid = chosen.oid
JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal
ORDER BY t.tgrelid, t.tgname
"""

ENUMS = f"""
SELECT t.oid::int8, t.typnamespace::int8, t.typname::text, e.enumlabel::text, d.description
FROM pg_catalog.pg_type t
LEFT JOIN pg_catalog.pg_enum e ON e.enumtypid = t.oid
LEFT JOIN pg_catalog.pg_description d
  ON d.objoid = t.oid AND d.classoid = 'pg_catalog.pg_type'::regclass
WHERE t.typnamespace = ANY('{{schemas}}'::oid[]) AND t.typtype = 'e'
  AND {_NOT_OF_EXTENSION.format(catalogue="pg_catalog.pg_type", oid="t.oid")}
ORDER BY t.typname, e.enumsortorder
"""

REFERENCED = """
SELECT a.attrelid::int8, a.attnum::int, a.attname::text
FROM unnest('{relations}'::oid[]) AS chosen(oid)
JOIN pg_catalog.pg_attribute a ON a.attrelid = chosen.oid
WHERE a.attnum > 0 AND NOT a.attisdropped
"""

OTHERS = f"""
SELECT 'function', 0, p.oid::regprocedure::text, NULL
FROM pg_catalog.pg_proc p
WHERE p.pronamespace = ANY('{{schemas}}'::oid[]) AND NOT starts_with(p.proname, '{FUNCTION_PREFIX}')
  AND {_NOT_OF_EXTENSION.format(catalogue="pg_catalog.pg_proc", oid="p.oid")}
UNION ALL
SELECT CASE t.typtype WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range type' ELSE 'type' END,
       t.typnamespace::int8, t.typname::text, NULL
FROM pg_catalog.pg_type t
LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
WHERE t.typnamespace = ANY('{{schemas}}'::oid[])
  AND (t.typtype IN ('d', 'r') OR (t.typtype = 'c' AND c.relkind = 'c')
       OR (t.typtype = 'b' AND t.typcategory <> 'A'))
  AND {_NOT_OF_EXTENSION.format(catalogue="pg_catalog.pg_type", oid="t.oid")}
UNION ALL
SELECT 'extension', 0, e.extname::text, NULL FROM pg_catalog.pg_extension e WHERE e.extname <> 'plpgsql'
UNION ALL
SELECT 'policy', c.relnamespace::int8, p.polname::text, c.relname::text
FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
WHERE c.relnamespace = ANY('{{schemas}}'::oid[])
UNION ALL
SELECT 'rule', c.relnamespace::int8, r.rulename::text, c.relname::text
FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
WHERE c.relnamespace = ANY('{{schemas}}'::oid[]) AND c.relkind IN ('r', 'p')
UNION ALL
SELECT 'statistics', s.stxnamespace::int8, s.stxname::text, NULL
FROM pg_catalog.pg_statistic_ext s WHERE s.stxnamespace = ANY('{{schemas}}'::oid[])
UNION ALL
SELECT 'publication', 0, p.pubname::text, NULL FROM pg_catalog.pg_publication p
UNION ALL
SELECT 'event trigger', 0, e.evtname::text, NULL FROM pg_catalog.pg_event_trigger e
ORDER BY 1, 3
"""

FUNCTIONS = """
SELECT 'function', p.oid::regprocedure::text, md5(p.prosrc), l.lanname::text
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang
WHERE p.pronamespace = ANY('{schemas}'::oid[])
ORDER BY 2
"""
