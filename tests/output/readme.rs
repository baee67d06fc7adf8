//! What the READMEs say.

use std::fs;

use super::Directory;
use super::files;

#[test]
fn readmes_of_an_example() {
    let example = Directory::example("goapp");
    assert_eq!(super::render(&example).status, 0);
    let files = files::read(&example.path().join("out"));
    for path in ["README.md", "workflows/README.md", "events/README.md"] {
        insta::assert_snapshot!(path.replace('/', "_").replace(".md", ""), files[path]);
    }
}

#[test]
fn what_is_not_emitted_must_exist() {
    let text = super::shop(1, "one").replace(
        "metadata: {name: shop}",
        "metadata: {name: shop}\nspec: {namespace: ci, rbac: existing}",
    ) + "---
apiVersion: packs.argoproj.io/v1beta1
kind: Webhook
metadata: {name: push, project: shop}
spec:
  repo: {url: github.com/acme/one, revision: main}
  event: {pipeline: {name: app-0}}
";
    let text = text.replace(
        "spec: {url: github.com}",
        "spec: {url: github.com, webhook: {secretFrom: {name: hook}}}",
    );
    let directory = Directory::with(&[("shop.yaml", &text)]);
    let ended = super::render(&directory);
    assert_eq!(ended.status, 0, "{}", ended.stderr);
    let readme = &files::read(&directory.path().join("out"))["README.md"];
    for line in [
        "- `ci`",
        "- `argopacks-runner` in `ci`, for runs",
        "- `argopacks-sensor` in `ci`, for the Sensor",
        "- `default` in `ci`",
        "kubectl create secret generic hook -n ci --from-file=webhook-secret=FILE",
    ] {
        assert!(readme.lines().any(|it| it == line), "{line}\n{readme}");
    }
}

#[test]
fn the_same_wherever_it_is_rendered_from() {
    let one = Directory::with(&[]);
    fs::create_dir_all(one.path().join("teams/shop")).unwrap();
    fs::create_dir(one.path().join("platform")).unwrap();
    let text = super::shop(1, "one");
    let (platform, pipeline) = text.rsplit_once("---\n").unwrap();
    fs::write(one.path().join("platform/all.yaml"), platform).unwrap();
    fs::write(one.path().join("teams/shop/app.yaml"), pipeline).unwrap();
    let absolute = one.path().to_str().unwrap();
    let ways: [&[&str]; 4] =
        [&["."], &["teams", "platform"], &["./teams/shop/app.yaml", "platform"], &[absolute]];
    for (at, paths) in ways.iter().enumerate() {
        let out = format!("out-{at}");
        let ended = one.run(&[&["render", "--output-dir", &out], *paths].concat());
        assert_eq!(ended.status, 0, "{}", ended.stderr);
        let files = files::read(&one.path().join(&out));
        assert_eq!(files, files::read(&one.path().join("out-0")), "{paths:?}");
        assert!(files["workflows/README.md"].contains("Pipeline at `teams/shop/app.yaml:"));
    }
}

#[test]
#[cfg(unix)]
fn a_file_s_name_is_no_markdown() {
    let name = "a|`b`\n# c.yaml";
    let directory = Directory::with(&[(name, &super::shop(1, "one"))]);
    assert_eq!(super::render(&directory).status, 0);
    let files = files::read(&directory.path().join("out"));
    let readme = &files["workflows/README.md"];
    assert!(readme.contains("| Pipeline at ``a\\|`b`\\u{a}# c.yaml:25`` |"), "{readme}");
}
