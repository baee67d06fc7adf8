//! Where source comes from and images go: revisions of git, and names of images.

text_forms! {
    /// A branch, a tag or a commit, by a name that git allows.
    Revision = "branch, tag or commit", is_revision, REVISION;
    /// What stands between the host of a registry and the tag of an image.
    ImagePath = "image name", is_image_path, "lower-case letters and digits, with `.`, `_`, `__` or `-` between them, in parts separated by `/`";
    /// Files and directories, seen from a directory.
    PathGlob = "glob", is_path_glob, "a path below this file's directory, with `*` for anything within a part of it and `**` for whole parts";
    /// An image as a container names it: with a host, a tag or a digest if it needs one.
    ImageReference = "image", is_image_reference, "an image such as `golang:1.25.5` or `harbor.acme.example/tools/go@sha256:…`";
}

/// What a revision must be.
pub(crate) const REVISION: &str = "a name that git allows: no blanks, no `~^:?*[\\`, no `..` or `@{`, not `-`, `/` or `.` first, not `/`, `.` or `.lock` last";

/// Nothing above the directory, and nothing that only another machine has.
fn is_path_glob(text: &str) -> bool {
    let is_below = !text.starts_with(['/', '~', '!']) && text.split('/').all(|part| part != "..");
    is_below && glob::Pattern::new(text).is_ok()
}

/// Longest name of a file of git's, and so of a part of a revision.
const MAX_PART: usize = 255;

/// git's `check-ref-format`; tags of Argo's, which would be evaluated in the run, are refused as
/// well.
pub(crate) fn is_revision(text: &str) -> bool {
    let is_forbidden = |c: char| c.is_control() || c.is_whitespace() || "~^:?*[\\".contains(c);
    let is_part = |part: &str| {
        !part.is_empty()
            && part.len() <= MAX_PART
            && !part.starts_with('.')
            && !part.ends_with('.')
            && part.strip_suffix(".lock").is_none()
    };
    text.split('/').all(is_part)
        && !text.contains(is_forbidden)
        && !text.starts_with('-')
        && text != "@"
        && !["..", "@{", "{{"].iter().any(|sequence| text.contains(sequence))
}

/// Whether this is the path of an image's name (distribution's reference grammar, `path-component`
/// and `separator`).
pub(crate) fn is_image_path(text: &str) -> bool {
    text.len() <= 255 && text.split('/').all(is_image_part)
}

fn is_image_part(part: &str) -> bool {
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let separators = part.split(is_word).filter(|separator| !separator.is_empty());
    let is_separator = |separator: &str| {
        matches!(separator, "." | "_" | "__") || separator.chars().all(|c| c == '-')
    };
    part.starts_with(is_word) && part.ends_with(is_word) && separators.into_iter().all(is_separator)
}

fn is_image_reference(text: &str) -> bool {
    let (name, digest) = text.split_once('@').map_or((text, None), |(n, d)| (n, Some(d)));
    let tag_at = name.rfind(':').filter(|at| !name[*at..].contains('/'));
    let (name, tag) = tag_at.map_or((name, None), |at| (&name[..at], Some(&name[at + 1..])));
    let path = match name.split_once('/') {
        Some((host, path)) if is_host(host) => path,
        _ => name,
    };
    is_image_path(path) && tag.is_none_or(is_tag) && digest.is_none_or(is_digest)
}

/// Whether the first part of an image's name is a host, and not a part of its path.
fn is_host(part: &str) -> bool {
    let is_inner = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    (part.contains(['.', ':']) || part == "localhost") && part.chars().all(is_inner)
}

fn is_tag(tag: &str) -> bool {
    let is_inner = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    (1..=128).contains(&tag.len()) && tag.chars().all(is_inner) && !tag.starts_with(['.', '-'])
}

fn is_digest(digest: &str) -> bool {
    let (algorithm, hex) = digest.split_once(':').unwrap_or_default();
    !algorithm.is_empty() && hex.len() >= 32 && hex.chars().all(|c| c.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn revisions() {
        for right in
            ["main", "feature/Login", "v1.0", "0123456789abcdef", "ä/ö", "a-b_c.d", "a@b", "x{y"]
        {
            assert!(is_revision(right), "{right}");
        }
        let wrong = [
            "-x", "a b", "x..y", "a/", "/a", "a//b", ".a", "a.", "a.lock", "@", "a@{1}", "a~1",
            "a\nb", "{{x}}", "a/.b",
        ];
        for wrong in wrong {
            assert!(!is_revision(wrong), "{wrong}");
        }
    }

    #[test]
    fn images() {
        for right in ["cart", "acme/cart", "a.b", "a__b", "a---b", "a1/b-2"] {
            assert!(is_image_path(right), "{right}");
        }
        for wrong in ["A", "a..b", "a b", "-a", "a_", "a//b", "a___b", "a._b", "/a"] {
            assert!(!is_image_path(wrong), "{wrong}");
        }
        let digest = format!("a@sha256:{}", "0".repeat(64));
        for right in
            ["a", "golang:1.25", "h:5000/a/b:t", "harbor.acme.example/a", "a/b:T_1", &digest]
        {
            assert!(is_image_reference(right), "{right}");
        }
        for wrong in ["a b", "a:", "h:5000/A", "a@sha256:x", "a:-t"] {
            assert!(!is_image_reference(wrong), "{wrong}");
        }
    }
}
