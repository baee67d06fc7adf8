//! Definitions and expressions: what is read, and what is refused.

use std::time::Instant;

use super::Case;
use super::input::{BASE, HEAD, PIPELINE, definition, documents, run};

/// A Builder that checks out.
const STEPS: &str = "  steps:
  - name: checkout
    task: {taskRef: CheckoutDef}
";

/// The findings of a document beside the base, a line each; its name is `a.yaml`.
fn findings(document: &str) -> Vec<String> {
    Case::new(&[("base.yaml", BASE), ("run.yaml", &run(STEPS)), ("a.yaml", document)]).findings()
}

/// A Project with the given `spec.defaults`.
fn defaults(defaults: &str) -> Vec<String> {
    findings(&format!(
        "{HEAD} Project\nmetadata: {{name: other}}\nspec: {{defaults: {{{defaults}}}}}\n"
    ))
}

/// A Task whose description is the given YAML.
fn description(text: &str) -> Vec<String> {
    let task = "metadata: {name: T}\nspec:\n  template: {suspend: {}}\n  description:";
    findings(&format!("{HEAD} Task\n{task} {text}\n"))
}

/// Asserts that there is one finding, of a rule, with some words in it.
#[track_caller]
fn assert_one(findings: &[String], code: &str, words: &str) {
    assert!(
        matches!(findings, [one] if one.contains(&format!("[{code}]")) && one.contains(words)),
        "{findings:#?}"
    );
}

#[test]
fn what_the_cases_stand_on_has_no_mistake() {
    assert_eq!(description("a <{ 1 + 1 }>"), Vec::<String>::new());
}

#[test]
fn hidden_second_mistake() {
    let pipeline = PIPELINE;
    let two = pipeline.replace("repository", "repositry").replace("metadata", "metdata");
    let two = two.replace("name: p,", "name: 1,").replace("cart", "other");
    let found = findings(&two);
    assert_eq!(found.len(), 3, "{found:#?}");
    for words in ["no field `metdata`", "no field `repositry`", "must be a string"] {
        assert!(found.iter().any(|line| line.contains(words)), "{words}: {found:#?}");
    }
}

#[test]
fn an_expression_without_a_value_hides_nothing() {
    let task = "metadata: {name: T}\nspec:\n  descripton: a\n  version: <{ values.v }>\n  template: {suspend: {}}";
    let case = Case::new(&[("a.yaml", &format!("{HEAD} Task\n{task}\n"))]);
    assert_eq!(case.codes(), ["AP103 a.yaml:5:3", "AP308 a.yaml:6:12"]);
}

#[test]
fn required_null() {
    for (field, lacks) in [("name:", "metadata.name"), ("", "name")] {
        let document = format!("{HEAD} Registry\nmetadata:\n  {field}\nspec: {{url: r.example}}\n");
        let found = findings(&document);
        assert!(matches!(&found[..], [one] if one.contains(lacks)), "{found:#?}");
    }
    let service = "metadata: {name: r}\nspec: {service: {filter: {name: ~, namespace: a}}}";
    assert_one(&findings(&format!("{HEAD} Registry\n{service}\n")), "AP105", "filter.name");
}

/// A Builder with an expression in an annotation, beside the Pipelines that use it.
fn annotated(builder: &str, expression: &str, tag: &str) -> Vec<String> {
    let metadata = format!("metadata: {{name: {builder}, annotations: {{a: '{expression}'}}}}");
    let run = run(STEPS).replace("metadata: {name: b}", &metadata).replace("tag: latest", tag);
    Case::new(&[("base.yaml", BASE), ("run.yaml", &run)]).findings()
}

#[test]
fn l_the_word_default_disables_no_check() {
    for wrong in
        ["values.suffix ~ \"default\"", "\"undefined\" ~ values.suffix", "values.a.b|default(1)"]
    {
        assert_one(
            &annotated("unused", &format!("<{{ {wrong} }}>"), "tag: latest")[..1],
            "AP308",
            "`values` has no",
        );
    }
    for right in [
        "values.a|default(\"1\")",
        "\"a\" if values.a is defined else \"b\"",
        "values.a|d(\"b\") ~ pipeline.name",
    ] {
        assert_eq!(
            annotated("b", &format!("<{{ {right} }}>"), "tag: latest"),
            Vec::<String>::new()
        );
    }
}

#[test]
fn n_expressions_are_bounded() {
    let deep = format!("'<{{ {}1 }}>'", "-".repeat(4700));
    let nested = format!("'<{{ {}1{} }}>'", "(".repeat(500), ")".repeat(500));
    let long = format!("'<{{ \"{}\" }}>'", "a".repeat(10_000));
    let replaced = "\"".to_owned() + &"a".repeat(1500) + "\"";
    let replaced =
        format!("'<{{ {replaced}|replace(\"a\", {replaced})|replace(\"a\", {replaced}) }}>'");
    let hostile = [
        "'<{ \"a\"|indent(3000000000) }>'",
        "'<{ \"a\"|indent(3000000000, true) }>'",
        "'<{ \"%3000000000d\"|format(1) }>'",
        "\"<{ '%300000000s'|format('x') }>\"",
        "'<{ [1]|slice(1000000000) }>'",
        "'<{ [1]|batch(1000000000, 1) }>'",
        "'<{ range(1000000000) }>'",
        "'<{ \"a\" * 100000000 }>'",
        "'<{ [1] * 1000000000 == [1] * 1000000000 }>'",
        "'<{ 2 in [1] * 1000000000 }>'",
        "'<{ [1]|map(\"indent\", 1000000000) }>'",
        "'<{ \"a\"|pprint }>'",
        &replaced,
        &deep,
        &nested,
        &long,
    ];
    for text in hostile {
        let start = Instant::now();
        let found = description(text);
        assert_one(&found, "AP308", "");
        assert!(start.elapsed().as_millis() < 1000, "{text:.60}: {:?}", start.elapsed());
    }
}

#[test]
fn n_large_values_are_bounded_as_well() {
    let list = vec!["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; 10_000].join(", ");
    let config = format!(
        "{HEAD} Config\nspec: {{values: {{t: {}, l: [{list}]}}}}\n---\n",
        "a".repeat(500_000)
    );
    let small = Case::new(&[("base.yaml", BASE), ("c.yaml", &config)]);
    assert_eq!(small.findings(), Vec::<String>::new());
    for hostile in [
        "values.t|replace(\"\", values.t)",
        "values.l|join(values.t)",
        "values.t|split(\"\")",
        "values.t ~ values.t",
    ] {
        let task = format!(
            "{HEAD} Task\nmetadata: {{name: T}}\nspec: {{template: {{suspend: {{}}}}, description: '<{{ {hostile} }}>'}}\n"
        );
        let case = Case::new(&[("base.yaml", BASE), ("c.yaml", &(config.clone() + &task))]);
        let start = Instant::now();
        assert_one(&case.findings(), "AP308", "work on more than");
        assert!(start.elapsed().as_millis() < 2000, "{hostile}: {:?}", start.elapsed());
    }
}

#[test]
fn expression_overflow() {
    let sound = (0..70).map(|at| {
        format!(
            "{HEAD} Task\nmetadata: {{name: t{at}}}\nspec: {{template: {{suspend: {{}}}}}}\n---\n"
        )
    });
    for sign in ["-", "not ", "1+", "(", "[", "{1:", "1 if ", "1 if 1 else ", "a.", "a|b|", "1<"] {
        let task = "metadata: {name: T}\nspec: {template: {suspend: {}}, description:";
        let text = sign.repeat(4000 / sign.len());
        let document = format!("{HEAD} Task\n{task} '<{{ {text}1 }}>'}}\n");
        let found = findings(&(sound.clone().collect::<String>() + &document));
        assert_one(&found, "AP308", "");
    }
}

#[test]
fn t_an_expression_ends_outside_of_its_strings() {
    assert_eq!(description("'<{ \"a}>b\" }>'"), Vec::<String>::new());
    assert_eq!(description("\"<{ \\\"a}>b\\\" }> <{ '<{' }>\""), Vec::<String>::new());
    assert_one(&description("\"<{ 'a}>b' }> <{ nope }>\""), "AP308", "a.yaml:6:30: ");
}

#[test]
fn s_the_tag_of_an_image_has_a_value_only_where_it_is_fixed() {
    let fixed = annotated("b", "<{ image.tag }>", "tag: '%pipeline%-1'");
    assert_eq!(fixed, Vec::<String>::new());
    let open = annotated("b", "<{ image.tag }>", "tag: '%code-branch%'");
    assert_one(&open, "AP308", "the tag of Pipeline `p` is made of `%code-branch%`");
    let run = run(STEPS)
        .replace("{name: b}\nspec", "{name: b, annotations: {a: '<{ image.tag }>'}}\nspec");
    let run = run.replace("tag: latest", "tag: '%pipeline%-1'");
    let rendered = Case::new(&[("base.yaml", BASE), ("run.yaml", &run)]).render();
    assert!(rendered.contains("a: p-1"), "{rendered}");
}

#[test]
fn config_expression() {
    let config = "spec:\n  images: {'alpine:3': '<{ values.mirror }>'}\n  values: {mirror: 'm/alpine:3', x: '<{ values.mirror }>'}";
    let task =
        "metadata: {name: T}\nspec: {template: {suspend: {}}, description: '<{ values.x }>'}";
    let found = findings(&format!("{HEAD} Config\n{config}\n---\n{HEAD} Task\n{task}\n"));
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found.iter().all(|line| line.contains("a Config has no expressions")), "{found:#?}");
}

#[test]
fn j_a_typo_in_config_is_one_finding() {
    let task = "metadata: {name: T}\nspec:\n  template:\n    container:";
    let image = format!("{task} {{image: '<{{ values.img }}>', command: [echo]}}");
    for typo in ["values: {img: 'alpine:3'}\n  rulez: {}", "valeus: {img: 'alpine:3'}"] {
        let config = format!("{HEAD} Config\nspec:\n  argo: {{workflows: '4.1'}}\n  {typo}\n");
        assert_one(
            &findings(&format!("{config}---\n{HEAD} Task\n{image}\n")),
            "AP103",
            "Config.spec",
        );
    }
}

#[test]
fn j2_a_typo_in_config_leaves_the_version() {
    let rules = "{image: 'alpine:3', command: [echo], restartPolicyRules: [{action: Restart}]}";
    let task = format!("metadata: {{name: T}}\nspec:\n  template:\n    container: {rules}");
    let config = format!("{HEAD} Config\nspec:\n  argo: {{workflows: '4.1'}}\n  rulez: {{}}\n");
    assert_one(&findings(&format!("{config}---\n{HEAD} Task\n{task}\n")), "AP103", "`rulez`");
}

#[test]
fn d_times_quantities_and_integers_are_what_kubernetes_takes() {
    for wrong in ["30000d", "99999999999999999999d", "24856d"] {
        let found = defaults(&format!("retention: {{ttlAfterSucceeded: {wrong}}}"));
        assert_one(&found, "AP108", "at most 24855d");
    }
    for wrong in ["'+-2Gi'", "'++1'", "'1.2.3Gi'", "0", "'-2Gi'", "'.'", "2GiB"] {
        assert_one(&defaults(&format!("workspace: {{storage: {wrong}}}")), "AP108", "storage");
    }
    for right in ["2Gi", "5", "1e9", "0.5Gi"] {
        assert_eq!(defaults(&format!("workspace: {{storage: {right}}}")), Vec::<String>::new());
    }
    assert_one(&defaults("concurrency: {limit: 010}"), "AP105", "must be an integer");
    for wrong in ["1_000", "0o10", "0b11", "1.0", "'5'", "010"] {
        assert_one(&defaults(&format!("concurrency: {{limit: {wrong}}}")), "AP105", "integer");
    }
    assert_eq!(defaults("concurrency: {limit: 10}"), Vec::<String>::new());
    let case = format!(
        "{HEAD} Project\nmetadata: {{name: other}}\nspec: {{defaults: {{concurrency: {{limit: 010}}}}}}\n"
    );
    let (_, out, err) = Case::new(&[("a.yaml", &case)]).run(&["validate", "."]);
    assert!((out + &err).contains("YAML 1.1 reads 8 here, YAML 1.2 10"));
}

#[test]
fn ttl_32_bits() {
    let retention = |days: u32| defaults(&format!("retention: {{ttlAfterSucceeded: {days}d}}"));
    assert_one(&retention(24856), "AP108", "at most 24855d");
    assert_eq!(retention(24855), Vec::<String>::new());
}

#[test]
fn bus_two_versions() {
    let bus = |name: &str, version: &str| {
        let events = format!("events: {{eventBus: {{create: true, version: {version}}}}}");
        definition("Project", &format!("{{name: {name}}}"), &format!("{{namespace: ci, {events}}}"))
    };
    let both = |version: &str| findings(&documents(&[&bus("a", "2.10.10"), &bus("c", version)]));
    assert_one(&both("2.9.0"), "AP109", "share the EventBus `default`");
    assert_eq!(both("2.10.10"), Vec::<String>::new());
}

#[test]
fn expression_format() {
    assert_one(&description("\"<{ '%300000000s'|format('x') }>\""), "AP308", "no filter `format`");
}

#[test]
fn concurrency_key() {
    for wrong in ["..", "...", ".", "..a", "a b"] {
        let found = defaults(&format!("concurrency: {{limit: 1, key: '{wrong}'}}"));
        assert_one(&found, "AP108", "concurrency.key");
    }
}

#[test]
fn event_bus_dot() {
    for wrong in ["a.b", "A", &"a".repeat(41)] {
        let project =
            format!("metadata: {{name: other}}\nspec: {{events: {{eventBus: {{name: {wrong}}}}}}}");
        assert_one(&findings(&format!("{HEAD} Project\n{project}\n")), "AP108", "eventBus.name");
    }
}

#[test]
fn y_schema_and_compiler_agree_on_expressions() {
    let config = "spec: {values: {s: global, c: {name: jcr, namespace: tools}, p: ReadWriteOnce, l: {a: b}}}";
    let registry = "metadata: {name: jcr, labels: '<{ values.l }>'}\nspec: {scope: '<{ values.s }>', service: {filter: '<{ values.c }>'}}";
    let found = findings(&format!("{HEAD} Config\n{config}\n---\n{HEAD} Registry\n{registry}\n"));
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn bool_three_opinions() {
    for word in ["yes", "on", "y", "Off", "no"] {
        let registry = format!("metadata: {{name: r}}\nspec: {{url: r.example, insecure: {word}}}");
        assert_one(
            &findings(&format!("{HEAD} Registry\n{registry}\n")),
            "AP105",
            "must be true or false",
        );
        let registry = format!("metadata: {{name: {word}}}\nspec: {{url: r.example}}");
        let document = format!("{HEAD} Registry\n{registry}\n");
        let (_, out, _) = Case::new(&[("a.yaml", &document)]).run(&["validate", "."]);
        assert!(out.contains("here, YAML 1.2 a string"), "{out}");
    }
    for word in ["true", "False", "TRUE"] {
        let registry = format!("metadata: {{name: r}}\nspec: {{url: r.example, insecure: {word}}}");
        assert_eq!(findings(&format!("{HEAD} Registry\n{registry}\n")), Vec::<String>::new());
    }
}

#[test]
fn explain_empty_list() {
    let case = Case::new(&[]);
    let said = |topic: &str| case.run(&["explain", topic]).2;
    assert_eq!(
        said("Task.spec.template.container"),
        "error: Task.spec.template is Argo's Template: its fields are in Argo's own documentation\n"
    );
    assert_eq!(
        said("Task.metadata.name.first"),
        "error: Task.metadata.name has no fields: it is of type string\n"
    );
}

#[test]
fn explain_says_which_project_is_required() {
    let case = Case::new(&[]);
    for kind in ["Pipeline", "Webhook"] {
        let (_, out, _) = case.run(&["explain", &format!("{kind}.metadata.project")]);
        assert!(out.contains("string, required") && !out.contains("without one"), "{out}");
    }
    let (_, out, _) = case.run(&["explain", "Task.metadata.project"]);
    assert!(out.contains("without one it is global"), "{out}");
}

#[test]
fn values_of_our_own_are_held_against_their_form() {
    for prefix in ["A B", "a//b", "Acme", "a..b", "-a"] {
        let registry =
            format!("metadata: {{name: r}}\nspec: {{url: r.example, prefix: '{prefix}'}}");
        assert_one(&findings(&format!("{HEAD} Registry\n{registry}\n")), "AP108", "prefix");
    }
    for url in ["a..b", "a b", "h:port", "h:99999", "-h.example"] {
        let registry = format!("metadata: {{name: r}}\nspec: {{url: '{url}'}}");
        assert_one(&findings(&format!("{HEAD} Registry\n{registry}\n")), "AP108", "url");
    }
    for revision in ["-x", "a b", "x..y", "--upload-pack=x", "a.lock", "{{workflow.name}}"] {
        let run = run(STEPS).replace("revision: main", &format!("revision: '{revision}'"));
        let found = Case::new(&[("base.yaml", BASE), ("run.yaml", &run)]).findings();
        assert_one(&found, "AP108", "code.git.revision");
    }
    for image in ["a..b", "A", "a b"] {
        let run = run(STEPS).replace("image: cart", &format!("image: '{image}'"));
        assert_one(&Case::new(&[("base.yaml", BASE), ("run.yaml", &run)]).findings(), "AP312", "");
    }
    let config = format!("{HEAD} Config\nspec: {{images: {{'alpine:3': 'm/Alpine 3'}}}}\n");
    assert_one(&findings(&config), "AP108", "images");
}
