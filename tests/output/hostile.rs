//! Directories that are not only argopacks': nothing of others is lost, and nothing outside is
//! written.

use std::fs;
use std::path::Path;

use super::{Directory, check, define, files, force, names, render, rendered, shop};

/// Renders, and checks that it is refused with a message, with or without `--force`, and that all
/// is as it was.
#[track_caller]
fn is_refused(directory: &Directory, status: i32, message: &str) {
    let before = files::read(directory.path());
    for ended in [render(directory), force(directory)] {
        assert_eq!(ended.status, status, "{}", ended.stderr);
        assert!(ended.stderr.contains(message), "{}", ended.stderr);
        assert_eq!(files::read(directory.path()), before);
    }
}

fn fresh() -> Directory {
    Directory::with(&[("shop.yaml", &shop(1, "one"))])
}

#[test]
fn somebody_s_directory_is_refused() {
    let directory = fresh();
    fs::create_dir(directory.path().join("out")).unwrap();
    fs::write(directory.path().join("out/thesis.txt"), "ten years").unwrap();
    let message = "error: `out` has files that argopacks did not write, and no `.argopacks-manifest`: name a directory that is empty or does not exist\n";
    is_refused(&directory, 2, message);
    assert_eq!(check(&directory).status, 2);
}

#[test]
fn an_empty_directory_is_taken_and_so_is_one_that_is_far_down() {
    let directory = fresh();
    fs::create_dir(directory.path().join("out")).unwrap();
    assert_eq!(render(&directory).status, 0);
    let ended = directory.run(&["render", "--output-dir", "a/b/c/"]);
    ended.is(0, "", "a/b/c/: 6 objects, 11 files written\n");
    assert_eq!(names(&directory.path().join("a/b")), ["c"]);
}

#[test]
fn a_file_is_no_directory() {
    let directory = fresh();
    fs::write(directory.path().join("out"), "mine").unwrap();
    is_refused(&directory, 2, "error: `out` is not a directory\n");
    let ended = directory.run(&["render", "--output-dir", "out/below"]);
    assert_eq!(ended.status, 3, "{}", ended.stderr);
    assert_eq!(files::read(directory.path())["out"], "mine");
}

#[test]
fn files_of_others_stay_where_they_are() {
    let directory = rendered();
    let out = directory.path().join("out");
    fs::write(out.join("NOTES"), "mine").unwrap();
    fs::write(out.join("workflows/shop/patch.yaml"), "mine too").unwrap();
    fs::create_dir_all(out.join("overlays/empty")).unwrap();
    fs::write(out.join("overlays/kustomization.yaml"), "resources: [..]").unwrap();
    define(&directory, &shop(1, "two").replace("shop", "market"));
    assert_eq!(render(&directory).status, 0);
    let files = files::read(&out);
    assert_eq!(files["NOTES"], "mine");
    assert_eq!(files["workflows/shop/patch.yaml"], "mine too");
    assert_eq!(files["overlays/kustomization.yaml"], "resources: [..]");
    assert!(out.join("overlays/empty").is_dir());
    assert!(!files.contains_key("workflows/shop/workflowtemplate-app-0.yaml"));
    check(&directory).is(0, "", "");
}

#[test]
fn a_file_of_others_in_the_way_is_named_and_kept() {
    let directory = rendered();
    let path = directory.path().join("out/workflows/shop/workflowtemplate-app-2.yaml");
    fs::write(&path, "mine").unwrap();
    define(&directory, &shop(3, "one"));
    let ended = render(&directory);
    assert_eq!(ended.status, 1);
    let line = "  `workflows/shop/workflowtemplate-app-2.yaml` was not written by argopacks, and is where a file of the output belongs\n";
    assert!(ended.stderr.contains(line), "{}", ended.stderr);
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    assert_eq!(force(&directory).status, 0);
    assert_ne!(fs::read_to_string(&path).unwrap(), "mine");
    check(&directory).is(0, "", "");
}

#[test]
fn a_directory_where_a_file_belongs_is_kept_whatever_is_asked() {
    let directory = rendered();
    let path = directory.path().join("out/workflows/shop/workflowtemplate-app-2.yaml");
    fs::create_dir(&path).unwrap();
    fs::write(path.join("mine"), "mine").unwrap();
    define(&directory, &shop(3, "one"));
    is_refused(&directory, 1, "is a directory, where a file of the output belongs\n");
}

#[test]
fn a_file_where_a_directory_belongs_is_kept() {
    let directory = rendered();
    let out = directory.path().join("out");
    fs::write(out.join("workflows/market"), "mine").unwrap();
    define(&directory, &shop(2, "one").replace("shop", "market"));
    let ended = render(&directory);
    assert_eq!(ended.status, 1);
    assert!(ended.stderr.contains("  `workflows/market` was not written"), "{}", ended.stderr);
    assert_eq!(force(&directory).status, 0);
    assert!(out.join("workflows/market").is_dir());
}

#[test]
fn paths_in_a_manifest_lead_nowhere() {
    let directory = rendered();
    fs::write(directory.path().join("precious"), "precious").unwrap();
    let path = directory.path().join("out/.argopacks-manifest");
    let hash = "4b5bc82a1a0a6a3a0c3cc5dd8d0e1e9f0bb4ba3c";
    let absolute = directory.path().join("precious");
    let more = format!(
        "{hash}  ../precious\n{hash}  {}\n{hash}  workflows/../../precious\n",
        absolute.display()
    );
    fs::write(&path, fs::read_to_string(&path).unwrap() + &more).unwrap();
    define(&directory, &shop(1, "one"));
    assert_eq!(render(&directory).status, 0);
    assert_eq!(fs::read_to_string(absolute).unwrap(), "precious");
}

#[test]
fn the_current_directory_is_not_taken_away() {
    let directory = rendered();
    let before = files::read(directory.path());
    fs::write(directory.path().join("shop.yaml"), shop(1, "two")).unwrap();
    let mut command = directory.command(&["render", "..", "--output-dir", "."]);
    command.current_dir(directory.path().join("out"));
    let ended = super::Ended::of(&mut command);
    assert_eq!(ended.status, 2);
    assert!(ended.stderr.starts_with("error: `.` is the current directory"), "{}", ended.stderr);
    let after = files::read(directory.path());
    assert!(before.iter().all(|(path, text)| path == "shop.yaml" || after[path] == *text));
}

#[test]
fn a_tree_that_is_named_is_read_and_one_that_is_met_is_not() {
    let directory = rendered();
    fs::write(directory.path().join("out/more.yaml"), shop(1, "one").replace("shop", "other"))
        .unwrap();
    let namespaces = |path: &str| {
        let printed = directory.run(&["render", path, "--only", "ns", "-o", "json"]).json();
        printed["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["metadata"]["name"].to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(namespaces("."), ["\"shop\""]);
    assert_eq!(namespaces("out"), ["\"other\""]);
}

#[cfg(target_os = "linux")]
#[test]
fn what_the_system_refuses_is_told() {
    let directory = fresh();
    let ended = directory.run(&["render", "--output-dir", "/proc/argopacks"]);
    assert_eq!((ended.status, ended.stdout.as_str()), (3, ""));
    assert!(ended.stderr.starts_with("error: could not write beside `/proc/argopacks`: "));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_link_is_not_followed_to_the_directory() {
        let directory = fresh();
        fs::create_dir(directory.path().join("elsewhere")).unwrap();
        symlink("elsewhere", directory.path().join("out")).unwrap();
        is_refused(&directory, 2, "error: `out` is a symbolic link");
        assert_eq!(check(&directory).status, 2);
        assert_eq!(names(&directory.path().join("elsewhere")), [""; 0]);
    }

    #[test]
    fn no_link_leads_out_of_the_directory() {
        let directory = rendered();
        let (root, out) = (directory.path(), directory.path().join("out"));
        fs::create_dir(root.join("elsewhere")).unwrap();
        fs::write(root.join("precious"), "precious").unwrap();
        fs::rename(out.join("workflows"), root.join("moved")).unwrap();
        symlink("../elsewhere", out.join("workflows")).unwrap();
        fs::remove_file(out.join("README.md")).unwrap();
        symlink("../precious", out.join("README.md")).unwrap();
        symlink("../precious", out.join("mine")).unwrap();
        let before = files::read(root);
        let ended = render(&directory);
        assert_eq!(ended.status, 1);
        for path in ["workflows", "README.md"] {
            assert!(ended.stderr.contains(&format!("  `{path}` was ")), "{}", ended.stderr);
        }
        assert_eq!(files::read(root), before);
        assert_eq!(force(&directory).status, 0);
        let after = files::read(root);
        assert_eq!((&*after["precious"], &*after["out/mine"]), ("precious", "→ ../precious"));
        assert_eq!(names(&root.join("elsewhere")), [""; 0]);
        assert!(after["out/README.md"].starts_with("# Manifests"));
        check(&directory).is(0, "", "");
    }

    #[test]
    fn what_stands_where_the_next_tree_is_built_is_no_way_out() {
        let directory = rendered();
        fs::create_dir(directory.path().join("elsewhere")).unwrap();
        fs::write(directory.path().join("elsewhere/precious"), "precious").unwrap();
        symlink("elsewhere", directory.path().join(".out.argopacks-new")).unwrap();
        define(&directory, &shop(1, "one"));
        assert_eq!(render(&directory).status, 0);
        assert_eq!(names(directory.path()), ["elsewhere", "out", "shop.yaml"]);
        assert_eq!(names(&directory.path().join("elsewhere")), ["precious"]);
    }

    /// Root may write to it, and yet it was not meant to be written to.
    #[test]
    fn a_read_only_directory_is_left_alone() {
        for path in ["out", "out/workflows"] {
            let directory = rendered();
            let path = directory.path().join(path);
            set_mode(&path, 0o555);
            define(&directory, &shop(1, "one"));
            is_refused(&directory, 3, " is read-only\n");
            set_mode(&path, 0o755);
        }
    }

    #[test]
    fn rights_and_hard_links_stay_as_they_are() {
        let directory = rendered();
        let out = directory.path().join("out");
        fs::write(out.join("run.sh"), "mine").unwrap();
        fs::hard_link(out.join("run.sh"), directory.path().join("other-place")).unwrap();
        for (path, mode) in [("", 0o750), ("workflows", 0o700), ("run.sh", 0o754)] {
            set_mode(&out.join(path), mode);
        }
        define(&directory, &shop(1, "two"));
        assert_eq!(render(&directory).status, 0);
        let modes = ["", "workflows", "run.sh"].map(|path| mode(&out.join(path)));
        assert_eq!(modes, [0o750, 0o700, 0o754]);
        fs::write(directory.path().join("other-place"), "changed").unwrap();
        assert_eq!(fs::read_to_string(out.join("run.sh")).unwrap(), "changed");
    }
}
