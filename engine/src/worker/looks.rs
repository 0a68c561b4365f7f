//! Looks into states: finds or reads the images that are wanted, and answers from them.

use std::rc::Rc;

use wire::{Call, Compare, CompareSources, Fault, Look, RequestId, Stage, Subject};

use super::{Worker, refused};
use crate::diff::Diff;
use crate::inspect::Inspection;
use crate::store::SnapshotStore;

impl<S: SnapshotStore> Worker<S> {
    /// Answers a look.
    pub(super) async fn look(&mut self, id: RequestId, look: Look) -> Result<(), Fault> {
        match look {
            Look::Inspect(_) | Look::ShowSource(_) => {
                if let Some(subject) = look.subject() {
                    self.look_up(subject).await?;
                }
                let answer = self.inspections.borrow().answer(&look);
                answer.into_iter().for_each(|body| self.emit(id, body));
            }
            Look::Compare(Compare { before, after, path, offset, limit }) => {
                let listing = self.compare(&before, &after).await?.and_then(|diff| diff.list(&path, offset, limit));
                self.reply::<Compare>(id, listing);
            }
            Look::CompareSources(CompareSources { before, after, path }) => {
                let sources = self.compare(&before, &after).await?.and_then(|diff| diff.sources(&path));
                self.reply::<CompareSources>(id, sources);
            }
        }
        Ok(())
    }

    /// Answers a call.
    pub(super) fn reply<C: Call>(&self, id: RequestId, reply: C::Reply) {
        self.emit(id, C::into_body(reply));
    }

    /// The image of a subject.
    pub(super) async fn image(&mut self, subject: &Subject) -> Result<Rc<Inspection>, Fault> {
        self.look_up(subject).await?.ok_or_else(|| String::from("That no longer exists.").into())
    }

    /// Gets what the page wants to look into, if it is not there yet, and gives it.
    async fn look_up(&mut self, subject: &Subject) -> Result<Option<Rc<Inspection>>, Fault> {
        if let Some(found) = self.inspections.borrow().find(subject) {
            return Ok(Some(found));
        }
        match subject {
            Subject::Home => {
                let image = self.capture()?;
                self.show_home(image);
            }
            Subject::Snapshot(snapshot) => {
                let image = self.load(snapshot).await.map_err(|error| refused(&error))?;
                self.inspections.borrow_mut().keep_snapshot(snapshot.clone(), image);
            }
            Subject::Output => {
                let image = self.vm()?.capture_output().map_err(|error| error.to_string())?;
                self.inspections.borrow_mut().keep_output(image);
            }
            Subject::Result(_) => {}
        }
        Ok(self.inspections.borrow().find(subject))
    }

    /// Two subjects compared.
    async fn compare(&mut self, before: &Subject, after: &Subject) -> Result<Option<&Diff>, Fault> {
        let (before, after) = (self.image(before).await?, self.image(after).await?);
        if self.diff.as_ref().is_none_or(|diff| !diff.is_of(&before, &after)) {
            self.begin_stage(Stage::Comparing, before.image().value_count().max(after.image().value_count()));
            self.diff = Diff::new(before, after);
        }
        Ok(self.diff.as_ref())
    }
}
