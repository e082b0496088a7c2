"""`python -m intake` is the command `postroom`."""

from intake.cli import main

if __name__ == "__main__":
    main()
