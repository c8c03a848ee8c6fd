module example.org/pump
require example.org/a v1.0.0
