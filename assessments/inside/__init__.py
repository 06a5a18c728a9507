"""What runs inside the sandbox: a notebook's shell and the program that runs one task in it. Holds no secret."""
