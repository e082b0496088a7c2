"""Pure: the bytes of a message → what it says. The walk is `understand`; then the ledger is asked:
`routing` (to which programme), `threads` (to which case), `echoes` (is a robot talking).

- `mime`: bytes → a message
- `texts`: its text → pieces: new, quoted, forwarded, signature, labels, tables
- `files`: what came with it
- `triage`: what it is, by named ordered rules
- `finders`: who writes and about what
"""
