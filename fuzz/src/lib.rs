//! Fuzz targets: a reader of [`readers`] each, under libFuzzer, with a bound on memory.

mod memory;
pub mod readers;

pub use libfuzzer_sys;

/// Lets the panics pass that the reader of the history turns into errors; libFuzzer's own hook ends the process at
/// every other.
pub fn let_caught_panics_pass() {
    let ends_the_process = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !eb2eks::snapshot::is_reading_history() {
            ends_the_process(panic);
        }
    }));
}

/// The program of one reader.
#[macro_export]
macro_rules! target {
    ($reader:ident) => {
        libfuzzer_sys::fuzz_target!(
            init: $crate::let_caught_panics_pass(),
            |bytes: &[u8]| $crate::readers::$reader(bytes)
        );
    };
}
