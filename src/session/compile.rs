//! The way from the documents of a session to what is to be emitted.

use super::{Compiled, Session};
use crate::diagnostics::{Fix, Sink};
use crate::source::FileId;
use crate::yaml::Document;
use crate::{check, expression, lower, model, plan, resolve, verify};

impl Session {
    /// Compiles the documents, and hands over what they came to: everything but the printing.
    pub fn compile<R>(&self, then: impl FnOnce(Compiled) -> R) -> R {
        self.compile_documents(self.documents().cloned().collect(), then)
    }

    /// As [`Session::compile`], for a session that ends with it: the documents need not be kept.
    pub fn compile_once<R>(mut self, then: impl FnOnce(Compiled) -> R) -> R {
        let documents = self.files.iter_mut().filter_map(|file| file.documents.take());
        let documents = documents.flatten().collect();
        self.compile_documents(documents, then)
    }

    fn compile_documents<R>(
        &self,
        mut documents: Vec<Document>,
        then: impl FnOnce(Compiled) -> R,
    ) -> R {
        let mut sink = Sink::default();
        let sources = &self.sources;
        let excluded = self.excluded(&documents);
        documents.retain(|document| !excluded.contains(&document.span.file));
        let is_partial = self.report_files(&excluded, &mut sink);
        let mut model = model::read(documents, sources, &mut sink);
        model.broken.extend(is_partial.then(model::Broken::anything));
        let index = resolve::Index::new(&model, &self.library, sources, &mut sink);
        let expansions = plan::Expansions::new(&model, &index, &mut sink);
        let plan = plan::Plan::new(&model, &index, &expansions, &mut sink);
        check::check(&model, &plan, &self.library, &mut sink);
        let objects = lower::Objects::of(&plan, &mut sink);
        verify::check_names(&objects, self.library.last_own_file(), &mut sink);
        check::levels::apply(&model, sources, &mut sink);
        self.drop_findings_of_replaced_text(&mut sink);
        // A change of text would write over the expression that a value came from.
        let text = |fix: &Fix| sources.text(fix.span);
        sink.each(|finding| {
            finding.fix = finding
                .fix
                .take()
                .filter(|fix| !expression::is_in_text(text(fix)))
                .map(|fix| fix.within_quotes(text(&fix)));
        });
        let findings = sink.finish();
        then(Compiled {
            sources,
            library: &self.library,
            model: &model,
            plan: &plan,
            objects,
            findings,
            unread: &self.unread,
        })
    }

    /// What is found in text that is not what the file has follows from its encoding, which is
    /// reported.
    fn drop_findings_of_replaced_text(&self, sink: &mut Sink) {
        let replaced: Vec<FileId> = self
            .files
            .iter()
            .filter(|file| file.opened.is_replaced())
            .map(|file| file.id)
            .collect();
        if replaced.is_empty() {
            return;
        }
        sink.retain(|finding| {
            let span = finding.primary.span;
            let is_of_text = !replaced.contains(&span.file) || finding.rule.code == "AP008";
            is_of_text || !self.sources.text(span).contains('\u{fffd}')
        });
    }
}
