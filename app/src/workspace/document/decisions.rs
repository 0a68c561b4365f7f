//! What a person or a program decides about a text: which of two it is, and what comes of it otherwise.

use super::Document;

impl Document {
    /// A program that saw `base` here has written `text`. If something else was typed meanwhile, that stays, and what the
    /// program wrote is kept beside it. Returns whether the text was replaced.
    pub fn take_from_program(&mut self, text: &str, base: Option<&String>) -> bool {
        if self.text == text {
            return false;
        }
        let is_as_seen = base.is_some_and(|base| *base == self.text);
        if is_as_seen {
            self.edit(text.to_owned());
        } else {
            self.asides.want([&self.tab, " program"].concat(), Some(text.to_owned()));
        }
        is_as_seen
    }

    /// In a conflict: the text of this tab replaces the other one.
    pub fn prefer_own(&mut self) {
        if let Some(rival) = self.rival.take() {
            self.take_path(&rival);
            self.agree_on(rival);
        }
    }

    /// In a conflict: the other text is the one of this tab from now on.
    pub fn prefer_other(&mut self) {
        if let Some(rival) = &self.rival {
            self.text.clone_from(&rival.text);
            self.prefer_own();
        }
    }

    /// Exchanges a text that is kept aside with this one, which is kept aside under another name.
    pub fn swap(&mut self, owner: &str, name: String) {
        if let Some(text) = self.asides.of(owner).map(|aside| aside.text.clone()) {
            let text = std::mem::replace(&mut self.text, text);
            self.asides.want(owner.to_owned(), None);
            self.asides.want(name, Some(text));
        }
    }

    /// Stores a text to begin with as it is, unless something is stored for it.
    pub fn keep(&mut self) {
        if !self.is_stored() && self.rival.is_none() {
            self.base.path.clear();
        }
    }

    /// The same text with what is kept beside it, to be stored anew. No other aside has a name that begins with `name`.
    pub fn anew(&self, name: &str) -> Self {
        Document { asides: self.asides.anew(name), ..Document::new(&self.tab, &self.path, self.text.clone()) }
    }
}
