//! Names: their DNS-1123 form, and the `%variables%` of build names and tags.

mod budget;
mod dns;
mod glob;
mod meet;
mod template;

pub use budget::{Budget, MIN_ELASTIC};
pub use dns::{MAX_LABEL, dns_name, slug};
pub use glob::{Glob, escape_regex};
pub use meet::{Shape, can_meet};
pub use template::{Flaw, Part, Template, Variable};
