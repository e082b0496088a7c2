"""A mailbox of Microsoft 365, read and filed by Microsoft Graph."""
