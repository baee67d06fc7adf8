package random

import "fmt"

// registry is what is known of a Registry.
type registry struct {
	name    string
	project *project
}

// account is what is known of a RepositoryAccount.
type account struct {
	name     string
	project  *project
	host     string
	url      string
	provider string
	// secret tells whether events can be checked.
	secret bool
}

// owner is a project that a definition belongs to, or none for a global one.
func (g *generator) owner(trait string) *project {
	if g.has(trait, 35) {
		return pick(g, g.projects...)
	}
	return nil
}

// scoped says the scope of a definition aloud, where it is what holds anyway.
func (g *generator) scoped(spec *Map, of *project) {
	if !g.has("scope", 20) {
		return
	}
	if of == nil {
		spec.set("scope", "global")
		return
	}
	spec.set("scope", "project")
}

// registry defines a Registry; the first is global, so that every project has one.
func (g *generator) registry() {
	r := &registry{name: g.name("registry", 63)}
	if len(g.registries) > 0 {
		r.project = g.owner("registry-of-project")
	}
	spec := object()
	g.scoped(spec, r.project)
	if g.has("registry-service", 30) {
		filter := object("name", "registry", "namespace", "toolbox")
		if g.has("registry-service-port", 50) {
			filter.set("port", g.number(1, 65535))
		}
		spec.set("service", object("filter", filter))
	} else {
		spec.set("url", pick(g, "harbor.acme.example", "harbor.acme.example:8443", "https://registry.example", "http://10.0.0.1:5000", "ghcr.io"))
	}
	if g.has("registry-insecure", 25) {
		spec.set("insecure", pick(g, true, false))
	}
	if g.has("registry-prefix", 40) {
		spec.set("prefix", pick(g, "shop", "team/shop"))
	}
	if g.has("registry-credentials", 60) {
		secret := object("name", "robot")
		if g.has("registry-credentials-key", 30) {
			secret.set("key", pick(g, "config.json", ".dockerconfigjson", "a_b"))
		}
		spec.set("credentials", object("secretFrom", secret))
	}
	g.registries = append(g.registries, r)
	g.define("Registry", g.metadata(r.name, r.project), spec)
}

// account defines a RepositoryAccount; the first is global.
func (g *generator) account() {
	// An EventSource, whose Service has a longer name.
	a := &account{name: g.name("account", 40)}
	if len(g.accounts) > 0 {
		a.project = g.owner("account-of-project")
	}
	spec := object()
	g.scoped(spec, a.project)
	g.accountHost(a, spec)
	g.credentials(a, spec)
	g.accounts = append(g.accounts, a)
	g.define("RepositoryAccount", g.metadata(a.name, a.project), spec)
}

// accountHost is a host that everyone knows, or one of the author's own.
func (g *generator) accountHost(a *account, spec *Map) {
	a.host, a.provider = "github.com", "github"
	switch {
	case g.has("account-self-hosted", 35):
		a.host = fmt.Sprintf("git%d.acme.example:8443", len(g.accounts))
		a.provider = pick(g, "github", "github", "gitlab", "bitbucketserver", "gitea", "generic")
		spec.set("provider", a.provider)
		a.url = a.host + pick(g, "", "/scm", "/git/scm")
		spec.set("url", pick(g, "https://", "")+a.url)
		return
	case g.has("account-gitlab", 15):
		a.host, a.provider = "gitlab.com", "gitlab"
	case g.has("account-bitbucket", 10):
		a.host, a.provider = "bitbucket.org", "bitbucket"
	}
	a.url = a.host
	spec.set("url", pick(g, "", "https://")+a.url)
	if g.has("account-provider-said", 20) {
		spec.set("provider", a.provider)
	}
}

// credentials are those of an account, and what events are checked with.
func (g *generator) credentials(a *account, spec *Map) {
	if g.has("account-credentials", 80) {
		credentials := object()
		if g.has("account-credentials-type", 70) {
			credentials.set("type", pick(g, "basic-auth", "ssh-auth", "token"))
		}
		credentials.set("secretFrom", object("name", pick(g, "git-robot", "deploy.key")))
		spec.set("credentials", credentials)
		a.secret = true
	}
	if g.has("account-webhook", 40) {
		secret := object("name", "hook")
		if g.has("account-webhook-key", 40) {
			secret.set("key", "token")
		}
		spec.set("webhook", object("secretFrom", secret))
		a.secret = true
	}
}
