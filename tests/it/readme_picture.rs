//! The README's picture is what the program prints today: `UPDATE_GOLDEN=1` draws it again.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::program::OF_TERMINALS;

/// Pixels of a character cell of the fonts below at 13 px.
const CELL: (usize, usize) = (8, 17);
const MARGIN: usize = 16;

#[test]
fn the_picture_shows_what_the_program_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_eb2eks"));
    OF_TERMINALS.iter().for_each(|name| {
        command.env_remove(name);
    });
    let output = command
        .args(["plan", "fixtures/sample"])
        .current_dir(root)
        .output()
        .expect("it runs");
    let drawn = draw(
        "eb2eks plan fixtures/sample --out eb2eks-out",
        &String::from_utf8(output.stdout).expect("text"),
    );
    let path = root.join("docs/summary.svg");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, drawn).expect("the picture can be written");
    } else {
        let kept = std::fs::read_to_string(&path).expect("the picture is there");
        assert!(
            kept == drawn,
            "docs/summary.svg is not what the program prints; draw it again with UPDATE_GOLDEN=1"
        );
    }
}

/// A terminal window with a prompt, the command and its output.
fn draw(command: &str, output: &str) -> String {
    let lines: Vec<String> = std::iter::once(format!("$ {command}"))
        .chain(output.lines().map(str::to_owned))
        .collect();
    let columns = lines
        .iter()
        .map(|line| line.chars().count())
        .max()
        .unwrap_or(0);
    let (width, height) = (
        columns * CELL.0 + 2 * MARGIN,
        lines.len() * CELL.1 + 2 * MARGIN,
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n\
         <title>The summary of eb2eks for the sample fleet</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#111418\"/>\n\
         <g font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"13\" fill=\"#d6e2ee\">\n"
    );
    for (index, line) in lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.is_empty())
    {
        let text = line
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        let y = MARGIN + (index + 1) * CELL.1 - 4;
        // The length is stated so that columns stand in line whatever font is found.
        let length = line.chars().count() * CELL.0;
        writeln!(svg, "<text x=\"{MARGIN}\" y=\"{y}\" textLength=\"{length}\" xml:space=\"preserve\">{text}</text>")
            .expect("a string grows");
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}
