"""Segmentation: a document in, its stories out."""
