"""The search for the best groups, over flat arrays, by compiled kernels.

Pure like the rest of the engine: no database and no clock but the deadline it is given.
Its modules import NumPy, Numba and HiGHS; whoever may run without them imports them in a function.
"""
