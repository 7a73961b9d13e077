"""A seeded corpus of made-up news: texts, Markdown and saved pages in the proportions of a newsroom's archive."""

import random
from collections.abc import Iterator
from pathlib import Path

EMBED_EVERY = 8
"""One article in so many holds embeds, the density of real news (issue 2, benchmarks)."""

VOCABULARY = (
    "the of and to a in that for was on with as it at by from said be has were have an had this but not are who more "
    "their they his her after about one council harbour street year people two would which time been town new police "
    "first into minister school water when there last over could water could train before under family second month "
    "bridge station hospital workers union report weather river market election officials evening Tuesday Friday "
    "company residents million percent between because neighbours festival journalists photograph statement social "
    "media account post shared picture video followers online wrote added published investigation"
)
WORDS = VOCABULARY.split()
NAMES = ("Ada Quill", "Björn Haldane", "Carmen Otxoa", "Dilnoza Reyim", "Ewa Śliwka", "Farid Mansoor", "Gro Tveit")
CODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


ASIDES = (
    (0.250, "“{text},” said {name}."),
    (0.005, "{text} (write to desk{number}@courier.example)."),
    (0.008, "{text}: https://www.courier.example/20{number}/{word}."),
    (0.003, "{text}, as @{word}_{number} put it — and didn’t we know it."),
    (0.004, "{text}, {name} wrote on Twitter."),
    (0.004, "{text}, according to an Instagram account."),
)
"""How often a sentence takes a form that costs a finder more than prose. Of the articles without embeds, one in five
then has a mail address, one in four names a platform and one in eight a handle (chosen, not measured)."""


def sentence(rng: random.Random) -> str:
    """One sentence of 8 to 24 words; now and then a quotation, an address, a link or a handle in it."""
    words = rng.choices(WORDS, weights=range(len(WORDS) + 20, 20, -1), k=rng.randint(8, 24))
    forms, rest = [form for _, form in ASIDES], 1 - sum(share for share, _ in ASIDES)
    (form,) = rng.choices([*forms, "{text}."], weights=[*(share for share, _ in ASIDES), rest])
    filling = {"name": rng.choice(NAMES), "word": rng.choice(WORDS), "number": rng.randint(10, 24)}
    return form.format(text=" ".join(words).capitalize(), **filling)


def sentences(rng: random.Random, count: int = 4000) -> list[str]:
    """A stock of sentences to build articles from, so that the corpus takes seconds and not minutes to make."""
    return [sentence(rng) for _ in range(count)]


def paragraphs(rng: random.Random, stock: list[str], size: int) -> list[str]:
    """Paragraphs of two to five sentences, together about `size` characters."""
    result: list[str] = []
    while size > 0:
        result.append(" ".join(rng.choices(stock, k=rng.randint(2, 5))))
        size -= len(result[-1])
    return result


def account(rng: random.Random) -> tuple[str, str]:
    """A display name and a handle."""
    name = rng.choice(NAMES)
    return name, f"{name.split()[0].lower().encode('ascii', 'ignore').decode()}.{rng.randint(1, 400)}"


def text_marker(rng: random.Random) -> str:
    """The flattened remains of an Instagram post or a tweet."""
    name, handle = account(rng)
    day, year = rng.randint(1, 28), rng.randint(2013, 2020)
    if rng.random() < 0.4:
        return f"{rng.choice(NAMES)} was right. — {name} (@{handle.replace('.', '_')}) October {day}, {year}"
    date = f"{rng.choice(MONTHS)} {day}, {year} at {rng.randint(1, 12)}:{rng.randint(0, 59):02}{rng.choice('ap')}m PDT"
    return f"View this post on Instagram A post shared by {name} (@{handle}) on {date}"


def html_marker(rng: random.Random) -> str:
    """The embed code of an Instagram post or a tweet, styles and loader included."""
    name, handle = account(rng)
    if rng.random() < 0.4:
        url = f"https://twitter.com/{handle.replace('.', '_')}/status/{rng.randint(10**18, 18 * 10**17)}"
        return (
            f'<blockquote class="twitter-tweet" data-lang="en"><p lang="en" dir="ltr">{rng.choice(WORDS)}</p>'
            f'&mdash; {name} (@{handle.replace(".", "_")}) <a href="{url}?ref_src=twsrc%5Etfw">May 4, 2019</a>'
            '</blockquote><script async src="https://platform.twitter.com/widgets.js"></script>'
        )
    url = f"https://www.instagram.com/p/B{''.join(rng.choices(CODE, k=10))}/?utm_source=ig_embed"
    skeleton = '<div style="background-color: #F4F4F4; border-radius: 50%; height: 40px; width: 40px;"></div>' * 14
    return (
        f'<blockquote class="instagram-media" data-instgrm-captioned data-instgrm-permalink="{url}" '
        f'data-instgrm-version="14"><div> <a href="{url}">{skeleton}<div>View this post on Instagram</div></a>'
        f'<p><a href="{url}">A post shared by {name} (@{handle})</a></p></div></blockquote>'
        '<script async src="//www.instagram.com/embed.js"></script>'
    )


def with_markers(rng: random.Random, parts: list[str], markers: list[str]) -> list[str]:
    """The paragraphs with each marker in a block of its own somewhere between them."""
    for marker in markers:
        parts.insert(rng.randint(1, len(parts)), marker)
    return parts


def text_article(rng: random.Random, stock: list[str], number: int) -> str:
    """A flattened article of 2 to 6 kB with the header line that scrapers write."""
    parts = paragraphs(rng, stock, rng.randint(2000, 6000))
    if number % EMBED_EVERY == 0:
        with_markers(rng, parts, [text_marker(rng) for _ in range(rng.randint(1, 3))])
    return "\n\n".join([f" date {rng.randint(2013, 2020)}-06-{rng.randint(1, 30):02} {parts[0][:80]}", *parts]) + "\n"


def markdown_article(rng: random.Random, stock: list[str], number: int) -> str:
    """The same as a blog keeps it: front matter, Markdown, embed code."""
    parts = paragraphs(rng, stock, rng.randint(2000, 6000))
    if number % EMBED_EVERY == 0:
        with_markers(rng, parts, [html_marker(rng)])
    return "\n\n".join([f"---\ntitle: Notes {number}\ndate: 2019-05-04\n---", *parts]) + "\n"


def page_head(number: int) -> str:
    """The head of a page: metadata that names platforms without embedding anything, scripts, styles."""
    script = "".join(f'window.q=window.q||[];q.push(["{word}",{{"id":{number},"a":1<2}}]);' for word in WORDS) * 3
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Story {number}</title>'
        f'<meta property="og:title" content="Story {number}"><meta name="twitter:card" content="summary">'
        f"<script>{script}</script><style>{'.tile{margin:0;padding:.5rem 1rem}' * 60}</style></head>"
    )


def share_links(number: int) -> str:
    """What every page has and no finder may take for a post."""
    url = f"https://www.courier.example/{number}"
    return (
        f'<a class="share" href="https://twitter.com/intent/tweet?url={url}">Tweet</a>'
        f'<a class="share" href="https://www.facebook.com/sharer/sharer.php?u={url}">Share</a>'
        '<a href="https://www.instagram.com/courier.example/">Instagram</a>'
    )


def teasers(rng: random.Random, stock: list[str], size: int) -> list[str]:
    """List items that lead to other articles, together about `size` characters."""
    result: list[str] = []
    while size > 0:
        result.append(
            f'<li class="tile"><a href="/{rng.randint(1, 10**6)}"><img src="/img/{rng.randint(1, 10**6)}.jpg" '
            f'alt=""><span class="kicker">{rng.choice(WORDS)}</span> {rng.choice(stock)}</a></li>'
        )
        size -= len(result[-1])
    return result


def html_page(rng: random.Random, stock: list[str], number: int) -> str:
    """A saved page of 40 to 150 kB: scripts, navigation, share links, an article, teasers, a footer."""
    story = [f"<p>{text}</p>" for text in paragraphs(rng, stock, rng.randint(3000, 8000))]
    if number % EMBED_EVERY == 0:
        with_markers(rng, story, [html_marker(rng) for _ in range(rng.randint(1, 3))])
    head, share = page_head(number), share_links(number)
    article = f"<article><h1>Story {number}</h1>{share}{''.join(story)}</article>"
    tiles = teasers(rng, stock, rng.randint(40_000, 150_000) - len(head) - len(article))
    nav, rest = "".join(tiles[::3]), "".join(tiles[1::3] + tiles[2::3])
    return f"{head}<body><nav><ul>{nav}</ul></nav>{article}<aside><ul>{rest}</ul></aside>{share}</body></html>\n"


MAKERS = {".html": html_page, ".md": markdown_article, ".txt": text_article}


def articles(seed: int, count: int) -> Iterator[tuple[str, str]]:
    """`count` names with their contents: of every twenty, eighteen texts, one Markdown file and one saved page."""
    rng = random.Random(seed)
    stock = sentences(rng)
    for number in range(count):
        # 20 and 8 share factors: without the second term every saved page would hold embeds, or none.
        suffix = {0: ".html", 10: ".md"}.get((number + number // 20) % 20, ".txt")
        yield f"{number % 100:02}/{number:06}{suffix}", MAKERS[suffix](rng, stock, number)


def write_articles(folder: Path, seed: int, count: int) -> int:
    """Write the corpus below `folder`; returns its size in bytes."""
    size = 0
    for name, content in articles(seed, count):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(content.encode())
    return size
