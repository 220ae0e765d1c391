"""Blocks to sign in, drawn from seeds: what trains the model of signatures, and what it is measured on."""
