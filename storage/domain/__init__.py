"""The words of Postroom as frozen values and rules. Pure: no adapter, no session, no clock."""
