"""What the tests stand on: the engine, the strictness, the browser. Nothing of the domain."""
