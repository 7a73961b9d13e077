"""Embeds that a page's own script puts there: where they stand, and which calls say nothing."""

import pytest

from archiver.find import find_embeds

ONE, OTHER = "VK.Widgets.Post('a', -12345678, 901)", "VK.Widgets.Post('b', -12345678, 902)"
CASES = {
    "placeholder before": (
        f"<p>x</p><div id=a></div>\n<script>{ONE}</script><p>y</p>",
        [f"<div id=a></div>\n<script>{ONE}</script>"],
    ),
    "placeholder behind": (
        f"<p>x</p><script>{ONE}</script><div id=a></div>",
        [f"<script>{ONE}</script><div id=a></div>"],
    ),
    "words between": (f"<div id=a></div><p>x</p><script>{ONE}</script>", [f"<script>{ONE}</script>"]),
    "no placeholder": (f"<p>x</p><script>{ONE}</script>", [f"<script>{ONE}</script>"]),
    "two calls": (
        f"<div id=a></div><p>x</p><div id=b><i></i></div><script>{ONE};{OTHER}</script>",
        ["<div id=a></div>", "<div id=b><i></i></div>"],
    ),
    "two calls and one placeholder": (f"<div id=b></div><script>{ONE};{OTHER}</script>", ["<div id=b></div>"]),
    "one call twice": (f"<p>x</p><script>{ONE} || {ONE}</script>", [f"<script>{ONE} || {ONE}</script>"]),
    "a comment": (f"<!-- <script>{ONE}</script> -->", []),
    "a text field": (f"<textarea><script>{ONE}</script></textarea>", []),
    "no script": (f"<p>{ONE}</p>", []),
}


@pytest.mark.parametrize("case", CASES)
def test_a_built_embed_stands_where_its_post_appears(case: str) -> None:
    """With its placeholder where they stand together, else the script, and at the placeholders where it has several."""
    source, markers = CASES[case]
    assert [embed.marker for embed in find_embeds(source, "html")] == markers
