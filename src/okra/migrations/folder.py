"""The files of a migration's folder, by name."""

UP_SQL = "migration.sql"
DOWN_SQL = "rollback.sql"
HOOKS_SQL = "hooks.sql"
SNAPSHOT = "schema.json"
SQL = (UP_SQL, DOWN_SQL)
FILES = (*SQL, HOOKS_SQL, SNAPSHOT)
