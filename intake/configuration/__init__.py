"""The sections of the configuration: their keys, their checks, and how problems are told."""
