"""What reading costs beside the plain tools it is built on, and how often it is right."""
