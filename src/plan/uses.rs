//! What texts refer to in Argo's `{{ }}`.

use crate::argo::references::references;
use crate::body::Body;
use crate::model::Text;
use crate::source::Span;
use crate::tree::{Node, Str};

/// A name that a text uses, and where.
#[derive(Clone, Debug)]
pub struct Mention {
    pub name: Str,
    pub span: Span,
}

/// The parameters of the run that the texts of a template body name.
pub fn run_params(body: &Body) -> Vec<Mention> {
    let mut found = Vec::new();
    for site in body.with_inlines().into_iter().flat_map(|body| &body.sites) {
        run_params_of(&site.text, &mut found);
    }
    found
}

/// The parameters of the run that the scalars of a node name.
pub fn run_params_in(node: &Node) -> Vec<Mention> {
    let mut found = Vec::new();
    node.each_scalar(&mut |scalar, span| {
        if scalar.text.contains("workflow.parameters") {
            run_params_of(&Text { value: scalar.text.clone(), span }, &mut found);
        }
    });
    found
}

/// Adds the parameters of the run that a text names.
pub fn run_params_of(text: &Text, found: &mut Vec<Mention>) {
    for reference in references(text) {
        let name = reference.name.strip_prefix("workflow.parameters.");
        if let Some(name) = name.filter(|name| *name != "json") {
            let span = text.part(reference.start, reference.end);
            found.push(Mention { name: name.to_owned().into(), span });
        }
    }
}
