"""Generates motion plates with open video models; driven by the TypeScript worker over JSON lines."""
