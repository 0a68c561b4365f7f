//! What the console shows of a value besides its tree: records as a table, numbers as a line.

use leptos::{either::Either, html, prelude::*, svg};
use wire::{JsonExport, Step, Subject, Summary, TextForm, WriteValue};

use super::show;
use crate::{
    formats,
    rpc::CallError,
    session::Session,
    value_shape::{self, Line, MAX_ROWS, Shape, Table},
};

/// What is drawn.
#[derive(Clone)]
enum Drawn {
    Nothing,
    Table(std::sync::Arc<Table>),
    Line(std::sync::Arc<Line>),
    /// Why there is nothing.
    Refused(String),
}

/// A value's tree, and what else it can be shown as.
#[component]
pub fn ValueViews(
    /// The state that the value is in.
    subject: Subject,
    /// The step to it.
    step: Step,
    /// The value.
    value: Summary,
    /// Its tree.
    children: Children,
) -> impl IntoView {
    let Some(shape) = Shape::of(&value) else { return Either::Left(children()) };
    let session = Session::expect();
    let drawn = RwSignal::new(Drawn::Nothing);
    let view = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let (Some(view), Drawn::Table(_) | Drawn::Line(_)) = (view.get(), drawn.get()) {
            // At the end of the console it would be out of sight.
            request_animation_frame(move || show(&view));
        }
    });
    let is_drawn = move || drawn.with(|drawn| !matches!(drawn, Drawn::Nothing));
    let toggle = move |_| {
        if is_drawn() {
            return drawn.set(Drawn::Nothing);
        }
        let call = WriteValue { subject: subject.clone(), path: vec![step.clone()], form: TextForm::Json };
        session.ask(call, move |answer| {
            drawn.try_set(draw(shape, answer));
        });
    };
    let word = match shape {
        Shape::Table => "Table",
        Shape::Line => "Plot",
    };
    Either::Right(view! {
        <div class="console-value">
            {children()}
            <button
                type="button"
                class="button is-small"
                aria-pressed=move || is_drawn().to_string()
                title="Show it so, or no longer"
                on:click=toggle
            >
                {word}
            </button>
        </div>
        <div node_ref=view>
            {move || match drawn.get() {
                Drawn::Nothing => ().into_any(),
                Drawn::Table(table) => table_view(&table),
                Drawn::Line(line) => line_view(&line, ""),
                Drawn::Refused(reason) => view! { <p class="console-note">{reason}</p> }.into_any(),
            }}
        </div>
    })
}

fn draw(shape: Shape, answer: Result<Option<JsonExport>, CallError>) -> Drawn {
    let json = match answer {
        Ok(Some(export)) => export.text,
        Ok(None) => return Drawn::Refused("The value is no longer kept.".to_owned()),
        Err(error) => return Drawn::Refused(format!("The value cannot be read: {error}")),
    };
    match shape {
        Shape::Table => value_shape::table(&json).map(|table| Drawn::Table(table.into())),
        Shape::Line => value_shape::line(&json).map(|line| Drawn::Line(line.into())),
    }
    .unwrap_or_else(|| Drawn::Refused("It has other values too, so it is shown as a tree alone.".to_owned()))
}

/// Records as a table.
pub fn table_view(table: &Table) -> AnyView {
    let heads = table.columns.iter().map(|column| view! { <th scope="col">{column.clone()}</th> });
    let rows = table.rows.iter().enumerate().map(|(index, row)| {
        let cells = row.iter().map(|cell| match cell {
            None => view! { <td></td> }.into_any(),
            Some(cell) => {
                let text = cell.text.clone();
                view! { <td class:is-number=cell.is_number title=text.clone()>{text.clone()}</td> }.into_any()
            }
        });
        view! { <tr><th scope="row">{index + 1}</th>{cells.collect_view()}</tr> }
    });
    let left_out = (table.row_count > MAX_ROWS).then(|| {
        let count = formats::count(table.row_count as u64);
        view! { <p class="console-note">{["The first ", &MAX_ROWS.to_string(), " of ", &count, " rows."].concat()}</p> }
    });
    view! {
        <div class="console-table" role="region" aria-label="Table" tabindex="0">
            <table>
                <thead><tr><th scope="col">"#"</th>{heads.collect_view()}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            {left_out}
        </div>
    }
    .into_any()
}

/// Numbers as a line. `ends` is what its name says besides its size.
pub fn line_view(line: &Line, ends: &str) -> AnyView {
    let (least, most) = (number(line.least), number(line.most));
    let label =
        ["Plot of ", &formats::count(line.count as u64), " numbers from ", &least, " to ", &most, ends].concat();
    let polyline = svg::polyline().attr("points", line.points.clone()).attr("vector-effect", "non-scaling-stroke");
    view! {
        <figure class="console-plot">
            <span class="console-plot-most">{most}</span>
            <svg viewBox="0 0 1 1" preserveAspectRatio="none" role="img" aria-label=label>{polyline}</svg>
            <span class="console-plot-least">{least}</span>
        </figure>
    }
    .into_any()
}

/// A number with as many digits as one needs to read the scale.
fn number(number: f64) -> String {
    let text = format!("{number:.4}");
    if number.abs() >= 1e12 || text.contains("0.0000") && number != 0.0 {
        return format!("{number:.3e}");
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let shown = [1.0, -2.5, 0.333_333, 0.0, 1e-9, 2e15].map(number);
        assert_eq!(shown, ["1", "-2.5", "0.3333", "0", "1.000e-9", "2.000e15"]);
    }
}
