"""What `bench/forecast` measures, one module a data set.

A set's module offers `rows(data, final)`: ``data`` is the folder that holds the sets' folders.
Without ``final`` it learns on the training rows and scores on the development split that the README
of the set names. With ``final`` it learns on all public rows and scores on the rows of the same
columns in `<final>/<set>/*.csv.gz`; the goals are then those for unseen rows. `metrics.py` is the
scorer that came with the data, unchanged.
"""
