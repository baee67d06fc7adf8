//! What Kubernetes wants of the fields of an object together, where types and forms of each do not
//! say it (Kubernetes 1.33, pkg/apis/core/validation/validation.go). What has a tag in it is known
//! in the run only.

use crate::argo::value_forms::amount;
use crate::source::Span;
use crate::tree::Node;

/// What is wrong with an object.
pub(super) enum Wrong<'n> {
    /// Two fields say different things.
    Contradiction { at: Span, message: String, help: &'static str },
    /// What a field says needs another one.
    Missing { at: Span, field: &'static str },
    /// A number that can only be 1.
    Number { node: &'n Node, field: &'static str },
    /// A port by a name that the container has no port of.
    Port { port: &'n Node, names: Vec<&'n str> },
}

/// What is wrong with an object of a type of the table of field facts.
pub(super) fn wrong<'n>(name: &str, node: &'n Node) -> Vec<Wrong<'n>> {
    match name {
        "Toleration" => toleration(node),
        "NodeSelectorRequirement" | "LabelSelectorRequirement" => requirement(node),
        "ResourceRequirements" => resources(node),
        "Container" | "UserContainer" | "ScriptTemplate" | "ContainerNode" => container(node),
        _ => Vec::new(),
    }
}

/// `validateTolerations`.
fn toleration(node: &Node) -> Vec<Wrong<'_>> {
    let text = |key: &str| node.get(key).and_then(Node::as_str).unwrap_or_default();
    let mut found = Vec::new();
    if let Some(value) = node.entry("value")
        && text("operator") == "Exists"
        && !text("value").is_empty()
    {
        let message = "a toleration with `operator: Exists` has no `value`".to_owned();
        let help = "take `value` out, or write `operator: Equal`";
        found.push(Wrong::Contradiction { at: value.key.span, message, help });
    }
    if let Some(seconds) = node.entry("tolerationSeconds")
        && !seconds.value.is_null()
        && !matches!(text("effect"), "NoExecute")
        && !text("effect").contains("{{")
    {
        let message = "a toleration with `tolerationSeconds` is of `effect: NoExecute`".to_owned();
        let help = "take `tolerationSeconds` out, or write `effect: NoExecute`";
        found.push(Wrong::Contradiction { at: seconds.key.span, message, help });
    }
    found
}

/// `ValidateNodeSelectorRequirement` and `ValidateLabelSelectorRequirement`.
fn requirement(node: &Node) -> Vec<Wrong<'_>> {
    let operator = node.get("operator").and_then(Node::as_str).unwrap_or_default();
    let values = node.entry("values").filter(|entry| !entry.value.is_null());
    let count = values.map_or(0, |entry| entry.value.items().len());
    let at = values.map_or_else(|| node.first_key(), |entry| entry.key.span);
    match (operator, count) {
        ("In" | "NotIn" | "Gt" | "Lt", 0) => {
            let at = values.map_or(at, |entry| entry.value.span);
            vec![Wrong::Missing { at, field: "values" }]
        }
        ("Exists" | "DoesNotExist", 1..) => {
            let message = format!("a requirement with `operator: {operator}` has no `values`");
            let help = "take `values` out, or write `operator: In`";
            vec![Wrong::Contradiction { at, message, help }]
        }
        ("Gt" | "Lt", 2..) => {
            let message = format!("a requirement with `operator: {operator}` has one value");
            vec![Wrong::Contradiction { at, message, help: "keep one of them" }]
        }
        _ => Vec::new(),
    }
}

/// `validateResourceRequirements`: no request is above its limit.
fn resources(node: &Node) -> Vec<Wrong<'_>> {
    let (Some(requests), Some(limits)) = (node.get("requests"), node.get("limits")) else {
        return Vec::new();
    };
    let amount = |node: &Node| amount(node.as_text()?);
    let above = requests.entries().iter().filter_map(|request| {
        let limit = limits.get(&request.key.text)?;
        if amount(&request.value)? <= amount(limit)? {
            return None;
        }
        let (name, limit) = (&request.key.text, limit.as_text()?);
        let message = format!("the request for `{name}` is above its limit, {limit}");
        let help = "ask for less, or raise the limit";
        Some(Wrong::Contradiction { at: request.value.span, message, help })
    });
    above.collect()
}

/// `validateLivenessProbe` and `validateStartupProbe`; and the ports of probes and of hooks of the
/// container's life, which the kubelet looks up by name.
fn container(node: &Node) -> Vec<Wrong<'_>> {
    let mut found = Vec::new();
    for probe in ["livenessProbe", "startupProbe"] {
        let threshold = node.find(&[probe, "successThreshold"]).filter(|node| !node.is_null());
        let is_other = |node: &&Node| !matches!(node.as_str(), Some("0" | "1"));
        if let Some(node) = threshold.filter(is_other) {
            found.push(Wrong::Number { node, field: "successThreshold" });
        }
    }
    found.extend(asked_ports(node).filter_map(|port| unknown_port(port, node)));
    found
}

/// Where a container is asked for something at a port.
fn asked_ports(container: &Node) -> impl Iterator<Item = &Node> {
    const HANDLERS: &[&[&str]] = &[
        &["livenessProbe"],
        &["readinessProbe"],
        &["startupProbe"],
        &["lifecycle", "postStart"],
        &["lifecycle", "preStop"],
    ];
    let handlers = HANDLERS.iter().filter_map(|path| container.find(path));
    handlers.flat_map(|handler| {
        ["httpGet", "tcpSocket"].into_iter().filter_map(|way| handler.find(&[way, "port"]))
    })
}

fn unknown_port<'n>(port: &'n Node, container: &'n Node) -> Option<Wrong<'n>> {
    let name = port.as_text()?;
    let is_name = name.chars().any(|c| c.is_ascii_alphabetic()) && !name.contains("{{");
    let ports = container.get("ports").map_or(&[][..], Node::items);
    let names: Vec<&str> =
        ports.iter().filter_map(|port| port.get("name").and_then(Node::as_str)).collect();
    (is_name && !names.contains(&&**name)).then_some(Wrong::Port { port, names })
}
