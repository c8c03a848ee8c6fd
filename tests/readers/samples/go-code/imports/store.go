// Package store; import "commented"
package store

import "fmt"
import yaml "gopkg.in/yaml.v3"

/* import "commented/too" */
import (
	"encoding/json" // import "behind"
	_ "github.com/lib/pq"
	. "github.com/onsi/gomega"
	"github.com/Example/Log/v2"
	"golang.org/x/sync/errgroup"
	"gopkg.in/ini.v1"
)

const text = "import \"text\""
const raw = `
import "raw"
`

// Read does.
func Read(path string, most int) ([]byte, error) {
	log.Print(yaml.Unmarshal(nil, nil), ini.Load(path), json.Marshal(nil))
	var group errgroup.Group
	return nil, fmt.Errorf("yaml.Text %v", group)
}

func (s *Store) Close() error { return nil }

type Store struct{}

func hidden() {}
