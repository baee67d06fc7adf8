//! What the run of a Task on an event can have of build parameters.

use super::code::{clone_url, git_secret};
use super::run::{Run, RunParam};
use super::standard::STANDARD;
use crate::model::Text;
use crate::model::kinds::repository_account::RepositoryAccount;
use crate::model::kinds::webhook::Webhook;
use crate::source::Span;
use crate::tree::Str;

/// What their values come from.
pub(super) struct OnEvent<'r, 'm> {
    pub webhook: &'m Webhook,
    /// The emitted name of the project.
    pub project: &'r Text,
    /// The account and the repository, if they exist.
    pub source: Option<&'r (&'m RepositoryAccount, Text)>,
    pub pipeline: Option<&'r Run<'m>>,
}

impl OnEvent<'_, '_> {
    /// The parameters that the run can take by name; those of the event get their values from it.
    pub(crate) fn params(&self) -> Vec<RunParam> {
        let param = |name: &'static str| {
            let (value, span) = self.value(name)?;
            Some(RunParam { name: Text::generated(name), value, span })
        };
        STANDARD.iter().filter_map(|standard| param(standard.name)).collect()
    }

    fn value(&self, name: &str) -> Option<(Str, Span)> {
        let text = |text: &Text| Some((text.value.clone(), text.span));
        match name {
            "project" => text(self.project),
            "pipeline" => text(&self.pipeline?.name),
            "repo" => {
                let span = self.webhook.spec.repo.written_at();
                let url = |(account, repository): &(&_, Text)| clone_url(account, repository);
                Some((self.source.map_or_else(String::new, url).into(), span))
            }
            "git-secret" => text(git_secret(self.source?.0)?),
            "image" | "image-url" => {
                self.pipeline?.param(name).map(|param| (param.value.clone(), param.span))
            }
            "revision" | "branch" | "branch-slug" | "event" | "author" | "pull-request"
            | "base-branch" => Some((Str::default(), Span::GENERATED)),
            _ => None,
        }
    }
}
