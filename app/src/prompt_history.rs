//! The lines typed at the console's prompt, walked with the up and down keys.

/// The most lines that are kept.
const MAX_LINES: usize = 200;

/// The lines, the oldest first, and where a walk through them is.
#[derive(Clone, Debug, Default)]
pub struct PromptHistory {
    lines: Vec<String>,
    /// Counted back from the newest; 0 is the line being typed.
    steps_back: usize,
    draft: String,
}

impl PromptHistory {
    /// A history that was remembered.
    pub fn of_lines(lines: Vec<String>) -> Self {
        PromptHistory { lines, ..PromptHistory::default() }
    }

    /// The lines, to be remembered.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Takes what other tabs added in the place of what was known.
    pub fn adopt(&mut self, lines: Vec<String>) {
        self.lines = lines;
        self.steps_back = 0;
    }

    /// Adds a line that was run; running the same again adds nothing.
    pub fn push(&mut self, line: &str) {
        if self.lines.last().is_none_or(|last| last != line) {
            self.lines.push(line.to_owned());
        }
        let excess = self.lines.len().saturating_sub(MAX_LINES);
        self.lines.drain(..excess);
        self.steps_back = 0;
    }

    /// Takes back what was pushed last, if it is this text: it was not run after all.
    pub fn take_back(&mut self, text: &str) {
        self.lines.pop_if(|last| last == text);
        self.steps_back = 0;
    }

    /// One line back; `current` is what the prompt holds now.
    pub fn older(&mut self, current: &str) -> Option<String> {
        if self.steps_back == self.lines.len() {
            return None;
        }
        if self.steps_back == 0 {
            self.draft = current.to_owned();
        }
        self.steps_back += 1;
        Some(self.lines[self.lines.len() - self.steps_back].clone())
    }

    /// One line forward; after the newest comes what was being typed.
    pub fn newer(&mut self) -> Option<String> {
        self.steps_back = self.steps_back.checked_sub(1)?;
        match self.steps_back {
            0 => Some(self.draft.clone()),
            steps => Some(self.lines[self.lines.len() - steps].clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_tabs_ran_stays_in_the_history() {
        let mut history = PromptHistory::of_lines(vec!["a".to_owned()]);
        history.older("");
        history.adopt(vec!["a".to_owned(), "of another tab".to_owned()]);
        history.push("b");
        assert_eq!(history.lines(), ["a", "of another tab", "b"]);
        assert_eq!(history.older("").as_deref(), Some("b"));
    }

    #[test]
    fn a_walk_goes_back_and_ends_at_the_draft() {
        let mut history = PromptHistory::of_lines(vec!["a".to_owned(), "b".to_owned()]);
        assert_eq!(history.older("typed").as_deref(), Some("b"));
        assert_eq!(history.older("b").as_deref(), Some("a"));
        assert_eq!(history.older("a"), None);
        assert_eq!(history.newer().as_deref(), Some("b"));
        assert_eq!(history.newer().as_deref(), Some("typed"));
        assert_eq!(history.newer(), None);
    }

    #[test]
    fn what_was_not_run_is_taken_back() {
        let mut history = PromptHistory::of_lines(vec!["a".to_owned()]);
        history.push("for i = 1, 3 do");
        history.take_back("for i = 1, 3 do");
        history.push("for i = 1, 3 do\nend");
        assert_eq!(history.lines(), ["a", "for i = 1, 3 do\nend"]);
    }

    #[test]
    fn repeated_lines_are_kept_once_and_old_ones_forgotten() {
        let mut history = PromptHistory::default();
        for number in 0..MAX_LINES + 5 {
            history.push(&number.to_string());
            history.push(&number.to_string());
        }
        assert_eq!(history.lines().len(), MAX_LINES);
        assert_eq!(history.lines()[0], "5");
    }
}
