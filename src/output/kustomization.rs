//! `kustomization.yaml`: which files of a directory are applied.

use crate::emit::Format;
use crate::tree::{Map, Node};

/// The kustomization of some files or directories, in their order.
pub(super) fn text<'p>(resources: impl Iterator<Item = &'p str>) -> String {
    let resources: Vec<Node> = resources.map(|path| Node::from(path.to_owned())).collect();
    let node = Map::new()
        .with("apiVersion", "kustomize.config.k8s.io/v1beta1")
        .with("kind", "Kustomization")
        .with("resources", resources);
    Format::Yaml.write_one(&node.into())
}
