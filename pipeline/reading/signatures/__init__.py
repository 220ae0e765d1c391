"""Every place where somebody has to sign, and a first verdict on it."""
