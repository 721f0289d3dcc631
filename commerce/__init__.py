"""What shops sell: places, catalog, prices, stock, and what sellers put on offer."""
