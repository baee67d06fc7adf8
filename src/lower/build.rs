//! Builds to Workflows that are created once: by `argopacks build`, and by `render --builds`.

use super::metadata::{Labels, PIPELINE, PROJECT, REVISION};
use crate::diagnostics::Diagnostic;
use crate::names::{MAX_LABEL, Part, Slug, Template, Variable};
use crate::resolve::code::is_commit;
use crate::resolve::{PipelinePlan, Program, text_of_tag};
use crate::rules::{ap309_variable, ap310_name};
use crate::source::Span;
use crate::tree::{Map, Node, Str};

/// What a build is asked for, beyond the pipeline's own settings.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    pub revision: Option<String>,
    pub tag: Option<String>,
    pub params: Vec<(String, String)>,
    pub labels: Vec<(String, String)>,
    pub annotations: Vec<(String, String)>,
    /// The name, where it is not made of the Builder's template.
    pub name: Option<String>,
}

/// A build to be made.
#[derive(Debug)]
pub struct BuildRequest<'p, 'm> {
    pub program: &'p Program<'m>,
    pub plan: &'p PipelinePlan<'m>,
    pub overrides: Overrides,
    /// Seconds since 1970.
    pub timestamp: i64,
    /// Where the request is written, for what is wrong with it.
    pub span: Span,
}

/// The name of a build, and its Workflow.
#[derive(Debug)]
pub struct BuildName {
    pub name: String,
    pub workflow: Node,
}

impl BuildRequest<'_, '_> {
    /// Builds the Workflow. Fails where its name needs what is not known before the run.
    pub fn workflow(&self) -> Result<BuildName, Box<Diagnostic>> {
        let name = match &self.overrides.name {
            Some(name) => name.clone(),
            None => self.name()?,
        };
        if name.len() > MAX_LABEL {
            return Err(Box::new(ap310_name::too_long(self.span, &name, "a Workflow", MAX_LABEL)));
        }
        let project = self.program.project_of(&self.plan.run);
        let labels = Labels::ours()
            .with(PROJECT, project.emitted.clone())
            .with(PIPELINE, self.plan.run.emitted.clone())
            .with(REVISION, label_safe(self.revision()));
        let add = |labels: Labels, extra: &[(String, String)]| {
            extra
                .iter()
                .fold(labels, |labels, (key, value)| labels.with(key.clone(), value.clone()))
        };
        let metadata = Map::new()
            .with("name", name.clone())
            .with("namespace", project.namespace.clone())
            .with_some("labels", add(labels, &self.overrides.labels).value())
            .with_some("annotations", add(Labels::default(), &self.overrides.annotations).value());
        let mut spec = Map::new()
            .with("workflowTemplateRef", Map::new().with("name", self.plan.run.emitted.clone()));
        let parameters = self.parameters();
        if !parameters.is_empty() {
            spec.put("arguments", Map::new().with("parameters", parameters));
        }
        let workflow = Map::new()
            .with("apiVersion", "argoproj.io/v1alpha1")
            .with("kind", "Workflow")
            .with("metadata", metadata)
            .with("spec", spec);
        Ok(BuildName { name, workflow: workflow.into() })
    }

    fn revision(&self) -> &str {
        self.overrides.revision.as_deref().unwrap_or(&self.plan.pipeline.spec.code.git.revision)
    }

    /// The parameters whose values are not those of the pipeline.
    fn parameters(&self) -> Vec<Map> {
        let revision = self.overrides.revision.as_deref();
        let value = |name: &str| -> Option<String> {
            match name {
                "revision" => revision.map(str::to_owned),
                "branch" => revision.map(|revision| {
                    if is_commit(revision) { String::new() } else { revision.to_owned() }
                }),
                "branch-slug" => {
                    revision.map(|revision| Variable::CodeBranch.slug_in_tag().of(revision))
                }
                "image-tag" => self.overrides.tag.clone().or_else(|| {
                    revision
                        .filter(|_| self.plan.tag.variables().next().is_some())
                        .map(|revision| text_of_tag(&self.plan.tag, revision))
                }),
                _ => self
                    .overrides
                    .params
                    .iter()
                    .find(|(given, _)| given == name)
                    .map(|(_, value)| value.clone()),
            }
        };
        let parameter =
            |name: &Str| Some(Map::new().with("name", name.clone()).with("value", value(name)?));
        self.plan.run.params.iter().filter_map(|param| parameter(&param.name)).collect()
    }

    fn name(&self) -> Result<String, Box<Diagnostic>> {
        let template: &Template = &self.plan.run.names;
        let mut name = String::new();
        for part in &template.parts {
            match part {
                Part::Text(text) => name.push_str(text),
                Part::Variable(variable) => {
                    name += &self.variable(*variable, &template.slug_in_name(*variable))?;
                }
            }
        }
        Ok(name)
    }

    fn variable(&self, variable: Variable, slug: &Slug) -> Result<String, Box<Diagnostic>> {
        let revision = self.revision();
        let commit = || {
            let why = format!(
                "the revision is `{revision}`, and which commit that is will be known in the run only"
            );
            let help = "ask for a commit (`--revision`, `spec.revision`), or leave the variable out of `buildNameTpl`";
            if is_commit(revision) {
                Ok(revision.to_ascii_lowercase())
            } else {
                Err(Box::new(ap309_variable::not_known(self.span, variable.name(), &why, help)))
            }
        };
        Ok(match variable {
            Variable::Timestamp => self.timestamp.to_string(),
            Variable::Date => date(self.timestamp),
            Variable::CodeCommit => commit()?.chars().take(40).collect(),
            Variable::CodeShortCommit => commit()?.chars().take(7).collect(),
            Variable::Event => "build".to_owned(),
            _ => slug.of(revision),
        })
    }
}

fn label_safe(text: &str) -> String {
    Slug::plain(MAX_LABEL).of(text)
}

/// The day of a time, as `20060102` in UTC.
fn date(timestamp: i64) -> String {
    jiff::Timestamp::from_second(timestamp).unwrap_or_default().strftime("%Y%m%d").to_string()
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
