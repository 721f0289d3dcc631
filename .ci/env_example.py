"""Print ``.env.example``, made from the variables that production's settings read.

``.venv/bin/python .ci/env_example.py > .env.example``; a test compares the file with the code.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
# Values with which production loads, so that every variable registers itself.
os.environ.update(
    {
        "ICESHOP_ENV": "production",
        "ICESHOP_SECRET_KEY": "x" * 50,
        "ICESHOP_ALLOWED_HOSTS": "example.invalid",
        "ICESHOP_PUBLIC_URL": "https://example.invalid",
        "DATABASE_URL": "postgresql:///example",
        "REDIS_URL": "redis://example",
        "WHATSAPP_APP_SECRET": "x",
        "WHATSAPP_VERIFY_TOKEN": "x",
        "WHATSAPP_ACCESS_TOKEN": "x",
    }
)

import iceshop.settings  # noqa: F401  loading them fills the register
from iceshop.settings.env import REGISTER

HEAD = """\
# Every variable that production reads; a secret may also be given as NAME_FILE, a path.
# Made by `.venv/bin/python .ci/env_example.py`.

# compose.yaml
# Password of the database that compose starts.
POSTGRES_PASSWORD=
"""

groups: dict[str, str] = {}
for variable in REGISTER.values():
    entry = f"# {variable.effect}\n{variable.name}={variable.default}\n"
    groups[variable.group] = groups.get(variable.group, "") + entry
sys.stdout.write("\n".join([HEAD, *(f"# {group}\n{text}" for group, text in groups.items())]))
