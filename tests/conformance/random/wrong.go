package random

// knownWrong are traits that the language allows, or slips that it forbids,
// which argopacks is known to get wrong today: they are not made unless
// RANDOM_WITH names them. Whoever mends one takes its line out.
var knownWrong = map[string]string{
	// In other people's findings: /work/shared/findings/random/NAME and code/NAME.
	"inputs-null":                       "random/inputs-null: an `inputs:` with nothing under it takes the declared params away",
	"outputs-null":                      "random/outputs-null: the same of `outputs:`",
	"mounts-null":                       "random/mounts-null: `volumeMounts` is emitted twice",
	"run-parameter-in-retry":            "code/a: a parameter of the run that only a `retry` names is not declared",
	"output-default-tag":                "code/r: the same of the default of an output",
	"run-parameter-in-sibling-template": "code/b: the same of a template that another of its Task runs",
	"run-parameter-in-param-default":    "code/r: the same of the default of a param",
	"param-in-output-path":              "random/refused-output-path: AP306, though the path of an output uses the param",
	"params-as-a-whole":                 "random/refused-uses-all: AP306 on {{inputs.parameters}}",
	"expression-with-braces-in-text":    "code/n: `}>` in a string ends an expression",
	"webhooks-on-disjoint-globs":        "code/g and random/patterns-disjoint: AP501, though no branch is meant by both",
	"slip-int-32-bits":                  "random/int-32-bits: accepted",
	"slip-ttl-32-bits":                  "random/ttl-32-bits: accepted",
	"slip-image-null":                   "random/image-null: accepted",
	"slip-input-artifact":               "random/input-artifact: accepted",
	"slip-output-twice":                 "random/output-twice: accepted",
	"slip-argument-name":                "random/argument-name: accepted",
	"slip-labels-of-workflow":           "random/workflow-labels: accepted",
	"slip-tasks-in-own-template":        "code/q: accepted",
	"slip-long-step":                    "random/long-step: accepted",
	"slip-word-as-step":                 "random/step-words: accepted",
	"slip-word-as-webhook":              "random/webhook-word: accepted",
	"slip-digit-in-webhook":             "random/webhook-digit: accepted",
	"slip-braces-in-event-text":         "random/events-braces: accepted",
	"slip-dot-in-event-bus":             "random/event-bus-dot: accepted",
	"slip-param-json":                   "random/param-json: accepted",
	"slip-negative-time":                "random/build-time-negative: accepted",

	// Found with this generator.
	"builder-typed-default-empty":   "AP305 on the empty default of a Builder's param, which says that there is no value",
	"expression-as-steps":           "`steps: <{ values.x }>` in a Builder: exit status 0, and its pipelines are left out",
	"expression-as-step":            "AP108: a list of steps whose only item is an expression counts as empty",
	"expression-as-task":            "`task: <{ values.x }>` in a step: exit status 0, and the pipelines of the Builder are left out",
	"expression-as-builder-params":  "AP308: `params.x` has no value where the Builder's params, or one of them, are behind an expression; with `default: <{ values.x }>` it is that text",
	"expression-in-builder-project": "AP201 on the project of a Builder, which is looked up as it is written",
	"expression-in-builder-name":    "AP201: a Builder whose name is an expression is found by none",
}
