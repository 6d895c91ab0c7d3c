use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{Outcome, check, dry_run, write};
use crate::diag::{Code, Diagnostics};
use crate::surface::File;

const DIGEST: &str = "00ff";

fn files(list: &[(&str, &str)]) -> Vec<File> {
    let file = |(path, text): &(&str, &str)| File {
        path: (*path).to_owned(),
        text: (*text).to_owned(),
    };
    list.iter().map(file).collect()
}

fn put(dir: &Path, list: &[(&str, &str)]) -> Outcome {
    let mut diagnostics = Diagnostics::new();
    let outcome = write(dir, &files(list), DIGEST, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    outcome.unwrap()
}

/// The codes of what refuses these files.
fn refusal(dir: &Path, list: &[(&str, &str)]) -> Vec<Code> {
    let mut diagnostics = Diagnostics::new();
    assert!(write(dir, &files(list), DIGEST, &mut diagnostics).is_err());
    diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect()
}

#[test]
fn a_second_run_touches_nothing() {
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("new/folder");
    let list = [("Cargo.toml", "a\n"), ("src/lib.rs", "b\n")];
    assert_eq!(
        put(&out, &list).written,
        ["Cargo.toml", "src/lib.rs", "codegen.lock"]
    );
    let before = fs::metadata(out.join("src/lib.rs"))
        .unwrap()
        .modified()
        .unwrap();
    let second = put(&out, &list);
    assert!(second.is_current());
    assert_eq!(second.unchanged, 3);
    assert_eq!(
        fs::metadata(out.join("src/lib.rs"))
            .unwrap()
            .modified()
            .unwrap(),
        before
    );
}

#[test]
fn the_lock_lists_the_hash_and_every_file_in_order() {
    let dir = TempDir::new().unwrap();
    put(dir.path(), &[("src/b.rs", ""), ("Cargo.toml", "")]);
    let lock = fs::read_to_string(dir.path().join("codegen.lock")).unwrap();
    let lines: Vec<&str> = lock.lines().skip(1).collect();
    assert_eq!(lines, ["spec sha256:00ff", "Cargo.toml", "src/b.rs"]);
}

#[test]
fn files_no_longer_made_are_removed_with_the_folders_they_leave_empty() {
    let dir = TempDir::new().unwrap();
    put(
        dir.path(),
        &[("a/b/c.rs", ""), ("a/d.rs", ""), ("e.rs", "")],
    );
    fs::write(dir.path().join("a/mine.txt"), "mine").unwrap();
    let outcome = put(dir.path(), &[("e.rs", "")]);
    assert_eq!(outcome.removed, ["a/b/c.rs", "a/d.rs"]);
    assert!(!dir.path().join("a/b").exists());
    assert_eq!(
        fs::read_to_string(dir.path().join("a/mine.txt")).unwrap(),
        "mine"
    );
}

#[test]
fn a_file_that_is_not_owned_refuses_before_anything_is_written() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("z.rs"), "mine").unwrap();
    assert_eq!(
        refusal(dir.path(), &[("a.rs", ""), ("z.rs", "theirs")]),
        [Code::NotOwned]
    );
    assert!(!dir.path().join("a.rs").exists());
    assert_eq!(fs::read_to_string(dir.path().join("z.rs")).unwrap(), "mine");
}

#[test]
fn new_files_and_new_folders_come_into_a_folder_that_holds_others() {
    let dir = TempDir::new().unwrap();
    put(dir.path(), &[("a.rs", "1"), ("b/c.rs", "2")]);
    fs::write(dir.path().join("mine.txt"), "mine").unwrap();
    let list = [
        ("a.rs", "1"),
        ("b/c.rs", "3"),
        ("b/d.rs", "4"),
        ("b-e/f.rs", "5"),
        ("b/g/h/i.rs", "6"),
        ("b/g/j.rs", "7"),
        ("b/g.rs", "8"),
    ];
    assert_eq!(put(dir.path(), &list).unchanged, 1);
    for (path, text) in list {
        assert_eq!(fs::read_to_string(dir.path().join(path)).unwrap(), text);
    }
    let names = |folder: &str| {
        let entries = fs::read_dir(dir.path().join(folder)).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(""), ["a.rs", "b", "b-e", "codegen.lock", "mine.txt"]);
    assert_eq!(names("b"), ["c.rs", "d.rs", "g", "g.rs"]);
}

#[test]
fn a_new_crate_that_cannot_be_written_leaves_nothing_behind() {
    let dir = TempDir::new().unwrap();
    let name = "x".repeat(300);
    let list = [("a.rs", "1"), ("b/c.rs", "2"), (name.as_str(), "3")];
    assert_eq!(
        refusal(&dir.path().join("new/crate"), &list),
        [Code::Unwritable]
    );
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn runs_that_make_the_same_folder_at_once_do_not_hinder_each_other() {
    for _ in 0..50 {
        let dir = TempDir::new().unwrap();
        let barrier = std::sync::Barrier::new(4);
        std::thread::scope(|scope| {
            for run in 0..4 {
                let (dir, barrier) = (dir.path(), &barrier);
                scope.spawn(move || {
                    barrier.wait();
                    put(
                        &dir.join("new/deep").join(run.to_string()),
                        &[("a.rs", "a")],
                    );
                });
            }
        });
    }
}

#[test]
fn a_file_that_is_right_already_is_taken_over() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("a.rs"), "same").unwrap();
    assert_eq!(
        put(dir.path(), &[("a.rs", "same")]).written,
        ["codegen.lock"]
    );
}

#[test]
fn a_lock_that_leads_outside_is_refused() {
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("out");
    put(&out, &[("a.rs", "")]);
    let victim = dir.path().join("victim");
    fs::write(&victim, "mine").unwrap();
    let lock = out.join("codegen.lock");
    for path in ["../victim", victim.to_str().unwrap(), "a/../../victim"] {
        let text = fs::read_to_string(&lock).unwrap();
        fs::write(&lock, format!("{text}{path}\n")).unwrap();
        assert_eq!(refusal(&out, &[("a.rs", "")]), [Code::NotOwned], "{path}");
        fs::write(&lock, text).unwrap();
    }
    assert!(victim.exists());
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("out");
    let elsewhere = dir.path().join("elsewhere");
    fs::create_dir_all(&out).unwrap();
    fs::create_dir_all(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, out.join("src")).unwrap();
    assert_eq!(refusal(&out, &[("src/lib.rs", "")]), [Code::NotOwned]);
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn no_link_in_the_place_of_a_file_is_followed_or_removed() {
    use std::os::unix::fs::symlink;
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("out");
    let victim = dir.path().join("victim");
    fs::write(&victim, "mine").unwrap();
    put(&out, &[("src/a.rs", "1"), ("src/old/b.rs", "2")]);
    let link = |at: &str, to: &Path| {
        let place = out.join(at);
        let _ = fs::remove_file(&place);
        let _ = fs::remove_dir_all(&place);
        symlink(to, &place).unwrap();
    };
    // An owned file, a file to come, a link to nothing, the list of files itself.
    for (at, to) in [
        ("src/a.rs", victim.as_path()),
        ("src/c.rs", &victim),
        ("src/c.rs", Path::new("nothing")),
        ("codegen.lock", &victim),
    ] {
        let lock = fs::read_to_string(out.join("codegen.lock")).unwrap();
        link(at, to);
        let mut diagnostics = Diagnostics::new();
        let files = files(&[("src/a.rs", "new"), ("src/c.rs", "new")]);
        assert!(write(&out, &files, DIGEST, &mut diagnostics).is_err());
        let found: Vec<String> = diagnostics.iter().map(|d| d.message.clone()).collect();
        assert_eq!(
            found,
            ["this is a symbolic link, and none is followed"],
            "{at}"
        );
        let place = crate::diag::Place::WholeFile(out.join(at).display().to_string());
        assert_eq!(diagnostics.iter().next().unwrap().place, place);
        fs::remove_file(out.join(at)).unwrap();
        fs::write(out.join("codegen.lock"), lock).unwrap();
        fs::write(out.join("src/a.rs"), "1").unwrap();
    }
    // A folder of owned files that are no longer made.
    let elsewhere = dir.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("b.rs"), "mine").unwrap();
    link("src/old", &elsewhere);
    assert_eq!(
        put(&out, &[("src/a.rs", "new")]).removed,
        Vec::<String>::new()
    );
    assert_eq!(fs::read_to_string(elsewhere.join("b.rs")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(victim).unwrap(), "mine");
}

#[test]
fn a_folder_in_the_place_of_a_file_is_refused() {
    let dir = TempDir::new().unwrap();
    fs::create_dir_all(dir.path().join("a.rs/b")).unwrap();
    assert_eq!(refusal(dir.path(), &[("a.rs", "")]), [Code::NotOwned]);
    fs::write(dir.path().join("c"), "").unwrap();
    assert_eq!(refusal(dir.path(), &[("c/d.rs", "")]), [Code::NotOwned]);
}

#[cfg(unix)]
#[test]
fn a_failure_in_the_middle_leaves_everything_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let dir = TempDir::new().unwrap();
    put(
        dir.path(),
        &[("a.rs", "old"), ("gone.rs", "old"), ("locked/b.rs", "old")],
    );
    let locked = dir.path().join("locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    // The superuser may write anywhere, so there is nothing to see.
    if fs::write(locked.join("probe"), "").is_ok() {
        return;
    }
    assert_eq!(
        refusal(dir.path(), &[("a.rs", "new"), ("locked/b.rs", "new")]),
        [Code::Unwritable]
    );
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(fs::read_to_string(dir.path().join("a.rs")).unwrap(), "old");
    assert!(dir.path().join("gone.rs").exists());
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 4);
}

#[test]
fn dry_run_and_check_write_nothing_and_say_what_differs() {
    let dir = TempDir::new().unwrap();
    put(dir.path(), &[("a.rs", "one\ntwo\n"), ("b.rs", "")]);
    let new = files(&[("a.rs", "one\n2\n")]);
    let mut diagnostics = Diagnostics::new();
    let dry = dry_run(dir.path(), &new, DIGEST, &mut diagnostics).unwrap();
    let (checked, diff) = check(dir.path(), &new, DIGEST, &mut diagnostics).unwrap();
    assert_eq!(dry, checked);
    assert_eq!(dry.written, ["a.rs", "codegen.lock"]);
    assert_eq!(dry.removed, ["b.rs"]);
    assert!(
        diff.starts_with("--- a/a.rs\n+++ b/a.rs\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n"),
        "{diff}"
    );
    assert!(diff.ends_with("b.rs is no longer made\n"), "{diff}");
    assert_eq!(
        fs::read_to_string(dir.path().join("a.rs")).unwrap(),
        "one\ntwo\n"
    );
}

#[test]
fn a_name_that_leads_out_or_that_some_system_keeps_is_never_written() {
    let dir = tempfile::TempDir::new().unwrap();
    let out = dir.path().join("out");
    for path in [
        "../x",
        "/x",
        "a/../../x",
        "a//x",
        "a/",
        "",
        ".",
        "a\\x",
        "a:b",
        "con.rs",
        "src/AUX",
        "src/com1.rs",
        "src/a b",
        "src/ä.rs",
        "src/a.",
        ".ssh/x",
        "a\0b",
        "a\nb",
    ] {
        assert_eq!(refusal(&out, &[(path, "text")]), [Code::Internal], "{path}");
    }
    assert!(!out.exists());
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    put(
        &out,
        &[
            ("src/console.rs", "a"),
            ("src/com10.rs", "b"),
            ("a-b_c.toml", "c"),
        ],
    );
}
