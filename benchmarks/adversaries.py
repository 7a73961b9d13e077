"""`python -m benchmarks.adversaries`: ten megabytes of what looks like each platform's embeds and is none; exit 1 above
the bar."""

import random
import re
import sys
import time

from archiver.find import find_embeds
from archiver.platforms import PLATFORMS
from archiver.platforms.base import Platform
from archiver.records import Format

LENGTH, BAR_SECONDS, RUNS = 10_000_000, 2.0, 2
FORMATS: tuple[Format, ...] = ("text", "markdown", "html")


def worst(platform: Platform, format_: Format, length: int) -> str:
    """The worst of a platform that we can think of, in about so many characters.

    It is all that its rules look for, again and again, and never the rest.

    Each stretch is one thing repeated, or two that may open and close one another, or all of them in any order; quotes
    and brackets stay open, elements are never closed, and there is neither a line's nor a sentence's end for long.
    """
    chance = random.Random(platform.name + format_)
    looked_for = dict.fromkeys(
        [
            *platform.needles,
            *platform.traces,
            *platform.token_words,
            *(shortcode.opening for shortcode in platform.shortcodes),
            *(f"<script>{script.opening}" for script in platform.scripts),
            *(phrase.anchor for phrase in platform.phrases),
            *(word for byline in platform.bylines for word in (*byline.before, *byline.on)),
            *(word for one in platform.wordings for word in (*one.leads, *one.before, *one.after, *one.on)),
            *(f"<{one.tag.replace('*', 'div')} {one.having.replace('.', 'class=')}" for one in platform.markup),
            *(f'<script>["\\u003c{one.tag} {one.having}=\\"' for one in platform.markup),
            *(f"https://{form.hosts[0].replace('*', 'any')}/" for form in platform.urls),
        ]
    )
    marks = re.findall(
        r"\S+", """< </ <!-- <![CDATA[ <pre> <p> <iframe > " ' “ ( (@ (@a) [ [[ ]( {{< {% ``` ` :// / & = . a 0"""
    )
    marks += [
        " — ",
        "&mdash;",
        "\n",
        "\n\n",
        " ",
        "\t",
        "-",
        "_",
        ", ",
        "@",
        "2020",
        "\\",
        "%2F",
        "\u00a0",
        "on ",
        "a b ",
    ]
    words = [*looked_for, *marks]
    stretches: list[str] = []
    size, wanted = 0, length // 40
    while size < length:
        kind = chance.randrange(4)
        if kind == 0:
            piece = chance.choice(words)
        elif kind == 1:
            piece = chance.choice(list(looked_for)) + chance.choice(marks)
        elif kind == 2:
            piece = "".join(chance.choices(words, k=8))
        else:
            example = pieces(chance.choice(platform.examples).source)
            cut = chance.randrange(len(example))
            piece = "".join(example[:cut] if chance.random() < 0.5 else example[cut:])
        stretch = piece * (wanted // len(piece) + 1) if piece else ""
        stretches.append(stretch)
        size += len(stretch)
    return "".join(stretches)


def pieces(source: str) -> list[str]:
    """What an example is made of: words, white space, single marks."""
    return re.findall(r"\w+|\s+|[^\w\s]", source)


def seconds(platform: Platform, format_: Format) -> float:
    """Seconds of a processor that finding takes in the worst of a platform: the best of some runs."""
    source = worst(platform, format_, LENGTH)
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        find_embeds(source, format_)
        taken.append(time.process_time() - start)
    return min(taken)


def main() -> int:
    """Print the seconds of each platform in each format; 1 where any is above the bar."""
    slowest = 0.0
    print(f"{'':14}" + "".join(f"{format_:>10}" for format_ in FORMATS))
    for platform in PLATFORMS:
        took = [seconds(platform, format_) for format_ in FORMATS]
        slowest = max(slowest, *took)
        print(f"{platform.name:14}" + "".join(f"{each:8.2f} s" for each in took), flush=True)
    print(f"the slowest took {slowest:.2f} s of a processor, the bar is {BAR_SECONDS:.0f} s for 10 MB")
    return int(slowest > BAR_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
