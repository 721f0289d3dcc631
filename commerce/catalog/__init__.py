"""What shops sell: concepts, products, aliases, and offerings (a product in a store).

Owns Concept, ConceptAlias, Product, ProductAlias, Offering. Buyers wish for concepts, sellers offer
products; a concept accepts its descendants, never its parents.
"""
