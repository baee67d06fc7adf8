//! The DNS-1123 form of a name.

/// The longest name of most things in Kubernetes, in characters (RFC 1123 labels; label values have
/// the same limit).
pub(crate) const MAX_LABEL: usize = 63;

/// The DNS-1123 form of a name: lower case, words joined by `-`, at the bounds of camel case too
/// (`CheckoutDef` → `checkout-def`, `HTTPServer` → `http-server`). Empty where the name has no
/// letter and no digit.
pub(crate) fn dns_name(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len() + 4);
    for (at, &c) in chars.iter().enumerate() {
        if !c.is_ascii_alphanumeric() {
            separate(&mut out);
            continue;
        }
        let before = at.checked_sub(1).map(|before| chars[before]);
        let starts_word = c.is_ascii_uppercase()
            && before.is_some_and(|before| {
                let ends_acronym = before.is_ascii_uppercase()
                    && chars.get(at + 1).is_some_and(char::is_ascii_lowercase);
                before.is_ascii_lowercase() || before.is_ascii_digit() || ends_acronym
            });
        if starts_word {
            separate(&mut out);
        }
        out.push(c.to_ascii_lowercase());
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

fn separate(out: &mut String) {
    if !out.is_empty() && !out.ends_with('-') {
        out.push('-');
    }
}

#[cfg(test)]
mod tests {
    use super::dns_name;

    #[test]
    fn words_are_joined() {
        for (name, expected) in [
            ("CheckoutDef", "checkout-def"),
            ("HTTPServer", "http-server"),
            ("my_app.v2", "my-app-v2"),
            ("goapp-latest", "goapp-latest"),
            ("--Ünï--", "n"),
            ("%%%", ""),
            ("v1Beta2X", "v1-beta2-x"),
        ] {
            assert_eq!(dns_name(name), expected, "{name}");
        }
    }
}
