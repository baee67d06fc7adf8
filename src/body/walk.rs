//! The walk: every node of a body is visited once.

use super::parts::{Call, CallPlace, Container, Item, Mount, Ports, Role, present, text, value};
use super::site::{Site, SiteKind};
use super::{Body, TemplateKind, references};
use crate::argo::uses::Uses;
use crate::model::Text;
use crate::source::Span;
use crate::tree::{Entry, Node, Value};

/// Walks a body.
pub(crate) fn walk(node: &Node, holder: Span) -> Body<'_> {
    let mut body = Body {
        node,
        holder,
        kinds: Vec::new(),
        name: None,
        inputs: Ports::default(),
        outputs: Ports::default(),
        containers: Vec::new(),
        shared_mounts: Vec::new(),
        volumes: Vec::new(),
        calls: Vec::new(),
        sites: Vec::new(),
        uses: Uses::default(),
        objects: Vec::new(),
    };
    for entry in present(node) {
        field(&mut body, entry);
    }
    body
}

/// A field of a template.
fn field<'n>(body: &mut Body<'n>, entry: &'n Entry) {
    let node = &entry.value;
    match &*entry.key.text {
        "name" => {
            body.name = Text::of(node);
            scan(body, node, SiteKind::Name);
        }
        "inputs" => {
            body.inputs = Ports::of(node);
            scan(body, node, SiteKind::Inputs);
        }
        "outputs" => {
            body.outputs = Ports::of(node);
            scan(body, node, SiteKind::Outputs);
        }
        "volumes" => {
            body.volumes = Item::all(Some(node));
            scan(body, node, SiteKind::Volume);
        }
        "initContainers" => containers(body, node, Role::Init),
        "sidecars" => containers(body, node, Role::Sidecar),
        "memoize" => texts(body, node, SiteKind::Memoize),
        key => match TemplateKind::of_key(key) {
            Some(kind) => {
                body.kinds.push((kind, entry));
                typed(body, kind, entry);
            }
            None => entry_of(body, entry, kind_of(key)),
        },
    }
}

/// The kind of place that a field of a template is.
fn kind_of(key: &str) -> SiteKind {
    match key {
        "retryStrategy" => SiteKind::RetryStrategy,
        "metrics" => SiteKind::Metrics,
        "synchronization" => SiteKind::Synchronization,
        "podSpecPatch" => SiteKind::PodSpecPatch,
        "metadata" | "annotations" => SiteKind::Metadata,
        _ => SiteKind::Other,
    }
}

/// What makes the body one of its type.
fn typed<'n>(body: &mut Body<'n>, kind: TemplateKind, entry: &'n Entry) {
    let node = &entry.value;
    match kind {
        TemplateKind::Container => container(body, node, entry.key.span, Role::Main),
        TemplateKind::Script => container(body, node, entry.key.span, Role::Script),
        TemplateKind::ContainerSet => container_set(body, node),
        TemplateKind::Resource => fields(body, node, |key| match key {
            "manifest" | "manifestFrom" => SiteKind::Manifest,
            "successCondition" | "failureCondition" => SiteKind::ResourceCondition,
            _ => SiteKind::Other,
        }),
        TemplateKind::Http => fields(body, node, |key| match key {
            "successCondition" => SiteKind::HttpCondition,
            _ => SiteKind::Http,
        }),
        TemplateKind::Dag => dag(body, node),
        TemplateKind::Steps => {
            for (group, steps) in node.items().iter().enumerate() {
                steps.items().iter().for_each(|step| call(body, step, CallPlace::Step { group }));
            }
        }
        TemplateKind::Suspend => scan(body, node, SiteKind::Suspend),
        TemplateKind::Data => scan(body, node, SiteKind::Data),
        // What a plugin means by its fields is its own affair.
        TemplateKind::Plugin => texts(body, node, SiteKind::Plugin),
    }
}

fn container_set<'n>(body: &mut Body<'n>, node: &'n Node) {
    for entry in present(node) {
        match &*entry.key.text {
            "containers" => containers(body, &entry.value, Role::Set),
            "volumeMounts" => {
                body.shared_mounts = mounts(Some(&entry.value));
                scan(body, &entry.value, SiteKind::Volume);
            }
            _ => entry_of(body, entry, SiteKind::Other),
        }
    }
}

fn containers<'n>(body: &mut Body<'n>, node: &'n Node, role: Role) {
    node.items().iter().for_each(|item| container(body, item, item.first_key(), role));
}

fn container<'n>(body: &mut Body<'n>, node: &'n Node, at: Span, role: Role) {
    body.containers.push(Container {
        role,
        at,
        node,
        name: text(node, "name"),
        image: text(node, "image"),
        mounts: mounts(value(node, "volumeMounts")),
        ports: Item::all(value(node, "ports")),
        env: Item::all(value(node, "env")),
    });
    fields(body, node, |key| match key {
        "image" => SiteKind::Image,
        "command" | "args" => SiteKind::Argv,
        "source" => SiteKind::Source,
        "env" | "envFrom" => SiteKind::Env,
        "volumeMounts" => SiteKind::Volume,
        _ => SiteKind::Other,
    });
}

/// The mounts of a list.
fn mounts(list: Option<&Node>) -> Vec<Mount> {
    let mount = |node| Mount { name: text(node, "name"), path: text(node, "mountPath") };
    list.into_iter().flat_map(Node::items).map(mount).collect()
}

fn dag<'n>(body: &mut Body<'n>, node: &'n Node) {
    for entry in present(node) {
        match &*entry.key.text {
            "tasks" => {
                entry.value.items().iter().for_each(|task| call(body, task, CallPlace::Task));
            }
            "target" => scan(body, &entry.value, SiteKind::Target),
            _ => entry_of(body, entry, SiteKind::Other),
        }
    }
}

/// A task, a step or a hook, and the hooks of it.
fn call<'n>(body: &mut Body<'n>, node: &'n Node, place: CallPlace) {
    let at = text(node, "name").map_or_else(|| node.first_key(), |name| name.span);
    let call = push_call(body, node, text(node, "name"), at, place);
    for entry in present(node) {
        match &*entry.key.text {
            "hooks" => hooks(body, &entry.value, call),
            "onExit" => on_exit(body, &entry.value, call),
            _ => {}
        }
    }
}

fn hooks<'n>(body: &mut Body<'n>, node: &'n Node, of: usize) {
    for hook in present(node) {
        let name = Text { value: hook.key.text.clone(), span: hook.key.span };
        push_call(body, &hook.value, Some(name), hook.key.span, CallPlace::Hook { of });
    }
}

fn on_exit<'n>(body: &mut Body<'n>, node: &'n Node, of: usize) {
    let call = body.calls.len();
    body.calls.push(Call {
        place: CallPlace::OnExit { of },
        at: node.span,
        node,
        name: None,
        template: Text::of(node),
        inline: None,
        arguments: Ports::default(),
    });
    scan(body, node, SiteKind::Callee { call });
}

fn push_call<'n>(
    body: &mut Body<'n>,
    node: &'n Node,
    name: Option<Text>,
    at: Span,
    place: CallPlace,
) -> usize {
    let call = body.calls.len();
    let inline = node.entry("inline").filter(|entry| !entry.value.is_null());
    body.calls.push(Call {
        place,
        at,
        node,
        name,
        template: text(node, "template"),
        inline: inline.map(|entry| Box::new(walk(&entry.value, entry.key.span))),
        arguments: value(node, "arguments").map(Ports::of).unwrap_or_default(),
    });
    for entry in present(node) {
        if let Some(kind) = kind_in_call(&entry.key.text, call) {
            entry_of(body, entry, kind);
        }
    }
    call
}

/// The kind of place that a field of a call is; none for what is walked by itself.
fn kind_in_call(key: &str, call: usize) -> Option<SiteKind> {
    Some(match key {
        "inline" | "hooks" | "onExit" => return None,
        "name" => SiteKind::CallName { call },
        "template" | "templateRef" => SiteKind::Callee { call },
        "arguments" => SiteKind::Argument { call },
        "when" => SiteKind::When { call },
        "withItems" | "withParam" | "withSequence" => SiteKind::Items { call },
        "depends" | "dependencies" => SiteKind::Depends { call },
        "expression" => SiteKind::HookExpression { call },
        _ => SiteKind::Other,
    })
}

/// Scans every field of a map as the kind of place that its key says.
fn fields<'n>(body: &mut Body<'n>, node: &'n Node, kind: impl Fn(&str) -> SiteKind) {
    for entry in present(node) {
        entry_of(body, entry, kind(&entry.key.text));
    }
}

/// Scans an entry: what it refers to by itself, and what is below it.
fn entry_of<'n>(body: &mut Body<'n>, entry: &'n Entry, kind: SiteKind) {
    references::collect(entry, &mut body.objects);
    let is_account = entry.key.text == "serviceAccountName";
    scan(body, &entry.value, if is_account { SiteKind::ServiceAccount } else { kind });
}

/// Scans a value and what is below it.
fn scan<'n>(body: &mut Body<'n>, node: &'n Node, kind: SiteKind) {
    match &node.value {
        Value::Scalar(_) => texts(body, node, kind),
        Value::List(items) => items.iter().for_each(|item| scan(body, item, kind)),
        Value::Map(_) => present(node).for_each(|entry| entry_of(body, entry, kind)),
    }
}

/// Adds the texts at or below a node, without looking for references.
fn texts<'n>(body: &mut Body<'n>, node: &'n Node, kind: SiteKind) {
    node.each_scalar(&mut |scalar, span| {
        if scalar.text.contains("{{") {
            body.sites.push(Site { text: Text { value: scalar.text.clone(), span }, kind });
        }
    });
}
