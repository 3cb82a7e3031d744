"""Tests of migrations in YAML: rows before, and what queries give after up and after down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import yaml
from yaml.reader import ReaderError

from okra.nearest import nearest
from okra.seeding.values import named_type
from okra.seeding.yamlfiles import NO_YAML, loader_of
from okra.trials.cases import Act, Case, GivenRow, malformed
from okra.trials.statements import one_statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_KEYS = ("version", "name", "rows", "up", "down")
_ACT_KEYS = ("query", "rows", "execute")
_TAG_LIST = "a list of rows, each a list with the values in the order of the query: `[[Ann, Lee]]`"


def read_yaml(text: str, name: str, stem: str, provider: str) -> Sequence[Case]:
    """The tests of a file: one, or a list of them.

    name    the file, for messages
    stem    what a test is called that says no name
    Raises  DirectoryError that names the line
    """
    try:
        loader = loader_of(text)
    except ReaderError as cause:
        line = text.count("\n", 0, cause.position) + 1
        raise malformed(f"{name}:{line}", NO_YAML) from cause
    try:
        tree = loader.get_single_node()
        if tree is None:
            return ()
        reader = _Reader(loader, name, stem, provider)
        nodes = tree.value if isinstance(tree, yaml.SequenceNode) else [tree]
        return [reader.case(node) for node in nodes]
    except yaml.YAMLError as cause:
        mark = getattr(cause, "problem_mark", None)
        place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        raise malformed(place, str(getattr(cause, "problem", None) or "it is no YAML")) from cause
    except RecursionError as cause:
        raise malformed(name, "it is nested too deeply") from cause
    finally:
        loader.dispose()


class _Reader:
    """What turns the nodes of one file into tests."""

    def __init__(self, loader: yaml.SafeLoader, name: str, stem: str, provider: str) -> None:
        self._loader = loader
        self._name = name
        self._stem = stem
        self._provider = provider

    def case(self, node: yaml.Node) -> Case:
        parts = dict(self._pairs(node, _KEYS, "a test"))
        if "version" not in parts:
            self._refuse(node, "it does not say of which migration it is: `version: …`")
        return Case(
            name=self._text(parts["name"]) if "name" in parts else self._stem,
            version=self._text(parts["version"]),
            place=self._place(node),
            rows=tuple(self._rows(parts["rows"])) if "rows" in parts else (),
            up=tuple(self._acts(parts["up"])) if "up" in parts else (),
            down=tuple(self._acts(parts["down"])) if "down" in parts else (),
        )

    def _rows(self, node: yaml.Node) -> Iterator[GivenRow]:
        for table, rows in self._pairs(node, None, "`rows`"):
            for row in self._items(rows, f"below `{table}` there is no list of rows"):
                values = {key: self._value(value) for key, value in self._pairs(row, None, "a row")}
                yield GivenRow(table=table, values=values, place=self._place(row))

    def _acts(self, node: yaml.Node) -> Iterator[Act]:
        for item in self._items(node, "there is no list of queries"):
            parts = dict(self._pairs(item, _ACT_KEYS, "a query"))
            keys = set(parts)
            if keys == {"execute"}:
                yield Act(sql=self._statement(parts["execute"]), place=self._place(item))
            elif keys == {"query", "rows"}:
                yield Act(
                    sql=self._statement(parts["query"]),
                    place=self._place(item),
                    expected=tuple(self._expected(parts["rows"])),
                )
            else:
                self._refuse(item, "it takes `query` with the `rows` that it gives, or `execute`")

    def _expected(self, node: yaml.Node) -> Iterator[tuple[Any, ...]]:
        for row in self._items(node, f"`rows` of a query is {_TAG_LIST}"):
            match row:
                case yaml.SequenceNode():
                    yield tuple(self._value(item) for item in row.value)
                case yaml.ScalarNode():
                    yield (self._value(row),)
                case _:
                    self._refuse(row, f"`rows` of a query is {_TAG_LIST}")

    def _statement(self, node: yaml.Node) -> str:
        return one_statement(self._text(node), self._place(node), self._provider)

    def _pairs(
        self, node: yaml.Node, known: Sequence[str] | None, what: str
    ) -> Iterator[tuple[str, yaml.Node]]:
        """The keys of a mapping and what stands under them.

        known   the keys that it may have; None: any
        """
        if not isinstance(node, yaml.MappingNode):
            self._refuse(node, f"{what} is no mapping")
        seen: set[str] = set()
        for key, value in node.value:
            word = str(key.value)
            if word in seen:
                self._refuse(key, f"`{word}` is there twice")
            if known is not None and word not in known:
                near = nearest(word, known)
                hint = f": did you mean `{near}`?" if near else f": it has {', '.join(known)}"
                self._refuse(key, f"{what} has no `{word}`{hint}")
            seen.add(word)
            yield word, value

    def _items(self, node: yaml.Node, reason: str) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            self._refuse(node, reason)
        return list(node.value)

    def _text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self._refuse(node, f"a text is wanted here, not {named_type(self._value(node))}")
        return str(node.value)

    def _value(self, node: yaml.Node) -> Any:
        return self._loader.construct_object(node, deep=True)

    def _place(self, node: yaml.Node) -> str:
        return f"{self._name}:{node.start_mark.line + 1}"

    def _refuse(self, node: yaml.Node, reason: str) -> NoReturn:
        raise malformed(self._place(node), reason)
