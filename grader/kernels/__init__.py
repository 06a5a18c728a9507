"""Kernels inside the sandbox's walls: for any Jupyter client by name, and for notebooks in other languages."""
