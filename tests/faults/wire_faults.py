"""R2: the mail servers fail at every stage and command, in every way: nothing is lost, and no
letter leaves twice unless the server took it and hung up."""

from concurrent.futures import ThreadPoolExecutor

from tests.faults.board import Figure, Measured, Size, exactly, none_of
from tests.faults.imap_faults import measure_imap
from tests.faults.smtp_faults import measure_smtp
from tests.support.dovecot import Dovecot


def measure(size: Size) -> Measured:
    every = size.pick(full=1, small=12)
    with Dovecot() as dovecot, ThreadPoolExecutor() as pool:
        letters = pool.submit(measure_smtp, every)
        imap, smtp = measure_imap(dovecot, every), letters.result()
    return Measured(
        (
            Figure("faults", smtp.struck + imap.scenarios, least=size.pick(full=400, small=30)),
            Figure("of them SMTP", smtp.struck, least=size.pick(full=150, small=12)),
            Figure("of them IMAP", imap.scenarios, least=size.pick(full=150, small=12)),
            Figure("IMAP commands struck", len(imap.commands), least=size.pick(full=10, small=5)),
            none_of("messages lost", imap.lost + imap.lost_from_mailbox),
            none_of("messages stored twice", imap.stored_twice),
            none_of("messages left in the inbox", imap.left_in_inbox),
            Figure("letters", smtp.letters),
            none_of("letters lost", smtp.lost),
            exactly("letters failed, of 5xx alone", smtp.failed, smtp.refused_for_good),
            exactly("copies, of accept-then-drop alone", smtp.copies, smtp.accepted_then_dropped),
            none_of("copies of other bytes", smtp.other_bytes),
        ),
        (
            "SMTP: " + ", ".join(f"{count} × {answer}" for answer, count in smtp.answers.items()),
            "IMAP: " + ", ".join(sorted(imap.commands)),
        ),
    )
