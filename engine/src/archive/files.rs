//! What runs made of files: stored with the checkpoint that follows the run.

use std::rc::Rc;

use lua::Content;
use wire::SnapshotId;

use super::pieces::{self, Cut};
use super::{Archive, LoadError};
use crate::files::FileEdit;
use crate::store::{FileRecord, PieceRef, SnapshotStore};

/// Cuts the contents of edits into pieces. Returns the records of the edits.
pub fn cut_edits<'a>(edits: &'a [FileEdit], all: &mut Cut<'a>) -> Vec<FileRecord> {
    let mut cut = |content: &'a Option<Content>| Some(pieces::cut_into(all, content.as_ref()?));
    let mut record = |edit: &'a FileEdit| {
        let (before, after) = (cut(&edit.before), cut(&edit.after));
        FileEdit { path: edit.path.clone(), before, after }
    };
    edits.iter().map(&mut record).collect()
}

impl<S: SnapshotStore> Archive<S> {
    /// What the run before a checkpoint made of files.
    pub async fn load_edits(&mut self, id: &SnapshotId) -> Result<Vec<FileEdit>, LoadError> {
        let records = self.record(id).ok_or(LoadError::Unknown)?.files.clone();
        let mut edits = Vec::with_capacity(records.len());
        for FileRecord { path, before, after } in records {
            let (before, after) = (self.read_content(before).await?, self.read_content(after).await?);
            edits.push(FileEdit { path, before, after });
        }
        Ok(edits)
    }

    async fn read_content(&self, pieces: Option<Vec<PieceRef>>) -> Result<Option<Content>, LoadError> {
        match pieces {
            Some(pieces) => Ok(Some(Rc::new(self.read_pieces(&pieces).await?))),
            None => Ok(None),
        }
    }
}
