//! Finds what in a message cannot be passed, and where it is. Only used when there is a reason to look.

use super::TransferError;
use super::tokens::{Reader, Shape, Token};
use crate::show;

/// From a table to a value in it.
#[derive(Clone, Copy)]
pub enum Step<'a> {
    /// To the value at an integer key.
    Index(i64),
    /// To the value at a string key.
    String(&'a [u8]),
    /// To the value at another key.
    Other,
    /// To a key itself.
    Key,
}

impl Step<'_> {
    /// Appends the step to a path, in Lua's notation.
    pub fn write(&self, path: &mut String) {
        match self {
            Step::Index(index) => path.push_str(&format!("[{index}]")),
            Step::String(name) if show::is_name(name) => {
                path.push('.');
                path.push_str(&String::from_utf8_lossy(name));
            }
            Step::String(name) => path.push_str(&format!("[{}]", show::string(name))),
            Step::Other => path.push_str("[?]"),
            Step::Key => path.push_str("[key]"),
        }
    }
}

/// A table in another: the number of the outer one, the step, the number of the inner one.
struct Edge<'a> {
    from: usize,
    step: Step<'a>,
    to: usize,
}

/// Finds what was refused, or a cycle.
pub fn check(message: &[u8], root: &str) -> Result<(), TransferError> {
    let mut reader = Reader::new(message);
    let mut strings = reader.strings()?;
    let names = (0..strings.count).map(|_| strings.next()).collect::<Result<Vec<_>, _>>()?;
    let mut walk = Walk { reader, names, tables: Vec::new(), edges: Vec::new(), refused: None };
    walk.value(None)?;
    let mut number = 0;
    while number < walk.tables.len() && walk.refused.is_none() {
        walk.contents(number)?;
        number += 1;
    }
    let (position, what) = match walk.refused {
        Some((position, what)) => (position, what.to_owned()),
        None => match closing_edge(walk.tables.len(), &walk.edges) {
            Some(edge) => (Some((edge.from, edge.step)), "part of a cycle".to_owned()),
            None => return Ok(()),
        },
    };
    Err(TransferError::Refused { path: path(root, &walk.edges, position), what })
}

struct Walk<'a> {
    reader: Reader<'a>,
    names: Vec<&'a [u8]>,
    tables: Vec<(Shape, usize)>,
    edges: Vec<Edge<'a>>,
    refused: Option<(Option<(usize, Step<'a>)>, &'a str)>,
}

impl<'a> Walk<'a> {
    fn contents(&mut self, number: usize) -> Result<(), TransferError> {
        let (shape, count) = self.tables[number];
        for index in 1..=count {
            let step = match shape {
                Shape::Array => Step::Index(index as i64),
                Shape::Object => self.string(None)?,
                Shape::Map => match self.value(Some((number, Step::Key)))? {
                    Token::String(key) => self.string(Some(key))?,
                    Token::Bytes(key) => Step::String(key),
                    Token::Integer(key) => Step::Index(key),
                    _ => Step::Other,
                },
            };
            if self.refused.is_none() {
                self.value(Some((number, step)))?;
            }
            if self.refused.is_some() {
                break;
            }
        }
        Ok(())
    }

    /// The step to the value at a string key. The string's number is `number`, or is read.
    fn string(&mut self, number: Option<usize>) -> Result<Step<'a>, TransferError> {
        let number = number.map_or_else(|| self.reader.number(), Ok)?;
        self.names.get(number).map(|name| Step::String(name)).ok_or(TransferError::Malformed)
    }

    fn value(&mut self, position: Option<(usize, Step<'a>)>) -> Result<Token<'a>, TransferError> {
        let token = self.reader.token()?;
        let to = match token {
            Token::Table(shape, count) => {
                self.tables.push((shape, count));
                Some(self.tables.len() - 1)
            }
            Token::SameTable(number) if number >= self.tables.len() => return Err(TransferError::Malformed),
            Token::SameTable(number) => Some(number),
            Token::Refused(what) => {
                self.refused = Some((position, what));
                None
            }
            _ => None,
        };
        if let (Some((from, step)), Some(to)) = (position, to) {
            self.edges.push(Edge { from, step, to });
        }
        Ok(token)
    }
}

/// An edge that closes a cycle, if there is one: found by a depth-first search with an explicit stack.
fn closing_edge<'a, 'b>(table_count: usize, edges: &'b [Edge<'a>]) -> Option<&'b Edge<'a>> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        Unseen,
        Open,
        Done,
    }
    // The edges come in the order of their outer table: those of one table are a range.
    let first = |table: usize| edges.partition_point(|edge| edge.from < table);
    let mut states = vec![State::Unseen; table_count];
    let mut open = Vec::new();
    if let Some(state) = states.first_mut() {
        *state = State::Open;
        open.push((0, first(0)));
    }
    while let Some((table, next)) = open.last_mut() {
        match edges.get(*next).filter(|edge| edge.from == *table) {
            None => {
                states[*table] = State::Done;
                open.pop();
            }
            Some(edge) => {
                *next += 1;
                match states[edge.to] {
                    State::Open => return Some(edge),
                    State::Done => {}
                    State::Unseen => {
                        states[edge.to] = State::Open;
                        open.push((edge.to, first(edge.to)));
                    }
                }
            }
        }
    }
    None
}

/// The path to a step from a table, along the first edge to each table.
fn path(root: &str, edges: &[Edge], position: Option<(usize, Step)>) -> String {
    let mut path = root.to_owned();
    let Some((table, last)) = position else { return path };
    let mut steps = vec![last];
    let mut table = table;
    // A table is new in the first edge to it; table 0 is the root.
    let mut first_edges = vec![None; edges.len() + 1];
    for edge in edges {
        first_edges[edge.to].get_or_insert(edge);
    }
    while let Some(edge) = first_edges[table].filter(|_| table > 0) {
        steps.push(edge.step);
        table = edge.from;
    }
    for step in steps.iter().rev() {
        step.write(&mut path);
    }
    path
}
