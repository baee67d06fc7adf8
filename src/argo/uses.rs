//! What a text uses of what others declare. It is gathered whether or not the site has it.

use super::expr;
use super::lookup::without_tags;
use super::tags::{Kind, Name, Tag, tags};
use crate::model::Text;
use crate::source::Span;
use crate::tree::Node;

/// A name that a text uses, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Use {
    pub name: String,
    pub span: Span,
}

/// Something of another step that a text uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SiblingUse {
    /// `tasks` or `steps`, as written.
    pub is_task: bool,
    pub step: String,
    /// The rest of the name: `outputs.parameters.digest`, `status`.
    pub field: String,
    pub span: Span,
}

/// Everything that some texts use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Uses {
    /// Parameters of the run.
    pub run_params: Vec<Use>,
    /// All of them at once: `{{workflow.parameters}}`, `{{=toJson(workflow.parameters)}}`.
    pub all_run_params: Option<Span>,
    /// Params of the template.
    pub inputs: Vec<Use>,
    pub all_inputs: Option<Span>,
    pub artifacts: Vec<Use>,
    /// Parameters with a global name.
    pub run_outputs: Vec<Use>,
    pub siblings: Vec<SiblingUse>,
    /// The loop's item, or a key of it.
    pub item: Option<Span>,
}

impl Uses {
    /// What the tags of a text use.
    pub(crate) fn of(text: &Text) -> Self {
        let mut uses = Self::default();
        for tag in tags(text) {
            uses.add_tag(text, &tag);
        }
        uses
    }

    /// What a text uses that is an expression as a whole, outside of the tags in it.
    pub(crate) fn of_expression(text: &Text) -> Self {
        let mut uses = Self::default();
        for name in expr::read(&without_tags(text), 0).names {
            uses.add(text, &name);
        }
        uses
    }

    /// What the texts at or below a node use.
    pub(crate) fn in_node(node: &Node) -> Self {
        let mut uses = Self::default();
        node.each_scalar(&mut |scalar, span| {
            if scalar.text.contains("{{") {
                uses.absorb(Self::of(&Text { value: scalar.text.clone(), span }));
            }
        });
        uses
    }

    /// Whether a param of the template is used.
    pub(crate) fn input(&self, name: &str) -> bool {
        self.all_inputs.is_some() || self.inputs.iter().any(|used| used.name == name)
    }

    /// Whether a parameter of the run is used.
    pub(crate) fn run_param(&self, name: &str) -> bool {
        self.all_run_params.is_some() || self.run_params.iter().any(|used| used.name == name)
    }

    /// Takes over what another text uses.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.run_params.extend(other.run_params);
        self.inputs.extend(other.inputs);
        self.artifacts.extend(other.artifacts);
        self.run_outputs.extend(other.run_outputs);
        self.siblings.extend(other.siblings);
        self.all_run_params = self.all_run_params.or(other.all_run_params);
        self.all_inputs = self.all_inputs.or(other.all_inputs);
        self.item = self.item.or(other.item);
    }

    pub(super) fn add_tag(&mut self, text: &Text, tag: &Tag) {
        if let Kind::Nested { outer } = &tag.kind {
            self.add_map(outer, text.part(tag.range.start, tag.range.end));
        }
        for name in &tag.names {
            self.add(text, name);
        }
    }

    pub(super) fn add(&mut self, text: &Text, name: &Name) {
        let span = text.part(name.range.start, name.range.end);
        let used = |from: usize| Use { name: name.rest(from), span };
        match (name.root(), name.part(1), name.parts.len()) {
            ("item", ..) => self.item = self.item.or(Some(span)),
            ("tasks" | "steps", Some("name"), 2) => {}
            ("tasks" | "steps", Some(step), _) => self.siblings.push(SiblingUse {
                is_task: name.root() == "tasks",
                step: step.to_owned(),
                field: name.rest(2),
                span,
            }),
            ("workflow", Some("parameters"), 3..) if name.part(2) != Some("json") => {
                self.run_params.push(used(2));
            }
            ("workflow", Some("outputs"), 4..) if name.part(2) == Some("parameters") => {
                self.run_outputs.push(used(3));
            }
            ("inputs", Some("parameters"), 3..) => self.inputs.push(used(2)),
            ("inputs", Some("artifacts"), 3..) => {
                let artifact = name.part(2).unwrap_or_default().to_owned();
                self.artifacts.push(Use { name: artifact, span });
            }
            _ => self.add_map(name, span),
        }
    }

    /// A name that stops short: the map itself, and all that is in it.
    fn add_map(&mut self, name: &Name, span: Span) {
        match (name.root(), name.part(1)) {
            ("workflow", Some("parameters") | None) => {
                self.all_run_params = self.all_run_params.or(Some(span));
            }
            ("inputs", Some("parameters") | None) => {
                self.all_inputs = self.all_inputs.or(Some(span));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(text: &str) -> Uses {
        Uses::of(&Text { value: text.to_owned().into(), span: Span::GENERATED })
    }

    fn names(uses: &[Use]) -> Vec<&str> {
        uses.iter().map(|used| &*used.name).collect()
    }

    #[test]
    fn names_are_sorted_by_what_declares_them() {
        let uses = uses(
            "{{workflow.parameters.a}} {{inputs.parameters.b}} {{inputs.artifacts.c.path}} \
             {{= tasks['d-e'].outputs.parameters.f + workflow.outputs?.parameters?.[\"g\"] }} \
             {{steps.h.status}} {{item.i}}",
        );
        assert_eq!(names(&uses.run_params), ["a"]);
        assert_eq!(names(&uses.inputs), ["b"]);
        assert_eq!(names(&uses.artifacts), ["c"]);
        assert_eq!(names(&uses.run_outputs), ["g"]);
        assert_eq!(
            (&*uses.siblings[0].step, &*uses.siblings[0].field),
            ("d-e", "outputs.parameters.f")
        );
        assert_eq!((&*uses.siblings[1].step, &*uses.siblings[1].field), ("h", "status"));
        assert!(uses.item.is_some() && uses.all_inputs.is_none());
    }

    #[test]
    fn refused_uses_all() {
        for text in
            ["{{inputs.parameters}}", "{{=toJson(inputs.parameters)}}", "{{=inputs.parameters[a]}}"]
        {
            assert!(uses(text).all_inputs.is_some(), "{text}");
        }
        for text in [
            "{{workflow.parameters}}",
            "{{workflow.parameters.json}}",
            "{{= toJson(workflow) }}",
            "{{workflow.parameters.{{inputs.parameters.x}}}}",
        ] {
            assert!(uses(text).all_run_params.is_some(), "{text}");
        }
        assert!(uses("{{inputs.artifacts.x}} {{workflow.name}}").all_inputs.is_none());
    }
}
