//! Did you mean: the nearest of the names that would have been right.

/// The candidate nearest to `name`, if one is near enough that a slip of the hand explains the
/// difference: equal but for case and separators, or at most a third of its letters apart.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    distances(name, candidates).min().map(|(_, candidate)| candidate)
}

/// The candidates that are near enough, and how far away each is.
pub(crate) fn distances<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> impl Iterator<Item = (usize, &'a str)> {
    let folded: String = fold(guessable(name)).collect();
    let length = folded.chars().count();
    let limit = limit(length);
    // Most candidates are ruled out by their length, which costs little.
    let may_be_near = move |candidate: &&str| {
        candidate.chars().filter(|c| !is_separator(*c)).count().abs_diff(length) <= limit
    };
    let distance = move |candidate| {
        let other: String = fold(candidate).collect();
        (strsim::osa_distance(&folded, &other), candidate)
    };
    let near = candidates.into_iter().filter(may_be_near).map(distance);
    near.filter(move |(distance, _)| *distance <= limit)
}

/// A name, or nothing if it is longer than any that Kubernetes has: no slip of the hand made it.
pub(super) fn guessable(name: &str) -> &str {
    if name.len() > 253 { "" } else { name }
}

/// How far away a name of so many letters may be.
pub(super) fn limit(length: usize) -> usize {
    if length < 3 { 0 } else { (length / 3).max(1) }
}

/// "`a`, `b` or `c`": one of the names would have been right.
pub fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    listed(names, "or")
}

/// "`a`, `b` and `c`": the names that there are.
pub fn all_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    listed(names, "and")
}

/// A noun with its article: "an artifact".
pub fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// Names that are listed before the rest is only counted.
const MAX_LISTED: usize = 60;

fn listed<'a>(names: impl IntoIterator<Item = &'a str>, word: &str) -> String {
    let mut names = names.into_iter().fuse();
    let mut quoted: Vec<String> =
        names.by_ref().take(MAX_LISTED).map(|name| format!("`{name}`")).collect();
    let more = names.count();
    if more > 0 {
        return format!("{} {word} {more} more", quoted.join(", "));
    }
    match quoted.pop() {
        None => String::new(),
        Some(last) if quoted.is_empty() => last,
        Some(last) => format!("{} {word} {last}", quoted.join(", ")),
    }
}

/// The letters that count.
pub(super) fn fold(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| !is_separator(*c)).flat_map(char::to_lowercase)
}

fn is_separator(c: char) -> bool {
    matches!(c, '-' | '_' | ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_and_nothing_far_off() {
        let fields = ["scope", "service", "credentials", "secretFrom"];
        assert_eq!(nearest("scpe", fields), Some("scope"));
        assert_eq!(nearest("secret-from", fields), Some("secretFrom"));
        assert_eq!(nearest("sevrice", fields), Some("service"));
        assert_eq!(nearest("image", fields), None);
        assert_eq!(nearest(&"a".repeat(254), [&*"a".repeat(254)]), None);
    }

    #[test]
    fn lists_names_as_a_sentence_does() {
        assert_eq!(one_of(["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(one_of(["a"]), "`a`");
        assert!(all_of(["a"; 63]).ends_with("`a`, `a` and 3 more"));
    }
}
