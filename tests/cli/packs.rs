use super::run::Directory;

#[test]
fn list_has_a_line_a_pack() {
    let ended = Directory::with(&[]).run(&["packs", "list"]);
    let names: Vec<&str> =
        ended.stdout.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(
        names,
        ["CheckoutDef", "BuildCodeDef", "TestCodeDef", "ReleaseDef", "slack-message"]
    );
    assert_eq!((ended.status, ended.stderr.as_str()), (0, ""));
}

#[test]
fn show_prints_the_definition_as_it_is() {
    let ended = Directory::with(&[]).run(&["packs", "show", "CheckoutDef"]);
    ended.is(0, include_str!("../../packs/checkout-def.yaml"), "");
}

#[test]
fn a_pack_that_is_not_there_is_wrong_usage() {
    let ended = Directory::with(&[]).run(&["packs", "show", "ChekoutDef"]);
    ended.is(2, "", "error: there is no bundled pack `ChekoutDef`; did you mean `CheckoutDef`?\n");
}

#[test]
fn a_pack_that_is_shown_is_a_definition() {
    let empty = Directory::with(&[]);
    for name in ["CheckoutDef", "BuildCodeDef", "TestCodeDef", "ReleaseDef", "slack-message"] {
        let text = empty.run(&["packs", "show", name]).stdout;
        let ended = Directory::with(&[("pack.yaml", &text)]).run(&["render"]);
        assert_eq!(
            (ended.kinds(), ended.stderr.as_str()),
            (vec!["ClusterWorkflowTemplate"], ""),
            "{name}"
        );
    }
}
