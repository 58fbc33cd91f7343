"""Schemas as types: objects, unions, constants, defaults, and what no type can say."""
