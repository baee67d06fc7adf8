//! Bounds on what expressions may take, in time and memory.

use std::cell::Cell;

use minijinja::Value;
use minijinja::value::ValueKind;

use crate::tree::Node;

/// Bytes of an expression's own text.
const MAX_TEXT: usize = 4096;
/// Words, numbers, strings and signs of an expression: it is read recursively, at most this deep.
const MAX_TOKENS: usize = 200;
/// Brackets inside brackets, each of which is a dozen calls deep for the parser.
const MAX_DEPTH: usize = 20;
/// Bytes of what an expression, or a scalar with expressions in it, comes to: more than a cluster
/// takes in one object.
pub(super) const MAX_RESULT: usize = 2 * 1024 * 1024;
/// What a value costs beside its text.
const OVERHEAD: usize = 64;
/// Bytes that the expressions of a document may work on, whatever its size.
const MIN_WORK: usize = 64 * 1024;
/// The same for each byte of the document.
const WORK_FOR_A_BYTE: usize = 64;

/// What the expressions of one document may still work on: bytes that operators and filters take in
/// and give out, and of what the expressions come to.
#[derive(Debug, Default)]
pub(super) struct Budget {
    limit: Cell<usize>,
    spent: Cell<usize>,
}

impl Budget {
    /// The budget of a document: so many bytes, or what its size comes to.
    pub(super) fn open(&self, document: &Node, bytes: Option<usize>) {
        let of_size = || MIN_WORK + document.span.range().len().saturating_mul(WORK_FOR_A_BYTE);
        self.limit.set(bytes.unwrap_or_else(of_size));
        self.spent.set(0);
    }

    pub(super) fn limit(&self) -> usize {
        self.limit.get()
    }

    pub(super) fn is_spent(&self) -> bool {
        self.spent.get() > self.limit()
    }

    /// Takes bytes out of it; false if they are more than there are.
    pub(super) fn spend(&self, bytes: usize) -> bool {
        self.spent.set(self.spent.get().saturating_add(bytes));
        !self.is_spent()
    }

    /// Takes the size of a value out of it.
    pub(super) fn spend_on(&self, value: &Value) -> bool {
        self.spend(size(value, self.limit()))
    }
}

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
        assert_eq!(size(&list, usize::MAX), OVERHEAD * 1001);
        assert!((100..300).contains(&size(&list, 100)));
    }
}
