//! The program of the gallery, a page that only the tests have.

fn main() {
    app::show_gallery();
}
