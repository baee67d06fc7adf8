//! Paths into a tree, as people write them for manifests: `.spec.templates[0].name`. In brackets
//! stands the index of an item, its name, or the key of a map. Keys may have dots in them.

use super::node::{Node, Value};

/// A path that leads nowhere.
#[derive(Debug)]
pub(crate) struct Astray<'n, 'p> {
    /// As far as it leads.
    pub before: &'p str,
    /// What is there.
    pub node: &'n Node,
    /// What is not there: a key, an index or a name.
    pub step: &'p str,
}

/// Whether text behind a name is a path, or nothing.
pub(crate) fn is_path(text: &str) -> bool {
    text.is_empty() || text.starts_with(['.', '['])
}

impl Node {
    /// The node at a path; the empty one, and `.`, lead to this node itself.
    pub(crate) fn at_path<'n, 'p>(&'n self, path: &'p str) -> Result<&'n Node, Astray<'n, 'p>> {
        let (mut node, mut at) = (self, 0);
        while !matches!(&path[at..], "" | ".") {
            let (before, rest) = path.split_at(at);
            let (next, length) =
                node.step(rest).ok_or_else(|| Astray { before, node, step: first_step(rest) })?;
            (node, at) = (next, at + length);
        }
        Ok(node)
    }

    /// What the first step of a path leads to, and how long that step is.
    fn step(&self, path: &str) -> Option<(&Node, usize)> {
        if path.starts_with('[') {
            let end = path.find(']')?;
            return Some((self.in_brackets(first_step(path))?, end + 1));
        }
        let keys = path.strip_prefix('.')?;
        let is_next = |key: &str| keys.strip_prefix(key).is_some_and(is_path);
        let found = self.entries().iter().filter(|entry| is_next(&entry.key.text));
        let found = found.max_by_key(|entry| entry.key.text.len())?;
        Some((&found.value, 1 + found.key.text.len()))
    }

    fn in_brackets(&self, text: &str) -> Option<&Node> {
        match &self.value {
            Value::List(items) => {
                let of_index = text.parse::<usize>().ok().and_then(|index| items.get(index));
                of_index.or_else(|| items.iter().find(|item| item.item_name() == Some(text)))
            }
            Value::Map(_) => self.get(text),
            Value::Scalar(_) => None,
        }
    }

    /// The name of an item of a list, if it has one.
    pub(crate) fn item_name(&self) -> Option<&str> {
        self.get("name").and_then(Node::as_str)
    }
}

/// The first step of a path, without what sets it apart.
fn first_step(path: &str) -> &str {
    if let Some(inner) = path.strip_prefix('[') {
        let inner = inner.split(']').next().unwrap_or(inner);
        return inner.trim_matches(['\'', '"']);
    }
    let key = path.strip_prefix('.').unwrap_or(path);
    key.split(['.', '[']).next().unwrap_or(key)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::tree::Map;

    fn tree() -> Node {
        let labels = Map::new().with("a", "1").with("a.b/c", "2").with("a.b", "3");
        let items = vec![Map::new().with("name", "one"), Map::new().with("name", "0")];
        Map::new().with("labels", labels).with("items", items).into()
    }

    fn text(path: &str) -> String {
        tree().at_path(path).unwrap().as_text().unwrap().to_string()
    }

    #[test]
    fn the_longest_key_that_fits_is_meant() {
        assert_eq!(text(".labels.a"), "1");
        assert_eq!(text(".labels.a.b/c"), "2");
        assert_eq!(text(".labels[a.b]"), "3");
        assert_eq!(text(".labels['a.b/c']"), "2");
    }

    #[test]
    fn items_have_an_index_and_a_name() {
        assert_eq!(text(".items[1].name"), "0");
        assert_eq!(text(".items[one].name"), "one");
        assert_eq!(text(".items[0].name"), "one");
    }

    #[test]
    fn where_a_path_goes_astray() {
        let tree = tree();
        for (path, before, step) in [
            (".items[2].name", ".items", "2"),
            (".items.name", ".items", "name"),
            (".items[one].x.y", ".items[one]", "x"),
            (".items[one", ".items", "one"),
            ("x", "", "x"),
            (".labels.a.c[0]", ".labels.a", "c"),
            (".labels..", ".labels", ""),
        ] {
            let astray = tree.at_path(path).unwrap_err();
            assert_eq!((astray.before, astray.step), (before, step), "{path}");
        }
        assert_eq!(tree.at_path("").unwrap(), &tree);
        assert_eq!(tree.at_path(".").unwrap(), &tree);
    }
}
