"""The rules of `okra db:lint`, by code: each is a file in `rules/`, loaded when somebody asks."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from okra.lint.rule import Rule

RULES = {
    # rows
    "OKR301": "table_dropped",
    "OKR302": "column_dropped",
    "OKR303": "rows_removed",
    "OKR304": "rows_changed_at_once",
    "OKR305": "required_column_without_default",
    "OKR306": "column_becomes_required",
    "OKR307": "required_by_a_scan",
    "OKR308": "unique_on_existing_rows",
    # locks
    "OKR309": "key_built_under_a_lock",
    "OKR310": "index_not_concurrent",
    "OKR311": "transaction_control",
    "OKR312": "type_change_rewrites",
    "OKR313": "type_change_changes_values",
    "OKR314": "foreign_key_checked_at_once",
    "OKR315": "check_checked_at_once",
    "OKR316": "validated_in_the_same_transaction",
    "OKR317": "volatile_default",
    "OKR318": "table_written_anew",
    "OKR319": "sqlite_add_refused",
    # code that runs
    "OKR320": "table_renamed",
    "OKR321": "column_renamed",
    "OKR322": "enum_value_renamed",
    "OKR323": "enum_value_used_too_early",
    # statements that mislead
    "OKR324": "cascade",
    "OKR325": "takes_what_is_there",
    "OKR326": "waits_without_end",
    "OKR327": "foreign_key_dropped",
    "OKR328": "foreign_key_on_existing_rows",
    "OKR329": "check_on_existing_rows",
    # MySQL and MariaDB
    "OKR330": "mysql_copies",
    "OKR331": "mysql_algorithm_not_said",
    "OKR332": "mysql_modify_forgets",
    "OKR333": "mysql_inline_reference",
    "OKR334": "mysql_drops_several",
    "OKR335": "mysql_checks_off",
    # SQLite
    "OKR336": "sqlite_pragma",
    # more of PostgreSQL and SQLite
    "OKR337": "name_cut",
    "OKR338": "sqlite_double_quotes",
    "OKR339": "primary_key_from_nullable",
    # schemas
    "OKR340": "no_primary_key",
    "OKR341": "foreign_key_without_index",
    "OKR342": "redundant_index",
    "OKR343": "small_key",
    "OKR344": "foreign_key_smaller_than_key",
    "OKR345": "leftover_renamed",
    "OKR346": "naming",
    "OKR347": "reserved_word",
    "OKR348": "float_for_money",
    "OKR349": "type_with_pitfalls",
    "OKR350": "unique_with_nulls",
    "OKR351": "circle_of_required",
    "OKR352": "engine_without_transactions",
    "OKR353": "narrow_character_set",
    # more of migrations
    "OKR354": "access_changed",
    "OKR356": "index_dropped",
    "OKR360": "rows_replaced",
    "OKR361": "partition_attached_by_a_scan",
    "OKR362": "code_not_looked_at",
}
"""Code → module."""

IGNORE_WITHOUT_REASON = "OKR357"
IGNORE_WITHOUT_USE = "OKR358"
COMMENTS = (IGNORE_WITHOUT_REASON, IGNORE_WITHOUT_USE)
"""What is wrong with the comments that ignore findings."""


@cache
def rule_of(code: str) -> Rule:
    """The rule with this code, one of RULES."""
    return cast("Rule", import_module(f"okra.lint.rules.{RULES[code]}").RULE)


@cache
def all_rules() -> tuple[Rule, ...]:
    """All rules, in the order of their codes."""
    return tuple(rule_of(code) for code in sorted(RULES))
