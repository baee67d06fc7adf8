//! Webhook: what an event in a repository starts.

use crate::model::forms::Address;
use crate::model::kinds::builder::TaskRef;
use crate::model::kinds::common::{Arguments, OwnedMetadata};
use crate::model::origins::Revision;
use crate::model::short::{Named, Short};
use crate::model::{Decode, Decoder, Entries, Hole, Node, NonEmpty, Record, Shape, Spanned, Text};
use crate::rules::ap107_not_compiled;
use crate::source::Span;

record! {
    /// What an event in a repository starts.
    pub struct Webhook {
        /// `packs.argoproj.io/v1beta1`.
        "apiVersion" api_version: Text,
        /// `Webhook`.
        "kind" kind: Text,
        /// Name, project and labels.
        "metadata" metadata: OwnedMetadata,
        /// Which events, and what they start.
        "spec" spec: WebhookSpec,
    }
}

record! {
    /// Which events of which repository, and what they start.
    pub struct WebhookSpec {
        /// The repository.
        "repo" repo: WebhookRepo,
        /// The events; default push.
        "on" on: Option<NonEmpty<EventKind>>,
        /// Branches, as globs (`*` within a path part, `**` across them; `!` before one excludes);
        /// default the branch of `repo.revision`.
        "branches" branches: Vec<Text>,
        /// Whether commits that say `[skip ci]` or `[ci skip]` start nothing; default true.
        "skipCi" skip_ci: Option<Spanned<bool>>,
        /// What is started.
        "event" event: Reaction,
    }
    later {
        /// Tags, as globs.
        "tags",
        /// Paths of which one must have changed.
        "paths",
        /// Paths that do not count as changed.
        "pathsIgnore",
        /// Whether pull requests from forks count.
        "forks",
    }
}

/// An event of a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EventKind {
    Push,
}

impl EventKind {
    const PUSH: &'static str = "push";
    const WORDS: &'static [&'static str] = &[Self::PUSH, "tag", "pull_request"];

    /// The event in definitions, and in the files of providers.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Push => Self::PUSH,
        }
    }
}

impl Decode for EventKind {
    const SHAPE: Shape = Shape::Choice(Self::WORDS);

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let text = Text::decode(node, decoder)?;
        match &**text {
            Self::PUSH => Some(Self::Push),
            "tag" | "pull_request" => {
                decoder.sink.report(ap107_not_compiled::value(text.span, &text, &decoder.path()));
                None
            }
            _ => decoder.not_one_of(&text, Self::WORDS),
        }
    }

    fn hole(_: Hole) -> Self {
        Self::Push
    }
}

record! {
    /// A repository: by `url`, or by `account` and `name`.
    pub struct WebhookRepo {
        /// Host and repository, `github.com/owner/name`; the account is found by the host.
        "url" url: Option<Address>,
        /// The `RepositoryAccount`.
        "account" account: Option<Text>,
        /// The repository at that account, as `owner/name`.
        "name" name: Option<Text>,
        /// The branch whose pushes count, unless `branches` says otherwise.
        "revision" revision: Option<Revision>,
    }
}

impl WebhookRepo {
    /// Where the repository is named.
    pub(crate) fn written_at(&self) -> Span {
        let url = self.url.as_ref().map(|url| url.text.span);
        url.or(self.name.as_ref().map(|name| name.span)).unwrap_or(self.held_at)
    }
}

record! {
    /// What an event starts; at least one of `pipeline` and `task`.
    pub struct Reaction {
        /// A Pipeline, run on the commit of the event.
        "pipeline" pipeline: Option<PipelineRef>,
        /// A Task, run on the event as a workflow of its own: its name, or more.
        "task" task: Option<Short<CalledTask>>,
        /// Values for params of the Pipeline, each a payload path such as
        /// `body.head_commit.message`, or text with `%variables%`.
        "params" params: Entries<Text>,
    }
}

record! {
    /// A Pipeline by name.
    pub struct PipelineRef {
        /// Name of the Pipeline.
        "name" name: Text,
    }
}

record! {
    /// A Task that is run by itself.
    pub struct CalledTask {
        /// The Task.
        "taskRef" task_ref: TaskRef,
        /// Values for its params.
        "arguments" arguments: Option<Arguments>,
    }
}

/// The name of a Task is enough for one that needs no arguments.
impl Named for CalledTask {
    const FIELDS: &'static Record = &Self::RECORD;

    fn named(name: Text, whole: bool) -> Self {
        let span = name.span;
        let task_ref = Short(Named::named(name, whole));
        Self { span, held_at: span, whole, task_ref, arguments: None }
    }
}
