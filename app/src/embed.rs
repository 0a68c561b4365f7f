//! The page in a frame of somebody else's page: an editor and the console alone. It neither reads nor changes what the
//! browser stores for the page itself: it has a workspace of its own, which the next embedded page deletes.

use crate::theme::Theme;

/// What an embedded page is to be like, as its address says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Embed {
    /// The file that is shown first.
    pub file: Option<String>,
    /// Whether the program can only be read and run.
    pub is_read_only: bool,
    /// Whether the program runs once the page is there.
    pub runs_at_load: bool,
    /// What the page looks like, if not as the system does.
    pub theme: Option<Theme>,
}

impl Embed {
    /// Reads the parameters of an address. A program runs without being asked only in a frame: whoever opens the address
    /// itself, as when it is in a message, runs it by hand.
    pub fn read(parameter: impl Fn(&str) -> Option<String>, is_in_frame: bool) -> Self {
        let is_on = |name| parameter(name).is_some_and(|value| value != "false");
        Embed {
            file: parameter("file"),
            is_read_only: is_on("readonly"),
            runs_at_load: is_in_frame && is_on("run"),
            theme: match parameter("theme").as_deref() {
                Some("light") => Some(Theme::Light),
                Some("dark") => Some(Theme::Dark),
                _ => None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(parameters: &[(&str, &str)], is_in_frame: bool) -> Embed {
        let parameter =
            |name: &str| parameters.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Embed::read(parameter, is_in_frame)
    }

    #[test]
    fn an_address_says_what_it_is_like() {
        let all = [("file", "a/b.lua"), ("readonly", ""), ("run", "true"), ("theme", "dark")];
        let expected = Embed {
            file: Some("a/b.lua".to_owned()),
            is_read_only: true,
            runs_at_load: true,
            theme: Some(Theme::Dark),
        };
        assert_eq!(read(&all, true), expected);
        assert_eq!(read(&[("readonly", "false"), ("theme", "plaid"), ("run", "false")], true), Embed::default());
    }

    #[test]
    fn nothing_runs_by_itself_outside_of_a_frame() {
        assert!(!read(&[("run", "")], false).runs_at_load);
    }
}
