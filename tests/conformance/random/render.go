package random

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// patience is how long one directory may take; it takes some milliseconds.
const patience = 20 * time.Second

// write puts the definitions into files of a directory, which is made anew.
func (d *Directory) write(dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	files := map[int][]*Map{}
	for i, definition := range d.Definitions {
		file := 0
		if i < len(d.layout) {
			file = d.layout[i]
		}
		files[file] = append(files[file], definition)
	}
	for file, definitions := range files {
		name, content := fileOf(file, definitions)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// fileOf is a file of definitions: some of those that hold one are JSON.
func fileOf(file int, definitions []*Map) (name, content string) {
	if len(definitions) == 1 && file%4 == 3 {
		return fmt.Sprintf("%d.json", file), writeJSON(definitions[0]) + "\n"
	}
	extension := []string{"yaml", "yml"}[file%2]
	return fmt.Sprintf("%d.%s", file, extension), All(definitions)
}

// All prints definitions as one YAML file.
func All(definitions []*Map) string {
	var documents []string
	for _, definition := range definitions {
		documents = append(documents, writeYAML(definition))
	}
	return strings.Join(documents, "---\n")
}

// answer is what argopacks said to a directory.
type answer struct {
	status           int
	manifest, errors []byte
}

// render runs argopacks over a directory.
func render(binary, dir string) (answer, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	command := exec.CommandContext(ctx, binary, "render", "--builds", ".")
	command.Dir = dir
	command.Env = append(os.Environ(), "NO_COLOR=1")
	var out, said bytes.Buffer
	command.Stdout, command.Stderr = &out, &said
	err := command.Run()
	if ctx.Err() != nil {
		return answer{}, fmt.Errorf("argopacks has not ended after %s", patience)
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return answer{}, err
	}
	return answer{command.ProcessState.ExitCode(), out.Bytes(), said.Bytes()}, nil
}
