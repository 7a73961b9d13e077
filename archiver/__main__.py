"""`python -m archiver`, and the command `archiver`."""

import sys


def main() -> None:
    """Run the command line; an interrupt while it is still being loaded is one like any other."""
    try:
        from archiver.cli import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
