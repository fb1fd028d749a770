//! An `<svg>` element, part by part.

use std::fmt::Write as _;

use crate::render::inert;

/// Patterns that every drawing of a page shares: hatching, and dots for what a node keeps for itself.
pub(in crate::render) const DEFINITIONS: &str = r#"<svg width="0" height="0" aria-hidden="true" focusable="false"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" class="hatch-ground"/><line x1="0" y1="0" x2="0" y2="6" class="hatch-line"/></pattern><pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" class="hatch-ground"/><circle cx="2" cy="2" r="1" class="dot"/></pattern></defs></svg>"#;

/// Text of strangers as content or attribute of HTML and SVG: it neither acts nor hides.
pub(in crate::render) fn escaped(text: &str) -> String {
    let line = inert::one_line(text);
    let mut safe = String::with_capacity(line.len());
    for letter in line.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(letter),
        }
    }
    safe
}

/// Where a text is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A drawing in the making, in pixels of its own: it is scaled to the width of the page.
pub(super) struct Svg {
    body: String,
    width: f64,
    height: f64,
    label: String,
}

impl Svg {
    /// Empty; `label` is what a screen reader says.
    pub(super) fn new(width: f64, height: f64, label: &str) -> Self {
        Self {
            body: String::new(),
            width,
            height,
            label: escaped(label),
        }
    }

    /// A bar; what has no extent is not drawn.
    pub(super) fn rect(
        &mut self,
        class: &str,
        (x, y): (f64, f64),
        (width, height): (f64, f64),
        title: &str,
    ) {
        if width <= 0.0 || height <= 0.0 {
            return;
        }
        let place = format!(
            "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
            short(x),
            short(y),
            short(width),
            short(height)
        );
        if title.is_empty() {
            let _ = write!(self.body, "<rect class=\"{class}\" {place}/>");
        } else {
            let _ = write!(
                self.body,
                "<rect class=\"{class}\" {place}><title>{}</title></rect>",
                escaped(title)
            );
        }
    }

    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(short);
        let _ = write!(
            self.body,
            "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>"
        );
    }

    /// `d` as in SVG.
    pub(super) fn path(&mut self, class: &str, d: &str) {
        if !d.is_empty() {
            let _ = write!(self.body, "<path class=\"{class}\" d=\"{d}\"/>");
        }
    }

    pub(super) fn circle(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        let _ = write!(
            self.body,
            "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
            short(x),
            short(y),
            short(radius)
        );
    }

    /// With words for whoever points at it.
    pub(super) fn titled_circle(
        &mut self,
        class: &str,
        (x, y): (f64, f64),
        radius: f64,
        title: &str,
    ) {
        let _ = write!(
            self.body,
            "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"><title>{}</title></circle>",
            short(x),
            short(y),
            short(radius),
            escaped(title)
        );
    }

    pub(super) fn text(&mut self, class: &str, (x, y): (f64, f64), anchor: Anchor, words: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let _ = write!(
            self.body,
            "<text class=\"{class}\" x=\"{}\" y=\"{}\"{anchor}>{}</text>",
            short(x),
            short(y),
            escaped(words)
        );
    }

    /// The element as text, closed.
    pub(super) fn finish(self) -> String {
        let Self {
            body,
            width,
            height,
            label,
        } = self;
        format!(
            "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{label}\">{body}</svg>",
            short(width),
            short(height)
        )
    }
}

/// A coordinate, to a tenth of a pixel.
pub(super) fn short(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0")
        .map_or_else(|| text.clone(), str::to_owned)
}

/// About how many pixels a letter takes: wide ones count twice.
fn letter_width(letter: char, size: f64) -> f64 {
    if letter.is_ascii() {
        size * 0.56
    } else {
        size * 1.02
    }
}

/// About how many pixels the words take.
pub(super) fn width_of(words: &str, size: f64) -> f64 {
    words.chars().map(|letter| letter_width(letter, size)).sum()
}

/// The words, cut to about so many pixels.
pub(super) fn cut(words: &str, pixels: f64, size: f64) -> String {
    let mut width = 0.0;
    let mut shown = String::new();
    for letter in words.chars() {
        width += letter_width(letter, size);
        if width > pixels {
            shown.pop();
            shown.push('…');
            return shown;
        }
        shown.push(letter);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_strangers_stay_text() {
        assert_eq!(
            escaped("<script>\"'&\u{202e}\n"),
            "&lt;script&gt;&quot;&#39;&amp; "
        );
        let mut svg = Svg::new(10.0, 10.5, "a\"b");
        svg.rect("x", (0.0, 0.0), (1.0, 1.0), "<b>");
        assert_eq!(
            svg.finish(),
            "<svg viewBox=\"0 0 10 10.5\" role=\"img\" aria-label=\"a&quot;b\"><rect class=\"x\" x=\"0\" y=\"0\" width=\"1\" height=\"1\"><title>&lt;b&gt;</title></rect></svg>"
        );
    }

    #[test]
    fn long_words_are_cut_by_width() {
        assert_eq!(cut("abcdefgh", 40.0, 10.0), "abcdef…");
        assert_eq!(cut("日本語", 25.0, 10.0), "日…");
        assert_eq!(cut("abc", 40.0, 10.0), "abc");
    }
}
