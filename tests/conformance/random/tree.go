package random

// Map is a YAML map that keeps the order in which its keys were set.
type Map struct{ entries []entry }

type entry struct {
	key   string
	value any
}

// object makes a map of keys and values in turn; a key whose value is nil is
// left out.
func object(pairs ...any) *Map {
	m := &Map{}
	for i := 0; i+1 < len(pairs); i += 2 {
		m.set(pairs[i].(string), pairs[i+1])
	}
	return m
}

// list makes a list of its arguments.
func list(items ...any) []any { return items }

// texts makes a list of strings.
func texts(items ...string) []any {
	var out []any
	for _, item := range items {
		out = append(out, item)
	}
	return out
}

// set gives a key a value; nil sets nothing. An explicit null is Null.
func (m *Map) set(key string, value any) {
	if value == nil {
		return
	}
	for i := range m.entries {
		if m.entries[i].key == key {
			m.entries[i].value = value
			return
		}
	}
	m.entries = append(m.entries, entry{key, value})
}

// get is the value of a key, nil if there is none.
func (m *Map) get(key string) any {
	for _, e := range m.entries {
		if e.key == key {
			return e.value
		}
	}
	return nil
}

// at follows keys down nested maps; nil where a map is missing.
func (m *Map) at(keys ...string) *Map {
	for _, key := range keys {
		below, ok := m.get(key).(*Map)
		if !ok {
			return nil
		}
		m = below
	}
	return m
}

// add appends an item to the list under a key.
func (m *Map) add(key string, items ...any) {
	before, _ := m.get(key).([]any)
	m.set(key, append(before, items...))
}

// orNil leaves an empty map out of the map that it is set in.
func (m *Map) orNil() any {
	if len(m.entries) == 0 {
		return nil
	}
	return m
}

// null is a value that is written as nothing at all.
type null struct{}

// clone copies a tree.
func clone(value any) any {
	switch value := value.(type) {
	case *Map:
		out := &Map{}
		for _, e := range value.entries {
			out.entries = append(out.entries, entry{e.key, clone(e.value)})
		}
		return out
	case []any:
		out := make([]any, 0, len(value))
		for _, item := range value {
			out = append(out, clone(item))
		}
		return out
	}
	return value
}
