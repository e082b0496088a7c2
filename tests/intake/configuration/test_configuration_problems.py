"""Each kind of mistake in a configuration gives a message that says what to write instead."""

from pathlib import Path

import pytest

from intake.config import ConfigError, load_configuration
from tests.support.configurations import COHORT, GRANT, servers, write_configuration

SERVERS = servers("ace", imap_port=143, smtp_port=25)


def problems_of(folder: Path, text: str) -> list[str]:
    """What is told about `text`, each problem as it is printed, without the folder."""
    path = write_configuration(folder, text)
    with pytest.raises(ConfigError) as caught:
        load_configuration(path)
    return [str(p).replace(f"{folder}/", "") for p in caught.value.problems]


def changed(old: str, new: str, *, text: str = GRANT + SERVERS + COHORT) -> str:
    """`text` with its first `old` replaced."""
    assert old in text
    return text.replace(old, new, 1)


FIELD = """
[[programmes.ace.fields]]
key = "desk"
label = "Desk"
choices = ["North", "South"]
"""

RULE = """
[[programmes.ace.rules]]
name = "estates"
where = "from"
pattern = 'estates@'
values = { desk = "North" }
"""

TWO_COHORTS = """
[[programmes.surrey500.cohorts]]
number = 1
starts_at = 2019-05-23T09:00:00
places = 30

[[programmes.surrey500.cohorts]]
number = 2
starts_at = 2019-09-19T09:00:00
places = 30
"""

QUESTION = """
[[programmes.ace.questions]]
key = "summary"
text = "What is the issue?"
"""

PARTNERSHIP = """
[[programmes.surrey500.areas]]
key = "east"
name = "East"
"""

CRITERION = """
[[programmes.ace.criteria]]
key = "issue"
name = "The issue"
solid = "It is named."
strong = "It is shown."
"""

PANEL = """
[[programmes.ace.panel]]
name = "Beatrice Alabi"
email = "beatrice.alabi@riverbank.example"
"""

MISTAKES = {
    "rule with a broken pattern": (
        GRANT + FIELD + RULE.replace("estates@", "(estates"),
        "config.toml, line 35: programmes.ace.rules[#1].pattern\n"
        '    found: "(estates"\n'
        "    write: a pattern in RE2's syntax; of this one it says: missing ): (estates",
    ),
    "rule that notes an unknown field": (
        GRANT + FIELD + RULE.replace("desk =", "dsek ="),
        "config.toml, line 36: programmes.ace.rules[#1].values.dsek\n"
        "    found: no such field\n"
        "    write: desk, if that is what is meant",
    ),
    "rule that notes what is no choice": (
        GRANT + FIELD + RULE.replace("North", "East"),
        "config.toml, line 36: programmes.ace.rules[#1].values.desk\n"
        '    found: "East"\n'
        "    write: one of North, South",
    ),
    "rule without effect": (
        GRANT + FIELD + RULE.replace('values = { desk = "North" }\n', ""),
        "config.toml, line 32: programmes.ace.rules[#1]\n"
        "    found: a rule that does nothing\n"
        "    write: kind, hold, values or stop",
    ),
    "field with a label that all have": (
        GRANT + FIELD.replace('"Desk"', '"Telephone"'),
        "config.toml, line 29: programmes.ace.fields[#1].label\n"
        '    found: "Telephone", which stands for the phone already\n'
        "    write: a label that only this field has",
    ),
    "field with a label like a heading": (
        GRANT + FIELD.replace('"Desk"', '"Your details"'),
        "config.toml, line 29: programmes.ace.fields[#1].label\n"
        '    found: "Your details", which is a heading of the form\n'
        "    write: a label that only this field has",
    ),
    "field with a label that opens no line": (
        GRANT + FIELD.replace('"Desk"', '"Desk"\nlabels = ["Floor: desk"]'),
        "config.toml, line 30: programmes.ace.fields[#1].labels[#1]\n"
        '    found: "Floor: desk"\n'
        "    write: at most 80 characters, letters among them, without : | ? = –",
    ),
    "field with a label of signs": (
        GRANT + FIELD.replace('"Desk"', '"***"'),
        "config.toml, line 29: programmes.ace.fields[#1].label\n"
        '    found: "***"\n'
        "    write: at most 80 characters, letters among them, without : | ? = –",
    ),
    "field with a key that templates can't read": (
        GRANT + FIELD.replace('"desk"', '"items"'),
        "config.toml, line 28: programmes.ace.fields[#1].key\n"
        '    found: "items"\n'
        "    write: another key: templates can't use that name",
    ),
    "rule with a pattern that is found in every text": (
        GRANT + FIELD + RULE.replace("estates@", "estates|"),
        "config.toml, line 35: programmes.ace.rules[#1].pattern\n"
        '    found: "estates|", which is found in every text\n'
        "    write: a pattern of what must stand there",
    ),
    "rule named like one of Postroom's": (
        GRANT + FIELD + RULE.replace('"estates"', '"stranger"'),
        "config.toml, line 33: programmes.ace.rules[#1].name\n"
        '    found: "stranger", which is one of Postroom\'s own\n'
        "    write: another name",
    ),
    "rule that looks in a header that is none": (
        GRANT + FIELD + RULE.replace('"from"', '"Body"'),
        "config.toml, line 34: programmes.ace.rules[#1].where\n"
        '    found: "Body"\n'
        '    write: "from", "to", "subject", "body", "attachment", or a header such as '
        '"X-Department"',
    ),
    "rule that makes nominations in a grant": (
        GRANT + FIELD + RULE + 'kind = "nomination"\n',
        "config.toml, line 37: programmes.ace.rules[#1].kind\n"
        '    found: "nomination", where nobody can be nominated: the programme is a grant\n'
        "    write: another kind",
    ),
    "field found anywhere without a sign": (
        GRANT + FIELD.replace('choices = ["North", "South"]', "anywhere = true"),
        "config.toml, line 30: programmes.ace.fields[#1].anywhere\n"
        "    found: true, but neither choices nor a pattern\n"
        "    write: what to look for, or take it out",
    ),
    "unknown key": (
        changed('team = "The ACE team"', 'team = "The ACE team"\nawrads = 10'),
        "config.toml, line 6: programmes.ace.awrads\n"
        "    found: 10\n"
        "    write: awards, if that is what is meant; else take it out",
    ),
    "key like no other": (
        changed('key = "2021"', 'key = "2021"\nxyz = 1'),
        "config.toml, line 14: programmes.ace.round.xyz\n"
        "    found: 1\n"
        "    write: one of closes_at, grace_minutes, key, opens_at, outcomes_at, scores_by, "
        "timeline; or take it out",
    ),
    "unknown table": (
        "[savety]\nonly_to = []\n" + GRANT,
        "config.toml, line 1: savety\n"
        "    found: a table with only_to\n"
        "    write: safety, if that is what is meant; else take it out",
    ),
    "missing key": (
        changed('team = "The ACE team"\n', ""),
        "config.toml, line 1: programmes.ace.team\n"
        "    found: nothing\n"
        "    write: this setting, which can't be left out. It means: Who signs the letters, "
        "for example: "
        'team = "The London leadership team"',
    ),
    "missing choice": (
        changed('kind = "grant"\n', ""),
        "config.toml, line 1: programmes.ace.kind\n"
        "    found: nothing\n"
        '    write: this setting, which can\'t be left out (one of "grant", "cohort"). It means: '
        "`grant`: projects "
        "express interest and get a pack. `cohort`: people are nominated to places",
    ),
    "wrong choice": (
        changed('security = "plain"', 'security = "startls"'),
        "config.toml, line 30: programmes.ace.mailbox.security\n"
        '    found: "startls"\n'
        '    write: one of "starttls", "tls", "plain"',
    ),
    "wrong type": (
        changed('name = "ACE 2021"', 'name = "ACE 2021"\namount = "£20,000"'),
        "config.toml, line 3: programmes.ace.amount\n"
        '    found: "£20,000"\n'
        "    write: a whole number, without quotes or a comma, for example: amount = 20000",
    ),
    "wrong type of a list": (
        changed('places = ["Tottenham"]', 'places = "Tottenham"'),
        "config.toml, line 20: programmes.ace.areas[#1].places\n"
        '    found: "Tottenham"\n'
        '    write: a list in square brackets, for example: places = ["Hackney", "Dalston"]',
    ),
    "out of range": (
        "poll_seconds = 1\n" + GRANT,
        "config.toml, line 1: poll_seconds\n"
        "    found: 1\n"
        "    write: 5 or more, for example: poll_seconds = 60",
    ),
    "weight of nothing": (
        GRANT
        + '[[programmes.ace.criteria]]\nkey = "a"\nname = "A"\n'
        + 'solid = "B"\nstrong = "C"\nweight = 0\n',
        "config.toml, line 31: programmes.ace.criteria[#1].weight\n"
        "    found: 0\n"
        "    write: more than 0, for example: weight = 2",
    ),
    "no address": (
        changed("rosalind.okoro@leadership.nhs.example", "Rosalind <r@leadership>"),
        "config.toml, line 10: programmes.ace.person.email\n"
        '    found: "Rosalind <r@leadership>"\n'
        '    write: an e-mail address, for example "ace@leadership.nhs.example"',
    ),
    "line break in a name": (
        changed('name = "ACE 2021"', 'name = "ACE\\r\\nBcc: x"'),
        "config.toml, line 2: programmes.ace.name\n"
        '    found: "ACE\\u000D\\u000ABcc: x"\n'
        "    write: one line of text without control characters",
    ),
    "unknown zone": (
        changed('name = "ACE 2021"', 'name = "ACE 2021"\nzone = "Europe/Lodon"'),
        "config.toml, line 3: programmes.ace.zone\n"
        '    found: "Europe/Lodon"\n'
        '    write: a time zone of the IANA list, for example "Europe/London"',
    ),
    "date without a clock time": (
        changed("2021-08-20T17:00:00", "2021-08-20"),
        "config.toml, line 15: programmes.ace.round.closes_at\n"
        "    found: 2021-08-20\n"
        "    write: the clock time too, for example 2021-08-20T17:00:00",
    ),
    "date beyond every calendar": (
        changed("2021-08-20T17:00:00", "9999-12-31T23:59:00"),
        "config.toml, line 15: programmes.ace.round.closes_at\n"
        "    found: 9999-12-31T23:59:00\n"
        "    write: a date in the years 1970 to 2199",
    ),
    "dates out of order": (
        changed("2021-08-20T17:00:00", "2021-06-20T17:00:00"),
        "config.toml, line 15: programmes.ace.round.closes_at\n"
        "    found: 2021-06-20T17:00:00\n"
        "    write: a moment after round.opens_at, which is 2021-07-05T09:00:00",
    ),
    "outcomes before closing": (
        changed('key = "2021"', 'key = "2021"\noutcomes_at = 2021-08-01T09:00:00'),
        "config.toml, line 14: programmes.ace.round.outcomes_at\n"
        "    found: 2021-08-01T09:00:00\n"
        "    write: a moment after round.closes_at, which is 2021-08-20T17:00:00",
    ),
    "time that summer time skips": (
        changed("2021-07-05T09:00:00", "2021-03-28T01:30:00"),
        "config.toml, line 14: programmes.ace.round.opens_at\n"
        "    found: 2021-03-28T01:30:00, which no clock in Europe/London shows\n"
        "    write: another time: summer time begins in that hour",
    ),
    "bad key of an area": (
        changed('key = "north"', 'key = "The North"'),
        "config.toml, line 18: programmes.ace.areas[#1].key\n"
        '    found: "The North"\n'
        "    write: a short name of lower-case letters, digits and hyphens, for example "
        '"east-surrey"',
    ),
    "place of two areas": (
        changed('places = ["Brixton"]', 'places = ["Brixton", "tottenham"]'),
        "config.toml, line 25: programmes.ace.areas[#2].places[#2]\n"
        '    found: "tottenham", which the area north has too\n'
        "    write: it in the one area to which it belongs, or in neither",
    ),
    "a number in quotes": (
        GRANT + SERVERS + QUESTION + 'max_words = "400"\n',
        "config.toml, line 41: programmes.ace.questions[#1].max_words\n"
        '    found: "400"\n'
        "    write: a whole number, without quotes or a comma",
    ),
    "a number in quotes in a list": (
        GRANT + SERVERS + '[programmes.ace.reminders]\ndays_before = [14, "2"]\n',
        "config.toml, line 38: programmes.ace.reminders.days_before[#2]\n"
        '    found: "2"\n'
        "    write: a whole number, without quotes or a comma",
    ),
    "slip in a short name": (
        changed("[programmes.surrey500.round]", "[programmes.surey500.round]"),
        "config.toml, line 49: programmes.surey500\n"
        "    found: a programme that lacks its name, kind and inbox\n"
        "    write: programmes.surrey500, if that is what is meant",
    ),
    "key of two areas": (
        changed('key = "south"', 'key = "north"'),
        "config.toml, line 23: programmes.ace.areas[#2].key\n"
        '    found: "north", which the area north has too\n'
        "    write: another key: each area needs one of its own",
    ),
    "criteria of a cohort programme": (
        changed('kind = "grant"', 'kind = "cohort"', text=GRANT + SERVERS + CRITERION),
        "config.toml, line 38: programmes.ace.criteria[#1]\n"
        "    found: a setting of a grant call\n"
        '    write: kind = "grant", or take it out',
    ),
    "nomination lead of an unknown area": (
        COHORT
        + '[[programmes.surrey500.areas]]\nkey = "east-surrey"\nname = "East Surrey"\n'
        + "[programmes.surrey500.nomination_leads.east-sury]\n"
        + 'name = "Gordon Abara"\nemail = "gordon.abara@heartlands.nhs.example"\n',
        "config.toml, line 20: programmes.surrey500.nomination_leads.east-sury\n"
        '    found: the area "east-sury", which is not among the areas\n'
        "    write: east-surrey, if that is what is meant",
    ),
    "two programmes on one inbox": (
        changed("surrey500@heartlands.nhs.example", "Ace@leadership.nhs.example"),
        "config.toml, line 40: programmes.surrey500.inbox\n"
        "    found: ace@leadership.nhs.example, which ace has too\n"
        "    write: an inbox of its own",
    ),
    "one prefix twice": (
        changed('"S500"', '"ACE"'),
        "config.toml, line 42: programmes.surrey500.reference_prefix\n"
        "    found: ACE, which ace has too\n"
        "    write: a prefix of its own",
    ),
    "one mailbox twice": (
        GRANT
        + SERVERS
        + COHORT
        + '[programmes.surrey500.mailbox]\nhost = "127.0.0.1"\nport = 143\nsecurity = "plain"\n'
        + 'username = "ace@leadership.nhs.example"\n',
        "config.toml, line 53: programmes.surrey500.mailbox\n"
        "    found: ace@leadership.nhs.example at 127.0.0.1:143, folder INBOX, which ace has too\n"
        "    write: no mailbox of its own: messages of one mailbox find their programme by its "
        "inbox",
    ),
    "prefix in small letters": (
        changed('"ACE"', '"ace"'),
        "config.toml, line 6: programmes.ace.reference_prefix\n"
        '    found: "ace"\n'
        '    write: two to ten capital letters and digits, a letter first, for example "ACE"',
    ),
    "plain text to another machine": (
        changed('host = "127.0.0.1"', 'host = "imap.leadership.nhs.example"'),
        "config.toml, line 30: programmes.ace.mailbox.security\n"
        '    found: "plain" to imap.leadership.nhs.example, where others could read along\n'
        '    write: "tls" or "starttls"; plain text is for a server on this machine only',
    ),
    "more awards than areas can take": (
        changed('name = "ACE 2021"', 'name = "ACE 2021"\nawards = 10\nawards_per_area = 2'),
        "config.toml, line 3: programmes.ace.awards\n"
        "    found: 10, but 2 areas with at most 2 each make 4\n"
        "    write: 4 or fewer, or a larger awards_per_area",
    ),
    "more in the cohorts than places": (
        COHORT
        + "[[programmes.surrey500.cohorts]]\nnumber = 1\nstarts_at = 2019-05-23T09:00:00\n"
        + "places = 501\n",
        "config.toml, line 7: programmes.surrey500.places\n"
        "    found: 500, but the cohorts take 501\n"
        "    write: 501 or more, or fewer places in the cohorts",
    ),
    "places in a grant": (
        changed('name = "ACE 2021"', 'name = "ACE 2021"\nplaces = 10'),
        "config.toml, line 3: programmes.ace.places\n"
        "    found: a setting of a cohort programme\n"
        '    write: kind = "cohort", or take it out',
    ),
    "placing in a grant": (
        GRANT + "[programmes.ace.placing]\nreply_within_days = 4\n",
        "config.toml, line 26: programmes.ace.placing\n"
        "    found: a setting of a cohort programme\n"
        '    write: kind = "cohort", or take it out',
    ),
    "limit of a partnership in a grant": (
        changed('key = "north"', 'key = "north"\nmost_in_all = 3', text=GRANT + SERVERS),
        "config.toml, line 19: programmes.ace.areas[#1].most_in_all\n"
        "    found: a setting of a cohort programme\n"
        '    write: kind = "cohort", or take it out',
    ),
    "more of a partnership than the cohorts take": (
        COHORT + TWO_COHORTS + PARTNERSHIP + "most_in_all = 61\n",
        "config.toml, line 31: programmes.surrey500.areas[#1].most_in_all\n"
        "    found: 61\n"
        "    write: 60 or fewer: the cohorts take no more",
    ),
    "more of a partnership than its share of each cohort": (
        COHORT + TWO_COHORTS + PARTNERSHIP + "most_in_all = 50\nmost_in_a_cohort = 20\n",
        "config.toml, line 31: programmes.surrey500.areas[#1].most_in_all\n"
        "    found: 50, but 2 cohorts with at most 20 each make 40\n"
        "    write: 40 or fewer, or a larger most_in_a_cohort",
    ),
    "nudge after the time to answer": (
        COHORT
        + "[programmes.surrey500.placing]\nreply_within_days = 5\nchase_after_days = [3, 5]\n",
        "config.toml, line 19: programmes.surrey500.placing.chase_after_days\n"
        "    found: 5, when the time to answer is over after 5\n"
        "    write: numbers below reply_within_days, which is 5",
    ),
    "reminder before the joining instructions": (
        COHORT + "[programmes.surrey500.placing]\nreminder_days_before = [14]\n",
        "config.toml, line 18: programmes.surrey500.placing.reminder_days_before\n"
        "    found: 14, before the joining instructions go out\n"
        "    write: numbers below joining_days_before, which is 14",
    ),
    "mailbox without a host": (
        GRANT + "[programmes.ace.mailbox]\n",
        "config.toml, line 26: programmes.ace.mailbox.host\n"
        "    found: nothing\n"
        '    write: host = "imap.leadership.nhs.example", for example',
    ),
    "host of a Maildir": (
        GRANT + '[programmes.ace.mailbox]\nkind = "maildir"\npath = "."\nhost = "imap"\n',
        "config.toml, line 29: programmes.ace.mailbox.host\n"
        "    found: a setting that maildir has not\n"
        "    write: take it out",
    ),
    "missing file of a password": (
        changed('password = "secret"', 'password_file = "nowhere"'),
        "config.toml, line 31: programmes.ace.mailbox.password_file\n"
        '    found: "nowhere", a file that can\'t be read (No such file or directory)\n'
        "    write: the path of a file whose only line is the secret, readable by Postroom's user",
    ),
    "missing certificates": (
        changed('password = "secret"', 'cafile = "ca.pem"'),
        "config.toml, line 31: programmes.ace.mailbox.cafile\n"
        '    found: "ca.pem", which is no file\n'
        "    write: a file of certificates in PEM form, or take it out to trust the system's",
    ),
    "missing templates": (
        'templates_folder = "letters"\n' + GRANT,
        "config.toml, line 1: templates_folder\n"
        '    found: "letters", which is no folder\n'
        "    write: a folder of templates, or take it out to use those that Postroom brings",
    ),
    "a driver it does not know": (
        'database_url = "postgresql://u:hunter2@localhost/x"\n' + GRANT,
        "config.toml, line 1: database_url\n"
        "    found: (not shown: it may be a secret)\n"
        '    write: a URL that begins with "sqlite:////" and a path, or with '
        '"postgresql+psycopg://"',
    ),
    "organiser twice": (
        GRANT
        + '[[programmes.ace.organisers]]\nname = "Jo"\nemail = "jo@nhs.example"\n'
        + '[[programmes.ace.organisers]]\nname = "Jo"\nemail = "Jo@NHS.example"\n',
        "config.toml, line 31: programmes.ace.organisers[#2].email\n"
        '    found: "jo@nhs.example" twice\n'
        "    write: each organiser once: with several areas, all of them in the one entry",
    ),
    "organiser at the inbox": (
        GRANT
        + '[[programmes.ace.organisers]]\nname = "ACE"\nemail = "ace@leadership.nhs.example"\n',
        "config.toml, line 28: programmes.ace.organisers[#1].email\n"
        "    found: the programme's own inbox\n"
        "    write: the organiser's own address: the inbox is the programme's",
    ),
    "panel without criteria": (
        GRANT.replace("closes_at", "scores_by = 2021-09-10T17:00:00\ncloses_at") + PANEL,
        "config.toml, line 28: programmes.ace.panel[#1]\n"
        "    found: a panel without criteria\n"
        "    write: [[programmes.…criteria]] too",
    ),
    "panel without a day": (
        GRANT + CRITERION + PANEL,
        "config.toml, line 12: programmes.ace.round\n"
        "    found: no scores_by, and there is a panel\n"
        "    write: scores_by, when its scores are due",
    ),
    "panel that scores before the closing": (
        GRANT.replace("closes_at", "scores_by = 2021-08-01T17:00:00\ncloses_at")
        + CRITERION
        + PANEL,
        "config.toml, line 15: programmes.ace.round.scores_by\n"
        "    found: 2021-08-01T17:00:00\n"
        "    write: a moment after round.closes_at, which is 2021-08-20T17:00:00",
    ),
    "member of the panel twice": (
        GRANT.replace("closes_at", "scores_by = 2021-09-10T17:00:00\ncloses_at")
        + CRITERION
        + PANEL * 2,
        "config.toml, line 40: programmes.ace.panel[#2].email\n"
        '    found: "beatrice.alabi@riverbank.example" twice\n'
        "    write: the member's own address",
    ),
    "panel of a cohort": (
        COHORT + PANEL.replace("ace", "surrey500"),
        "config.toml, line 18: programmes.surrey500.panel[#1]\n"
        "    found: a setting of a grant call\n"
        '    write: kind = "grant", or take it out',
    ),
    "reserved short name": (
        GRANT.replace("programmes.ace", "programmes.default"),
        "config.toml, line 1: programmes.default\n"
        '    found: the short name "default"\n'
        "    write: another one: it is reserved",
    ),
    "short name in capitals": (
        GRANT.replace("programmes.ace", "programmes.ACE"),
        "config.toml, line 1: programmes.ACE\n"
        '    found: "ACE"\n'
        "    write: a short name of lower-case letters, digits and hyphens, for example "
        '"east-surrey"',
    ),
    "key of the library": (
        '_env_file = "/etc/passwd"\n' + GRANT,
        "config.toml, line 1: _env_file\n    found: a key that is no setting\n"
        "    write: take it out",
    ),
    "no TOML": (
        "data_folder = var\n" + GRANT,
        "config.toml, line 1\n    found: what is not TOML: Invalid value\n"
        "    write: settings as key = value; text stands in double quotes, a list in [ ], and "
        "each key only once",
    ),
    "secret of the wrong type": (
        changed('password = "secret"', "password = 123456"),
        "config.toml, line 31: programmes.ace.mailbox.password\n"
        "    found: (not shown: it may be a secret)\n"
        "    write: text in double quotes",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_told_with_its_line_and_what_to_write(mistake: str, tmp_path: Path) -> None:
    text, told = MISTAKES[mistake]

    assert problems_of(tmp_path, text) == [told]


def test_all_mistakes_of_a_file_are_told_at_once_in_its_order(tmp_path: Path) -> None:
    text = changed("2021-08-20T17:00:00", "2021-06-20T17:00:00")
    text = changed('team = "The ACE team"', 'team = "The ACE team"\namount = "much"', text=text)
    text = changed('"S500"', '"ACE"', text=text)
    text = changed("places = 500", "placse = 500", text=text)

    told = problems_of(tmp_path, text)

    assert [problem.splitlines()[0] for problem in told] == [
        "config.toml, line 6: programmes.ace.amount",
        "config.toml, line 16: programmes.ace.round.closes_at",
        "config.toml, line 43: programmes.surrey500.reference_prefix",
        "config.toml, line 44: programmes.surrey500.placse",
    ]


def test_one_mistake_is_not_told_twice(tmp_path: Path) -> None:
    """An area whose key is wrong has no second problem for being without a key."""
    text = changed('key = "north"', "key = 7")

    assert len(problems_of(tmp_path, text)) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('inbox = "ace@', 'inbox = "ace'),
        ('kind = "grant"\n', ""),
        ('team = "The ACE team"', "team = 7"),
        ('reference_prefix = "ACE"', 'reference_prefix = "-"'),
    ],
)
def test_what_is_wrong_between_settings_is_told_beside_a_needed_one(
    old: str, new: str, tmp_path: Path
) -> None:
    text = GRANT + FIELD + RULE.replace("North", "East")
    text = changed("2021-08-20T17:00:00", "2021-06-20T17:00:00", text=text)
    text = 'templates_folder = "nowhere"\n' + changed(old, new, text=text)

    told = {problem.splitlines()[0].rpartition(": ")[2] for problem in problems_of(tmp_path, text)}

    assert told == {
        "templates_folder",
        f"programmes.ace.{new.partition(' ')[0] or 'kind'}",
        "programmes.ace.round.closes_at",
        "programmes.ace.rules[#1].values.desk",
    }


@pytest.mark.parametrize("wrong", ["", "{key} = [[7.5]]", '{key} = "?"'])
def test_one_mistake_is_one_problem_wherever_it_is(wrong: str, tmp_path: Path) -> None:
    lines = (GRANT + FIELD + RULE + SERVERS + COHORT).splitlines()
    path = write_configuration(tmp_path, "")
    several = []

    for place, line in enumerate(lines):
        key, equals, _ = line.partition(" = ")
        if not equals:
            continue
        broken = [*lines[:place], wrong.format(key=key), *lines[place + 1 :]]
        path.write_text("\n".join(broken), "utf-8")
        try:
            load_configuration(path, is_scratch=True)
        except ConfigError as error:
            several += [str(error)] if len(error.problems) > 1 else []

    assert several == []


def test_missing_configuration_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_configuration(tmp_path / "config.toml")

    assert str(caught.value) == (
        f"{tmp_path}/config.toml\n"
        "    found: a file that can't be read (No such file or directory)\n"
        "    write: the path of a configuration, or make one with: postroom init DIR"
    )


def test_text_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"# one\n# caf\xe9\n")

    with pytest.raises(ConfigError) as caught:
        load_configuration(path)

    assert [(p.line, p.found) for p in caught.value.problems] == [
        (2, "a character that is not UTF-8")
    ]


def test_an_empty_file_needs_a_programme(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "") == [
        "config.toml: programmes\n    found: nothing\n"
        "    write: this setting, which can't be left out. It means: "
        "What one can apply to, each by its short name"
    ]
