"""From a folder of signed government agreements to a database with findings."""

__version__ = "0.1.0"
