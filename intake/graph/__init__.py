"""Microsoft Graph over HTTPS: one mailbox of Microsoft 365, spoken to in HTTP and JSON."""
