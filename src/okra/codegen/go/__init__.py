"""Go: structs with json tags and enums as string types; on request what validates and reads them."""

from __future__ import annotations

from okra.codegen.go.generating import GoGenerator
from okra.codegen.go.options import GoOptions

__all__ = ["GoGenerator", "GoOptions"]
