package random

// knownWrong are traits that the language allows, or slips that it forbids,
// which argopacks is known to get wrong today: they are not made unless
// RANDOM_WITH names them. Whoever mends one takes its line out.
var knownWrong = map[string]string{
	"params-as-a-whole":             "AP303 where a template that others of its Task run uses {{inputs.parameters}}: which of the params it needs is not known",
	"expression-as-builder-params":  "AP308: `params.x` has no value where the Builder's params, or one of them, are behind an expression; with `default: <{ values.x }>` it is that text",
	"expression-in-builder-project": "AP201 on the project of a Builder, which is looked up as it is written",
	"expression-in-builder-name":    "AP201: a Builder whose name is an expression is found by none",
}
