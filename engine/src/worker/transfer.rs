//! What [`Transfer`]s do: files and JSON, out and in.

use wire::{
    Export, ExportJson, Fault, FaultKind, Import, ImportJson, JsonExport, Omission, RequestId, SnapshotFile,
    SnapshotInfo, SnapshotKind, Subject, Transfer,
};

use super::snapshots::checked_name;
use super::{Worker, unreadable, unsaved};
use crate::container::{self, About};
use crate::host::Host;
use crate::image::HeapImage;
use crate::json;
use crate::store::SnapshotStore;

impl<S: SnapshotStore> Worker<S> {
    /// Carries out a transfer.
    pub(super) async fn transfer(&mut self, id: RequestId, transfer: Transfer) -> Result<(), Fault> {
        match transfer {
            Transfer::Export(Export { subject }) => {
                let about = self.about(&subject)?;
                let image = self.image(&subject).await?;
                let bytes = container::encode(image.image(), &about).map_err(|error| error.to_string())?;
                self.reply::<Export>(id, SnapshotFile { bytes });
            }
            Transfer::ExportJson(ExportJson { subject }) => {
                let json = self.export_json(&subject).await?;
                self.reply::<ExportJson>(id, json);
            }
            Transfer::Import(Import { name, bytes }) => {
                let (image, about) = container::decode(&bytes).map_err(|error| unreadable(&error))?;
                drop(bytes);
                let name = if name.trim().is_empty() { about.name } else { name };
                let imported = self.import(&image, &name).await?;
                self.reply::<Import>(id, imported);
                self.list_snapshots(id)?;
            }
            Transfer::ImportJson(ImportJson { name, text }) => {
                let image = json::import(&text).map_err(|error| Fault {
                    kind: FaultKind::Unreadable,
                    message: format!("Could not import the text: {error}."),
                })?;
                drop(text);
                let imported = self.import(&image, &name).await?;
                self.reply::<ImportJson>(id, imported);
                self.list_snapshots(id)?;
            }
        }
        Ok(())
    }

    async fn export_json(&mut self, subject: &Subject) -> Result<JsonExport, Fault> {
        let image = self.image(subject).await?;
        let root = if *subject == Subject::Output { "_io.output" } else { "_home" };
        let exported = json::export(image.image(), root).ok_or_else(|| {
            String::from("As JSON, this would be too long: shared tables are written again and again.")
        })?;
        let omissions = exported.omissions.into_iter().map(|(path, kind)| Omission { path, kind }).collect();
        Ok(JsonExport { text: exported.text, omissions, omission_count: exported.omission_count })
    }

    /// Keeps an image that was brought from outside.
    async fn import(&mut self, image: &HeapImage, name: &str) -> Result<SnapshotInfo, Fault> {
        let kind = SnapshotKind::Imported { name: checked_name(name)? };
        let (snapshot, now) = (self.new_id()?, self.console.unix_millis());
        let saved = self.archive_mut()?.save(image, kind, snapshot, now).await.map_err(|error| unsaved(&error))?;
        Ok(saved.info)
    }

    /// What a file says of the image in it.
    fn about(&mut self, subject: &Subject) -> Result<About, Fault> {
        let info = match subject {
            Subject::Snapshot(snapshot) => self.archive_mut()?.info(snapshot).cloned(),
            Subject::Home | Subject::Result(_) | Subject::Output => None,
        };
        let (name, created_millis) = match info {
            Some(info) => (info.kind.name().to_owned(), info.created_millis),
            None => (String::from("_home"), self.console.unix_millis()),
        };
        Ok(About { name, created_millis })
    }
}
