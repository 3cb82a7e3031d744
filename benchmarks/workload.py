"""The schema that every measurement is made on: N models, each referring to the one before it.

    python benchmarks/workload.py 1000 > models.okra.gql
    python benchmarks/workload.py 1000 --extra > models.okra.gql     # one nullable column more, in the last model

A model has an id, a unique email, a name, a note that may be missing, a flag, a time, a parent and an index.
A thousand models are a file of 400 KB.
"""

from __future__ import annotations

import argparse


def schema(count: int, *, extra: bool = False) -> str:
    """The whole file; `extra` adds one column to the last model."""
    parts = ['@okra(namespace: "bench", version: "v1")']
    parts += (
        _model(number, last=number == count - 1, extra=extra and number == count - 1)
        for number in range(count)
    )
    parts += (
        f'@index(model: "Item{number}", fields: ["active", "createdAt"])' for number in range(count)
    )
    return "\n".join(parts) + "\n"


def _model(number: int, *, last: bool, extra: bool) -> str:
    lines = [
        f'model Item{number} @table(name: "items_{number}") {{',
        "  id: ID! @default(uuid)",
        "  email: String! @unique",
        "  name: String!",
        "  note: String?",
        "  active: Boolean! @default(false)",
        "  createdAt: DateTime! @default(now)",
    ]
    if number:
        relation = f'@relation(name: "R{number}", fields: [parentId], references: [id])'
        lines += [f"  parent: Item{number - 1}! {relation}", "  parentId: ID!"]
    if not last:
        lines.append(f'  children: [Item{number + 1}!]! @relation(name: "R{number + 1}")')
    if extra:
        lines.append("  extra: String?")
    lines.append("}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", type=int)
    parser.add_argument("--extra", action="store_true", help="one column more")
    options = parser.parse_args()
    print(schema(options.models, extra=options.extra), end="")


if __name__ == "__main__":
    main()
