"""Settings, chosen by ICESHOP_ENV: embedded (bundled servers), production, test."""

import os

_environment = os.environ.get("ICESHOP_ENV", "embedded")
if _environment == "production":
    from iceshop.settings.production import *  # noqa: F403  a settings module is its names
elif _environment == "test":
    from iceshop.settings.test import *  # noqa: F403
elif _environment == "embedded":
    from iceshop.settings.embedded import *  # noqa: F403
else:
    raise SystemExit(f"ICESHOP_ENV is {_environment!r}; it must be embedded, production or test.")
