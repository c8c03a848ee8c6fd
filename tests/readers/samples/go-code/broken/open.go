package store

import "fmt"

/* never ends
