//! A page that is opened by a link with a workspace in it, or by the name of an example: nothing is run, and nothing of the
//! person's own is touched. What the link brings becomes a workspace of its own, which can be kept or thrown away. An
//! embedded page has only that.

use js_sys::Promise;
use leptos::prelude::*;
use serde::Deserialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use wire::SourcePath;

use crate::{
    bundle::{Bundle, streams},
    embed::Embed,
    preferences::Preference,
    workspace::{INPUT, Stored, to_text},
    workspaces::{self, WorkspaceEntry, WorkspaceId, store},
};

#[wasm_bindgen(inline_js = "export async function textAt(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(response.status);
  return response.text();
}")]
extern "C" {
    #[wasm_bindgen(js_name = textAt)]
    fn text_at(url: &str) -> Promise;
}

/// What a page begins with.
#[derive(Clone, Debug, Default)]
pub struct Beginning {
    /// Texts that are to be stored.
    pub texts: Vec<Stored>,
    /// What is to become `_home`, as a snapshot file.
    pub home: Option<Vec<u8>>,
    /// What is to become the whole history, as a history file.
    pub history: Option<Vec<u8>>,
    /// Why the link that the page was opened by brought nothing.
    pub problem: Option<String>,
    /// What the page is to be like, if it is embedded.
    pub embed: Option<Embed>,
}

/// What the page's address asks for.
enum Wanted {
    /// What is in this link.
    Link(String),
    /// The example of this name.
    Example(String),
    /// The file that the page before stored under this name.
    File(String),
    /// This program, encoded as a part of an address.
    Program(String),
}

impl Wanted {
    fn in_address() -> Option<Wanted> {
        let fragment = window().location().hash().ok()?;
        let of = |key: &str| fragment.strip_prefix(key).map(str::to_owned);
        let file = || of("#file=").map(Wanted::File).or_else(|| of("#program=").map(Wanted::Program));
        of("#cu=").map(Wanted::Link).or_else(|| of("#example=").map(Wanted::Example)).or_else(file)
    }
}

/// An example as the build writes it.
#[derive(Deserialize)]
struct ExampleFile {
    title: String,
    files: Vec<ExampleText>,
    main: Option<String>,
    #[serde(default)]
    input: String,
}

#[derive(Deserialize)]
struct ExampleText {
    path: String,
    text: String,
}

/// An example, as the list of them has it.
#[derive(Clone, Deserialize)]
pub struct ListedExample {
    /// Names it.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it shows, in a line.
    pub summary: String,
}

/// The examples that come with the page.
pub async fn examples() -> Result<Vec<ListedExample>, String> {
    let text = fetch_text("examples/index.json").await;
    let listed = text.and_then(|text| serde_json::from_str(&text).ok());
    listed.ok_or_else(|| "The examples could not be loaded. Is the computer online?".to_owned())
}

/// The programs that a first visit begins with; none where they cannot be had.
pub async fn welcome_programs() -> Vec<String> {
    let text = fetch_text("examples/welcome.json").await;
    let example: Option<ExampleFile> = text.and_then(|text| serde_json::from_str(&text).ok());
    example.map(|example| example.files.into_iter().map(|file| file.text).collect()).unwrap_or_default()
}

/// Opens an example as a workspace of its own, in the place of this page.
pub fn open_example(id: &str) {
    ask_address_for(&["example=", id].concat());
}

async fn fetch_text(path: &str) -> Option<String> {
    let base = document().base_uri().ok().flatten()?;
    let url = web_sys::Url::new_with_base(path, &base).ok()?.href();
    JsFuture::from(text_at(&url)).await.ok()?.as_string()
}

/// Whether the page's address says what it begins with. That is there later.
pub fn is_expected() -> bool {
    Wanted::in_address().is_some() || store::is_embedded()
}

/// Opens what the link brings as a workspace of its own, which is the current one then.
pub async fn open() -> Beginning {
    let opened = match Wanted::in_address() {
        None => return Beginning { embed: embed(), ..Beginning::default() },
        Some(Wanted::Link(text)) => streams::of_link(&text).await.map_err(|error| error.to_string()),
        Some(Wanted::Example(name)) => example(&name).await,
        Some(Wanted::File(name)) => match store::take_file(&name).await {
            Some(bytes) => streams::of_file(&bytes).await.map_err(|error| error.to_string()),
            None => Err("the file was opened already".to_owned()),
        },
        Some(Wanted::Program(text)) => program(&text),
    };
    match opened {
        Ok(bundle) => enter(bundle),
        Err(reason) => {
            let embed = embed();
            if embed.is_none() {
                // The address asks for nothing then, so that a reload shows no notice again.
                store::name();
            }
            let problem = ["The link cannot be opened: ", &reason, ". Nothing was changed."].concat();
            Beginning { problem: Some(problem), embed, ..Beginning::default() }
        }
    }
}

/// Reloads the page when its address asks for something else, as when a link is pasted into it.
pub fn follow_address() {
    window_event_listener(leptos::ev::hashchange, |_| {
        if is_expected() {
            // Where the browser refuses, the page stays as it is.
            window().location().reload().unwrap_or_default();
        }
    });
}

/// What an embedded page is to be like; `None` if this page is not embedded.
fn embed() -> Option<Embed> {
    store::is_embedded().then(|| {
        let query = window().location().search().and_then(|query| web_sys::UrlSearchParams::new_with_str(&query)).ok();
        let parameter = |name: &str| query.as_ref().and_then(|query| query.get(name));
        let is_in_frame = !window().top().is_ok_and(|top| top.is_some_and(|top| top == window()));
        let embed = Embed::read(parameter, is_in_frame);
        if let Some(theme) = embed.theme {
            Preference::Theme.save(&theme);
        }
        embed
    })
}

fn program(text: &str) -> Result<Bundle, String> {
    let text = js_sys::decode_uri_component(text).map_err(|_| "it is not well-formed")?;
    Ok(Bundle {
        name: "Program".to_owned(),
        files: vec![(SourcePath::main(), String::from(text).into_bytes())],
        ..Bundle::default()
    })
}

async fn example(name: &str) -> Result<Bundle, String> {
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if name.is_empty() || !name.bytes().all(is_name) {
        return Err("there is no such example".to_owned());
    }
    let text = fetch_text(&["examples/", name, ".json"].concat()).await;
    let example: ExampleFile =
        text.and_then(|text| serde_json::from_str(&text).ok()).ok_or("there is no such example")?;
    let path = |text: &str| SourcePath::parse(text).map_err(|error| error.to_string());
    let mut files = Vec::with_capacity(example.files.len());
    for ExampleText { path: name, text } in example.files {
        files.push((path(&name)?, text.into_bytes()));
    }
    let main = example.main.as_deref().map(path).transpose()?;
    Ok(Bundle { name: example.title, files, shown: main, input: example.input, ..Bundle::default() })
}

/// Makes a new workspace of what was brought, and shows it. An embedded page has one already, which is as new.
fn enter(mut bundle: Bundle) -> Beginning {
    if let Some(embed) = embed() {
        let mut list = workspaces::load();
        list.add(WorkspaceEntry::new(store::current(), &bundle.name, 0.0));
        Preference::Workspaces.save(&list);
        let file = embed.file.as_deref().and_then(|file| SourcePath::parse(file).ok());
        if let Some(file) = file.filter(|file| bundle.files.iter().any(|(path, _)| path == file)) {
            // Run runs what it would run without this.
            bundle.main = bundle.main.or(bundle.shown);
            bundle.shown = Some(file);
        }
        return Beginning { embed: Some(embed), ..begin(bundle) };
    }
    let id = new_id();
    let mut list = workspaces::load();
    let name = list.free_name(&bundle.name);
    list.add(WorkspaceEntry::visited(id.clone(), &name, js_sys::Date::now()));
    // Where nothing can be stored, the workspace is there as long as the page is.
    Preference::Workspaces.save(&list);
    store::enter(&id);
    begin(bundle)
}

/// What the current workspace, which is new, begins with.
fn begin(bundle: Bundle) -> Beginning {
    let Bundle { files, main, shown, input, home, history, settings, .. } = bundle;
    let shown = shown.or_else(|| main.clone()).or_else(|| files.first().map(|(path, _)| path.clone()));
    if let Some(shown) = shown {
        Preference::OpenFiles.save(&[shown.as_str(), shown.as_str()]);
    }
    if let Some(main) = main {
        Preference::MainFile.save(&main.as_str());
    }
    if let Some(settings) = settings {
        Preference::Settings.save(&settings);
    }
    let text = |path: String, text| Stored { path, text, ..Stored::default() };
    let input = (!input.is_empty()).then(|| text(INPUT.to_owned(), input));
    let files = files.into_iter().map(|(path, bytes)| text(path.to_string(), to_text(bytes)));
    Beginning { texts: files.chain(input).collect(), home, history, problem: None, embed: None }
}

/// An id that no workspace has.
pub fn new_id() -> WorkspaceId {
    WorkspaceId::new(js_sys::Date::now() as u64, (js_sys::Math::random() * f64::from(u32::MAX)) as u32)
}

/// The address of a page that shows a workspace.
pub fn address_of(id: &WorkspaceId) -> Option<String> {
    let location = window().location();
    Some([&location.origin().ok()?, &location.pathname().ok()?, "?workspace=", id.as_str()].concat())
}

/// The address of the playground itself.
pub fn page_address() -> String {
    let location = window().location();
    [location.origin(), location.pathname()].map(Result::unwrap_or_default).concat()
}

/// The address of a link with this text.
pub fn link_address(text: &str) -> String {
    [&page_address(), "#cu=", text].concat()
}

/// Shows another workspace in the place of this page.
pub fn go_to(id: &WorkspaceId) {
    if let Some(address) = address_of(id) {
        // Where the browser refuses, the page stays as it is.
        window().location().assign(&address).unwrap_or_default();
    }
}

/// Keeps a file for the page that will show it. Returns the name that it has there; `None` where there is no room.
pub async fn keep_file(bytes: &[u8]) -> Option<String> {
    let name = new_id();
    store::keep_file(name.as_str(), bytes).await.then(|| name.as_str().to_owned())
}

/// Opens a kept file as a workspace of its own, in the place of this page.
pub fn open_kept(name: &str) {
    ask_address_for(&["file=", name].concat());
}

/// Makes the address ask for something, which reloads this page.
fn ask_address_for(fragment: &str) {
    // Where the browser refuses, the page stays as it is.
    window().location().set_hash(fragment).unwrap_or_default();
}
