"""What the configuration may say of TypeScript."""

from __future__ import annotations

from enum import StrEnum

from okra.codegen.generator import Files, Options


class Module(StrEnum):
    """How files name each other: with `.js` in ES modules, without it in CommonJS."""

    ESM = "esm"
    COMMONJS = "commonjs"


class BigIntType(StrEnum):
    STRING = "string"
    BIGINT = "bigint"


class DateTimeType(StrEnum):
    STRING = "string"
    DATE = "Date"


class TypeScriptOptions(Options, frozen=True, kw_only=True):
    """The options of TypeScript.

    files      `one`: all in `models.ts`; `each`: a file for each model, beside `enums.ts` and `index.ts`
    big_int    what a BigInt is in memory
    date_time  what a DateTime is in memory; a `Date` keeps milliseconds
    zod        whether there are Zod schemas too
    """

    module: Module = Module.ESM
    files: Files = Files.ONE
    big_int: BigIntType = BigIntType.STRING
    date_time: DateTimeType = DateTimeType.STRING
    zod: bool = False

    @property
    def converts(self) -> bool:
        """Whether a value in memory may be something else than its JSON."""
        return self.big_int is BigIntType.BIGINT or self.date_time is DateTimeType.DATE
