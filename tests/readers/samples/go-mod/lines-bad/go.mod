module example.org/pump
require example.org/a
require ../../etc/passwd v1.0.0
require <b>bold</b> v1.0.0
replace example.org/a
surprise here
unquoted "text
require (
	example.org/b v1.2.3
