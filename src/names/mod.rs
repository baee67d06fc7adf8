//! Names: their DNS-1123 form, the slugs of branches in them, the `%variables%` of build names and tags, and the globs that branches
//! are named by.

mod budget;
mod dns;
mod glob;
mod meet;
mod meetings;
pub mod shard;
mod slug;
mod template;
mod words;

pub use budget::{Budget, MAX_IN_TAG, MAX_TAG, MIN_ELASTIC};
pub use dns::{MAX_LABEL, dns_name};
pub use glob::{Branches, BranchesFlaw, Glob, GlobFlaw, escape_regex};
pub use meet::can_meet;
pub use meetings::{Meeting, Run, meetings};
pub use slug::{EMPTY, MARK, MARK_DIGITS, Slug, dashed};
pub use template::{Flaw, Part, Template, Variable};
pub use words::{Place, expression_name, is_expression_name};
