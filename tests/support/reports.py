"""Reports of failed delivery in the forms that mail servers give them, each about the same letter,
and forged ones. The words are our own; the forms are theirs."""

import base64

RECIPIENT = "jo@elm.example"
LETTER_ID = "<17@postroom.leadership.nhs.example>"
LETTER = (
    "From: ACE <ace@leadership.nhs.example>\r\nTo: jo@elm.example\r\n"
    f"Subject: ACE: your application pack\r\nMessage-ID: {LETTER_ID}\r\n"
)
TO_US = "ace@leadership.nhs.example"
DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.example>"


def status_report(
    *blocks: str,
    original: str = LETTER,
    original_type: str = "message/rfc822",
    status_type: str = "message/delivery-status",
    report_type: str = "delivery-status",
    encode: bool = False,
    intro: str = "Your message could not be delivered.",
) -> bytes:
    """A report of RFC 3464: what happened, a block for each recipient, and the letter."""
    status = "\r\n\r\n".join(("Reporting-MTA: dns; mx.example", *blocks)) + "\r\n"
    encoding = ""
    if encode:
        encoding = "Content-Transfer-Encoding: base64\r\n"
        status = base64.encodebytes(status.encode()).decode()
    body = (
        f"--b\r\nContent-Type: text/plain\r\n\r\n{intro}\r\n"
        f"--b\r\nContent-Type: {status_type}\r\n{encoding}\r\n{status}\r\n"
        f"--b\r\nContent-Type: {original_type}\r\n\r\n{original}\r\n--b--\r\n"
    )
    kind = f"multipart/report; report-type={report_type}; boundary=b"
    return _message(body, content_type=kind)


def prose_report(
    text: str, *fields: str, subject: str = "Mail delivery failed", sender: str = DAEMON
) -> bytes:
    """A report in words, with the letter's headers behind them."""
    return _message(text + "\n\n" + LETTER, *fields, subject=subject, sender=sender)


def _message(
    body: str,
    *fields: str,
    subject: str = "Undelivered Mail Returned to Sender",
    sender: str = DAEMON,
    content_type: str = "text/plain; charset=utf-8",
) -> bytes:
    head = (
        "Return-Path: <>",
        *fields,
        f"From: {sender}",
        f"To: {TO_US}",
        f"Subject: {subject}",
        "Message-ID: <report@mx.example>",
        "MIME-Version: 1.0",
        f"Content-Type: {content_type}",
    )
    text = "\r\n".join(head) + "\r\n\r\n" + body.replace("\r\n", "\n").replace("\n", "\r\n")
    return text.encode()


def _block(status: str = "5.1.1", action: str = "failed", **fields: str) -> str:
    told = {"Final-Recipient": f"rfc822; {RECIPIENT}", "Action": action, "Status": status}
    told |= {name.replace("_", "-"): value for name, value in fields.items()}
    return "\r\n".join(f"{name}: {value}" for name, value in told.items())


_STATUSES = (
    "5.0.0",
    "5.1.1",
    "5.1.10",
    "5.2.1",
    "5.2.2",
    "5.4.1",
    "5.4.4",
    "5.7.1",
    "4.4.7",
    "5.7.26",
)
_OTHER = "Final-Recipient: rfc822; ann@elm.example\r\nAction: delivered\r\nStatus: 2.0.0"

STANDARD: dict[str, bytes] = {
    **{f"status {status}": status_report(_block(status)) for status in _STATUSES},
    "headers only": status_report(_block(), original_type="text/rfc822-headers"),
    "fields in lower case": status_report(_block().lower()),
    "fields in capitals": status_report(_block().replace("Final-Recipient", "FINAL-RECIPIENT")),
    "action with a comment": status_report(_block(action="failed (permanently)")),
    "status with a comment": status_report(_block("5.2.2 (mailbox full)")),
    "diagnostic": status_report(_block(Diagnostic_Code="smtp; 550 5.1.1 No such user here")),
    "original recipient as well": status_report(
        _block(Original_Recipient=f"rfc822;{RECIPIENT}", Remote_MTA="dns; mx.elm.example")
    ),
    "sent on before it failed": status_report(
        f"Original-Recipient: rfc822;{RECIPIENT}\r\n"
        "Final-Recipient: rfc822; jo.elm@elsewhere.example\r\nAction: failed\r\nStatus: 5.1.1"
    ),
    "address in brackets": status_report(_block(Final_Recipient=f"rfc822; <{RECIPIENT}>")),
    "address in capitals": status_report(_block(Final_Recipient="RFC822; JO@ELM.EXAMPLE")),
    "address of type utf-8": status_report(_block(Final_Recipient=f"utf-8; {RECIPIENT}")),
    "folded lines": status_report(_block(Diagnostic_Code="smtp; 550\r\n 5.1.1 No such\r\n user")),
    "two recipients": status_report(_OTHER, _block()),
    "encoded in base64": status_report(_block(), encode=True),
    "global": status_report(_block(), status_type="message/global-delivery-status"),
    "another language": status_report(_block(), intro="Nicht zugestellt: Ihre Nachricht"),
    "no action": status_report(f"Final-Recipient: rfc822; {RECIPIENT}\r\nStatus: 5.0.0"),
}

PROSE: dict[str, bytes] = {
    "exim": prose_report(
        "This message was created automatically by mail delivery software.\n\nA message that you "
        "sent could not be delivered to one or more of its\nrecipients. This is a permanent error. "
        f"The following address(es) failed:\n\n  {RECIPIENT}\n    550 5.1.1 User unknown\n\n"
        "------ This is a copy of the message, including all the headers. ------"
    ),
    "exim, by a field": prose_report(
        "A message that you sent could not be delivered.", f"X-Failed-Recipients: {RECIPIENT}"
    ),
    "qmail": prose_report(
        "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver "
        "your message to the following addresses.\nThis is a permanent error; I've given up. Sorry "
        f"it didn't work out.\n\n<{RECIPIENT}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        "--- Below this line is a copy of the message.",
        subject="failure notice",
    ),
    "postfix in words": prose_report(
        "This is the mail system at host mx.example.\n\nI'm sorry to have to inform you that your "
        "message could not\nbe delivered to one or more recipients. It's attached below.\n\n"
        f"<{RECIPIENT}>: host mx.elm.example[192.0.2.4] said: 550 5.1.1\n    User unknown",
        subject="Undelivered Mail Returned to Sender",
    ),
    "sendmail": prose_report(
        "The original message was received at Mon, 12 Jul 2021 10:00:00 +0100\n\n"
        "   ----- The following addresses had permanent fatal errors -----\n"
        f"<{RECIPIENT}>\n    (reason: 550 5.1.1 User unknown)\n\n"
        "   ----- Transcript of session follows -----\n550 5.1.1 User unknown",
        subject="Returned mail: see transcript for details",
    ),
    "exchange": prose_report(
        f"Delivery has failed to these recipients or groups:\n\n{RECIPIENT}\nThe e-mail address "
        "you entered couldn't be found.\n\nOriginal message headers:",
        subject="Undeliverable: ACE: your application pack",
    ),
    "exchange, older": prose_report(
        "Your message did not reach some or all of the intended recipients.\n\n      Subject: ACE\n"
        f"      Sent: 12/07/2021 10:00\n\nThe following recipient(s) could not be reached:\n\n"
        f"      {RECIPIENT} on 12/07/2021 10:01\n            The e-mail account does not exist.",
        subject="Undeliverable: ACE: your application pack",
    ),
    "office 365": prose_report(
        f"Your message to {RECIPIENT} couldn't be delivered.\n\njo wasn't found at elm.example.\n\n"
        "Status code: 550 5.1.10\n\nOriginal Message Headers",
        subject="Undeliverable: ACE: your application pack",
    ),
    "gmail": prose_report(
        f"Address not found\n\nYour message wasn't delivered to {RECIPIENT} because the address "
        "couldn't be found or is unable to receive email.\n\nThe response was:\n\n550 5.1.1 No "
        "such user",
        subject="Delivery Status Notification (Failure)",
    ),
    "gmail, older": prose_report(
        "Delivery to the following recipient failed permanently:\n\n"
        f"     {RECIPIENT}\n\nTechnical details of permanent failure:\n550 5.1.1 No such user\n\n"
        "----- Original message -----",
        subject="Delivery Status Notification (Failure)",
    ),
    "yahoo": prose_report(
        f"Sorry, we were unable to deliver your message to the following address.\n\n<{RECIPIENT}>:"
        "\n550: User unknown\n\n--- Below this line is a copy of the message.",
        subject="Failure Notice",
    ),
    "domino": prose_report(
        "Your message\n\n  Subject: ACE: your application pack\n\nwas not delivered to:\n\n"
        f"  {RECIPIENT}\n\nbecause:\n\n  User jo (jo@elm.example) not listed in Directory",
        subject="DELIVERY FAILURE: User jo (jo@elm.example) not listed in Directory",
    ),
    "groupwise": prose_report(
        f"The attached file had the following undeliverable recipient(s):\n\t{RECIPIENT}\n\n"
        "Transcript of session follows:\n550 Unknown user",
        subject="Message status - undeliverable",
    ),
    "courier": prose_report(
        "This is a delivery status notification from mx.example.\n\nThe original message was "
        f"received on Mon, 12 Jul 2021.\n\nUNDELIVERABLE MAIL\n\nYour message to the following "
        f"recipients cannot be delivered:\n\n<{RECIPIENT}>:\n    mx.elm.example:\n    550 User "
        "unknown.",
        subject="NOTICE: mail delivery status.",
    ),
    "a filter": prose_report(
        f"The message you sent to {RECIPIENT} was rejected by the recipient's server and has not "
        "been delivered.\n\n550 5.7.1 Message refused by policy",
        subject="Undeliverable: message rejected",
    ),
    "amazon": prose_report(
        "An error occurred while trying to deliver the mail to the following recipients:\n"
        + RECIPIENT,
        subject="Delivery Status Notification (Failure)",
    ),
    "full mailbox": prose_report(
        f"I could not deliver your mail to the following recipient:\n\n    {RECIPIENT}\n\nThe "
        "mailbox is over its quota. 552 5.2.2",
        subject="Mail delivery failed: returning message to sender",
    ),
}


def _claim(text: str) -> bytes:
    return prose_report(text).replace(LETTER_ID.encode(), b"<guessed@elsewhere.example>")


def forgeries() -> dict[str, bytes]:
    """What somebody sends who wants an address silenced, or a case."""
    none = LETTER.replace(LETTER_ID, "<guessed@elsewhere.example>")
    guesses = {
        f"a guessed id, {name}": status_report(_block(), original=LETTER.replace(LETTER_ID, guess))
        for name, guess in {
            "of our domain": "<18@postroom.leadership.nhs.example>",
            "cut": "<1@postroom.leadership.nhs.example>",
            "longer": "<17x@postroom.leadership.nhs.example>",
            "in capitals": LETTER_ID.replace("17", "1７"),
            "empty": "<>",
            "none": "",
            "of another host": "<17@postroom.elsewhere.example>",
            "with a blank": "<17 @postroom.leadership.nhs.example>",
        }.items()
    }
    others = {
        f"our id, but {name}": status_report(
            _block(Final_Recipient=f"rfc822; {address}"), original=LETTER
        )
        for name, address in {
            "another address": "ann@elm.example",
            "an address like it": "jo@elm.example.evil.example",
            "the whole domain": "@elm.example",
            "our own address": TO_US,
            "an organiser's": "rosalind.okoro@leadership.nhs.example",
            "nobody's": "",
            "a list of addresses": "ann@elm.example, ben@elm.example",
        }.items()
    }
    return {
        **guesses,
        **others,
        "no letter at all": status_report(_block(), original=""),
        "another letter": status_report(_block(), original=none),
        "in words alone": _claim(f"Delivery to the following recipient failed: {RECIPIENT}"),
        "by a field alone": _claim("It failed.").replace(
            b"Return-Path: <>", b"Return-Path: <>\r\nX-Failed-Recipients: jo@elm.example"
        ),
        "as a person's message": _claim(f"{RECIPIENT} does not exist any more.").replace(
            b"Return-Path: <>", b"Return-Path: <eve@evil.example>"
        ),
    }
