"""Matching printed people to a registry: invented registries, learning on them, and how well it does."""
