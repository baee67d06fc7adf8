package random

// shrink takes out of a directory what it does not need to fail: definitions,
// then fields and items of lists, as often as something can be taken out and
// as long as it may try.
func shrink(d *Directory, fails func(*Directory) bool, tries int) {
	s := &shrinker{d: d, fails: fails, tries: tries}
	d.layout = nil
	for changed := true; changed && s.tries > 0; {
		changed = s.definitions()
		for _, definition := range d.Definitions {
			for _, key := range []string{"metadata", "spec"} {
				if below := definition.at(key); below != nil {
					changed = s.below(below) || changed
				}
			}
		}
	}
}

// shrinker takes parts out, and puts back those without which nothing fails.
type shrinker struct {
	d     *Directory
	fails func(*Directory) bool
	tries int
}

// still tells whether the directory fails with a change, which is undone if not.
func (s *shrinker) still(undo func()) bool {
	s.tries--
	if s.tries >= 0 && s.fails(s.d) {
		return true
	}
	undo()
	return false
}

func (s *shrinker) definitions() bool {
	changed := false
	for i := len(s.d.Definitions) - 1; i >= 0; i-- {
		before := s.d.Definitions
		s.d.Definitions = without(before, i)
		changed = s.still(func() { s.d.Definitions = before }) || changed
	}
	return changed
}

// below takes parts out of a tree.
func (s *shrinker) below(node any) bool {
	m, ok := node.(*Map)
	if !ok {
		return false
	}
	changed := false
	for i := len(m.entries) - 1; i >= 0; i-- {
		before := m.entries
		m.entries = without(before, i)
		if s.still(func() { m.entries = before }) {
			changed = true
			continue
		}
		changed = s.value(&m.entries[i].value) || changed
	}
	return changed
}

// value takes parts out of a value of a map or a list.
func (s *shrinker) value(at *any) bool {
	items, ok := (*at).([]any)
	if !ok {
		return s.below(*at)
	}
	changed := false
	for i := len(items) - 1; i >= 0; i-- {
		before := items
		items = without(before, i)
		*at = items
		if s.still(func() { items = before; *at = before }) {
			changed = true
			continue
		}
		changed = s.value(&items[i]) || changed
	}
	return changed
}

// without is a copy of a list that lacks one item.
func without[T any](items []T, at int) []T {
	rest := make([]T, 0, len(items))
	rest = append(rest, items[:at]...)
	return append(rest, items[at+1:]...)
}
