//! Bounds on what an expression may take, in time and memory: 0.2 s and 50 MB at the worst.

use minijinja::Value;
use minijinja::value::ValueKind;

/// Bytes of an expression's own text.
const MAX_TEXT: usize = 4096;
/// Words, numbers, strings and signs of an expression: it is read recursively, at most this deep.
const MAX_TOKENS: usize = 200;
/// Brackets inside brackets, each of which is a dozen calls deep for the parser.
const MAX_DEPTH: usize = 20;
/// Bytes that operators and filters may take in and give out, over the whole of one expression.
pub(super) const MAX_WORK: usize = 512 * 1024;
/// Bytes of what an expression, or a scalar with expressions in it, comes to: more than a cluster
/// takes in one object.
pub(super) const MAX_RESULT: usize = 2 * 1024 * 1024;
/// What a value costs beside its text.
const OVERHEAD: usize = 16;

/// Why an expression is not even parsed, if it is not.
pub(super) fn fault_of(text: &str) -> Option<String> {
    if text.len() > MAX_TEXT {
        return Some(format!("it is longer than {MAX_TEXT} bytes"));
    }
    let (tokens, depth) = measure(text);
    if depth > MAX_DEPTH {
        return Some(format!("its brackets are more than {MAX_DEPTH} deep"));
    }
    (tokens > MAX_TOKENS).then(|| format!("it has more than {MAX_TOKENS} words and signs"))
}

/// How many tokens a text has, at least as many as the parser sees, and how deep its brackets go.
fn measure(text: &str) -> (usize, usize) {
    let (mut tokens, mut depth, mut deepest) = (0, 0usize, 0);
    let mut chars = text.chars().peekable();
    let is_word = |c: &char| c.is_alphanumeric() || *c == '_';
    while let Some(c) = chars.next() {
        match c {
            c if c.is_whitespace() => continue,
            '"' | '\'' => skip_string(c, &mut chars),
            c if is_word(&c) => while chars.next_if(is_word).is_some() {},
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        tokens += 1;
        deepest = deepest.max(depth);
    }
    (tokens, deepest)
}

fn skip_string(quote: char, chars: &mut impl Iterator<Item = char>) {
    while let Some(c) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if c == quote {
            return;
        }
    }
}

/// The size of a value in bytes, counted up to a little above `limit`.
pub(super) fn size(value: &Value, limit: usize) -> usize {
    let mut total = OVERHEAD + value.as_str().map_or(0, str::len);
    if !matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable | ValueKind::Map) {
        return total;
    }
    for item in value.try_iter().into_iter().flatten() {
        if total > limit {
            break;
        }
        if value.kind() == ValueKind::Map {
            let held = value.get_item(&item).unwrap_or_default();
            total += size(&held, limit - total);
        }
        total += size(&item, limit.saturating_sub(total));
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_deep_texts_are_refused() {
        assert_eq!(fault_of(r#"a.b|default("x") ~ (1 + [2, 3][0])"#), None);
        assert!(fault_of(&"-".repeat(4000)).is_some());
        assert!(fault_of(&format!("{}1{}", "(".repeat(30), ")".repeat(30))).is_some());
        assert!(fault_of(&"a".repeat(5000)).is_some());
        assert_eq!(fault_of(&format!("\"{}\"", "(".repeat(4000))), None);
    }

    #[test]
    fn sizes_are_counted_up_to_the_limit() {
        let list: Value = (0..1000).map(Value::from).collect();
        assert_eq!(size(&list, usize::MAX), 16 * 1001);
        assert!((100..200).contains(&size(&list, 100)));
    }
}
