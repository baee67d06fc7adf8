//! AP103: a key that the kind does not have.

use crate::diagnostics::{Diagnostic, all_of};
use crate::tree::Key;

rule!("AP103", "unknown-field", Error, "a key that the kind does not have");

/// `path` is where the map is in the tables, `guess` the nearest of its `keys`.
pub(crate) fn finding(
    key: &Key,
    path: &str,
    guess: Option<&str>,
    keys: impl Iterator<Item = &'static str>,
) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&RULE, key.span, format!("`{path}` has no field `{}`", key.text))
            .label("unknown field");
    match guess {
        Some(guess) => diagnostic.help(format!("write `{guess}`")).fix(key.span, guess),
        None => diagnostic.help(format!("its fields are {}", all_of(keys))),
    }
}
