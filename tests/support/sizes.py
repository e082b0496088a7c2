"""How many examples a law is tried on: few every day, more on the build server, all of them by
`make laws`."""

import os


def examples(*, full: int, everyday: int) -> int:
    """`full` with LAWS=full in the environment, a quarter of it with CI, else `everyday`."""
    if os.environ.get("LAWS") == "full":
        return full
    return max(full // 4, everyday) if os.environ.get("CI") else everyday
