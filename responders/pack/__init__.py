"""The files of an application pack, built from the programme."""
