//! The one tree: what is read, what is emitted, and what comes with the program.
//!
//! Every node knows its span: where it is written, in a definition or a bundled pack, or
//! [`Span::GENERATED`](crate::source::Span::GENERATED) for what argopacks makes itself. Scalars are
//! text; what a plain one means is decided by [`scalar::resolve`], the table that readers of a
//! field and the emitter share.

mod map;
mod node;
mod path;
pub(crate) mod scalar;
mod text;
mod written;

pub(crate) use map::Map;
pub use node::Node;
pub(crate) use node::{Entry, Key, Scalar, Value};
pub(crate) use path::{Astray, is_path};
pub(crate) use text::Str;
pub(crate) use written::{Segment, Written};
