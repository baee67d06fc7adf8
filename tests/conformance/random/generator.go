package random

import (
	"math/rand/v2"
	"os"
	"slices"
	"strings"
)

// Options are what directories are made for.
type Options struct {
	// Version of Argo Workflows, as Config names it.
	Version string
	// With are the traits of knownWrong that are made all the same; "all" is all of them.
	With []string
	// Without are traits that are not made.
	Without []string
}

// FromEnvironment takes the traits from RANDOM_WITH and RANDOM_WITHOUT, with
// commas between them.
func FromEnvironment(version string) Options {
	split := func(name string) []string {
		return strings.FieldsFunc(os.Getenv(name), func(c rune) bool { return c == ',' || c == ' ' })
	}
	return Options{Version: version, With: split("RANDOM_WITH"), Without: split("RANDOM_WITHOUT")}
}

// Directory is a directory of definitions.
type Directory struct {
	Seed        uint64
	Definitions []*Map
	// Slip is what was made wrong on purpose, nil in most directories.
	Slip *Slip
	// Traits are those that were asked for, with whether they are there.
	Traits map[string]bool
	// layout is how the definitions are spread over files.
	layout []int
}

// Generate makes the directory of a seed.
func Generate(seed uint64, options Options) *Directory {
	g := &generator{
		rng:     rand.New(rand.NewPCG(seed, 0x5eed)),
		options: options,
		traits:  map[string]bool{},
		taken:   map[string]bool{},
		values:  object(),
	}
	g.directory()
	d := &Directory{Seed: seed, Definitions: g.definitions, Traits: g.traits}
	d.Slip = g.slip(d)
	d.layout = g.layout(len(d.Definitions))
	return d
}

// generator makes one directory. Every choice comes from the seed.
type generator struct {
	rng     *rand.Rand
	options Options
	traits  map[string]bool
	// taken are emitted names, each behind the space that it must be unique in.
	taken       map[string]bool
	definitions []*Map
	values      *Map
	config      *Map

	namespaces []*namespace
	projects   []*project
	registries []*registry
	accounts   []*account
	tasks      []*task
	builders   []*builder
	pipelines  []*pipeline
	images     []string
	clock      int64
	// noAgent keeps to templates that default resources do no harm on 3.6.
	noAgent bool
}

// directory makes the definitions, in an order in which each finds what it
// refers to, and shuffles them.
func (g *generator) directory() {
	g.settings()
	g.repeat(1, 3, g.project)
	g.repeat(1, 2, g.registry)
	g.repeat(1, 3, g.account)
	g.bundled()
	g.repeat(1, 6, g.task)
	g.repeat(1, 3, g.builder)
	g.repeat(1, 4, g.pipeline)
	g.repeat(0, 3, g.build)
	g.repeat(0, 4, g.webhook)
	g.repeat(0, 3, g.schedule)
	g.hideValues()
	g.finishConfig()
	g.foreignDocument()
	g.rng.Shuffle(len(g.definitions), func(i, j int) {
		g.definitions[i], g.definitions[j] = g.definitions[j], g.definitions[i]
	})
}

// settings are what the whole directory goes by.
func (g *generator) settings() {
	g.clock = 1_500_000_000
	g.noAgent = g.options.Version == "3.6" && g.has("resources-on-3.6", 40)
}

// has tells whether the directory has a trait, which is asked for in so many
// of a hundred cases. What is known to go wrong today is left out.
func (g *generator) has(trait string, percent int) bool {
	drawn := g.rng.IntN(100) < percent
	on := drawn && g.allowed(trait)
	g.traits[trait] = g.traits[trait] || on
	return on
}

func (g *generator) allowed(trait string) bool {
	if slices.Contains(g.options.Without, trait) {
		return false
	}
	_, wrong := knownWrong[trait]
	return !wrong || slices.Contains(g.options.With, trait) || slices.Contains(g.options.With, "all")
}

// repeat calls make from low to high times.
func (g *generator) repeat(low, high int, make func()) {
	for range low + g.rng.IntN(high-low+1) {
		make()
	}
}

// number is from low to high.
func (g *generator) number(low, high int) int { return low + g.rng.IntN(high-low+1) }

// pick takes one of some.
func pick[T any](g *generator, from ...T) T { return from[g.rng.IntN(len(from))] }

// some takes each with the chance of a half, in their order.
func some[T any](g *generator, from []T) []T {
	var taken []T
	for _, one := range from {
		if g.rng.IntN(2) == 0 {
			taken = append(taken, one)
		}
	}
	return taken
}

// define adds a definition.
func (g *generator) define(kind string, metadata, spec *Map) *Map {
	definition := object("apiVersion", "packs.argoproj.io/v1beta1", "kind", kind, "metadata", metadata)
	if spec != nil {
		definition.set("spec", spec)
	}
	g.definitions = append(g.definitions, definition)
	return definition
}

// layout spreads definitions over files: all in one, one each, or some in each.
func (g *generator) layout(count int) []int {
	files := pick(g, 1, 1, 3, count)
	layout := make([]int, count)
	for i := range layout {
		layout[i] = g.rng.IntN(max(files, 1))
	}
	return layout
}
