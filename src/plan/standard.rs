//! The build parameters that every pipeline has.

/// A build parameter and where its value comes from, in the words of `explain`.
#[derive(Debug)]
pub(crate) struct Standard {
    pub name: &'static str,
    pub from: &'static str,
}

macro_rules! standard {
    ($($name:literal = $from:literal,)*) => {
        /// Every build parameter, in the order in which they are emitted.
        pub(crate) const STANDARD: &[Standard] = &[$(Standard { name: $name, from: $from }),*];
    };
}

standard! {
    "project" = "Project",
    "pipeline" = "Pipeline",
    "repo" = "RepositoryAccount url, code.git.repo",
    "revision" = "code.git.revision",
    "branch" = "code.git.revision",
    "branch-slug" = "code.git.revision",
    "path" = "code.git.path",
    "depth" = "code.git.depth",
    "submodules" = "code.git.submodules",
    "git-secret" = "RepositoryAccount credentials",
    "image" = "image",
    "image-url" = "Registry, image",
    "image-tag" = "tag",
    "registry-secret" = "Registry credentials",
    "registry-secret-key" = "Registry credentials",
    "registry-insecure" = "Registry insecure",
    "event" = "the event",
    "author" = "the event",
    "pull-request" = "the event",
    "base-branch" = "the event",
}

/// Build parameters that are numbers, `true` or `false`, or one of a few words.
const NOT_FREE: &[&str] = &["depth", "submodules", "registry-insecure", "event", "pull-request"];

/// Whether a build parameter has that name, and any text may be its value.
pub(crate) fn is_free_text(name: &str) -> bool {
    is_standard(name) && !NOT_FREE.contains(&name)
}

/// Whether a name is that of a build parameter.
pub fn is_standard(name: &str) -> bool {
    STANDARD.iter().any(|standard| standard.name == name)
}

/// Where a build parameter comes from, in a few words.
pub fn origin(name: &str) -> Option<&'static str> {
    STANDARD.iter().find(|standard| standard.name == name).map(|standard| standard.from)
}
