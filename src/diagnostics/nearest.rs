//! Did you mean: the nearest of the names that would have been right.

/// The candidate nearest to `name`, if one is near enough that a slip of the hand explains the
/// difference: equal but for case and separators, or at most a third of its letters apart.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(name);
    let length = folded.chars().count();
    let limit = if length < 3 { 0 } else { (length / 3).max(1) };
    let letters = Letters::of(&folded);
    let may_be_near = |candidate: &&str| letters.may_be_near(Letters::of(candidate), limit);
    candidates
        .into_iter()
        .filter(may_be_near)
        .map(|candidate| (strsim::osa_distance(&folded, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
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

fn listed<'a>(names: impl IntoIterator<Item = &'a str>, word: &str) -> String {
    let mut quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.pop() {
        None => String::new(),
        Some(last) if quoted.is_empty() => last,
        Some(last) => format!("{} {word} {last}", quoted.join(", ")),
    }
}

/// What rules most candidates out, at little cost: how many letters a name has, and which.
#[derive(Clone, Copy)]
struct Letters {
    count: usize,
    /// A bit for each letter or digit of ASCII that is among them.
    kinds: u64,
}

/// How many letters a byte begins: none if it goes on with one, or separates words.
const COUNTS: [usize; 256] = {
    let mut counts = [1; 256];
    let mut byte = 0x80;
    while byte < 0xc0 {
        counts[byte] = 0;
        byte += 1;
    }
    counts[b'-' as usize] = 0;
    counts[b'_' as usize] = 0;
    counts[b' ' as usize] = 0;
    counts
};

/// The bit of a letter or digit of ASCII.
const KINDS: [u64; 256] = {
    let mut kinds = [0; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        if let Some(digit) = (byte as char).to_digit(36) {
            kinds[byte as usize] = 1 << digit;
        }
        byte += 1;
    }
    kinds
};

impl Letters {
    fn of(name: &str) -> Self {
        let mut letters = Self { count: 0, kinds: 0 };
        for byte in name.bytes() {
            letters.count += COUNTS[byte as usize];
            letters.kinds |= KINDS[byte as usize];
        }
        letters
    }

    /// Whether so many slips could lead from one name to the other; each changes one letter.
    fn may_be_near(self, other: Self, slips: usize) -> bool {
        let lacks = |a: Self, b: Self| (a.kinds & !b.kinds).count_ones() as usize;
        self.count.abs_diff(other.count) <= slips
            && lacks(self, other) <= slips
            && lacks(other, self) <= slips
    }
}

fn fold(name: &str) -> String {
    name.chars().filter(|c| !is_separator(*c)).flat_map(char::to_lowercase).collect()
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
    }

    #[test]
    fn lists_names_as_a_sentence_does() {
        assert_eq!(one_of(["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(one_of(["a"]), "`a`");
    }
}
