//! Single mistakes, each of which is answered with one finding, of the right code, at the right
//! place, and keeps everything from being rendered. They are pages, a file a group; `README.md`
//! says how one reads. Those of this directory are made to `examples/goapp`, those of `passed_on`
//! to `passed_on/base`.

mod fixes;

pub(crate) use fixes::worse;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use argopacks::diagnostics::Level;
use argopacks::diagnostics::format::{Format, Report};
use assert_cmd::Command;

/// A finding, as `CODE file:line:col`.
type Finding = String;

/// Files by name.
type Files = BTreeMap<String, String>;

/// A page of mistakes.
struct Page {
    path: PathBuf,
    text: String,
    mistakes: Vec<Mistake>,
}

/// One mistake, and what is to be reported of it.
#[derive(Default)]
struct Mistake {
    name: String,
    hunks: Vec<Hunk>,
    /// Whether Argo's own validators refuse it, where the page says so.
    argo: Option<bool>,
    /// The lines of the page that have the answer.
    answer: Range<usize>,
}

/// A change of whole lines of one file: those to find, and those to put.
#[derive(Default)]
struct Hunk {
    file: String,
    find: String,
    put: String,
    /// What a caret says: the code of the finding; line and column from the start of what is put.
    expected: Option<(String, usize, usize)>,
}

/// What argopacks reports of a directory.
struct Answer {
    findings: Vec<Finding>,
    full: String,
    concise: String,
    /// Whether there is something to be emitted.
    is_rendered: bool,
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes")
}

/// The definitions of a directory.
fn files_of(directory: &Path) -> Files {
    let entries = fs::read_dir(directory).unwrap().map(Result::unwrap);
    let read = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().unwrap();
        (name, fs::read_to_string(entry.path()).unwrap())
    };
    let is_yaml = |entry: &fs::DirEntry| entry.path().extension().is_some_and(|it| it == "yaml");
    entries.filter(is_yaml).map(read).collect()
}

/// What the mistakes of the groups are made to: those about a Schedule have one, for a Pipeline of
/// `own.yaml`.
fn example(mistake: &Mistake) -> Files {
    let mut files = files_of(&directory().join("../../examples/goapp"));
    let has_schedule = mistake.is_about("schedule.yaml");
    let mut added = files_of(&directory());
    added.retain(|name, _| has_schedule || name == "own.yaml" && mistake.is_about(name));
    files.append(&mut added);
    files
}

/// What the mistakes in what is passed on are made to.
fn base() -> Files {
    files_of(&directory().join("passed_on/base"))
}

fn written(files: &Files) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(directory.path().join(name), text).unwrap();
    }
    directory
}

/// Asks argopacks of some files. The one place that knows its interface.
fn ask(files: &Files) -> Answer {
    let directory = written(files);
    let above = format!("{}/", directory.path().display());
    argopacks::compile(&[directory.path().into()], |compiled| {
        let (sources, unread) = (compiled.sources, compiled.unread);
        let reported: Vec<_> =
            compiled.findings.iter().filter(|it| it.level != Level::Note).cloned().collect();
        let report = Report { sources, findings: &reported, unread, colour: false };
        let finding = |it: &argopacks::diagnostics::Diagnostic| {
            format!("{} {}", it.rule.code, sources.place(it.primary.span)).replace(&above, "")
        };
        Answer {
            findings: reported.iter().map(finding).collect(),
            full: Format::Full.print(&report).replace(&above, ""),
            concise: Format::Concise.print(&report).replace(&above, ""),
            is_rendered: !compiled.has_errors(),
        }
    })
}

impl Page {
    fn read(path: PathBuf) -> Self {
        let text = fs::read_to_string(&path).unwrap();
        let mut page = Self { path, text: String::new(), mistakes: Vec::new() };
        let mut fence = "";
        for (at, line) in text.lines().enumerate() {
            match (fence, line) {
                ("", "```diff" | "```text") => fence = &line[3..],
                ("", _) => page.outside(line),
                (_, "```") => fence = "",
                ("diff", _) => page.mistake().take(line),
                _ => {}
            }
            if fence == "text" {
                let answer = &mut page.mistake().answer;
                answer.start = if line == "```text" { at + 1 } else { answer.start };
                answer.end = at + 1;
            }
        }
        page.text = text;
        let names: HashSet<&str> = page.mistakes.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names.len(), page.mistakes.len(), "a name comes twice in {}", page.name());
        page
    }

    fn mistake(&mut self) -> &mut Mistake {
        self.mistakes.last_mut().expect("a `##` with the name of a mistake comes first")
    }

    fn outside(&mut self, line: &str) {
        match line {
            "Argo refuses it." => self.mistake().argo = Some(true),
            "Argo takes it." => self.mistake().argo = Some(false),
            _ => {
                let name = line.strip_prefix("## ").map(str::to_owned);
                self.mistakes.extend(name.map(|name| Mistake { name, ..Mistake::default() }));
            }
        }
    }

    fn name(&self) -> String {
        self.path.file_stem().unwrap().to_str().unwrap().to_owned()
    }

    /// Holds the answers on the page against those given now; writes these onto it if
    /// `UPDATE_EXPECT` is set.
    fn compare(&self, answers: &[String]) -> Vec<String> {
        let lines: Vec<&str> = self.text.lines().collect();
        let (mut now, mut at, mut changed) = (Vec::new(), 0, Vec::new());
        for (Mistake { name, answer: Range { start, end }, .. }, answer) in
            self.mistakes.iter().zip(answers)
        {
            now.extend(&lines[at..*start]);
            now.extend(answer.trim_end().lines());
            at = *end;
            if lines[*start..at].join("\n") != answer.trim_end() {
                changed.push(format!("{name}: the answer is now\n{answer}\n"));
            }
        }
        now.extend(&lines[at..]);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&self.path, now.join("\n") + "\n").unwrap();
            return Vec::new();
        }
        changed
    }
}

impl Mistake {
    /// Takes a line of the change.
    fn take(&mut self, line: &str) {
        if let Some(file) = line.strip_prefix("@@ ") {
            self.hunks.push(Hunk { file: file.to_owned(), ..Hunk::default() });
            return;
        }
        let hunk = self.hunks.last_mut().expect("`@@` with the name of a file comes first");
        if let Some(code) = line.trim_start().strip_prefix("^ ") {
            let column = line.chars().take_while(|c| *c == ' ').count();
            let line = hunk.put.matches('\n').count();
            hunk.expected = Some((code.to_owned(), line, column));
            return;
        }
        let (sign, text) = line.split_at(line.len().min(1));
        assert!(matches!(sign, "" | " " | "-" | "+"), "{}: `{line}`", self.name);
        if sign != "+" {
            hunk.find.extend([text, "\n"]);
        }
        if sign != "-" {
            hunk.put.extend([text, "\n"]);
        }
    }

    fn is_about(&self, file: &str) -> bool {
        self.hunks.iter().any(|hunk| hunk.file == file)
    }

    /// Makes the mistake; returns what is to be found.
    fn make(&self, files: &mut Files) -> Finding {
        let mut found = None;
        for hunk in &self.hunks {
            let start = hunk.make(files, &self.name);
            if let Some((code, line, column)) = &hunk.expected {
                let place = format!("{}:{}:{column}", hunk.file, start + line);
                let before = found.replace(format!("{code} {place}"));
                assert!(before.is_none(), "{}: two carets", self.name);
            }
        }
        found.unwrap_or_else(|| panic!("{}: no caret", self.name))
    }
}

impl Hunk {
    /// Changes the file; returns how many lines are before the change. A hunk that only adds comes at
    /// the end of its file.
    fn make(&self, files: &mut Files, name: &str) -> usize {
        let text = files.entry(self.file.clone()).or_default();
        let is_line = |at: usize| at == 0 || text.as_bytes()[at - 1] == b'\n';
        let places: Vec<usize> = match &*self.find {
            "" => vec![text.len()],
            find => text.match_indices(find).map(|(at, _)| at).filter(|at| is_line(*at)).collect(),
        };
        let [at] = places[..] else {
            panic!("{name}: {} times in {}:\n{}", places.len(), self.file, self.find)
        };
        text.replace_range(at..at + self.find.len(), &self.put);
        text[..at].matches('\n').count()
    }
}

/// Makes the mistakes of a page to the files that are meant: how many are answered how, what is
/// reported of those that are not answered as they should be, and which answers are not those of the
/// page.
fn go_through(
    page: &Page,
    base: impl Fn(&Mistake) -> Files,
    text: fn(Answer) -> String,
) -> (Count, Vec<String>, Vec<String>) {
    let (mut count, mut wrong, mut answers) = (Count::default(), Vec::new(), Vec::new());
    for mistake in &page.mistakes {
        let mut files = base(mistake);
        let expected = mistake.make(&mut files);
        let answer = ask(&files);
        count.add(&expected, &answer.findings, mistake.argo == Some(true));
        if answer.findings != [expected.clone()] {
            wrong.push(format!("{}: {expected}, not {:?}\n", mistake.name, answer.findings));
        } else if answer.is_rendered {
            wrong.push(format!("{}: it keeps nothing from being rendered\n", mistake.name));
        }
        answers.push(text(answer));
    }
    (count, wrong, page.compare(&answers))
}

fn check(group: &str) {
    let page = Page::read(directory().join(format!("{group}.md")));
    let (_, wrong, changed) = go_through(&page, example, |answer| answer.full);
    assert!(wrong.is_empty(), "{} of {group}:\n{}", wrong.len(), wrong.concat());
    assert!(changed.is_empty(), "{} of {group}:\n{}", changed.len(), changed.concat());
}

macro_rules! groups {
    ($($group:ident),* $(,)?) => {$(
        #[test]
        fn $group() {
            check(stringify!($group));
        }
    )*};
}

groups!(references, required, keys, values, wiring, names, bodies, schedules);

#[test]
fn the_definitions_without_a_mistake_have_none() {
    let about = |file: &str| {
        let hunk = Hunk { file: file.to_owned(), ..Hunk::default() };
        example(&Mistake { hunks: vec![hunk], ..Mistake::default() })
    };
    for files in [about(""), about("own.yaml"), about("schedule.yaml"), base()] {
        let answer = ask(&files);
        assert!(answer.findings.is_empty(), "{}", answer.full);
        assert!(answer.is_rendered);
    }
}

/// The pages of mistakes in what is passed on, by name.
fn passed_on() -> Vec<Page> {
    let entries = fs::read_dir(directory().join("passed_on")).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "md"));
    paths.sort();
    paths.into_iter().map(Page::read).collect()
}

#[test]
fn mistakes_in_what_is_passed_on_can_be_made() {
    let (base, mut count) = (base(), 0);
    for mistake in passed_on().iter().flat_map(|page| &page.mistakes) {
        let mut files = base.clone();
        mistake.make(&mut files);
        assert!(files != base, "{}: nothing is changed", mistake.name);
        count += 1;
    }
    assert!(count >= 330, "only {count} mistakes");
}

/// How many mistakes there are, and how many of them are answered with: one finding, of the right
/// code, at the right place; one of another code there; one elsewhere; several; none. And how many
/// Argo's own validators refuse.
#[derive(Clone, Copy, Default)]
struct Count([usize; 7]);

impl Count {
    const HEAD: &str = "class                     all   right  other code   elsewhere  several  none  Argo refuses\n";

    fn add(&mut self, expected: &str, found: &[Finding], refused: bool) {
        let column = match found {
            [] => 5,
            [one] if one == expected => 1,
            [one] if one[5..] == expected[5..] => 2,
            [_] => 3,
            _ => 4,
        };
        self.0[0] += 1;
        self.0[column] += 1;
        self.0[6] += usize::from(refused);
    }

    fn row(&self, name: &str) -> String {
        let [all, right, other, elsewhere, several, none, refused] = self.0;
        format!(
            "{name:24}{all:5}{right:8}{other:12}{elsewhere:12}{several:9}{none:6}{refused:14}\n"
        )
    }
}

/// Of a hundred mistakes in what is passed on, 88 are reported where they are, each with one
/// finding. The aim is 95.
#[test]
#[allow(clippy::print_stderr)]
fn mistakes_in_what_is_passed_on_are_reported() {
    let (base, mut total) = (base(), Count::default());
    let (mut table, mut wrong, mut changed) = (Count::HEAD.to_owned(), Vec::new(), Vec::new());
    for page in passed_on() {
        let (count, missed, texts) = go_through(&page, |_| base.clone(), |answer| answer.concise);
        table += &count.row(&page.name());
        (0..7).for_each(|column| total.0[column] += count.0[column]);
        wrong.extend(missed);
        changed.extend(texts);
    }
    table += &total.row("all");
    eprintln!("{table}");
    let Count([all, right, ..]) = total;
    assert!(right * 100 >= all * 99, "{}\n{table}", wrong.concat());
    assert!(changed.is_empty(), "{}", changed.concat());
}

/// The findings in a report of `validate --format json`.
fn findings_in_json(report: &[u8]) -> Vec<Finding> {
    let report: serde_json::Value = serde_json::from_slice(report).unwrap();
    let finding = |finding: &serde_json::Value| {
        let text = |key: &str| finding[key].as_str().unwrap();
        let (path, line, column) = (text("path"), &finding["line"], &finding["column"]);
        format!("{} {path}:{line}:{column}", text("code"))
    };
    report["findings"].as_array().unwrap().iter().map(finding).collect()
}

/// `render` and `validate` report the same, and end with the same status.
#[test]
fn validate_tells_what_render_does() {
    for mistake in Page::read(directory().join("names.md")).mistakes {
        let mut files = example(&mistake);
        mistake.make(&mut files);
        let directory = written(&files);
        let run = |arguments: &[&str]| {
            let mut command = Command::cargo_bin("argopacks").unwrap();
            command.current_dir(directory.path()).args(arguments).output().unwrap()
        };
        let (rendered, validated) = (run(&["render", "."]), run(&["validate", "."]));
        let (json, answer) = (run(&["validate", ".", "--format", "json"]), ask(&files));
        let name = &mistake.name;
        for ended in [&rendered, &validated, &json] {
            assert_eq!(ended.status.code(), Some(1), "{name}");
        }
        assert!(rendered.stdout.is_empty(), "{name}");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let (rendered, validated) = (text(rendered.stderr), text(validated.stdout));
        assert!(rendered.starts_with(answer.full.trim_end()), "{name}: {rendered}");
        assert!(validated.starts_with(answer.full.trim_end()), "{name}: {validated}");
        assert_eq!(findings_in_json(&json.stdout), answer.findings, "{name}");
    }
}
