package random

// finishConfig writes the Config that all others were made for.
func (g *generator) finishConfig() {
	spec := object()
	if g.options.Version != "4.0" || g.has("config-says-4.0", 30) {
		spec.set("argo", object("workflows", g.options.Version))
	}
	if g.has("config-rules", 10) {
		spec.set("rules", object("AP701", pick(g, "off", "note", "warning"), "AP703", "note"))
	}
	if g.has("config-images", 25) && len(g.images) > 0 {
		image := pick(g, g.images...)
		spec.set("images", object(image, "mirror.acme.example/library/"+image))
	}
	if len(g.values.entries) > 0 {
		spec.set("values", g.values)
	}
	if len(spec.entries) == 0 {
		return
	}
	definition := object("apiVersion", "packs.argoproj.io/v1beta1", "kind", "Config")
	if g.has("config-name", 30) {
		definition.set("metadata", object("name", "settings"))
	}
	definition.set("spec", spec)
	g.definitions = append(g.definitions, definition)
	g.config = definition
}

// foreignDocument adds a document of somebody else's, which is left alone.
func (g *generator) foreignDocument() {
	if g.has("foreign-document", 10) {
		g.definitions = append(g.definitions, object("apiVersion", "v1", "kind", "ConfigMap",
			"metadata", object("name", "other"), "data", object("text", "{{workflow.nothing}} <{ nothing }>")))
	}
}
