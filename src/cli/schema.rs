//! `argopacks schema`: JSON Schema of the definitions, for editors.

use super::args::Schema;
use super::render::guess;
use super::{Outcome, output};
use crate::model::{Kind, schema};

pub(crate) fn run(args: &Schema) -> anyhow::Result<Outcome> {
    let kind = match args.kind.as_deref().map(str::parse::<Kind>) {
        None => None,
        Some(Ok(kind)) if kind.record().is_some() => Some(kind),
        Some(_) => {
            let names: Vec<&str> = Kind::ALL
                .iter()
                .filter(|kind| kind.record().is_some())
                .map(|kind| kind.name())
                .collect();
            let name = args.kind.as_deref().unwrap_or_default();
            output::complain(&format!("error: there is no kind `{name}`{}", guess(name, &names)));
            return Ok(Outcome::Usage);
        }
    };
    let mut text = serde_json::to_string_pretty(&schema::of(kind))?;
    text.push('\n');
    output::print(&text)?;
    Ok(Outcome::Clean)
}
