//! Builds: runs of a pipeline that are asked for by name, in a Build or on the command line.

use super::Plan;
use super::code::is_commit;
use super::given::Given;
use super::run::Run;
use crate::diagnostics::{Diagnostic, Sink};
use crate::id::Id;
use crate::model::kinds::build as definition;
use crate::model::kubernetes::{Annotations, Labels};
use crate::model::{Spanned, Text};
use crate::names::{MAX_LABEL, Part, Slug, Variable, dns_name};
use crate::rules::{ap108_invalid_value, ap309_variable, ap310_name};
use crate::source::Span;

/// A run of a pipeline, with what differs from the pipeline's own settings.
#[derive(Clone, Debug)]
pub(crate) struct Build<'m> {
    pub run: Id<Run<'m>>,
    /// Where it is asked for.
    pub span: Span,
    pub given: Given,
    /// The name, if it is not made of the Builder's template.
    pub name: Option<Text>,
    /// Seconds since 1970 that `%timestamp%` and `%date%` stand for.
    pub timestamp: Option<Spanned<i64>>,
    pub labels: Option<&'m Labels>,
    pub annotations: Option<&'m Annotations>,
}

impl<'m> Build<'m> {
    /// The build that a definition asks for.
    pub(super) fn of(build: &'m definition::Build, run: Id<Run<'m>>) -> Self {
        let (metadata, spec) = (&build.metadata, build.spec.as_ref());
        let given = spec.map_or_else(Given::default, |spec| Given {
            revision: spec.revision.as_deref().cloned(),
            tag: spec.tag.clone(),
            params: Given::params(&spec.params),
            event: None,
        });
        Self {
            run,
            span: metadata.pipeline.span,
            given,
            name: metadata.name.clone(),
            timestamp: spec.and_then(|spec| spec.timestamp.as_ref()).cloned(),
            labels: Some(&metadata.labels),
            annotations: Some(&metadata.annotations),
        }
    }

    /// Reports params that the run does not have, values that it does not take, and a name that no
    /// Workflow can have.
    pub(crate) fn check(&self, plan: &Plan, sink: &mut Sink) {
        self.given.check(&plan.runs[self.run], sink);
        let negative = self.timestamp.as_ref().filter(|it| it.value < 0);
        if let Some(timestamp) = negative {
            let (text, wanted) = (timestamp.value.to_string(), "seconds since 1970");
            let path = "Build.spec.timestamp";
            sink.report(ap108_invalid_value::finding(timestamp.span, &text, path, wanted));
        }
        // The length of a name does not depend on when it is made.
        if let Err(finding) = self.workflow_name(plan, 0) {
            sink.report(*finding);
        }
    }

    /// The name of the Workflow if it does not depend on when it is made.
    pub(crate) fn fixed_name(&self, plan: &Plan) -> Option<String> {
        let mut variables = plan.runs[self.run].names.variables();
        let is_timed = variables.any(|it| matches!(it, Variable::Timestamp | Variable::Date));
        let is_fixed = self.name.is_some() || self.timestamp.is_some() || !is_timed;
        if is_fixed { self.workflow_name(plan, 0).ok() } else { None }
    }

    /// What its name comes from.
    pub(crate) fn name_span(&self) -> Span {
        self.name.as_ref().map_or(self.span, |name| name.span)
    }

    /// The name of the Workflow. `now` counts seconds since 1970, for a build that names no time.
    /// Fails if the name takes what is not known before the run, or is none.
    pub(crate) fn workflow_name(&self, plan: &Plan, now: i64) -> Result<String, Box<Diagnostic>> {
        let (name, span) = match &self.name {
            Some(name) => (dns_name(name), name.span),
            None => (self.made_name(plan, now)?, self.span),
        };
        if name.is_empty() {
            let text = self.name.as_ref().map_or("", |name| &**name);
            return Err(Box::new(ap310_name::no_form(span, text)));
        }
        if name.len() > MAX_LABEL {
            return Err(Box::new(ap310_name::too_long(span, &name, "a Workflow", MAX_LABEL)));
        }
        Ok(name)
    }

    fn made_name(&self, plan: &Plan, now: i64) -> Result<String, Box<Diagnostic>> {
        let run = &plan.runs[self.run];
        let mut name = String::new();
        for part in &run.names.parts {
            match part {
                Part::Text(text) => name.push_str(text),
                Part::Variable(variable) => {
                    let slug = run.names.slug_in_name(*variable);
                    name.push_str(&self.variable(run, *variable, &slug, now)?);
                }
            }
        }
        Ok(name)
    }

    fn variable(
        &self,
        run: &Run,
        variable: Variable,
        slug: &Slug,
        now: i64,
    ) -> Result<String, Box<Diagnostic>> {
        let revision = self.given.revision(run);
        let timestamp = self.timestamp.as_ref().map_or(now, |timestamp| timestamp.value);
        let commit = |length: usize| {
            if is_commit(revision) {
                return Ok(revision.to_ascii_lowercase().chars().take(length).collect());
            }
            let why = format!(
                "the revision is `{revision}`, and which commit that is will be known in the run only"
            );
            let help = "ask for a commit (`--revision`, `spec.revision`), or leave the variable out of `buildNameTpl`";
            Err(Box::new(ap309_variable::not_known(self.span, variable.name(), &why, help)))
        };
        Ok(match variable {
            Variable::Timestamp => timestamp.to_string(),
            Variable::Date => date(timestamp),
            Variable::CodeCommit => commit(40)?,
            Variable::CodeShortCommit => commit(7)?,
            Variable::Event => "build".to_owned(),
            _ => slug.of(revision),
        })
    }
}

/// The value of the label for the revision that a run builds.
pub(crate) fn revision_label(revision: &str) -> String {
    Slug::plain(MAX_LABEL).of(revision)
}

/// The day of a time, as `20060102` in UTC.
fn date(timestamp: i64) -> String {
    let time = jiff::Timestamp::from_second(timestamp).unwrap_or_default();
    time.strftime("%Y%m%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        assert_eq!(date(1_589_828_589), "20200518");
        assert_eq!(date(0), "19700101");
        assert_eq!(date(951_782_400), "20000229");
    }
}
