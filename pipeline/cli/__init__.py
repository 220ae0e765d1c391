"""The commands: what is typed, what is shown, and the exit code that says how it went."""

from pipeline.cli.root import main

__all__ = ["main"]
