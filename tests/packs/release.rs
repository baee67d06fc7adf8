//! `ReleaseDef` with a stand-in for `BuildKit` that notes what it was asked for.

use super::harness::Run;
use super::repository::HOSTILE;
use std::os::unix::fs::symlink;

const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn release() -> Run {
    let config = "sha256:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";
    let metadata = format!(
        "{{\n  \"containerimage.config.digest\": \"{config}\",\n  \"containerimage.descriptor\": {{\n    \
         \"digest\": \"{config}\"\n  }},\n  \"containerimage.digest\": \"{DIGEST}\",\n  \"image.name\": \"x\"\n}}"
    );
    Run::new("release-def")
        .shim("buildkit")
        .file("workspace/src/Dockerfile", "FROM own")
        .param("image-url", "jcr-registry.toolbox.svc:5000/team/mygoapp")
        .param("image-tag", "latest")
        .env("METADATA", metadata)
        .env("STATUS", "0")
}

/// The values that an option was given, in order.
fn options(run: &Run, option: &str) -> Vec<String> {
    let argv = run.argv();
    let pairs = argv.windows(2).filter(|pair| pair[0] == option);
    pairs.map(|pair| pair[1].clone()).collect()
}

#[test]
fn builds_and_pushes_the_checkout() {
    let run = release();
    run.go().succeeds();
    let source = run.path("workspace/src").canonicalize().unwrap();
    let source = source.display();
    assert_eq!(
        options(&run, "--local"),
        [format!("context={source}"), format!("dockerfile={source}")]
    );
    assert_eq!(options(&run, "--opt"), ["filename=Dockerfile", "build-arg:FORM=production"]);
    let image = "jcr-registry.toolbox.svc:5000/team/mygoapp";
    assert_eq!(options(&run, "--output"), [format!("type=image,name={image}:latest,push=true")]);
    assert_eq!(
        options(&run, "--export-cache"),
        [format!("type=registry,ref={image}:buildcache,mode=max,ignore-error=true")]
    );
    assert_eq!(options(&run, "--import-cache").len(), 2);
    assert_eq!(run.output("digest"), DIGEST);
    assert_eq!(run.output("image-ref"), format!("{image}@{DIGEST}"));
    assert_eq!(run.read("record/flags"), "--oci-worker-no-process-sandbox");
}

#[test]
fn the_debug_form_has_a_tag_and_a_cache_of_its_own() {
    let run = release().param("form", "debug").param("image-tag", "v1");
    run.go().succeeds();
    assert!(options(&run, "--output")[0].contains("/mygoapp:v1-debug,"));
    assert!(options(&run, "--export-cache")[0].contains(":buildcache-debug,"));
    assert!(options(&run, "--opt").contains(&"build-arg:FORM=debug".to_owned()));
}

#[test]
fn no_cache_and_a_target() {
    let run = release().param("cache", "none").param("target", "run time");
    run.go().succeeds();
    assert!(options(&run, "--import-cache").is_empty());
    assert!(options(&run, "--export-cache").is_empty());
    assert!(options(&run, "--opt").contains(&"target=run time".to_owned()));
}

#[test]
fn an_insecure_registry_is_insecure_for_pushes_caches_and_base_images() {
    let run = release().param("registry-insecure", "true");
    run.go().succeeds();
    for option in ["--output", "--import-cache", "--export-cache"] {
        let values = options(&run, option);
        assert!(
            values.iter().all(|value| value.ends_with(",registry.insecure=true")),
            "{values:?}"
        );
    }
    let host = "[registry.\"jcr-registry.toolbox.svc:5000\"]\n";
    assert!(run.read("record/buildkitd.toml").starts_with(host));
}

#[test]
fn build_args_are_whole_lines() {
    let lines = "A=one two\n\nB_2=$(touch pwned)\r\nC='x' \"y\" \\n ; `z`\nD=a,b=c\nE=\nEOF=1";
    let run = release().param("build-args", lines);
    run.go().succeeds();
    let given = options(&run, "--opt");
    let expected = [
        "build-arg:A=one two",
        "build-arg:B_2=$(touch pwned)",
        "build-arg:C='x' \"y\" \\n ; `z`",
        "build-arg:D=a,b=c",
        "build-arg:E=",
        "build-arg:EOF=1",
    ];
    assert_eq!(given[2..], expected);
    assert!(!run.path("pwned").exists());
}

#[test]
fn build_args_that_are_none_are_refused() {
    for line in ["A", "=x", "1A=x", "A B=x", "A=x\n--opt\n"] {
        release().param("build-args", line).go().fails_with("one KEY=VALUE a line");
    }
}

#[test]
fn a_dockerfile_by_path() {
    let run = release()
        .file("workspace/src/sub/deploy/My Dockerfile", "FROM mine")
        .param("path", "sub")
        .param("Dockerfile", "deploy/My Dockerfile");
    run.go().succeeds();
    assert_eq!(run.read("record/Dockerfile"), "FROM mine");
    let local = options(&run, "--local");
    assert!(local[0].ends_with("/workspace/src/sub"), "{local:?}");
    assert!(local[1].ends_with("/workspace/src/sub/deploy"), "{local:?}");
}

#[test]
fn a_built_in_dockerfile_by_name() {
    let run = release().param("Dockerfile", "golang");
    run.go().succeeds();
    let dockerfile = run.read("record/Dockerfile");
    assert!(dockerfile.starts_with("ARG GO_VERSION="), "{dockerfile}");
    assert!(dockerfile.contains("\nFROM golang:${GO_VERSION} AS build\n"), "{dockerfile}");
    assert!(dockerfile.contains("\nFROM ${FORM}\n"), "{dockerfile}");
}

#[test]
fn a_file_of_that_name_wins_and_a_directory_does_not() {
    let run = release().file("workspace/src/golang", "FROM mine").param("Dockerfile", "golang");
    run.go().succeeds();
    assert_eq!(run.read("record/Dockerfile"), "FROM mine");
    let run = release().file("workspace/src/golang/main.go", "").param("Dockerfile", "golang");
    run.go().succeeds();
    assert!(run.read("record/Dockerfile").starts_with("ARG GO_VERSION="));
}

#[test]
fn a_dockerfile_that_is_not_there() {
    for name in HOSTILE.into_iter().chain(["cobol", ""]) {
        let run = release().param("Dockerfile", name);
        run.go().fails_with("not the name of a built-in Dockerfile either: golang");
        assert!(!run.path("record/argv").exists());
        assert!(!run.path("pwned").exists());
    }
}

#[test]
fn nothing_outside_the_checkout_is_sent() {
    let cases = [
        ("path", "..", "path leads out"),
        ("path", "out", "path leads out"),
        ("path", "nowhere", "path is not a directory"),
        ("Dockerfile", "../secret/Dockerfile", "must not contain .."),
        ("Dockerfile", "out/Dockerfile", "Dockerfile leads out"),
    ];
    for (param, value, message) in cases {
        let run = release().file("workspace/secret/Dockerfile", "").param(param, value);
        symlink(run.path("workspace/secret"), run.path("workspace/src/out")).unwrap();
        run.go().fails_with(message);
        assert!(!run.path("record/argv").exists());
    }
}

#[test]
fn hostile_images_tags_and_choices_are_refused() {
    let choices = ["image-url", "image-tag", "form", "cache", "registry-insecure"];
    for param in choices {
        for value in HOSTILE.into_iter().chain(["", "a,push=false", "a\",x=\"b"]) {
            let run = release().param(param, value);
            run.go().fails_with(&format!("release: {param} must"));
            assert!(!run.path("pwned").exists());
        }
    }
    release().param("image-url", "host/app:v1").go().fails_with("without a tag");
    release().param("image-url", "host:5000/").go().fails_with("without a tag");
    let long = "t".repeat(123);
    release().param("image-tag", &long).param("form", "debug").go().fails_with("longer than 128");
}

#[test]
fn a_failed_build_fails_the_step() {
    let run = release().env("STATUS", "1");
    assert!(!run.go().success);
    assert!(!run.path("outputs/digest").exists());
    release().env("METADATA", "{}").go().fails_with("did not say what it pushed");
}
