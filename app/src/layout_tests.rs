use proptest::prelude::*;

use super::*;

/// A layout as it is stored.
fn text(layout: &Layout) -> String {
    serde_json::to_string(layout.root()).expect("a layout is plain data")
}

/// The layout that is read from the default's text with one part replaced.
fn read_with(old: &str, new: &str) -> Layout {
    let valid = text(&Layout::default());
    let changed = valid.replacen(old, new, 1);
    assert_ne!(changed, valid, "the text has no {old}");
    Layout::read(Some(&changed))
}

/// A layout that differs from the default in each part.
fn changed() -> Layout {
    let mut layout = Layout::default();
    layout.resize(1, 20.0);
    layout.show(Pane::InOut);
    layout.close(Pane::Console);
    layout
}

/// An arrangement that is not the default.
fn tools_in_one_group() -> Layout {
    let tools = Node::group(vec![
        Pane::Console,
        Pane::Inspector,
        Pane::Snapshots,
        Pane::Runs,
        Pane::InOut,
        Pane::Files,
        Pane::Problems,
    ]);
    let root = Node::split(Direction::Rows, 30.0, Node::group(vec![Pane::Editor]), tools);
    Layout { root, front: Pane::Editor }
}

#[test]
fn the_default_shows_the_editor_console_tree_and_snapshots() {
    let layout = Layout::default();
    let is_open = |pane: &Pane| ![Pane::Files, Pane::Problems].contains(pane);
    assert_eq!(layout.open_panes(), Pane::ALL.into_iter().filter(is_open).collect::<Vec<_>>());
    assert_eq!(layout.visible_panes(), [Pane::Editor, Pane::Console, Pane::Inspector, Pane::Snapshots]);
    assert_eq!(layout.front(), Pane::Editor);
}

#[test]
fn a_shown_pane_is_in_front_of_its_group_and_of_a_small_screen() {
    let mut layout = Layout::default();
    layout.show(Pane::InOut);
    assert_eq!(layout.visible_panes(), [Pane::Editor, Pane::Console, Pane::Inspector, Pane::InOut]);
    assert_eq!(layout.front(), Pane::InOut);
}

#[test]
fn a_closed_pane_comes_back_where_it_was() {
    let mut layout = Layout::default();
    assert_eq!(layout.close(Pane::Inspector), Some(Pane::Snapshots));
    assert!(!layout.is_open(Pane::Inspector));
    assert_eq!(layout.visible_panes(), [Pane::Editor, Pane::Console, Pane::Snapshots]);
    layout.show(Pane::Inspector);
    assert_eq!(layout.visible_panes(), Layout::default().visible_panes());
}

#[test]
fn the_next_tab_takes_the_place_of_a_closed_one() {
    let mut layout = Layout::default();
    layout.close(Pane::Snapshots);
    assert_eq!(layout.visible_panes().last(), Some(&Pane::Runs));
    layout.show(Pane::Snapshots);
    layout.show(Pane::InOut);
    layout.close(Pane::InOut);
    assert_eq!(layout.visible_panes().last(), Some(&Pane::Runs));
}

#[test]
fn closing_a_tab_behind_leaves_the_one_in_front() {
    let mut layout = Layout::default();
    layout.close(Pane::InOut);
    assert_eq!(layout.visible_panes(), Layout::default().visible_panes());
}

#[test]
fn a_small_screen_shows_the_neighbour_of_a_closed_pane() {
    let mut layout = Layout::default();
    layout.close(Pane::Editor);
    assert_eq!(layout.front(), Pane::Console);
    layout.show(Pane::InOut);
    layout.close(Pane::InOut);
    assert_eq!(layout.front(), Pane::Runs);
}

#[test]
fn the_last_open_pane_stays_open() {
    let mut layout = Layout::default();
    let closed = Pane::ALL.map(|pane| layout.close(pane));
    let next = [Pane::Console, Pane::Inspector, Pane::Snapshots, Pane::Runs, Pane::InOut];
    assert_eq!(closed.into_iter().flatten().collect::<Vec<_>>(), next);
    assert_eq!(layout.open_panes(), [Pane::InOut]);
    assert!(!layout.can_close(Pane::InOut));
    assert_eq!(layout.close(Pane::Editor), None, "it is closed already");
}

#[test]
fn the_pane_that_takes_the_place_of_a_closed_one_is_looked_at_next() {
    let mut layout = Layout::default();
    assert_eq!(layout.close(Pane::Snapshots), Some(Pane::Runs), "the tab after it");
    layout.show(Pane::Snapshots);
    layout.close(Pane::Runs);
    assert_eq!(layout.close(Pane::InOut), Some(Pane::Snapshots), "the tab before it");
    assert_eq!(layout.close(Pane::Snapshots), Some(Pane::Inspector), "the pane before it");
}

#[test]
fn the_way_round_the_panes_leaves_out_closed_ones() {
    let mut layout = Layout::default();
    layout.close(Pane::Console);
    assert_eq!(layout.neighbour(Pane::Editor, 1), Pane::Inspector);
    assert_eq!(layout.neighbour(Pane::Inspector, -1), Pane::Editor);
    assert_eq!(layout.neighbour(Pane::Editor, -1), Pane::InOut);
    assert_eq!(layout.neighbour(Pane::InOut, 1), Pane::Editor);
}

#[test]
fn only_another_arrangement_is_drawn_anew() {
    assert_eq!(
        Layout::default().root().arrangement(),
        "(files|((editor/console+problems)|(home/snapshots+runs+input)))"
    );
    assert_eq!(changed().root().arrangement(), Layout::default().root().arrangement());
    assert_ne!(tools_in_one_group().root().arrangement(), Layout::default().root().arrangement());
}

#[test]
fn a_split_is_reset_to_its_default() {
    assert_eq!([0, 1, 2, 3].map(|split| changed().default_share(split)), [84.0, 40.0, 38.0, 30.0]);
    assert_eq!(tools_in_one_group().default_share(0), 50.0);
}

#[test]
fn a_pane_that_an_older_page_did_not_have_joins_its_default_group() {
    assert_eq!(read_with(r#",{"pane":"input","is_open":true}"#, ""), Layout::default());
    let only_editor = text(&Layout { root: Node::group(vec![Pane::Editor]), front: Pane::Editor });
    let read = Layout::read(Some(&only_editor));
    let others = Pane::ALL.into_iter().filter(|pane| *pane != Pane::Files).collect();
    let mut expected = Layout { root: beside_files(Node::group(others)), front: Pane::Editor };
    expected.close(Pane::Problems);
    assert_eq!(read.root(), expected.root(), "none of its group is there");
}

#[test]
fn splits_are_resized_by_their_number() {
    let mut layout = Layout::default();
    let shares = |layout: &Layout| [0, 1, 2, 3].map(|split| layout.share(split));
    for (split, percent) in [(0, 20.0), (1, 30.0), (2, 50.0), (3, 60.0), (4, 70.0)] {
        layout.resize(split, percent);
    }
    assert_eq!(shares(&layout), [20.0, 30.0, 50.0, 60.0]);
}

#[test]
fn a_share_out_of_range_becomes_the_nearest_in_it() {
    let percents =
        [f64::NEG_INFINITY, -1.0, 0.0, 100.0, f64::INFINITY].map(|percent| Share::nearest(percent).percent());
    assert_eq!(percents, [12.0, 12.0, 12.0, 85.0, 85.0]);
    assert_eq!(Share::nearest(f64::NAN).percent(), 50.0);
    assert_eq!(Share::nearest(100.0 / 3.0).percent(), 33.33);
}

#[test]
fn what_is_stored_is_read_back() {
    let read = Layout::read(Some(&text(&changed())));
    assert_eq!(read.root(), changed().root());
    assert_eq!(read.front(), Pane::Editor, "a page starts with the first visible pane");
    assert!(text(&changed()).len() < stored::MAX_TEXT_BYTES / 4);
}

#[test]
fn other_arrangements_than_the_default_are_read() {
    let layout = tools_in_one_group();
    assert_eq!(Layout::read(Some(&text(&layout))), layout);
}

#[test]
fn nothing_stored_gives_the_default() {
    assert_eq!(Layout::read(None), Layout::default());
}

#[test]
fn text_that_is_no_valid_layout_gives_the_default() {
    let default = Layout::default();
    for (old, new) in [
        (r#""pane":"console""#, r#""pane":"debugger""#),
        (r#""pane":"console""#, r#""pane":"editor""#),
        (r#"{"pane":"snapshots","is_open":true},"#, ""),
        (r#"[{"pane":"editor","is_open":true}]"#, "[]"),
        (r#""chosen":"console""#, r#""chosen":"editor""#),
        (r#""share":40.0"#, r#""share":0.0"#),
        (r#""share":40.0"#, r#""share":1e300"#),
        (r#""share":40.0"#, r#""share":-40.0"#),
        (r#""share":40.0"#, r#""share":null"#),
        (r#""columns""#, r#""circles""#),
        ("{", ""),
    ] {
        assert_eq!(read_with(old, new), default, "{old} -> {new}");
    }
}

#[test]
fn a_chosen_tab_that_is_closed_beside_an_open_one_is_refused() {
    let valid = text(&changed());
    let broken = valid
        .replace(r#""chosen":"input""#, r#""chosen":"snapshots""#)
        .replace(r#"{"pane":"snapshots","is_open":true}"#, r#"{"pane":"snapshots","is_open":false}"#);
    assert_ne!(broken, valid);
    assert_eq!(Layout::read(Some(&broken)), Layout::default());
}

#[test]
fn a_layout_without_open_panes_is_refused() {
    let closed = text(&Layout::default()).replace(r#""is_open":true"#, r#""is_open":false"#);
    assert_eq!(Layout::read(Some(&closed)), Layout::default());
}

#[test]
fn text_that_is_too_long_is_not_read() {
    let long = format!("{}{}", text(&changed()), " ".repeat(stored::MAX_TEXT_BYTES));
    assert_eq!(Layout::read(Some(&long)), Layout::default());
}

#[test]
fn text_nested_deeply_gives_the_default() {
    for depth in [60, 200, 1_000_000] {
        for opening in ["[", r#"{"split":{"first":"#] {
            assert_eq!(Layout::read(Some(&opening.repeat(depth))), Layout::default(), "{depth} {opening}");
        }
    }
}

/// Says what is wrong with a layout, by the rules that the module promises.
fn check(layout: &Layout) -> Result<(), TestCaseError> {
    let groups = layout.root().groups();
    for pane in Pane::ALL {
        let count = layout.root().panes().into_iter().filter(|other| *other == pane).count();
        prop_assert_eq!(count, 1, "{:?}", pane);
    }
    for group in groups {
        prop_assert!(!group.panes().is_empty());
        prop_assert_eq!(group.chosen().is_some(), !group.open_panes().is_empty());
    }
    for split in layout.root().splits() {
        prop_assert!((Share::MIN..=Share::MAX).contains(&split.share.percent()));
    }
    prop_assert!(layout.is_open(layout.front()));
    let read = Layout::read(Some(&text(layout)));
    prop_assert_eq!(read.root(), layout.root());
    Ok(())
}

#[derive(Clone, Debug)]
enum Operation {
    Show(Pane),
    Close(Pane),
    Resize(usize, f64),
}

fn operation() -> impl Strategy<Value = Operation> {
    let pane = || prop::sample::select(Pane::ALL.to_vec());
    prop_oneof![
        pane().prop_map(Operation::Show),
        pane().prop_map(Operation::Close),
        (0usize..6, any::<f64>()).prop_map(|(split, percent)| Operation::Resize(split, percent)),
    ]
}

fn perform(layout: &mut Layout, operation: &Operation) {
    match *operation {
        Operation::Show(pane) => layout.show(pane),
        Operation::Close(pane) => {
            layout.close(pane);
        }
        Operation::Resize(split, percent) => layout.resize(split, percent),
    }
}

proptest! {
    #[test]
    fn operations_keep_a_layout_valid(operations in prop::collection::vec(operation(), 0..40)) {
        let mut layout = Layout::default();
        for operation in &operations {
            perform(&mut layout, operation);
            check(&layout)?;
        }
    }

    #[test]
    fn any_text_gives_a_valid_layout(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&Layout::read(Some(&String::from_utf8_lossy(&bytes))))?;
    }

    #[test]
    fn a_damaged_text_gives_a_valid_layout(
        operations in prop::collection::vec(operation(), 0..10),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
    ) {
        let mut layout = changed();
        operations.iter().for_each(|operation| perform(&mut layout, operation));
        let mut bytes = text(&layout).into_bytes();
        for (index, byte) in damage {
            let index = index.index(bytes.len());
            bytes[index] = byte;
        }
        check(&Layout::read(Some(&String::from_utf8_lossy(&bytes))))?;
    }
}
