"""Static files with their content's hash in the name, also inside JavaScript modules."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped package
    """WhiteNoise's storage that also rewrites ``import`` in modules.

    Without it a module keeps the plain names of its neighbours, and a browser may pair a new one
    with an old one from its cache.
    """

    support_js_module_import_aggregation = True
