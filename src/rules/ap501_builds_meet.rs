//! AP501: two webhooks that one event fires and whose builds would have one name.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP501", "builds-meet", Error, "two builds of one event with one name");

/// `name` is a name in common, with `?` for what depends on the event.
pub(crate) fn finding(span: Span, first: Span, name: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("one push fires both of these webhooks, and both runs can be named `{name}`"))
        .label("fires on the same push")
        .related(first, "as this one does")
        .note("the second Workflow would be refused as existing, and its run lost")
        .help("let one webhook do, with the `branches` of both; or, where the pipelines differ, put `%pipeline%` into `buildNameTpl`")
}

/// The pipeline's run and the Task's run of one webhook.
pub(crate) fn of_one_webhook(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("the pipeline's run and the Task's run can both be named `{name}`"),
    )
    .label("starts both")
    .note("the second Workflow would be refused as existing, and its run lost")
    .help("rename the webhook, or change the Builder's `buildNameTpl`")
}
