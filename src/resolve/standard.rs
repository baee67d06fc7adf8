//! The build parameters that every pipeline has.

/// A build parameter and where its value comes from, in the words of `explain`.
#[derive(Debug)]
pub struct Standard {
    pub name: &'static str,
    pub from: &'static str,
    /// Whether an event gives it another value than the Pipeline's.
    pub of_event: bool,
}

macro_rules! standard {
    ($($name:literal $(($event:ident))? = $from:literal,)*) => {
        /// Every build parameter, in the order in which they are emitted.
        pub const STANDARD: &[Standard] = &[$(Standard { name: $name, from: $from, of_event: standard!(@ $($event)?) }),*];
    };
    (@ event) => { true };
    (@) => { false };
}

standard! {
    "project" = "Project",
    "pipeline" = "Pipeline",
    "repo" = "RepositoryAccount url, code.git.repo",
    "revision" (event) = "code.git.revision",
    "branch" (event) = "code.git.revision",
    "branch-slug" (event) = "code.git.revision",
    "path" = "code.git.path",
    "depth" = "code.git.depth",
    "submodules" = "code.git.submodules",
    "git-secret" = "RepositoryAccount credentials",
    "image" = "image",
    "image-url" = "Registry, image",
    "image-tag" (event) = "tag",
    "registry-secret" = "Registry credentials",
    "registry-secret-key" = "Registry credentials",
    "registry-insecure" = "Registry insecure",
    "event" (event) = "the event",
    "author" (event) = "the event",
    "pull-request" (event) = "the event",
    "base-branch" (event) = "the event",
}

/// Whether a name is that of a build parameter.
pub fn is_standard(name: &str) -> bool {
    STANDARD.iter().any(|standard| standard.name == name)
}

/// Where a build parameter comes from, in a few words.
pub fn origin(name: &str) -> Option<&'static str> {
    STANDARD.iter().find(|standard| standard.name == name).map(|standard| standard.from)
}
