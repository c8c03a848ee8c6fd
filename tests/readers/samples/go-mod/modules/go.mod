module example.org/pump // the pump

go 1.21

toolchain go1.21.3

require (
	github.com/BurntSushi/toml v1.3.2
	"github.com/google/go-cmp" v0.6.0 // indirect
	golang.org/x/text v0.14.0 // indirect; kept for the tools
	golang.org/x/exp v0.0.0-20231006140011-7918f672742d // indirect-looking comment
)

require example.org/old/v2 v2.0.0+incompatible
require example.org/branch main
require `example.org/raw` v1.0.0

replace example.org/old/v2 => example.org/fork/v2 v2.1.0

replace (
	example.org/branch => ./branch
	golang.org/x/text v0.13.0 => golang.org/x/text v0.12.0
)

exclude (
	github.com/BurntSushi/toml v1.0.0
)

retract [v1.0.0, v1.0.5] // published by mistake

tool golang.org/x/exp/cmd/gorelease
