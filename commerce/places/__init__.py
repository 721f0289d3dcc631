"""Stores, their opening hours, and the named places people speak of.

Owns Store, StoreHours, Neighbourhood, NeighbourhoodAlias. A store's local times belong to its zone.
"""
