package random

// builder is what is known of a Builder.
type builder struct {
	name    string
	project *project
	// params are those that it declares.
	params []param
	// open are params of its Tasks that a Pipeline may give, or has to.
	open []param
	// commit tells whether a tag can be made of the commit wherever it is taken.
	commit bool
	// names are how its builds are named, empty where it does not say.
	names string
	steps []*step
}

// buildNames are templates of names that leave room, with the time or the
// commit in them.
var buildNames = []string{
	"%pipeline%-%timestamp%", "%pipeline%-%code-branch%-%timestamp%", "%code-revision%-%timestamp%-%pipeline%",
	"%pipeline%-%code-short-commit%", "%pipeline%-%code-commit%", "b-%event%-%pipeline%-%date%-%timestamp%",
	"%project%-%pipeline%-%timestamp%", "%pipeline%-%tag%-%timestamp%", "%pipeline%.%code-branch%_%timestamp%",
	"%image%-%timestamp%-%pipeline%",
}

// builder defines a Builder with steps.
func (g *generator) builder() {
	b := &builder{name: g.name("builder", 60), commit: true}
	if g.has("builder-of-project", 35) {
		b.project = pick(g, g.projects...)
	}
	metadata := g.metadata(b.name, b.project)
	if g.has("build-name-template", 40) {
		b.names = pick(g, buildNames...)
		metadata.set("buildNameTpl", b.names)
	}
	spec := object()
	b.params = notStandard(g.params(3))
	for i := range b.params {
		spec.add("params", g.declareOfBuilder(&b.params[i]))
	}
	if g.has("builder-workspace", 25) {
		spec.set("workspace", g.workspace())
	}
	if g.has("builder-defaults", 25) {
		spec.set("defaults", g.defaults().orNil())
	}
	spec.set("steps", g.steps(b))
	g.entrypoint(b, spec)
	g.builders = append(g.builders, b)
	g.define("Builder", metadata, spec)
}

// standard are the names of all build parameters.
var standard = append([]string{
	"path", "depth", "submodules", "git-secret", "image-tag", "registry-secret", "registry-secret-key", "registry-insecure",
}, always...)

func notStandard(params []param) []param {
	var own []param
	for _, p := range params {
		if !contains(standard, p.name) {
			own = append(own, p)
		}
	}
	return own
}

func contains(items []string, item string) bool {
	for _, one := range items {
		if one == item {
			return true
		}
	}
	return false
}

// entrypoint names the first step, or one that is listed behind a step that
// says what it waits for.
func (g *generator) entrypoint(b *builder, spec *Map) {
	steps := spec.get("steps").([]any)
	last := steps[len(steps)-1].(*Map)
	says := last.get("depends") != nil || last.get("dependencies") != nil
	switch {
	case len(steps) > 1 && says && g.has("entrypoint-behind", 25):
		spec.set("steps", append(list(last), steps[:len(steps)-1]...))
	case !g.has("entrypoint", 15):
		return
	}
	spec.set("entrypoint", b.steps[0].name)
}

// sees tells whether something of a project, nil for a global one, sees
// another.
func sees(from, other *project) bool { return other == nil || other == from }
