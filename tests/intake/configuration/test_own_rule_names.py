"""A programme's own rule can't pass for one of Postroom's."""

import re

from intake.configuration.custom_checks import TAKEN_NAMES
from intake.understanding.threads import HOLDING_RULES
from intake.understanding.triage.holds import HOLDS
from intake.understanding.triage.triage import RULES


def test_every_name_that_a_rule_could_be_given_is_taken() -> None:
    own = {rule.name for rule in RULES} | {hold.name for hold in HOLDS} | HOLDING_RULES

    assert {name for name in own if re.fullmatch(r"[a-z][a-z0-9-]*", name)} <= TAKEN_NAMES
