package random

import (
	"fmt"
	"strings"
)

// pipeline is what is known of a Pipeline.
type pipeline struct {
	name     string
	project  *project
	builder  *builder
	account  *account
	repo     string
	revision string
	// commit tells whether its builds are named after the commit.
	commit bool
	// settable are params that its Builds may set.
	settable []param
	// made tells whether its tag is made in the run.
	made bool
}

// pipeline defines a Pipeline of a Builder that its project sees.
func (g *generator) pipeline() {
	p := &pipeline{project: pick(g, g.projects...)}
	p.builder = visible(g, g.builders, p.project, func(b *builder) *project { return b.project })
	p.account = visible(g, g.accounts, p.project, func(a *account) *project { return a.project })
	if p.builder == nil || p.account == nil {
		return
	}
	p.name = g.name("templates/"+p.project.namespace.name, 18)
	p.repo = fmt.Sprintf("acme/%s%d", pick(g, "shop", "Shop.js", "a_b-c"), len(g.pipelines))
	r := visible(g, g.registries, p.project, func(r *registry) *project { return r.project })
	spec := object("repository", r.name, "image", g.imageName(), "tag", g.imageTag(p))
	use := object("name", p.builder.name)
	use.set("params", g.pipelineParams(p).orNil())
	spec.set("builder", use)
	spec.set("code", object("git", g.git(p)))
	g.pipelineSettings(spec)
	g.pipelines = append(g.pipelines, p)
	g.define("Pipeline", g.metadata(p.name, p.project), spec)
}

// visible takes one of those that a project sees; the zero value if it sees none.
func visible[T any](g *generator, all []T, from *project, of func(T) *project) T {
	var seen []T
	for _, one := range all {
		if sees(from, of(one)) {
			seen = append(seen, one)
		}
	}
	if len(seen) == 0 {
		var none T
		return none
	}
	return pick(g, seen...)
}

func (g *generator) imageName() string {
	return pick(g, "cart", "team/cart", "a.b-c_d", "1st")
}

// imageTag is one of the forms that the language has for the Builder.
func (g *generator) imageTag(p *pipeline) string {
	fixed := []string{"latest", "v1.2_3", "%pipeline%-v1", "%project%", "%code-branch%", "r-%code-revision%", "%event%-%code-branch%", "_x"}
	made := []string{"%timestamp%", "%date%-%timestamp%"}
	commits := []string{"%code-short-commit%", "%code-branch%-%code-commit%", "v-%code-short-commit%-%date%"}
	tag := pick(g, fixed...)
	if !strings.Contains(p.builder.names, "%tag%") {
		switch {
		case g.has("tag-of-time", 15):
			tag, p.made = pick(g, made...), true
		case p.builder.commit && g.has("tag-of-commit", 25):
			tag, p.made = pick(g, commits...), true
		}
	}
	p.commit = strings.Contains(p.builder.names, "commit%")
	return tag
}

// pipelineParams are those that the Builder asks for, and some that it lets be set.
func (g *generator) pipelineParams(p *pipeline) *Map {
	m := object()
	for _, one := range p.builder.params {
		if one.required || g.has("builder-param-set", 40) {
			m.set(one.name, g.value(one))
		}
	}
	p.settable = append(p.settable, p.builder.params...)
	for _, one := range p.builder.open {
		if one.required || g.has("task-param-set", 30) {
			m.set(one.name, g.value(one))
			p.settable = append(p.settable, one)
		}
	}
	return m
}

func (g *generator) git(p *pipeline) *Map {
	p.revision = pick(g, "main", "master", "release/1.2", "feature/Login", "v1.2.3")
	if g.has("revision-commit", 8) {
		p.revision = g.commitID()
	}
	m := object("repoAccount", p.account.name, "repo", p.repo, "revision", p.revision)
	if g.has("repo-dot-git", 8) {
		m.set("repo", p.repo+".git")
	}
	if g.has("code-path", 25) {
		m.set("path", pick(g, "cart", "services/cart", "a b", "."))
	}
	if g.has("code-depth", 20) {
		m.set("depth", pick(g, 0, 1, 50))
	}
	if g.has("code-submodules", 20) {
		m.set("submodules", pick(g, true, false))
	}
	return m
}

func (g *generator) commitID() string {
	return fmt.Sprintf("%016x%016x%08x", g.rng.Uint64(), g.rng.Uint64(), g.rng.Uint32())
}

func (g *generator) pipelineSettings(spec *Map) {
	if g.has("pipeline-timeout", 25) {
		spec.set("timeout", g.duration())
	}
	if g.has("pipeline-retention", 20) {
		spec.set("retention", g.retention().orNil())
	}
	if g.has("pipeline-concurrency", 20) {
		spec.set("concurrency", g.concurrency())
	}
	if g.has("pipeline-resources", 20) {
		spec.set("resources", g.runResources())
	}
}

// build defines a Build of some Pipeline.
func (g *generator) build() {
	if len(g.pipelines) == 0 {
		return
	}
	p := pick(g, g.pipelines...)
	metadata := object("pipeline", p.name, "project", p.project.name)
	if g.has("build-name", 30) {
		metadata.set("name", g.name("build", 63))
	}
	g.labels(metadata)
	g.clock += 7
	spec := object("timestamp", g.clock)
	switch {
	case p.commit || g.has("build-commit", 30):
		spec.set("revision", g.commitID())
	case g.has("build-revision", 40):
		spec.set("revision", pick(g, "feature/Login", "v1", "release/1.2"))
	}
	if !p.made && g.has("build-tag", 25) {
		spec.set("tag", pick(g, "v2", "hot_fix-1"))
	}
	if len(p.settable) > 0 && g.has("build-params", 40) {
		one := pick(g, p.settable...)
		spec.set("params", object(one.name, g.value(one)))
	}
	g.define("Build", metadata, spec)
}
