"""Prices with their history, the seller's terms, and the ladder of benefits by group size.

Owns PriceRecord (append-only, guarded by a trigger: evidence for every "before"), OfferingTerms and
BenefitTier. The floor price and the unit cost are the seller's secret; no buyer's page reads them.
"""
