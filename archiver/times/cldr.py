"""`python -m archiver.times.cldr`: complete `months.txt`, the names of the months in all of CLDR's languages.

Babel takes seconds to read all its locales, so their names are kept: run it when a newer Babel is there. What one
release calls a month is still printed in pages when the next one has another name for it: nothing is taken out.
"""

from pathlib import Path

from babel import Locale, localedata

from archiver.times.names import month_numbers, read_months, spelled

MONTHS = Path(__file__).with_name("months.txt")


def main() -> None:
    """Add the names that are not known yet, each where it is one month."""
    months: dict[str, set[int]] = {}
    for identifier in localedata.locale_identifiers():
        for widths in Locale.parse(identifier).months.values():
            for number, name in (*widths["wide"].items(), *widths["abbreviated"].items()):
                months.setdefault(spelled(name), set()).add(number)
    kept = {name: set(numbers) for name, numbers in read_months(MONTHS.read_text("utf-8")).items()}
    kept |= {name: numbers for name, numbers in months.items() if _is_told(name, numbers)}
    lines = (
        f"{month}: " + "; ".join(sorted(name for name, numbers in kept.items() if month in numbers))
        for month in range(1, 13)
    )
    MONTHS.write_text("\n".join(lines) + "\n", "utf-8")


def _is_told(name: str, numbers: set[int]) -> bool:
    """Whether a name is one month and not known; short ones from a to z are words of other languages (`can`, `was`)."""
    is_short = len(name) < 3 or (name.isascii() and len(name) <= 4)
    is_name = not is_short and not any(character.isdigit() for character in name)
    return is_name and len(numbers) == 1 and not month_numbers(name)


if __name__ == "__main__":
    main()
