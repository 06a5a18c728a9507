"""Tests; see the module that each file is named after."""
