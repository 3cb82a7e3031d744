"""Types in Go."""

from okra.codegen.go.generating import GoGenerator

__all__ = ["GoGenerator"]
