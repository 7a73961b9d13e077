"""LinkedIn: posts of members and companies; their embed code is a frame without words."""

import re

from archiver.platforms.base import Example, Platform, UrlForm
from archiver.times import linkedin_time

HOSTS = ("linkedin.com", "*.linkedin.com")
# An activity, and the share or upload it is about, have ids of their own that lead to the same post.
URN = r"urn:li:(?P<kind>activity|share|ugcPost):(?P<id>\d{15,20})(?!\w)"
UPDATE = "https://www.linkedin.com/feed/update/urn:li:{kind}:{id}"
FRAME = (
    '<iframe src="https://www.linkedin.com/embed/feed/update/urn:li:share:7247202787283447865?collapsed=1" '
    'height="570" width="504" frameborder="0" title="Embedded post"></iframe>'
)
FOUND = {
    "native_id": "7247202787283447865",
    "permalink": "https://www.linkedin.com/feed/update/urn:li:share:7247202787283447865",
    "handle": None,
}

LINKEDIN = Platform(
    name="linkedin",
    label="LinkedIn",
    urls=(
        UrlForm(
            hosts=HOSTS, path=re.compile(rf"/(?:embed/)?(?:feed/update|video/live|video/event)/{URN}"), permalink=UPDATE
        ),
        # The name before the first underscore may be a member's or a company's, whose pages are not in one place:
        # it is no handle here.
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/posts/[^/?#]{1,300}?[-_](?P<kind>activity|share|ugcPost)-(?P<id>\d{15,20})(?!\d)"),
            permalink=UPDATE,
        ),
    ),
    profile="https://www.linkedin.com/in/{handle}",
    id_time=linkedin_time,
    needles=("linkedin.com/",),
    traces=("linkedin.com/embed/", "linkedin.com/feed/update/", "linkedin.com/posts/", "linkedin.com/video/"),
    examples=(
        Example(format="html", source=f"<p>A</p>{FRAME}<p>B</p>", expect={"form": "iframe", "marker": FRAME, **FOUND}),
        Example(
            format="html",
            source='<iframe data-src="https://www.linkedin.com/embed/feed/update/urn%3Ali%3Ashare%3A'
            '7247202787283447865"></iframe>',
            expect={"form": "iframe", **FOUND},
        ),
        Example(
            format="text",
            source="https://www.linkedin.com/feed/update/urn:li:activity:7247202787283447865/",
            expect={
                "form": "url",
                "permalink": "https://www.linkedin.com/feed/update/urn:li:activity:7247202787283447865",
            },
        ),
        Example(
            format="text",
            source="https://www.linkedin.com/posts/ines-o_activity-7247202787283447865-aB1c?utm_source=share",
            expect={
                "form": "url",
                "permalink": "https://www.linkedin.com/feed/update/urn:li:activity:7247202787283447865",
            },
        ),
        Example(
            format="text",
            source="https://de.linkedin.com/posts/ines-okafor_storm-tides-activity-7247202787283447865-aB1c?trk=public",
            expect={
                "form": "url",
                "permalink": "https://www.linkedin.com/feed/update/urn:li:activity:7247202787283447865",
            },
        ),
    ),
    misses=(
        ("text", "https://www.linkedin.com/in/ines-okafor/"),
        ("text", "https://www.linkedin.com/posts/ines-o_activity-aB1c"),
        ("text", "https://www.linkedin.com/pulse/storms-ines-okafor/"),
        ("markdown", "As [she](https://www.linkedin.com/feed/update/urn:li:activity:7247202787283447865) said."),
        ("html", '<a class="share" href="https://www.linkedin.com/shareArticle?mini=true&amp;url=x">LinkedIn</a>'),
        ("html", '<script type="IN/Share" data-url="https://example.com/"></script>'),
    ),
)
