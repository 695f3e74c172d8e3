"""Data that are held once: registers, who may read which of their fields, who looked."""
