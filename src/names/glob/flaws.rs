//! What keeps a glob from ever meaning a branch: git's rules for names of branches
//! (git-check-ref-format(1)).

use std::ops::Range;

/// Why no branch is meant by a glob, and where in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GlobFlaw {
    /// In bytes of the glob.
    pub place: Range<usize>,
    /// What git or argopacks has against it, as a sentence without a dot.
    pub why: &'static str,
    /// The glob to write instead, where it can be guessed; it has no flaw.
    pub instead: Option<String>,
}

/// What git refuses in a name of a branch, wherever it stands. Wildcards aside: they are ours.
const REFUSED: &[(&str, &str)] = &[
    ("..", "no branch has `..` in its name"),
    ("@{", "no branch has `@{` in its name"),
    ("//", "no branch has an empty part in its path"),
    ("/.", "no part of a branch's path begins with a dot"),
    (" ", "no branch has a space in its name"),
    ("~", "no branch has a `~` in its name"),
    ("^", "no branch has a `^` in its name"),
    (":", "no branch has a `:` in its name"),
    ("[", "there are no sets of signs: `?` is one sign, `*` any number within a part of the path"),
    ("\\", "no branch has a `\\` in its name, and nothing needs to be escaped"),
];

/// Flaws of a glob that are told: further ones say nothing new.
const MAX_TOLD: usize = 5;

/// The first flaws of a glob, by place.
pub(crate) fn flaws(text: &str) -> Vec<GlobFlaw> {
    let mut flaws = found(text);
    flaws.sort_by_key(|flaw| flaw.place.start);
    flaws.truncate(MAX_TOLD);
    for flaw in &mut flaws {
        flaw.instead = flaw.instead.take().filter(|instead| found(instead).is_empty());
    }
    flaws
}

/// The flaws of a glob, of each kind the first ones; what is to be written instead may have some.
fn found(text: &str) -> Vec<GlobFlaw> {
    let mut flaws = Vec::new();
    let mut found = |place: Range<usize>, why, instead: Option<String>| {
        flaws.push(GlobFlaw { place, why, instead });
    };
    if let Some((place, why, instead)) = whole(text) {
        found(place, why, instead);
        return flaws;
    }
    ends(text, &mut found);
    for (refused, why) in REFUSED {
        for (at, _) in text.match_indices(refused).take(MAX_TOLD) {
            found(at..at + refused.len(), why, repaired(text, refused));
        }
    }
    if let Some(place) = alternatives(text) {
        found(place, "there are no alternatives in braces: write each as a pattern", None);
    }
    let controls = text.char_indices().filter(|(_, c)| c.is_ascii_control());
    for (at, sign) in controls.take(MAX_TOLD) {
        found(at..at + sign.len_utf8(), "no branch has a control character in its name", None);
    }
    flaws
}

/// What is wrong with the whole of a glob, so that nothing else is to be reported.
fn whole(text: &str) -> Option<(Range<usize>, &'static str, Option<String>)> {
    let all = 0..text.len();
    if let Some(branch) = text.strip_prefix("refs/heads/") {
        let why = "branches are named without `refs/heads/`";
        return Some((0..text.len() - branch.len(), why, Some(branch.to_owned())));
    }
    match text {
        "" => Some((all, "no branch has an empty name", None)),
        "@" => Some((all, "no branch is called `@`", None)),
        _ if text.starts_with("refs/") => {
            let why = "this is a ref and no branch; branches are named without `refs/heads/`";
            Some((0.."refs/".len(), why, None))
        }
        _ if text.starts_with('!') => {
            Some((0..1, "an exclusion stands in a list of branches only", None))
        }
        _ => None,
    }
}

/// What must not be at the start of a glob, and at the end of a part of its path.
fn ends(text: &str, found: &mut impl FnMut(Range<usize>, &'static str, Option<String>)) {
    let end = text.len();
    match text.as_bytes()[0] {
        b'-' => found(0..1, "no branch begins with `-`", None),
        b'.' => found(0..1, "no part of a branch's path begins with a dot", None),
        b'/' => found(0..1, "no branch begins with `/`", Some(text[1..].to_owned())),
        _ => {}
    }
    if text.ends_with('/') && end > 1 {
        found(end - 1..end, "no branch ends with `/`", Some(format!("{text}**")));
    }
    if text.ends_with('.') && end > 1 {
        found(end - 1..end, "no branch ends with a dot", None);
    }
    let mut at = 0;
    for part in text.split('/') {
        at += part.len() + 1;
        if let Some(name) = part.strip_suffix(".lock") {
            let start = at - 1 - part.len() + name.len();
            found(start..at - 1, "no part of a branch's path ends with `.lock`", None);
        }
    }
}

/// Where braces hold alternatives as shells have them. Git takes such a name; nobody has one.
fn alternatives(text: &str) -> Option<Range<usize>> {
    let open = text.find('{')?;
    let close = open + text[open..].find('}')?;
    text[open..close].contains(',').then_some(open..close + 1)
}

/// The glob with what is refused put right, where it is clear what was meant.
fn repaired(text: &str, refused: &str) -> Option<String> {
    match refused {
        "//" => Some(text.replace("//", "/")),
        "\\" => Some(text.replace('\\', "")),
        "[" => without_sets(text),
        _ => None,
    }
}

/// The glob with a `?` for each set of signs.
fn without_sets(text: &str) -> Option<String> {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('[') {
        out.extend([before, "?"]);
        rest = after.split_once(']')?.1;
    }
    Some(out + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flaw(text: &str) -> (Range<usize>, Option<String>) {
        let flaws = flaws(text);
        assert_eq!(flaws.len(), 1, "{text}: {flaws:?}");
        (flaws[0].place.clone(), flaws[0].instead.clone())
    }

    #[test]
    fn code_h_globs_that_no_branch_matches() {
        assert_eq!(flaw("release/[0-9]*"), (8..9, Some("release/?*".into())));
        assert_eq!(flaw("a b"), (1..2, None));
        assert_eq!(flaw("x..y"), (1..3, None));
        assert_eq!(flaw("!main").0, 0..1);
        assert_eq!(flaw("{release,hotfix}/*"), (0..16, None));
    }

    #[test]
    fn branch_ref_never_fires() {
        assert_eq!(flaw("refs/heads/main"), (0..11, Some("main".into())));
        assert_eq!(flaw("refs/tags/v1"), (0..5, None));
    }

    #[test]
    fn what_git_refuses() {
        for text in
            ["-x", ".x", "x.", "a/.b", "x.lock", "x.lock/y", "@", "a~1", "a^", "a:b", "\u{7f}"]
        {
            flaw(text);
        }
        assert_eq!(flaw("/main").1, Some("main".into()));
        assert_eq!(flaw("release/").1, Some("release/**".into()));
        assert_eq!(flaw("a//b").1, Some("a/b".into()));
        assert_eq!(flaw(r"feature\/*"), (7..8, Some("feature/*".into())));
        assert_eq!(flaws("a b c").len(), 2);
    }

    /// Each of these took minutes, or all memory.
    #[test]
    fn flaws_of_long_globs_are_told_in_no_time() {
        assert_eq!(flaws(&"/".repeat(10_000)).len(), MAX_TOLD);
        assert_eq!(flaws(&"refs/heads/".repeat(10_000)).len(), 1);
        let instead = flaws(&"[a]".repeat(100_000)).remove(0).instead;
        assert_eq!(instead, Some("?".repeat(100_000)));
    }

    #[test]
    fn what_git_takes() {
        for text in
            ["main", "release/*", "**", "*", "?", "v1.?/**", "żółć", "a-b_c.d", "a/-b", "x{y}"]
        {
            assert_eq!(flaws(text), [], "{text}");
        }
    }
}
