"""The seller's board: today's windows, asks to answer, results, and check-in at the till.

The slice owns no table: it shows what the slices below it know and calls their services. Who works
in a store sees it and runs its day; who decides there also answers asks and cancels windows.
"""
