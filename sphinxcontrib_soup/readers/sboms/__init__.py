"""Software bills of materials: what other tools found in a product."""
