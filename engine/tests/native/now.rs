//! Runs what is asynchronous in the browser, where nothing waits.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Runs a future that never has to wait.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing in a test waits"),
    }
}
