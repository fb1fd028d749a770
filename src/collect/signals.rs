//! Ctrl-C and kill: the first ends the run in order, the second at once.

use std::io;
use std::sync::Arc;

use super::control::{Control, Signal, Stop};
use super::observer::Observer;

/// Waits for signals for as long as it is polled. What was answered is on disk already, so that ending at
/// once loses only what is on its way.
#[cfg(unix)]
pub(super) async fn listen(control: Arc<Control>, observer: Arc<dyn Observer>) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupts, mut terminations) = (
        signal(SignalKind::interrupt())?,
        signal(SignalKind::terminate())?,
    );
    loop {
        let (signal, code) = tokio::select! {
            _ = interrupts.recv() => (Signal::Interrupt, 130),
            _ = terminations.recv() => (Signal::Terminate, 143),
        };
        if control.is_stopped() {
            std::process::exit(code);
        }
        observer.remark("stopping; what has been answered is kept (once more to end at once)");
        control.stop(Stop::Interrupted(signal));
    }
}

/// Elsewhere only Ctrl-C is known.
#[cfg(not(unix))]
pub(super) async fn listen(control: Arc<Control>, observer: Arc<dyn Observer>) -> io::Result<()> {
    loop {
        tokio::signal::ctrl_c().await?;
        if control.is_stopped() {
            std::process::exit(130);
        }
        observer.remark("stopping; what has been answered is kept (once more to end at once)");
        control.stop(Stop::Interrupted(Signal::Interrupt));
    }
}
