//! A session for each directory of the corpus, kept open: only the file that an input changes is
//! parsed again.

use std::path::{Path, PathBuf};
use std::{fs, io};

use argopacks::Session;

use super::check::{self, Seen};
use super::corpus::Corpus;
use super::input::Input;

pub(crate) struct Sessions {
    /// Where the copies of the directories are.
    scratch: PathBuf,
    open: Vec<Option<Session>>,
}

impl Sessions {
    pub(crate) fn new(scratch: &Path, corpus: &Corpus) -> Self {
        Self {
            scratch: scratch.to_owned(),
            open: corpus.directories.iter().map(|_| None).collect(),
        }
    }

    /// Checks an input; closely, if that is asked for. The session is as before afterwards, unless
    /// this panics.
    pub(crate) fn check(
        &mut self,
        input: &Input,
        is_close: bool,
    ) -> io::Result<Result<Seen, String>> {
        let directory = self.scratch.join(input.at.to_string());
        let mut session = self.session(input, &directory)?;
        let path = directory.join(&input.file.path);
        let text = str::from_utf8(&input.bytes).ok();
        if text.is_none() || is_close {
            fs::write(&path, &input.bytes)?;
        }
        match text {
            Some(text) => session.overlay(&path, text),
            None => session.close_overlay(&path),
        }
        let seen = if is_close { closely(&session, &directory) } else { check::check(&session) };
        if text.is_none() || is_close {
            fs::write(&path, &input.file.text)?;
        }
        session.overlay(&path, input.file.text.as_str());
        self.open[input.at] = Some(session);
        Ok(seen)
    }

    /// The session of a directory, which is not kept until it is given back.
    fn session(&mut self, input: &Input, directory: &Path) -> io::Result<Session> {
        if let Some(session) = self.open[input.at].take() {
            return Ok(session);
        }
        input.directory.write(directory)?;
        Ok(Session::open(&[directory.to_owned()]))
    }
}

/// As [`check::check_closely`]; and a session that is opened anew sees the same.
fn closely(session: &Session, directory: &Path) -> Result<Seen, String> {
    let seen = check::check_closely(session)?;
    if check::check(&Session::open(&[directory.to_owned()]))? != seen {
        return Err("a session that is opened anew sees something else".to_owned());
    }
    Ok(seen)
}
