//! How repositories are named: the paths that a provider has, and what of a path is below an
//! account's.

use crate::tree::Node;

/// How many parts the path of a repository has at a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RepositoryForm {
    wanted: String,
    least: usize,
    most: Option<usize>,
}

impl Default for RepositoryForm {
    fn default() -> Self {
        Self { wanted: "owner/name".to_owned(), least: 2, most: None }
    }
}

impl RepositoryForm {
    pub(super) fn of(node: &Node) -> Self {
        let text = |key: &str| node.get(key).and_then(Node::as_text);
        let number = |key: &str| text(key).and_then(|text| text.parse().ok());
        let default = Self::default();
        Self {
            wanted: text("form").map_or(default.wanted, ToString::to_string),
            least: number("least").unwrap_or(default.least),
            most: number("most"),
        }
    }

    /// Whether a path can be a repository's. It is below the account's, with no slash around it and
    /// no `.git`.
    pub(crate) fn takes(&self, repository: &str) -> bool {
        let is_part = |part: &str| {
            !part.is_empty()
                && part != "."
                && part != ".."
                && part.chars().all(|c| c.is_ascii_alphanumeric() || "._-~".contains(c))
        };
        let parts = repository.split('/').count();
        let counts = self.least..=self.most.unwrap_or(usize::MAX);
        counts.contains(&parts) && repository.split('/').all(is_part)
    }

    /// What to write, as `owner/name`.
    pub(crate) fn wanted(&self) -> &str {
        &self.wanted
    }
}

/// What of a path is below a base, part by part; none if it is not below it. Neither has slashes
/// around it.
pub(crate) fn below<'p>(base: &str, path: &'p str) -> Option<&'p str> {
    match path.strip_prefix(base)? {
        rest if base.is_empty() || rest.is_empty() => Some(rest),
        rest => rest.strip_prefix('/'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_f_paths_are_compared_by_parts() {
        assert_eq!(below("scm", "scm/owner/name"), Some("owner/name"));
        assert_eq!(below("scm", "scmx/owner/name"), None);
        assert_eq!(below("", "owner/name"), Some("owner/name"));
        assert_eq!(below("scm", "scm"), Some(""));
    }

    #[test]
    fn account_prefix_parts_that_are_no_names() {
        let form = RepositoryForm::default();
        for path in ["", "a", "a//b", "a/..", "./a", "a/b c"] {
            assert!(!form.takes(path), "{path}");
        }
    }
}
