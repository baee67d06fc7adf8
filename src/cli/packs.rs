//! `argopacks packs`: what comes with the program.

use super::args::{Packs, PacksCommand};
use super::render::guess;
use super::{Outcome, output};
use crate::packs::{Library, text};
use crate::source::SourceMap;

pub(crate) fn run(args: &Packs) -> anyhow::Result<Outcome> {
    match &args.command {
        PacksCommand::List => list(),
        PacksCommand::Show { name } => show(name),
    }
}

fn list() -> anyhow::Result<Outcome> {
    let mut sources = SourceMap::default();
    let library = Library::new(&mut sources);
    let widest = library.names().map(str::len).max().unwrap_or_default();
    for task in library.names().filter_map(|name| library.get(name, &sources)) {
        let text = |text: &Option<crate::model::Text>| {
            text.as_ref().map_or(String::new(), std::string::ToString::to_string)
        };
        let description = text(&task.spec.description).replace('\n', " ");
        output::print(&format!(
            "{:widest$}  {}  {}\n",
            &*task.metadata.name,
            text(&task.spec.version),
            description.trim()
        ))?;
    }
    Ok(Outcome::Clean)
}

fn show(name: &str) -> anyhow::Result<Outcome> {
    let Some(text) = text(name) else {
        let names: Vec<&str> = Library::new(&mut SourceMap::default()).names().collect();
        output::complain(&format!(
            "error: there is no bundled pack `{name}`{}",
            guess(name, &names)
        ));
        return Ok(Outcome::Usage);
    };
    output::print(text)?;
    Ok(Outcome::Clean)
}
