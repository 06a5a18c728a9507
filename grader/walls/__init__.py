"""The sandbox's walls and the process inside them. What is imported here is in memory inside as well: keep it small."""
