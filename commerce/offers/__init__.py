"""A seller says what is for sale: product, price, ladder and stock in one deed.

Owns StatedOffer, the append-only record of what was said by message or page. Also the seller's
product pages under /board/products.
"""
