"""Names of locales, as the environment of a program gives them."""

from collections.abc import Mapping, Sequence


def of_environment(environment: Mapping[str, str]) -> Sequence[str]:
    """The languages that a terminal asks for, as gettext reads them; none where it says nothing."""
    locale = next((said for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (said := environment.get(name))), "")
    if not locale or locale.partition(".")[0] in ("C", "POSIX"):
        return ()
    return [*filter(None, environment.get("LANGUAGE", "").split(":")), locale]
