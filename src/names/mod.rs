//! Names: their DNS-1123 form, the slugs of branches in them, the `%variables%` of build names and
//! tags, and the globs that branches are named by.

mod budget;
mod dns;
mod glob;
mod meet;
mod meetings;
pub(crate) mod shard;
mod slug;
mod template;
mod words;

pub(crate) use budget::{Budget, MAX_TAG};
pub(crate) use dns::{MAX_LABEL, dns_name};
pub(crate) use glob::{Branches, BranchesFlaw, escape_regex};
pub(crate) use meetings::{Meeting, Run, meetings};
pub(crate) use slug::{EMPTY, MARK_DIGITS, Slug, dashed};
pub use template::Variable;
pub(crate) use template::{Flaw, Part, Template};
pub(crate) use words::{Place, is_expression_name};
