//! Everything that a store holds as one file (`.cuhistory`), as `HISTORY.md` says: snapshots, journal, and their pieces.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use wire::{Branch, SnapshotId, SnapshotInfo};

use super::{Archive, pieces};
use crate::frame::{self, Frame, FrameError};
use crate::store::{
    Change, FileRecord, HeadMove, Piece, PieceName, PieceRef, Record, RunRecord, SnapshotStore, StoreError,
};

/// The version that is written. This one and all earlier ones are read.
const VERSION: u16 = 2;
const FRAME: Frame = Frame { magic: *b"\x89cuhist\n", version: VERSION };
/// The most bytes that all pieces may have in a file, compressed: they are in memory several times over.
const MAX_BYTES: usize = 256 << 20;
/// How many pieces are read at once.
const BATCH: usize = 256;

/// Why there is no file, or nothing of one is kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WholeError {
    /// It is another kind of file.
    #[error("it is not a history file of cu")]
    NotAHistory,
    /// A later version of cu wrote the file.
    #[error("a newer version of cu wrote it, as version {0}, and this version reads up to {VERSION}")]
    Newer(u16),
    /// It is truncated, or was changed after it was written.
    #[error("it is truncated or damaged")]
    Damaged,
    /// The store holds something, which would be mixed up with it.
    #[error("there is a history here already")]
    NotEmpty,
    /// There is too much of it for one file.
    #[error("all snapshots and runs together have more than {} MB", MAX_BYTES >> 20)]
    TooLarge,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<FrameError> for WholeError {
    fn from(error: FrameError) -> Self {
        match error {
            FrameError::OtherKind => WholeError::NotAHistory,
            FrameError::Newer(version) => WholeError::Newer(version),
            FrameError::Damaged => WholeError::Damaged,
        }
    }
}

/// What is between the version and the checksum. Since version 2, the branches that have names follow it.
#[derive(Serialize, Deserialize)]
struct Body {
    head: Option<SnapshotId>,
    records: Vec<WholeRecord>,
    /// Each as it is stored.
    runs: Vec<ByteBuf>,
    pieces: Vec<WholePiece>,
}

/// A [`Record`]. Its stored form leaves fields out, which this encoding cannot.
#[derive(Serialize, Deserialize)]
struct WholeRecord {
    info: SnapshotInfo,
    format: u16,
    producer: String,
    parent: Option<SnapshotId>,
    pieces: Vec<PieceRef>,
    files: Vec<FileRecord>,
    is_deleted: bool,
}

/// A piece. Its name is the hash of its bytes, so the file need not say it.
#[derive(Serialize, Deserialize)]
struct WholePiece {
    length: u32,
    compressed: ByteBuf,
}

impl From<Record> for WholeRecord {
    fn from(record: Record) -> Self {
        let Record { info, format, producer, parent, pieces, files, is_deleted, branch: _ } = record;
        WholeRecord { info, format, producer, parent, pieces, files, is_deleted }
    }
}

impl From<WholeRecord> for Record {
    fn from(record: WholeRecord) -> Self {
        let WholeRecord { info, format, producer, parent, pieces, files, is_deleted } = record;
        Record { info, format, producer, parent, pieces, files, branch: None, is_deleted }
    }
}

impl<S: SnapshotStore> Archive<S> {
    /// All that can be read, as a file.
    pub async fn to_whole(&self) -> Result<Vec<u8>, WholeError> {
        let (records, runs) = (self.ledger.records(), self.ledger.runs());
        let needed = records.iter().flat_map(Record::needs).chain(runs.iter().flat_map(RunRecord::needs));
        let mut wanted: Vec<_> = needed.cloned().collect();
        lua::sort_seldom(&mut wanted, |a, b| a.name.cmp(&b.name));
        wanted.dedup_by(|a, b| a.name == b.name);
        let (mut pieces, mut total) = (Vec::with_capacity(wanted.len()), 0);
        for batch in wanted.chunks(BATCH) {
            let names: Vec<PieceName> = batch.iter().map(|piece| piece.name.clone()).collect();
            for (piece, found) in batch.iter().zip(self.store.pieces(&names).await?) {
                // What needs one that is missing is damaged, here and there.
                let Some(compressed) = found.map(ByteBuf::from) else { continue };
                total += compressed.len();
                if total > MAX_BYTES {
                    return Err(WholeError::TooLarge);
                }
                pieces.push(WholePiece { length: piece.length, compressed });
            }
        }
        let runs = runs.iter().map(|run| run.to_bytes().map(ByteBuf::from)).collect::<Result<_, _>>()?;
        let records = records.iter().cloned().map(WholeRecord::from).collect();
        let mut names = self.branches();
        names.retain(|branch| branch.name.is_some());
        encode(&Body { head: self.ledger.head().cloned(), records, runs, pieces }, &names)
    }

    /// Keeps what is in a file, which may be anything, in a store that holds nothing.
    pub async fn take_whole(&mut self, bytes: &[u8]) -> Result<(), WholeError> {
        let is_empty = self.ledger.records().is_empty() && self.ledger.runs().is_empty();
        if !is_empty || !self.ledger.is_complete() {
            return Err(WholeError::NotEmpty);
        }
        let change = decode(bytes)?;
        self.apply(change).await?;
        Ok(())
    }
}

fn encode(body: &Body, names: &Vec<Branch>) -> Result<Vec<u8>, WholeError> {
    let bytes = postcard::to_extend(body, FRAME.begin()).and_then(|bytes| postcard::to_extend(names, bytes));
    Ok(frame::seal(bytes.map_err(|error| StoreError::Failed(error.to_string()))?))
}

/// The change that keeps what is in a file.
fn decode(bytes: &[u8]) -> Result<Change, WholeError> {
    let body = FRAME.open(bytes)?;
    let (body, rest) = postcard::take_from_bytes(body).map_err(|_| WholeError::Damaged)?;
    let Body { head, records, runs, pieces } = body;
    // Version 1 ends here.
    let names = if rest.is_empty() { Ok(Vec::new()) } else { postcard::from_bytes(rest) };
    let names: Vec<Branch> = names.map_err(|_| WholeError::Damaged)?;
    let pieces = pieces.into_iter().map(checked).collect::<Option<_>>().ok_or(WholeError::Damaged)?;
    let runs = runs.iter().map(|run| RunRecord::from_bytes(run)).collect::<Option<_>>().ok_or(WholeError::Damaged)?;
    let mut put: Vec<Record> = records.into_iter().map(Record::from).collect();
    for Branch { leaf, name } in names {
        put.iter_mut().filter(|record| record.info.id == leaf).for_each(|record| record.branch.clone_from(&name));
    }
    let head = head.filter(|head| put.iter().any(|record| record.info.id == *head));
    Ok(Change { put, pieces, put_runs: runs, head: HeadMove::To(head), ..Change::default() })
}

fn checked(piece: WholePiece) -> Option<Piece> {
    let WholePiece { length, compressed } = piece;
    let bytes = pieces::decompress(&compressed, length)?;
    Some(Piece { name: pieces::name_of(&bytes), compressed: compressed.into_vec() })
}
