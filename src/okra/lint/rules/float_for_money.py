"""OKR348: a sum in a type that rounds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.language.definition import Scalar
from okra.lint.rule import Rule, SchemaHit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.schema import SchemaSight


_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_WORDS = frozenset(
    [
        "price",
        "amount",
        "cost",
        "total",
        "balance",
        "fee",
        "salary",
        "tax",
        "discount",
        "subtotal",
        "payment",
    ]
)


def check(sight: SchemaSight) -> Iterator[SchemaHit]:
    for model in sight.definition.models:
        for field in model.fields:
            words = {word.lower() for word in _PARTS.findall(field.name)}
            if field.type.name == Scalar.FLOAT and words & _WORDS:
                yield SchemaHit(
                    name=f"{model.name}.{field.name}",
                    message=f"`{field.name}` is a Float: 0.1 + 0.2 is not 0.3 there, and sums of cents drift",
                    help="make it `Decimal! @precision(total: 12, scale: 2)`, or count cents in an `Int` or `BigInt`",
                )


RULE = Rule(
    code="OKR348",
    name="float-for-money",
    title="money is kept in a Float, which can not hold cents exactly",
    text="""\
A Float has binary digits, and most fractions of ten are none: 0.1 + 0.2 is 0.30000000000000004. Sums of prices drift, and
comparisons with = fail.""",
    example="""\
model Invoice {
  id: ID!
  total: Float!
}""",
    safe="""\
model Invoice {
  id: ID!
  total: Decimal! @precision(total: 12, scale: 2)
}""",
    schema=check,
)
