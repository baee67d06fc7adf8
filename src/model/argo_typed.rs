//! Parts of a definition that are Argo's or Kubernetes' own types: kept as written, checked against
//! the table of field facts.

use super::decode::{Decode, Decoder, Hole};
use super::shape::Shape;
use crate::tree::Node;

/// A type of Argo's or Kubernetes' own, by its name in the table of field facts.
pub(crate) trait ArgoType {
    const NAME: &'static str;
}

/// A value of such a type.
#[derive(Clone, Debug)]
pub(crate) struct Argo<T> {
    pub node: Node,
    kind: std::marker::PhantomData<T>,
}

impl<T: ArgoType> Decode for Argo<T> {
    const SHAPE: Shape = Shape::Argo(T::NAME);

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        Node::decode(node, decoder).map(|node| Self { node, kind: std::marker::PhantomData })
    }

    fn hole(hole: Hole) -> Self {
        Self { node: Node::hole(hole), kind: std::marker::PhantomData }
    }
}

macro_rules! argo_types {
    ($($name:ident = $known_as:literal),* $(,)?) => {
        $(
            #[derive(Clone, Copy, Debug)]
            pub(crate) struct $name;
            impl ArgoType for $name {
                const NAME: &'static str = $known_as;
            }
        )*
    };
}

argo_types! {
    TemplateBody = "Template",
    ResourceRequirements = "ResourceRequirements",
    Toleration = "Toleration",
    PodSecurityContext = "PodSecurityContext",
    LocalObjectReference = "LocalObjectReference",
    Sequence = "Sequence",
    ValueFrom = "ValueFrom",
    StopStrategy = "StopStrategy",
}
