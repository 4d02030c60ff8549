"""The few errors this package raises on purpose. Each text names the thing and the remedy."""


class RepcountError(Exception):
    """Base of all errors that a user can mend; the command line prints its text as one line."""


class InputError(RepcountError):
    """A video, recording or camera that cannot be read."""


class OutputError(RepcountError):
    """A file or folder that cannot be written."""


class ModelError(RepcountError):
    """The pose model is missing, damaged or cannot be fetched."""


class SettingError(RepcountError):
    """An option, a configuration value or an exercise file that makes no sense."""


class MissingDependencyError(RepcountError):
    """A Python extra or a system library that is not installed; the text is the install line."""


class HistoryError(RepcountError):
    """The history cannot be opened, read or written."""
