"""What the configuration may say of Go."""

from __future__ import annotations

from enum import StrEnum

from okra.codegen.generator import Files, Options


class DateTimeType(StrEnum):
    STRING = "string"
    TIME = "time.Time"


class GoOptions(Options, frozen=True, kw_only=True):
    """The options of Go.

    package    the package's name; None: the output folder's, or `models` where that is no package's
    files      `one`: all in `models.go`; `each`: a file for each model, beside `enums.go` and `helpers.go`
    date_time  what a DateTime is
    validate   whether types have `Validate`, and functions that read them from JSON
    """

    package: str | None = None
    files: Files = Files.ONE
    date_time: DateTimeType = DateTimeType.STRING
    validate: bool = False
