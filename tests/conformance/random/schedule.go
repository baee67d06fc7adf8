package random

import (
	"fmt"
	"strings"
)

// schedule defines a Schedule of some Pipeline.
func (g *generator) schedule() {
	if len(g.pipelines) == 0 {
		return
	}
	p := pick(g, g.pipelines...)
	name := g.name("schedules/"+p.project.namespace.name, 52)
	spec := object("cron", g.crons())
	task := g.scheduledTask(p, name)
	if task != nil {
		spec.set("task", g.taskOnSchedule(task))
	} else {
		spec.set("pipeline", object("name", p.name))
	}
	if g.has("schedule-timezone", 40) {
		spec.set("timezone", pick(g, "UTC", "Europe/Warsaw", "America/Argentina/Buenos_Aires", "Etc/GMT+12", "EST5EDT"))
	}
	if g.has("schedule-policy", 40) {
		spec.set("concurrencyPolicy", pick(g, "Allow", "Forbid", "Replace"))
	}
	if g.has("schedule-deadline", 25) {
		spec.set("startingDeadlineSeconds", pick(g, 0, 300, 2147483647))
	}
	if g.has("schedule-suspend", 25) {
		spec.set("suspend", pick(g, true, false))
	}
	g.conditions(spec)
	if g.has("schedule-history", 30) {
		spec.set("history", pick(g, object("succeeded", 0), object("failed", 10), object("succeeded", 1, "failed", 0), object()))
	}
	if g.has("schedule-revision", 40) {
		spec.set("revision", pick(g, "feature/Login", "v1", "release/1.2", g.commitID()))
	}
	if task == nil && len(p.settable) > 0 && g.has("schedule-params", 40) {
		one := pick(g, p.settable...)
		spec.set("params", object(one.name, g.value(one)))
	}
	g.define("Schedule", g.metadata(name, p.project), spec)
}

// scheduledTask is a template that asks for nothing but its params.
func (g *generator) scheduledTask(p *pipeline, schedule string) *template {
	if !g.has("schedule-task", 30) || len(emittedName(schedule)) > 25 {
		return nil
	}
	return g.eventTaskOf(p, schedule)
}

// taskOnSchedule calls a Task with arguments for all that it requires.
func (g *generator) taskOnSchedule(t *template) *Map {
	call := object("taskRef", g.reference(t))
	in := &scope{used: map[string]bool{}}
	var given []any
	for _, p := range t.params {
		// A pack takes these from the run of a pipeline, or from an event.
		ofCode := p.name == "repo" || p.name == "revision"
		if p.required || ofCode || g.has("schedule-argument", 40) {
			given = append(given, object("name", p.name, "value", g.argument(p, in)))
		}
	}
	if len(given) > 0 {
		call.set("arguments", object("params", given))
	}
	return call
}

// conditions on which a Schedule starts something.
func (g *generator) conditions(spec *Map) {
	if g.has("schedule-when", 25) {
		spec.set("when", pick(g, "{{= cronworkflow.failed < 3 }}", "'{{cronworkflow.name}}' != 'x'",
			"{{=cronworkflow.succeeded}} < 10 && {{= now().Hour() > 5 }}",
			"{{= cronworkflow.lastScheduledTime == nil || (now() - cronworkflow.lastScheduledTime).Seconds() > 60 }}"))
	}
	if g.has("schedule-stop", 20) {
		spec.set("stopStrategy", object("expression", pick(g, "cronworkflow.failed >= 3", "cronworkflow.succeeded + cronworkflow.failed > 100")))
	}
}

// crons are one, or a list; those that meet have a note, and are right.
func (g *generator) crons() any {
	if !g.has("schedule-list", 35) {
		return g.cron()
	}
	var crons []any
	for range g.number(1, 3) {
		crons = append(crons, g.cron())
	}
	return crons
}

// cron is of any form that robfig/cron takes and that comes at some time.
func (g *generator) cron() string {
	switch {
	case g.has("cron-word", 15):
		return pick(g, "@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly")
	case g.has("cron-every", 8):
		return "@every " + pick(g, "5m", "1h30m", "90s", "24h")
	}
	days := []string{"sun", "MON", "Tue", "wed", "thu", "fri", "sat"}
	months := []string{"jan", "FEB", "Mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
	fields := []string{
		g.cronField(0, 59, nil), g.cronField(0, 23, nil), g.cronField(1, 28, nil),
		g.cronField(1, 12, months), g.cronField(0, 6, days),
	}
	between := " "
	if g.has("cron-blanks", 10) {
		between = "  "
	}
	return strings.Join(fields, between)
}

// cronField is one or more parts of a field, from low to high; names stand for
// its numbers.
func (g *generator) cronField(low, high int, names []string) string {
	if g.rng.IntN(2) == 0 {
		return pick(g, "*", "*", "*", "?", "*/2", "*/15")
	}
	var parts []string
	for range g.number(1, 2) {
		first := g.number(low, high)
		last := g.number(first, high)
		word := func(number int) string {
			if names != nil && g.has("cron-names", 40) {
				return names[number-low]
			}
			return fmt.Sprintf(pick(g, "%d", "%02d"), number)
		}
		part := word(first)
		if g.has("cron-range", 40) {
			part += "-" + word(last)
		}
		if g.has("cron-step", 20) {
			part += "/" + pick(g, "1", "3", "40")
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ",")
}
