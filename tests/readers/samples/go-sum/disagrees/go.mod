module example.org/pump
require (
	example.org/a v1.0.0
	example.org/b v1.0.0
	example.org/c v1.0.0
)
replace example.org/c => ../c
