//! Emphasis for a terminal: the answer and headings bold, rules dim.
//!
//! Comes in: the text of a summary or an explanation, laid out. Goes out: the same text with escape sequences
//! around whole lines, so that no width changes. What is emphasised is told from where a line stands and never
//! from what it says, so that it is the same in every language. Nothing is said by emphasis alone.

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const PLAIN: &str = "\u{1b}[0m";

/// `text` with its headings emphasised.
#[must_use]
pub fn emphasised(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut emphasised = String::with_capacity(text.len() + 64);
    let mut starts_block = true;
    let mut is_first_block = true;
    for (place, line) in lines.iter().enumerate() {
        let stands_over = lines[place..]
            .iter()
            .take_while(|line| !line.is_empty())
            .position(|line| is_rule(line))
            .is_some();
        let heads_block = starts_block
            && lines.get(place + 1).is_some_and(|next| is_indented(next))
            && !is_indented(line);
        let is_answer = is_first_block && !is_indented(line);
        let style = match *line {
            "" => "",
            line if is_rule(line) => DIM,
            _ if stands_over || heads_block || is_answer => BOLD,
            _ => "",
        };
        if style.is_empty() {
            emphasised.push_str(line);
        } else {
            emphasised.extend([style, line, PLAIN]);
        }
        emphasised.push('\n');
        starts_block = line.is_empty();
        is_first_block &= !line.is_empty();
    }
    emphasised
}

fn is_indented(line: &str) -> bool {
    line.starts_with(' ')
}

/// The line under the header of a table.
fn is_rule(line: &str) -> bool {
    line.contains('─') && line.chars().all(|c| matches!(c, '─' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::test_plan::hand_made;
    use crate::render::{NextCommands, explain, summary};
    use crate::wording::Language;

    fn bold(text: &str) -> Vec<String> {
        let lines = emphasised(text);
        lines
            .lines()
            .filter_map(|line| Some(line.strip_prefix(BOLD)?.strip_suffix(PLAIN)?.to_owned()))
            .collect()
    }

    #[test]
    fn the_answer_and_headings_stand_out() {
        let text = "It costs\nmuch.\n\nSeen: 7.\nMore.\n\n Name  Of\n it\n──────────\n one  2\n\nHuman:\n  do\n  this\n";
        assert_eq!(
            bold(text),
            ["It costs", "much.", " Name  Of", " it", "Human:"]
        );
        assert_eq!(emphasised(text).matches(DIM).count(), 1);
    }

    #[test]
    fn nothing_but_escape_sequences_is_added() {
        let plan = hand_made();
        for text in [
            summary(&plan, Language::English, 80, &NextCommands::default()),
            explain(&plan, "e-billing", Language::English, 80).expect("an id"),
        ] {
            let bare = emphasised(&text)
                .replace(BOLD, "")
                .replace(DIM, "")
                .replace(PLAIN, "");
            assert_eq!(bare, text);
            assert!(emphasised(&text).contains(BOLD));
        }
    }
}
