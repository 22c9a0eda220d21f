"""``router`` and ``python -m router``.

Nothing is imported before it is needed: every solver process imports the main module of the process that
asked for it.
"""


def main() -> None:
    """Run the command line."""
    from router.cli.commands import app  # noqa: PLC0415

    app()


if __name__ == "__main__":
    main()
