//! What the engine needs from outside, and nothing more.

use std::borrow::Cow;
use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

pub use lua::Stream;
use wire::RequestId;

use crate::image::HeapImage;
pub use crate::lua::Budget;

/// What the host asks of a running program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostRequest {
    /// To continue.
    Continue,
    /// To let [`Host::answer`] run, and then continue.
    Answer,
    /// To end.
    Stop,
}

/// What a program got from outside.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading {
    /// Of [`Host::unix_millis`].
    Unix(f64),
    /// Of [`Host::monotonic_millis`].
    Monotonic(f64),
    /// Of [`Host::random`].
    Random(u64),
}

/// What is in a line that a program prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinePart {
    /// This text.
    Text(String),
    /// The next value.
    Value,
}

/// Captures `_home` as it is at this moment of a run, or says why that is not possible.
pub type Capture<'a> = dyn FnMut() -> Result<HeapImage, String> + 'a;

/// The surroundings of a VM: a browser's worker, a test, later other hosts.
pub trait Host {
    /// The time, in milliseconds since 1970, UTC.
    fn unix_millis(&self) -> f64;
    /// A clock that never runs backwards, in milliseconds.
    fn monotonic_millis(&self) -> f64;
    /// 64 random bits.
    fn random(&self) -> u64;
    /// What to add to UTC for the local time at a moment given in seconds since 1970.
    fn utc_offset_seconds(&self, unix_seconds: i64) -> i32;
    /// Takes what a program writes, in pieces of any size.
    fn write(&self, stream: Stream, bytes: &[u8]);
    /// A program is about to print a line with values that can be opened. If the host shows them, it says how much may be
    /// kept of them, and [`Host::end_line`] follows when the line is written.
    fn begin_line(&self) -> Option<Budget> {
        None
    }
    /// A line with values was printed. The values are the roots of the image, in the order of the parts.
    fn end_line(&self, _parts: Vec<LinePart>, _values: HeapImage) {}
    /// The part of the library that has collections, queries and transactions ([`RECORDS`](crate::lua::RECORDS)), for the
    /// first program that uses them. `None`: it cannot be had now.
    fn records(&self) -> Option<Cow<'static, str>> {
        Some(Cow::Borrowed(crate::lua::RECORDS))
    }
    /// Whether [`Host::read_line`] can wait for a line.
    fn can_read(&self) -> bool {
        false
    }
    /// Told of what a program reads from the clocks and of the random numbers it gets.
    fn note(&self, _reading: Reading) {}
    /// Waits for a line that the person at the console types, without its line feed; `None` if no more
    /// will come. Calls `answer` when an answer is requested meanwhile.
    fn read_line(&self, _answer: &mut dyn FnMut()) -> Option<Vec<u8>> {
        None
    }
    /// What the host asks of the running program. Polled every few milliseconds while a program runs, with the number
    /// of bytes that Lua has allocated.
    fn poll(&self, _memory_bytes: u64) -> HostRequest {
        HostRequest::Continue
    }
    /// Called when a program begins or has ended.
    fn set_program_running(&self, _is_running: bool) {}
    /// Takes the query, an encoded [`wire::Request`], that [`HostRequest::Answer`] was for.
    fn take_query(&self) -> Option<Vec<u8>> {
        None
    }
    /// Answers a query in the middle of a run.
    fn answer(&self, _home: &mut Capture) {}
    /// Takes what was sent meanwhile, in the middle of long work that is no run. Nothing of it is carried out yet.
    fn pause(&self) -> Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(std::future::ready(()))
    }
    /// Whether the page withdrew a request that is being carried out.
    fn is_withdrawn(&self, _request: RequestId) -> bool {
        false
    }
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<dyn Host>>> = const { RefCell::new(None) };
}

/// Makes a host the one that Lua code of this thread talks to.
pub fn enter(host: Rc<dyn Host>) {
    CURRENT.with_borrow_mut(|current| *current = Some(host));
    lua::set_system(lua::System {
        unix_nanos: || with(|host| noted(host, host.unix_millis(), Reading::Unix) * 1e6).unwrap_or_default() as u64,
        random: || with(|host| noted(host, host.random(), Reading::Random)).unwrap_or_default(),
        utc_offset_seconds: |moment| with(|host| host.utc_offset_seconds(moment)).unwrap_or_default(),
        write: |stream, bytes| {
            with(|host| host.write(stream, bytes));
        },
    });
}

/// The seconds of a clock that never runs backwards, for a program.
pub fn monotonic_seconds() -> f64 {
    with(|host| noted(host, host.monotonic_millis(), Reading::Monotonic) / 1000.0).unwrap_or_default()
}

/// Tells the host what the program gets, and returns it.
fn noted<T: Copy>(host: &dyn Host, value: T, of: impl FnOnce(T) -> Reading) -> T {
    host.note(of(value));
    value
}

/// Asks the host that was entered last, if there is one.
pub fn with<T>(ask: impl FnOnce(&dyn Host) -> T) -> Option<T> {
    let host = CURRENT.with_borrow(Clone::clone)?;
    Some(ask(host.as_ref()))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A host that hears and says nothing.
    struct Silent;

    impl Host for Silent {
        fn unix_millis(&self) -> f64 {
            0.0
        }
        fn monotonic_millis(&self) -> f64 {
            0.0
        }
        fn random(&self) -> u64 {
            0
        }
        fn utc_offset_seconds(&self, _: i64) -> i32 {
            0
        }
        fn write(&self, _: Stream, _: &[u8]) {}
    }

    /// A fresh VM, for tests that look into it.
    pub fn vm() -> crate::lua::Vm {
        crate::lua::Vm::new(Rc::new(Silent), wire::Limits::default()).expect("there is memory for a VM")
    }
}
