"""What partners' programs call a product."""

from __future__ import annotations

from commerce.catalog.domain import slug_of
from commerce.catalog.queries import ProductCard


def published_id(product: ProductCard) -> str:
    """The partner's own id of the product, else the slug of its English (or only) name.

    ``product_of_seller`` finds the product by either.
    """
    return product.external_id or slug_of(product.name_en or product.name_tr)
