"""Digits written by nobody: pen strokes from templates of how the world writes, in hands drawn by chance."""
