"""How an amount of money reads, in letters, tables and reasons alike."""

_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


def money(amount: int, currency: str) -> str:
    """`£20,000`; a currency without a sign of its own goes by its letters."""
    return f"{_SIGNS.get(currency, currency + ' ')}{amount:,}"
