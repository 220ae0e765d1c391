"""What can go wrong, by whose hands it can be put right, and the exit code that says so."""


class PipelineError(Exception):
    """Root of all errors that are shown to a person: the message says what, where and what would be right."""

    exit_code = 1


class UsageError(PipelineError):
    """The person at the keyboard can mend it: a wrong option or argument."""

    exit_code = 2


class SourceError(PipelineError):
    """The archivist can mend it: a document that cannot be read. `reason` is a code of rules/reasons.toml."""

    def __init__(self, reason: str, detail: str = "") -> None:
        """A document is refused for `reason`, with a `detail` in plain words."""
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class InputError(PipelineError):
    """Who chose the input can mend it: no such folder, a foreign or newer database, a damaged registry."""

    exit_code = 66


class EmptyError(PipelineError):
    """Who keeps the folder can tell: nothing lies in it, or what was to lie there is not connected."""


class RuleError(PipelineError):
    """The author of a rule file can mend it."""

    exit_code = 2


class OwnError(PipelineError):
    """We must mend it: an import, a codec, a sandbox, an answer that does not fit the schema."""

    exit_code = 70


class StorageError(PipelineError):
    """The administrator can mend it: disk full, read or write error."""

    exit_code = 74


class LockedError(PipelineError):
    """Waiting mends it: another run is writing this database."""

    exit_code = 75
