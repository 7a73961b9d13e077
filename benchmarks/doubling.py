"""`python -m benchmarks.doubling [--scraps N] [--seed N]`: scraps of markup and wording, repeated until they fill a
text, then twice and four times as much; exit 1 where finding takes more than its share.

`benchmarks.adversaries` has each platform's worst that we can think of; here chance thinks. A rule that looks at all
before it, again and again, shows in some scrap sooner or later.
"""

import argparse
import random
import re
import sys
import time

from archiver.find import find_embeds
from archiver.platforms import PLATFORMS
from archiver.platforms.base import Platform
from archiver.records import Format
from benchmarks.adversaries import FORMATS, pieces

SIZE = 60_000
"""Characters of the first text."""

SLOW_SECONDS, GROWTH = 0.08, 2.7
"""What takes so long for the first text is doubled; what grows so much by a doubling, twice, is not linear."""

LONGEST_SCRAP = 1_500

# Mara Lind and what she writes are invented, here as in the tests.
SIGNS = r"""
    < </ <!-- --> <![CDATA[ ]]> <pre> </pre> <code> </code> <p> </p> <iframe > " ' “ ” ( ) (@ (@a) (@maralind) [ [[ ]
    ]( ][a] [a]: ) {{< >}} {% %} ``` ` ~~~ :// / & = . a 0 &amp; &lt; &#39; &quot; <script> </script> <style> <template>
    <noscript> </noscript> <blockquote> </blockquote> https://t.co/a1 pic.twitter.com/aB3dE6fH9j 2015 #tag @b Twitter
    tweet: said. “No,” ，” 。 ♬ {"a":" ","b":" "}, \" \\ \u003cblockquote class=\"twitter-tweet\"\u003e
"""
SPACES = ["\n", "\n\n", " ", "  ", "\t", "\r\n", "\r", "\u00a0", "\u200b", "    ", "\n> ", "\n- ", "\n1. ", "\n---\n"]
PHRASES = """
— |> |on |. |: |? |<a href="|<time datetime="|May 1, 2015| at 4:16am PDT|original sound - |Mara Lind | (@maralind) |
Posted by |View this post on Instagram|A post shared by
"""
MARKS = [*re.findall(r"\S+", SIGNS), *SPACES, *PHRASES.strip("\n").replace("\n", "").split("|")]


def main() -> int:
    """Print each scrap whose time is not linear; 1 where any is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scraps", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    words = [word for platform in PLATFORMS for word in words_of(platform) if word]
    bad = 0
    for _ in range(arguments.scraps):
        first, again = scrap(chance, words)
        format_ = chance.choice(FORMATS)
        if len(again) <= LONGEST_SCRAP and (took := growing(first, again, format_)):
            bad += 1
            print(
                f"{format_}: {' s, '.join(f'{each:.2f}' for each in took)} s: {first!r} and again {again!r}", flush=True
            )
    print(f"{arguments.scraps:,} scraps, {bad:,} of them not linear")
    return int(bad > 0)


def words_of(platform: Platform) -> list[str]:
    """What a platform's rules look for, and its examples in halves and whole."""
    words = [
        *platform.needles,
        *platform.traces,
        *platform.token_words,
        *(shortcode.opening for shortcode in platform.shortcodes),
        *(phrase.anchor for phrase in platform.phrases),
        *(word for byline in platform.bylines for word in (*byline.before, *byline.on)),
        *(word for one in platform.wordings[:8] for word in (*one.leads, *one.before, *one.after, *one.on)),
    ]
    for example in platform.examples[:12]:
        parts = pieces(example.source)
        half = len(parts) // 2
        words += ["".join(parts[:half]), "".join(parts[half:]), example.source]
    return words


def scrap(chance: random.Random, words: list[str]) -> tuple[str, str]:
    """What a text begins with, and what it goes on with again and again."""
    first = "".join(chance.choices([*MARKS, *words], k=chance.randint(0, 2)))
    again = (chance.choice(MARKS if chance.random() < 0.6 else words) for _ in range(chance.randint(1, 5)))
    return first, "".join(again)


def growing(first: str, again: str, format_: Format) -> list[float]:
    """The seconds for a text, twice and four times as much of it, where they grow faster than it; none elsewhere."""
    took: list[float] = []
    for times in (1, 2, 4):
        took.append(seconds(first + again * (times * SIZE // len(again) + 1), format_))
        if took[0] < SLOW_SECONDS or (times > 1 and took[-1] < GROWTH * took[-2]):
            return []
    return took


def seconds(source: str, format_: Format) -> float:
    """Seconds of a processor that finding takes."""
    start = time.process_time()
    find_embeds(source, format_)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
