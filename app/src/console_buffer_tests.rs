//! What the console keeps, how it is split into blocks, and how dropped lines are counted.

use super::{text::BLOCK_BYTES, *};

const MAX_LINES: usize = 10_000;

fn out(text: &str) -> Output {
    Output { stream: Stream::Out, dropped_lines: 0, text: text.to_owned() }
}

/// `count` lines of two bytes each, of which no two neighbours are equal.
fn unlike(count: usize) -> String {
    ["x\n", "y\n"].iter().cycle().take(count).copied().collect()
}

fn head(run: u32) -> RunHead {
    RunHead { run: RequestId(run), what: "main.lua".into(), at_millis: 0.0, elapsed_millis: None, kept: None }
}

fn texts(buffer: &ConsoleBuffer) -> Vec<&str> {
    buffer
        .entries()
        .filter_map(|entry| match &entry.body {
            Body::Text(block) => Some(&*block.text),
            _ => None,
        })
        .collect()
}

#[test]
fn pieces_of_a_line_are_joined() {
    let mut buffer = ConsoleBuffer::new(MAX_LINES);
    for piece in ["a", "b\nc", "d\n", "e\n"] {
        buffer.print(&out(piece));
    }
    assert_eq!(texts(&buffer), ["ab\ncd\ne\n"]);
    assert_eq!(buffer.line_count, 3);
}

#[test]
fn another_stream_or_entry_starts_a_block() {
    let mut buffer = ConsoleBuffer::new(MAX_LINES);
    buffer.print(&out("a"));
    buffer.print(&Output { stream: Stream::Err, ..out("b") });
    buffer.push(Body::Run(head(1)));
    buffer.print(&out("c"));
    assert_eq!(texts(&buffer), ["a", "b", "c"]);
}

#[test]
fn the_head_of_a_run_is_changed_in_place_and_says_so() {
    let mut buffer = ConsoleBuffer::new(MAX_LINES);
    buffer.push(Body::Run(head(1)));
    buffer.push(Body::Run(head(2)));
    buffer.print(&out("a"));
    buffer.change_run(RequestId(1), |head| head.elapsed_millis = Some(5.0));
    buffer.change_run(RequestId(3), |_| panic!("no such run"));
    let heads: Vec<_> = buffer.entries().map(|entry| (entry.version, entry.body.clone())).collect();
    assert_eq!(heads[0], (1, Body::Run(RunHead { elapsed_millis: Some(5.0), ..head(1) })));
    assert_eq!(heads[1], (0, Body::Run(head(2))));
}

#[test]
fn blocks_are_full_at_two_hundred_lines() {
    let mut buffer = ConsoleBuffer::new(MAX_LINES);
    buffer.print(&out(&unlike(450)));
    let lengths: Vec<_> = texts(&buffer).iter().map(|text| text.len() / 2).collect();
    assert_eq!(lengths, [200, 200, 50]);
}

#[test]
fn only_the_latest_lines_are_kept_and_the_others_are_counted() {
    let mut buffer = ConsoleBuffer::new(MAX_LINES);
    for _ in 0..10 {
        buffer.print(&out(&unlike(10_000)));
    }
    assert_eq!(buffer.line_count, MAX_LINES);
    assert_eq!(buffer.dropped_lines(), 90_000);
}

#[test]
fn lowering_the_limit_drops_lines() {
    let mut buffer = ConsoleBuffer::new(MAX_LINES);
    buffer.print(&out(&unlike(5000)));
    buffer.keep_lines(1000);
    assert_eq!((buffer.line_count, buffer.dropped_lines()), (1000, 4000));
    buffer.clear();
    buffer.print(&out(&unlike(5000)));
    assert_eq!(buffer.line_count, 1000);
}

#[test]
fn lines_dropped_by_the_worker_are_counted_once_they_reach_the_top() {
    let mut buffer = ConsoleBuffer::new(MAX_LINES);
    buffer.print(&out("first\n"));
    buffer.print(&Output { dropped_lines: 70, ..out(&unlike(MAX_LINES)) });
    assert_eq!(buffer.dropped_lines(), 71);
}

#[test]
fn a_line_whose_rest_the_worker_dropped_ends_there() {
    let mut buffer = ConsoleBuffer::new(MAX_LINES);
    buffer.print(&out("first\nbeg"));
    buffer.print(&Output { dropped_lines: 2, ..out("last\n") });
    assert_eq!(texts(&buffer), ["first\nbeg\n", "last\n"]);
    assert_eq!(buffer.byte_count, "first\nbeg\nlast\n".len());
}

#[test]
fn an_endless_line_is_broken_and_bounded() {
    let mut buffer = ConsoleBuffer::new(MAX_LINES);
    buffer.print(&out(&"ä".repeat(MAX_BYTES)));
    assert!(buffer.byte_count <= MAX_BYTES + BLOCK_BYTES);
    assert!(texts(&buffer).iter().all(|text| text.len() <= BLOCK_BYTES + 4));
}

#[test]
fn clearing_does_not_reuse_ids() {
    let mut buffer = ConsoleBuffer::new(MAX_LINES);
    buffer.print(&out("a"));
    let old = buffer.entries[0].id;
    buffer.clear();
    buffer.print(&out("b"));
    assert_ne!(buffer.entries[0].id, old);
}

#[test]
fn ten_equal_lines_become_one_with_a_count() {
    let mut buffer = ConsoleBuffer::new(MAX_LINES);
    buffer.print(&out("before\n"));
    buffer.print(&out(&"tick\n".repeat(9)));
    assert_eq!(texts(&buffer).len(), 1);
    buffer.print(&out("tick\ntick\nta"));
    buffer.print(&out("ck\n"));
    let blocks: Vec<_> = buffer
        .entries()
        .filter_map(|entry| match &entry.body {
            Body::Text(block) => Some((&*block.text, block.times)),
            _ => None,
        })
        .collect();
    assert_eq!(blocks, [("before\n", 1), ("tick\n", 11), ("tack\n", 1)]);
    assert_eq!((buffer.line_count, buffer.byte_count), (3, 17));
    assert_eq!(buffer.text(), ["before\n", &"tick\n".repeat(11), "tack\n"].concat());
}

#[test]
fn a_flood_of_equal_lines_is_one_entry_however_it_arrives() {
    for piece in [1, 7, 5000] {
        let mut buffer = ConsoleBuffer::new(MAX_LINES);
        (0..35_000 / piece).for_each(|_| buffer.print(&out(&"x\n".repeat(piece))));
        assert_eq!(buffer.entries().count(), 1, "{piece}");
        assert_eq!(buffer.text().lines().count(), 35_000);
        buffer.print(&Output { stream: Stream::Err, ..out("x\n") });
        assert_eq!(buffer.entries().count(), 2);
    }
}

#[test]
fn blank_lines_and_few_equal_lines_stay_as_they_are() {
    let mut buffer = ConsoleBuffer::new(MAX_LINES);
    let text = ["# . #\n".repeat(9), "\n".repeat(50), "  \n".repeat(50)].concat();
    buffer.print(&out(&text));
    assert_eq!(texts(&buffer), [text]);
}
