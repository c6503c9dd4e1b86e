"""Ratios against named peers, measured in the same run. `make quality` and `make bench` run all of them."""
