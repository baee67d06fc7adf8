//! Names to typed ids: where every name is defined, and who can see it.

mod index;
mod names;

pub use index::{Accounts, Index, TaskTarget};
pub use names::{Named, Names, in_order};
