"""Whatever table somebody wrote: what is pulled of it makes that table again."""

from __future__ import annotations

import random
import re
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from okra.dialects import dialect
from okra.dialects.session import connect
from okra.errors import DatabaseError
from okra.language.define import parse_schema
from okra.language.write import write_schema
from okra.lowering import lower
from okra.migrations.pull import pull
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.relational.order import order
from okra.source import Source

if TYPE_CHECKING:
    from okra.dialects.session import MigrationSession
    from okra.url import DatabaseUrl

MYSQL = dialect("mysql")
MANY = 12

# type | defaults
NUMBERS = """
int, INTEGER, int(7), smallint unsigned, mediumint(9), bigint, bigint unsigned, int(8) unsigned zerofill, decimal
, decimal(7,3), numeric(30,10) unsigned, float, double precision, real unsigned, float(9,2), double(12,4)
"""
NUMBER_DEFAULTS = "5|'7'|0|1.5|(3*2)|1e1|(abs(3))"
TEXTS = "varchar(30)|varchar(191)|text|tinytext|mediumtext|longtext|text(300)|nvarchar(20)|char(7)"
TEXT_DEFAULTS = "'x'|''|\"q\"|(concat('a','b'))|'?'|'é'|(lower('X'))|'0'|'it''s \\\\ x'"
COLLATED = (
    "| collate utf8mb4_bin| character set latin1| character set utf8mb3 collate utf8mb3_bin"
    "| charset ascii| collate utf8mb4_general_ci"
)
OTHERS = {
    "tinyint": "1|-1",
    "tinyint(1)": "1|'0'|true|(1-1)",
    "bool": "false",
    "bit": "b'1'|1|0",
    "bit(13)": "b'101'",
    "year": "2001|'1999'",
    "enum('a','b','it''s')": "'a'|'it''s'",
    "enum('x') collate utf8mb4_bin": "'x'",
    "set('a','b','c')": "'a,c'|''",
    "char": "'y'",
    "binary(9)": "'a'|x'ff'|''",
    "varbinary(40)": "'a'|x'00ff'|''",
    "blob": "'a'|x'ff'",
    "longblob": "",
    "date": "'2020-02-03'|(curdate())|(current_date + interval 1 day)",
    "time": "'10:11'|'-5:00:01'|(curtime())",
    "time(2)": "'10:11:12.3'",
    "datetime": "now()|'2021-03-04'|current_timestamp on update current_timestamp",
    "datetime(4)": "now(4)|'2021-03-04 05:06:07.891'",
    "timestamp(6)": "current_timestamp(6) on update current_timestamp(6)",
    "json": "'{}'|(json_array(1,'x'))|'[1, 2]'",
    "uuid": "(uuid())",
    "inet6": "'::1'",
    "point": "",
}
NAMES = ("c", "Col", "the col", "key", "ünï", "a``b")
OPTIONS = (
    " default charset utf8mb4 collate utf8mb4_unicode_ci",
    " default charset latin1",
    " charset utf8mb4",
    "",
    " engine=myisam",
    " row_format=compact collate utf8mb4_unicode_ci",
    " comment='t'' x' collate utf8mb4_bin",
)
_MEANINGLESS = re.compile(r" USING BTREE|(?<=int)\(\d+\)(?! unsigned zerofill)")


class Writer:
    """Writes CREATE TABLE statements."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # the same in every run

    def table(self) -> str:
        numbers: list[str] = []
        texts: list[str] = []
        lines = ["id bigint unsigned not null auto_increment primary key"]
        for number in range(self.random.randint(2, 8)):
            name = f"`{self.random.choice(NAMES)}{number}`"
            lines.append(f"{name} {self._column(name, numbers, texts)}")
        if numbers:
            one = self.random.choice(numbers)
            change = self._one("+ 1|% 3|* 2 - 1|is null|> 3")
            lines.append(f"g int as ({one} {change}) {self._one('virtual|stored|persistent')}")
            test = self._one("> 0|in (1,2)|between 1 and 9|<> 5 or 1 = 2")
            lines.append(f"{self._one('constraint ck |')}check ({one} {test})")
            lines.append(f"key (`id`, {one}{self._one('| desc')})")
        if texts:
            one = self.random.choice(texts)
            lines.append(f"h varchar(300) as ({self._one('concat|lower|coalesce')}({one})) stored")
            lines.append(f"{self._one('key|index')} named ({one}(5)){self._one(self._ends())}")
        return f"create table t ({', '.join(lines)}){self.random.choice(OPTIONS)}"

    def _one(self, texts: str) -> str:
        return self.random.choice(texts.split("|"))

    def _ends(self) -> str:
        return "| using btree| comment 'why'| ignored"

    def _column(self, name: str, numbers: list[str], texts: list[str]) -> str:
        kind = self.random.randrange(3)
        if kind == 0:
            numbers.append(name)
            native, defaults = (
                self.random.choice(NUMBERS.replace("\n", "").split(", ")),
                NUMBER_DEFAULTS,
            )
        elif kind == 1:
            texts.append(name)
            native, defaults = self._one(TEXTS), TEXT_DEFAULTS
            if not native.startswith("n"):
                native += self._one(COLLATED)
        else:
            native, defaults = self.random.choice(list(OTHERS.items()))
        text = self._one(defaults)
        default = f" default {text}" if text and self.random.random() < 0.6 else ""
        hidden = " invisible" if default and self.random.random() < 0.1 else ""
        comment = self._one("||| comment 'it''s \\\\ x'")
        return f"{native}{self._one('| not null| null')}{default}{hidden}{comment}"


def shown(session: MigrationSession) -> list[str]:
    """SHOW CREATE TABLE line by line; as bytes, for a default may be no text."""
    session.execute("SET character_set_results = binary")
    ((_, text),) = session.query("SHOW CREATE TABLE t")
    session.execute("SET character_set_results = utf8mb4")
    assert isinstance(text, bytes)
    lines = _MEANINGLESS.sub("", text.decode(errors="backslashreplace")).splitlines()
    return sorted(line.strip().rstrip(",") for line in lines)


def check(url: DatabaseUrl, seed: int) -> None:
    writer = Writer(seed)
    with closing(connect(url, lock_timeout_ms=1_000)) as session:
        session.execute("SET sql_mode = 'NO_ENGINE_SUBSTITUTION'")
        for _ in range(MANY):
            sql = writer.table()
            try:
                session.execute(sql)
            except DatabaseError:
                continue  # random text that this server refuses is no table
            before = shown(session)
            pulled = pull(session, provider="mysql")
            assert (sql, pulled.ignored) == (sql, ())
            text = write_schema(pulled.definition)
            schema = parse_schema([Source("x.okra.gql", text)], providers=("mysql",)).definition
            wanted = MYSQL.resolve(lower(schema, "mysql")).database
            assert diff(MYSQL.introspect(session).database, wanted) == ()
            session.execute("DROP TABLE t")
            changes = order(diff(Database(), wanted), cut_cycles=True)
            for statement in MYSQL.plan(changes, wanted).statements:
                session.execute(statement.sql)
            assert diff(MYSQL.introspect(session).database, wanted) == ()
            assert (sql, shown(session)) == (sql, before)
            session.execute("DROP TABLE t")


@pytest.mark.parametrize("seed", range(5))
def test_any_table_is_made_again_from_what_was_pulled(mysql: DatabaseUrl, seed: int) -> None:
    check(mysql, seed)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(100, 200))
def test_many_tables_are_made_again_from_what_was_pulled(mysql: DatabaseUrl, seed: int) -> None:
    check(mysql, seed)
