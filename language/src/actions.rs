//! What can be done about a piece of a program: mends for problems, and small rewritings. All of it is read off the
//! syntax alone, so that it is there for programs that do not compile, too.

use emmylua_parser::{
    LuaAstNode, LuaAstToken, LuaBlock, LuaClosureExpr, LuaExpr, LuaForRangeStat, LuaForStat, LuaLocalFuncStat,
    LuaLocalStat, LuaNameExpr, LuaNameToken, LuaParser, LuaStat, LuaSyntaxNode, LuaSyntaxToken, LuaTokenKind,
    LuaVarExpr, ParserConfig,
};
use rowan::{NodeOrToken, TextRange, TextSize};
use serde_json::{Value, json};

use crate::{shapes::range_of, text::Text};

/// How many `end`s are tried where some are missing.
const MOST_ENDS: usize = 8;

/// A change of a text: what stands in these bytes is replaced.
type Edit = (TextRange, String);

/// Lists what can be done where these bytes are selected, for Monaco. The codes are those of the problems there.
pub fn actions(text: &Text, start: usize, end: usize, codes: &[String]) -> Value {
    let tree = LuaParser::parse(text.as_str(), ParserConfig::default());
    let root = tree.get_red_root();
    let (start, end) = (offset(start.min(end)), offset(end));
    let mut found = Vec::new();
    if !tree.get_errors().is_empty() {
        found.extend(missing_ends(text.as_str()));
    }
    if let Some(token) = token_at(&root, start) {
        if codes.iter().any(|code| code == "unused") {
            found.extend(remove_unused(text.as_str(), &token));
        }
        found.extend(rename_memory(&token));
        found.extend(make_local(&token));
        found.extend(keep(&token));
        found.extend(convert_quotes(&token));
    }
    found.extend(extract_local(text.as_str(), &root, TextRange::new(start, end)));
    found.into_iter().map(|action| action.for_monaco(text)).collect()
}

/// Something that can be done.
struct Action {
    title: String,
    /// Monaco's name of what it is.
    kind: &'static str,
    edits: Vec<Edit>,
}

impl Action {
    fn fix(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Action { title: title.into(), kind: "quickfix", edits }
    }

    fn rewrite(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Action { title: title.into(), kind: "refactor.rewrite", edits }
    }

    fn for_monaco(self, text: &Text) -> Value {
        let place = |at: TextSize| text.place(at.into());
        let edit =
            |(range, new): &Edit| json!({ "range": range_of(place(range.start()), place(range.end())), "text": new });
        json!({ "title": self.title, "kind": self.kind, "edits": self.edits.iter().map(edit).collect::<Value>() })
    }
}

fn offset(byte: usize) -> TextSize {
    TextSize::new(u32::try_from(byte).unwrap_or(u32::MAX))
}

/// The name or string that is at a place, or else any other token.
fn token_at(root: &LuaSyntaxNode, at: TextSize) -> Option<LuaSyntaxToken> {
    if at > root.text_range().end() {
        return None;
    }
    let tokens = root.token_at_offset(at);
    let is_word =
        |token: &LuaSyntaxToken| is_kind(token, LuaTokenKind::TkName) || is_kind(token, LuaTokenKind::TkString);
    tokens.clone().find(is_word).or_else(|| tokens.right_biased())
}

fn is_kind(token: &LuaSyntaxToken, kind: LuaTokenKind) -> bool {
    token.kind() == kind.into()
}

/// The statement that a token is in.
fn statement(token: &LuaSyntaxToken) -> Option<LuaStat> {
    token.parent_ancestors().find_map(LuaStat::cast)
}

/// What stands before a statement in its line, if that is only space.
fn indentation(text: &str, start: TextSize) -> &str {
    let before = &text[..start.into()];
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    if line.trim().is_empty() { line } else { "" }
}

/// The `end`s that are missing at the end of a text, if nothing else is wrong with it.
fn missing_ends(text: &str) -> Option<Action> {
    let end = TextRange::empty(offset(text.len()));
    let mut added = if text.ends_with('\n') { String::new() } else { "\n".to_owned() };
    (0..MOST_ENDS).find_map(|count| {
        added.push_str("end\n");
        let is_whole = LuaParser::parse(&[text, &added].concat(), ParserConfig::default()).get_errors().is_empty();
        let title = if count == 0 { "Add the missing “end”" } else { "Add the missing “end”s" };
        is_whole.then(|| Action::fix(title, vec![(end, added.clone())]))
    })
}

/// Takes away a local variable that nothing reads, where its value does nothing.
fn remove_unused(text: &str, token: &LuaSyntaxToken) -> Option<Action> {
    let statement = statement(token)?;
    let is_declared_alone = match &statement {
        LuaStat::LocalStat(local) => {
            local.get_local_name_list().count() == 1 && local.get_value_exprs().all(|it| is_inert(&it))
        }
        LuaStat::LocalFuncStat(function) => function.get_local_name()?.get_name_token()?.syntax() == token,
        _ => false,
    };
    let range = with_its_line(text, statement.get_range());
    is_declared_alone.then(|| Action::fix(format!("Remove “{}”", token.text()), vec![(range, String::new())]))
}

/// Whether it does no more than have a value.
fn is_inert(expression: &LuaExpr) -> bool {
    match expression {
        LuaExpr::LiteralExpr(_) | LuaExpr::NameExpr(_) | LuaExpr::ClosureExpr(_) => true,
        LuaExpr::TableExpr(table) => table.is_empty(),
        _ => false,
    }
}

/// A range with the whole line around it, if nothing else is in that.
fn with_its_line(text: &str, range: TextRange) -> TextRange {
    let (start, end) = (usize::from(range.start()), usize::from(range.end()));
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    let is_alone = text[line_start..start].trim().is_empty() && text[end..line_end].trim().is_empty();
    if is_alone { TextRange::new(offset(line_start), offset(line_end)) } else { range }
}

/// `Memory` is the older name of `_home`.
fn rename_memory(token: &LuaSyntaxToken) -> Option<Action> {
    let name = LuaNameExpr::cast(token.parent()?)?;
    let is_memory = token.text() == "Memory" && !is_local("Memory", name.syntax());
    is_memory.then(|| Action::rewrite("Write “_home” for “Memory”", vec![(token.text_range(), "_home".to_owned())]))
}

/// Makes a local variable of a global one, where it gets its value.
fn make_local(token: &LuaSyntaxToken) -> Option<Action> {
    let statement = statement(token)?;
    let title = match &statement {
        LuaStat::AssignStat(assignment) => {
            let names = assignment.get_var_and_expr_list().0.iter().map(global_name).collect::<Option<Vec<_>>>()?;
            format!("Make “{}” local", names.join(", "))
        }
        LuaStat::FuncStat(function) => format!("Make “{}” local", global_name(&function.get_func_name()?)?),
        _ => return None,
    };
    let start = TextRange::empty(statement.get_position());
    is_in_head(&statement, token).then(|| Action::rewrite(title, vec![(start, "local ".to_owned())]))
}

/// The name of a variable, if it is a global of the program.
fn global_name(variable: &LuaVarExpr) -> Option<String> {
    let LuaVarExpr::NameExpr(name) = variable else { return None };
    let text = name.get_name_text()?;
    (text != "_home" && text != "Memory" && !is_local(&text, name.syntax())).then_some(text)
}

/// Whether a token is in a statement itself, and not in the block of a function in it.
fn is_in_head(statement: &LuaStat, token: &LuaSyntaxToken) -> bool {
    let block = token.parent_ancestors().find(|node| LuaBlock::can_cast(node.kind().into()));
    block.is_none_or(|block| block.ancestors().all(|node| node != *statement.syntax()))
}

/// Whether a name is that of a local variable at a place.
fn is_local(name: &str, at: &LuaSyntaxNode) -> bool {
    let is_it = |token: Option<LuaNameToken>| token.is_some_and(|token| token.get_name_text() == name);
    at.ancestors().any(|node| {
        let declares = |before: LuaSyntaxNode| {
            let local = LuaLocalStat::cast(before.clone());
            let is_variable =
                local.is_some_and(|local| local.get_local_name_list().any(|it| is_it(it.get_name_token())));
            let function = LuaLocalFuncStat::cast(before).and_then(|function| function.get_local_name());
            is_variable || function.is_some_and(|it| is_it(it.get_name_token()))
        };
        let is_parameter = || {
            let parameters = LuaClosureExpr::cast(node.clone()).and_then(|closure| closure.get_params_list());
            let counter = LuaForStat::cast(node.clone()).and_then(|it| it.get_var_name());
            let variables = LuaForRangeStat::cast(node.clone());
            parameters.is_some_and(|list| list.get_params().any(|it| is_it(it.get_name_token())))
                || is_it(counter)
                || variables.is_some_and(|it| it.get_var_name_list().any(|name| is_it(Some(name))))
        };
        LuaLocalFuncStat::cast(node.clone())
            .is_some_and(|it| it.get_local_name().is_some_and(|it| is_it(it.get_name_token())))
            || std::iter::successors(node.prev_sibling(), LuaSyntaxNode::prev_sibling).any(declares)
            || is_parameter()
    })
}

/// Puts what a statement declares into `_home`, where it is kept.
fn keep(token: &LuaSyntaxToken) -> Option<Action> {
    let statement = statement(token)?;
    let name = match &statement {
        LuaStat::LocalStat(local) => only(local.get_local_name_list())?.get_name_token()?.get_name_text().to_owned(),
        LuaStat::LocalFuncStat(function) => function.get_local_name()?.get_name_token()?.get_name_text().to_owned(),
        LuaStat::AssignStat(assignment) => global_name(&only(assignment.get_var_and_expr_list().0.into_iter())?)?,
        LuaStat::FuncStat(function) => global_name(&function.get_func_name()?)?,
        _ => return None,
    };
    if !is_in_head(&statement, token) {
        return None;
    }
    let range = statement.get_range();
    let root = statement.get_root().text().to_string();
    let line = ["\n", indentation(&root, range.start()), "_home.", &name, " = ", &name].concat();
    Some(Action::rewrite(format!("Keep “{name}” in _home"), vec![(TextRange::empty(range.end()), line)]))
}

/// The one item of these.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    items.next().filter(|_| items.next().is_none())
}

/// Writes a short string with the other quotes, where neither is in it.
fn convert_quotes(token: &LuaSyntaxToken) -> Option<Action> {
    let text = token.text();
    let (old, new, name) = match text.chars().next()? {
        '"' => ('"', '\'', "single"),
        '\'' => ('\'', '"', "double"),
        _ => return None,
    };
    let inner = text.strip_prefix(old)?.strip_suffix(old)?;
    let is_plain = is_kind(token, LuaTokenKind::TkString) && !inner.contains(['"', '\'']);
    let converted = format!("{new}{inner}{new}");
    is_plain.then(|| Action::rewrite(format!("Use {name} quotes"), vec![(token.text_range(), converted)]))
}

/// Gives the selected expression a name, in a line before its statement.
fn extract_local(text: &str, root: &LuaSyntaxNode, selected: TextRange) -> Option<Action> {
    let selected = trimmed(text, selected)?;
    let NodeOrToken::Node(node) = root.covering_element(selected) else { return None };
    let mut nodes = node.ancestors().take_while(|node| node.text_range() == selected);
    let expression = nodes.find_map(LuaExpr::cast)?;
    let above = expression.syntax().ancestors().skip(1);
    let statement = above.take_while(|node| !LuaBlock::can_cast(node.kind().into())).last().and_then(LuaStat::cast)?;
    // Where it would be evaluated another number of times, or at another time, the program would do something else.
    let is_same = match &statement {
        LuaStat::LocalStat(_) | LuaStat::ReturnStat(_) | LuaStat::CallExprStat(_) | LuaStat::ForStat(_) => true,
        LuaStat::ForRangeStat(_) => true,
        LuaStat::AssignStat(assignment) => {
            assignment.get_var_and_expr_list().0.iter().all(|it| !it.get_range().contains_range(selected))
        }
        LuaStat::IfStat(branch) => branch.get_condition_expr()?.get_range().contains_range(selected),
        _ => false,
    };
    let names = (1..).map(|number| if number == 1 { "value".to_owned() } else { format!("value{number}") });
    let name = names.into_iter().find(|name| !text.contains(name.as_str()))?;
    let indentation = indentation(text, statement.get_position());
    let line = ["local ", &name, " = ", &text[selected], "\n", indentation].concat();
    let start = TextRange::empty(statement.get_position());
    is_same.then(|| Action {
        title: "Give it a name".to_owned(),
        kind: "refactor.extract",
        edits: vec![(start, line), (selected, name)],
    })
}

/// A range without the space at its ends, if anything is left.
fn trimmed(text: &str, range: TextRange) -> Option<TextRange> {
    let selected = text.get(std::ops::Range::<usize>::from(range))?;
    let start = usize::from(range.start()) + (selected.len() - selected.trim_start().len());
    let length = selected.trim().len();
    (length > 0).then(|| TextRange::at(offset(start), offset(length)))
}
