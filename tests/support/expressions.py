"""Expressions of interest by the thousand, each of somebody else about something else."""

EXPRESSION = """\
Return-Path: <{name}@project{n}.example>
Received: from relay.example by mx.leadership.nhs.example; Mon, 12 Jul 2021 10:00:00 +0100
From: {name} Okafor <{name}@project{n}.example>
To: ace@leadership.nhs.example
Subject: Expression of interest {n}
Message-ID: <{n}@project{n}.example>
Date: Mon, 12 Jul 2021 10:00:00 +0100
Content-Type: text/plain; charset=utf-8

Name: {name} Okafor
Organisation: Project {n} Trust
Telephone: 07700 900{phone:03d}
ICS: North East London

Summary:

Carers on estate {n} wait weeks for a call that nobody thinks is theirs to make. We would like
nurses, carers and the housing team to plan together, and to see after six months whether fewer
people go to hospital on a Friday night for want of somebody to ask.
"""


def expression(n: int) -> bytes:
    """Expression `n`, as it comes over the wire."""
    name = ("Ada", "Bola", "Cleo", "Dele", "Ezra")[n % 5]
    text = EXPRESSION.format(n=n, name=name, phone=n % 1000)
    return text.replace("\n", "\r\n").encode()
