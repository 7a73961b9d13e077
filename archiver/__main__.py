"""`python -m archiver`, and the command `archiver`."""

import os
import signal


def main() -> None:
    """Run the command line; an interrupt while it is still being loaded is one like any other."""
    can_be_interrupted = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if can_be_interrupted:  # else it is ignored, as in the background of a shell
        signal.signal(signal.SIGINT, _end)
    from archiver.cli import main as run

    if can_be_interrupted:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


def _end(*_: object) -> None:
    """End at once: there is nothing to be kept yet, and an exception would be lost in some libraries' imports."""
    os.write(2, b"archiver: interrupted before it began\n")
    os._exit(130)


if __name__ == "__main__":
    main()
