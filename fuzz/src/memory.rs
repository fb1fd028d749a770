//! An allocator that ends the process once more is alive than any reader may take.
//!
//! libFuzzer looks once a second at what is resident: what was asked for and not touched, or given back within that
//! second, escapes it.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

/// One gibibyte: four times the longest text that is read. Inputs have some kilobytes.
const MOST: usize = 1 << 30;

struct Bounded {
    alive: AtomicUsize,
}

#[global_allocator]
static BOUNDED: Bounded = Bounded {
    alive: AtomicUsize::new(0),
};

impl Bounded {
    fn take(&self, bytes: usize) {
        let before = self.alive.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) > MOST {
            // Back first: what follows may allocate.
            self.alive.fetch_sub(bytes, Ordering::Relaxed);
            eprintln!(
                "{bytes} bytes more than the {before} that are alive: over the bound of {MOST}"
            );
            std::process::abort();
        }
    }

    fn give_back(&self, bytes: usize) {
        self.alive.fetch_sub(bytes, Ordering::Relaxed);
    }
}

// SAFETY: every call goes to the system's allocator as it came; only sizes are counted.
unsafe impl GlobalAlloc for Bounded {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.take(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        self.take(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        self.give_back(layout.size());
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if let Some(more) = size.checked_sub(layout.size()) {
            self.take(more);
        } else {
            self.give_back(layout.size() - size);
        }
        unsafe { System.realloc(pointer, layout, size) }
    }
}
