//! Names, keys and labels, as Kubernetes (k8s.io/apimachinery, pkg/util/validation) and Argo
//! (workflow/validate) hold them to a form.

fn is_ascii(text: &str, others: &[u8]) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || others.contains(&b))
}

fn is_lower(text: &str, others: &[u8]) -> bool {
    is_ascii(text, others) && !text.bytes().any(|b| b.is_ascii_uppercase())
}

/// Whether a letter or a digit is the first and the last character.
fn has_plain_ends(text: &str) -> bool {
    let is_end = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    is_end(text.as_bytes().first()) && is_end(text.as_bytes().last())
}

/// `workflowFieldNameFmt`, `^[a-zA-Z0-9][-a-zA-Z0-9]*$`, and `workflowFieldMaxLength`.
pub(super) fn is_template_name(text: &str) -> bool {
    text.len() <= 128
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && is_ascii(text, b"-")
}

/// `paramOrArtifactNameRegex`, `^[-a-zA-Z0-9_]+$`.
pub(super) fn is_param_name(text: &str) -> bool {
    !text.is_empty() && is_ascii(text, b"-_")
}

/// `^[a-zA-Z_][a-zA-Z0-9_]*$`.
pub(super) fn is_metric_name(text: &str) -> bool {
    !text.is_empty() && !text.starts_with(|c: char| c.is_ascii_digit()) && is_ascii(text, b"_")
}

/// `IsDNS1123Label`.
pub(super) fn is_dns_label(text: &str) -> bool {
    text.len() <= 63 && has_plain_ends(text) && is_lower(text, b"-")
}

/// `IsDNS1123Subdomain`, whose parts have no limit of their own.
pub(super) fn is_subdomain(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(|part| has_plain_ends(part) && is_lower(part, b"-"))
}

/// The beginning of a subdomain; letters and digits are generated behind it.
pub(super) fn is_name_prefix(text: &str) -> bool {
    !text.is_empty() && is_subdomain(&format!("{text}a"))
}

/// `IsEnvVarName`.
pub(super) fn is_env_name(text: &str) -> bool {
    let is_path = text == "." || text.starts_with("..");
    !text.is_empty()
        && !is_path
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && is_ascii(text, b"-_.")
}

/// `IsValidPortName`, of IANA's service names.
pub(super) fn is_port_name(text: &str) -> bool {
    text.len() <= 15
        && has_plain_ends(text)
        && is_lower(text, b"-")
        && text.contains(|c: char| c.is_ascii_alphabetic())
        && !text.contains("--")
}

pub(super) fn is_port_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

/// `IsConfigMapKey`.
pub(super) fn is_data_key(text: &str) -> bool {
    let is_path = text == "." || text.starts_with("..");
    !text.is_empty() && text.len() <= 253 && !is_path && is_ascii(text, b"-_.")
}

/// A label's value that is not empty (`IsValidLabelValue`), or the name part of a key.
pub(super) fn is_label_text(text: &str) -> bool {
    text.len() <= 63 && has_plain_ends(text) && is_ascii(text, b"-_.")
}

/// `IsQualifiedName`: a name, with a domain before it or without.
pub(super) fn is_label_key(text: &str) -> bool {
    match text.split_once('/') {
        Some((domain, name)) => is_subdomain(domain) && is_label_text(name),
        None => is_label_text(text),
    }
}

/// `ValidateContainerResourceName`, and `storage`, which claims ask for.
pub(super) fn is_resource_name(text: &str) -> bool {
    let is_standard = matches!(text, "cpu" | "memory" | "ephemeral-storage" | "storage");
    let is_named = text.contains('/') || text.starts_with("hugepages-");
    is_standard || is_named && is_label_key(text)
}
