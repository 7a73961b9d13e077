"""Archiver finds the social-media embeds of articles, or their remains, and keeps them readable offline."""

TYPE_CHECKING = False  # imports nothing: an interrupt in here could not be told in a sentence

if TYPE_CHECKING:
    __version__: str
else:

    def __getattr__(name: str) -> str:
        """`__version__`, looked up when it is asked for."""
        if name != "__version__":
            raise AttributeError(name)
        from importlib.metadata import version

        return version("embed-archiver")
