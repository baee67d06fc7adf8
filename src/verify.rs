//! What is about to be emitted, against what Argo is known to accept: the last look, on the objects
//! themselves.

use crate::argo::conform::Conform;
use crate::argo::facts::Version;
use crate::diagnostics::Sink;
use crate::source::Span;
use crate::tree::Node;

/// Holds an object against the table of field facts. Fails with a bug: what definitions bring in was
/// checked where it stands.
pub fn verify(object: &Node, version: Version) -> anyhow::Result<()> {
    let found = refused(object, version);
    if found.is_empty() {
        return Ok(());
    }
    let name = object.find(&["metadata", "name"]).and_then(Node::as_str).unwrap_or_default();
    anyhow::bail!(
        "argopacks built an object `{name}` that Argo Workflows {version} would not take: {}; \
         this is a bug, please report it",
        found.join("; ")
    )
}

/// What Argo would refuse of an object, in the words of the rules; nothing if its kind is unknown.
pub fn refused(object: &Node, version: Version) -> Vec<String> {
    let mut sink = Sink::default();
    Conform { version, sink: &mut sink }.object(object, Span::GENERATED);
    sink.finish().into_iter().map(|finding| finding.message).collect()
}
