//! Names to typed ids: where every name is defined, and who can see it.

mod index;
mod names;

pub(crate) use index::{Index, TaskTarget};
pub(crate) use names::in_order;
