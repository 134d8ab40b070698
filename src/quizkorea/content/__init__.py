"""YAML deck files in, core notes and compiler-like findings out."""
