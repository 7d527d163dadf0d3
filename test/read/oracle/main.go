// Reads YAML the way Kubernetes does, as the standard that the reader of this project is compared with.
//
// Standard input is a list of file names, one a line. Standard output is one line of JSON for each of them:
// {"file": ..., "documents": [{"json": ...} or {"error": ...}, ...]}.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"sigs.k8s.io/yaml"
)

type document struct {
	JSON  json.RawMessage `json:"json,omitempty"`
	Error string          `json:"error,omitempty"`
}

type file struct {
	File      string     `json:"file"`
	Documents []document `json:"documents"`
}

// split divides a stream at the lines that begin with "---" and hold nothing else but a comment.
func split(text []byte) [][]byte {
	var documents [][]byte
	var current []byte
	for _, line := range bytes.SplitAfter(text, []byte("\n")) {
		if rest, ok := bytes.CutPrefix(line, []byte("---")); ok {
			rest = bytes.TrimSpace(rest)
			if len(rest) == 0 || rest[0] == '#' {
				documents = append(documents, current)
				current = nil
				continue
			}
		}
		current = append(current, line...)
	}
	return append(documents, current)
}

func read(name string) (file, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return file{}, err
	}
	result := file{File: name, Documents: []document{}}
	for _, part := range split(text) {
		converted, err := yaml.YAMLToJSON(part)
		switch {
		case err != nil:
			result.Documents = append(result.Documents, document{Error: err.Error()})
		case string(converted) != "null":
			result.Documents = append(result.Documents, document{JSON: converted})
		}
	}
	return result, nil
}

func main() {
	names := bufio.NewScanner(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for names.Scan() {
		name := strings.TrimSpace(names.Text())
		if name == "" {
			continue
		}
		result, err := read(name)
		if err == nil {
			err = json.NewEncoder(out).Encode(result)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
