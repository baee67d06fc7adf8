//! What a run is given by its pipeline, its Builder and its project: the nearest of them that says
//! something wins.

use crate::model::forms::Duration;
use crate::model::kinds::builder::Builder;
use crate::model::kinds::common::{Concurrency, Defaults, PodGc, Retention, Workspace};
use crate::model::kinds::pipeline::PipelineSpec;
use crate::model::kinds::project::Project;
use crate::model::kubernetes::Labels;
use crate::model::{Spanned, Text};
use crate::source::Span;
use crate::tree::Node;

/// What a run is given.
#[derive(Debug, Default)]
pub(crate) struct Settings<'m> {
    pub timeout: Option<&'m Duration>,
    pub ttl_after_succeeded: Option<&'m Duration>,
    pub ttl_after_failed: Option<&'m Duration>,
    pub pod_gc: Option<&'m Spanned<PodGc>>,
    /// Requests and limits of containers that have none.
    pub resources: Option<&'m Node>,
    pub node_selector: Option<&'m Labels>,
    pub tolerations: Vec<&'m Node>,
    pub image_pull_secrets: Vec<&'m Node>,
    pub security_context: Option<&'m Node>,
    pub workspace: Option<&'m Workspace>,
    pub limit: Option<Limit>,
}

/// How many runs may go on at once.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    /// Runs of one key count together.
    pub key: Text,
    pub limit: i64,
    /// Where the limit is written.
    pub span: Span,
}

/// Who can say something, the nearest first.
struct Sources<'m> {
    pipeline: Option<&'m PipelineSpec>,
    defaults: Vec<&'m Defaults>,
}

impl<'m> Sources<'m> {
    /// The first of the defaults that says something.
    fn default<T>(&self, get: impl Fn(&'m Defaults) -> Option<T>) -> Option<T> {
        self.defaults.iter().find_map(|defaults| get(defaults))
    }

    /// What the pipeline says, or else the first of the defaults.
    fn first<T>(
        &self,
        of_pipeline: impl Fn(&'m PipelineSpec) -> Option<T>,
        of_defaults: impl Fn(&'m Defaults) -> Option<T>,
    ) -> Option<T> {
        self.pipeline.and_then(of_pipeline).or_else(|| self.default(of_defaults))
    }

    fn retention<T>(&self, get: impl Fn(&'m Retention) -> Option<T>) -> Option<T> {
        let own = self.pipeline.and_then(|spec| spec.retention.as_ref()).and_then(&get);
        own.or_else(|| self.default(|defaults| defaults.retention.as_ref().and_then(&get)))
    }

    fn concurrency(&self) -> Option<&'m Concurrency> {
        self.first(|spec| spec.concurrency.as_ref(), |defaults| defaults.concurrency.as_ref())
    }
}

impl<'m> Settings<'m> {
    /// What a run is given. `name` is that of its `WorkflowTemplate`; runs of a pipeline are
    /// limited, those of Tasks on events are not.
    pub(super) fn of(
        pipeline: Option<&'m PipelineSpec>,
        builder: Option<&'m Builder>,
        project: &'m Project,
        name: &Text,
    ) -> Self {
        let of_builder = builder.and_then(|builder| builder.spec.defaults.as_ref());
        let of_project = project.spec.as_ref().and_then(|spec| spec.defaults.as_ref());
        let defaults = of_builder.into_iter().chain(of_project).collect();
        let from = Sources { pipeline, defaults };
        let nodes = |list: Option<Vec<&'m Node>>| list.unwrap_or_default();
        let workspace = builder.and_then(|builder| builder.spec.workspace.as_ref());
        Self {
            timeout: from.first(|spec| spec.timeout.as_ref(), |it| it.timeout.as_ref()),
            ttl_after_succeeded: from.retention(|it| it.ttl_after_succeeded.as_ref()),
            ttl_after_failed: from.retention(|it| it.ttl_after_failed.as_ref()),
            pod_gc: from.retention(|it| it.pod_gc.as_ref()),
            resources: from
                .first(|spec| spec.resources.as_ref(), |it| it.resources.as_ref())
                .map(|resources| &resources.node),
            node_selector: from
                .default(|it| (!it.node_selector.0.0.is_empty()).then_some(&it.node_selector)),
            tolerations: nodes(from.default(|it| {
                let nodes: Vec<&Node> = it.tolerations.iter().map(|item| &item.node).collect();
                (!nodes.is_empty()).then_some(nodes)
            })),
            image_pull_secrets: nodes(from.default(|it| {
                let secrets = it.image_pull_secrets.iter();
                let nodes: Vec<&Node> = secrets.map(|item| &item.node).collect();
                (!nodes.is_empty()).then_some(nodes)
            })),
            security_context: from.default(|it| it.security_context.as_ref()).map(|it| &it.node),
            workspace: workspace.or_else(|| from.default(|it| it.workspace.as_ref())),
            limit: pipeline.and(from.concurrency()).map(|it| Limit::of(it, name)),
        }
    }
}

impl Limit {
    fn of(concurrency: &Concurrency, name: &Text) -> Self {
        let key = concurrency.key.as_deref().unwrap_or(name).clone();
        Self { key, limit: concurrency.limit.value, span: concurrency.limit.span }
    }
}
