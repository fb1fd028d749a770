//! How far it is, on stderr, on a terminal only.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar in per cent. indicatif draws nothing where stderr is no terminal.
pub(super) struct Progress(ProgressBar);

impl Progress {
    pub(super) fn new(what: &'static str) -> Self {
        let bar = ProgressBar::new(100).with_message(what);
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {percent:>3} %") {
            bar.set_style(style);
        }
        Self(bar)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a percentage"
    )]
    pub(super) fn at(&self, share: f64) {
        self.0.set_position((share * 100.0) as u64);
    }

    pub(super) fn end(self) {
        self.0.finish_and_clear();
    }
}
