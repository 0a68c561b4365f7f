//! The program of the page.

fn main() {
    app::show_page();
}
