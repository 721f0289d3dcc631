"""Production starts with safe values only, and its variables are documented."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SAFE = {
    "ICESHOP_ENV": "production",
    "ICESHOP_SECRET_KEY": "k" * 50,
    "ICESHOP_ALLOWED_HOSTS": "shop.example",
    "ICESHOP_PUBLIC_URL": "https://shop.example",
    "DATABASE_URL": "postgresql://iceshop@db/iceshop",
    "REDIS_URL": "redis://redis",
    "WHATSAPP_APP_SECRET": "app-secret",
    "WHATSAPP_VERIFY_TOKEN": "verify-token",
    "WHATSAPP_ACCESS_TOKEN": "access-token",
}
UNSAFE = {
    "ICESHOP_SECRET_KEY": "short",
    "ICESHOP_ALLOWED_HOSTS": "*",
    "ICESHOP_PUBLIC_URL": "http://shop.example",
    "WHATSAPP_APP_SECRET": "",
    "WHATSAPP_VERIFY_TOKEN": "",
    "WHATSAPP_ACCESS_TOKEN": "simulator",
    "WHATSAPP_GRAPH_URL": "https://shop.example/sim/graph",
    "ICESHOP_SIMULATOR": "1",
    "DATABASE_URL": "mysql://iceshop@db/iceshop",
}


def load(**changed: str | None) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of their own; ``None`` leaves a variable out."""
    wanted = {**SAFE, **changed}
    environment = {name: value for name, value in wanted.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "iceshop.settings",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_with_safe_values_loads() -> None:
    result = load()
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(("name", "value"), UNSAFE.items())
def test_production_with_an_unsafe_value_names_its_variable(name: str, value: str) -> None:
    result = load(**{name: value})
    last = result.stderr.strip().splitlines()[-1]
    assert result.returncode == 1
    assert last.startswith("django.core.exceptions.ImproperlyConfigured:")
    assert name in last


@pytest.mark.parametrize("name", ["ICESHOP_SECRET_KEY", "DATABASE_URL", "REDIS_URL"])
def test_production_without_a_required_value_names_its_variable(name: str) -> None:
    result = load(**{name: None})
    last = result.stderr.strip().splitlines()[-1]
    assert last.startswith(f"django.core.exceptions.ImproperlyConfigured: {name} is not set.")


def test_secret_in_a_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s" * 60 + "\n")
    result = load(ICESHOP_SECRET_KEY=None, ICESHOP_SECRET_KEY_FILE=str(secret))
    assert (result.returncode, result.stderr) == (0, "")


def test_example_of_the_environment_is_what_production_reads() -> None:
    printed = subprocess.run(
        [sys.executable, ".ci/env_example.py"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (ROOT / ".env.example").read_text() == printed.stdout
