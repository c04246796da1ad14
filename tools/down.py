"""Stop what `make up` started."""

from tools import processes


def main() -> None:
    """Stop it, or say that nothing runs."""
    print("Stopped." if processes.stop_all() else "Nothing was running.")


if __name__ == "__main__":
    main()
