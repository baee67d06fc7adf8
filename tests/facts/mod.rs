//! The committed table of field facts is what the script makes of the schemas.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the schemas are: beside the repository, or where `ARGOPACKS_SCHEMAS` says.
fn schemas() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    std::env::var_os("ARGOPACKS_SCHEMAS").map_or_else(beside, PathBuf::from)
}

#[test]
fn the_table_is_what_the_script_writes() {
    let schemas = schemas();
    if !schemas.is_dir() {
        return eprintln!("skipped: no schemas in {}", schemas.display());
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = match Command::new("python3")
        .arg(root.join("scripts/field-facts.py"))
        .arg(&schemas)
        .arg("-")
        .output()
    {
        Ok(output) => output,
        Err(error) => return eprintln!("skipped: python3 does not start: {error}"),
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let committed = std::fs::read(root.join("src/argo/facts.txt")).unwrap();
    assert!(
        output.stdout == committed,
        "src/argo/facts.txt is not what scripts/field-facts.py writes; run it"
    );
}
