//! Containers that stand beside Argo's own.

use super::Context;
use crate::body::{Body, Role};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::rules::{ap310_name, ap311_duplicate_name};

/// Names of Argo's containers (Argo Workflows v4.1.2, workflow/validate, and workflow/common for
/// `init`). `main` is that of `container` and `script`.
const RESERVED: &[&str] = &["wait", "supervisor", "init"];

pub(crate) fn check(body: &Body, _: Context, sink: &mut Sink) {
    let main = body.containers.iter().find(|c| matches!(c.role, Role::Main | Role::Script));
    for container in &body.containers {
        let Some(name) = &container.name else { continue };
        match container.role {
            Role::Main | Role::Script => {}
            _ if is_reserved(name) => sink.report(ap310_name::reserved(name.span, name)),
            Role::Init | Role::Sidecar if name.value == "main" && main.is_some() => {
                let first = main.map_or(name.span, |main| main.at);
                sink.report(ap311_duplicate_name::finding(name.span, "container", name, first));
            }
            _ => {}
        }
        check_ports(&container.ports, sink);
    }
}

fn is_reserved(name: &Text) -> bool {
    RESERVED.contains(&&*name.value) || name.starts_with("artifact-plugin-")
}

/// One number twice, for one protocol.
fn check_ports(ports: &[crate::body::Item], sink: &mut Sink) {
    let key = |at: usize| {
        let port = ports.get(at)?.node;
        let protocol = port.get("protocol").and_then(crate::tree::Node::as_str).unwrap_or("TCP");
        Some((Text::of(port.get("containerPort")?)?, protocol))
    };
    for at in 1..ports.len() {
        let Some((number, protocol)) = key(at) else { continue };
        let same = |(other, of): &(Text, &str)| other.value == number.value && *of == protocol;
        if let Some((first, _)) = (0..at).filter_map(key).find(same) {
            sink.report(ap311_duplicate_name::finding(number.span, "port", &number, first.span));
        }
    }
}
