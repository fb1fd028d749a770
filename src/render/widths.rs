//! No text is wider than the terminal, whatever names are in it.

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::terminal::{shortened, table};
use super::test_plan::hand_made;
use super::{NextCommands, comparison, emphasised, explain, explain_options, inert, summary};
use crate::plan::{Outcome, Plan, compare};
use crate::wording::Language;

/// Pieces of names: what takes two columns, none, or acts; what cannot be broken.
const PIECES: [&str; 20] = [
    "search",
    "検索サービス",
    "ｶﾀｶﾅ",
    "ＦＵＬＬ",
    "검색",
    "👩‍👩‍👧",
    "🚀",
    "e\u{301}",
    "\u{1100}\u{1161}",
    "لا",
    "क्षि",
    "\u{1b}[31m",
    "\u{1b}]0;x\u{7}",
    "\t",
    "\n",
    "\u{200b}",
    "\u{202e}",
    "-",
    " ",
    "x",
];

fn names() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(&PIECES[..]), 1..8)
        .prop_map(|pieces| pieces.concat());
    prop_oneof![
        (pieces, 1_usize..30).prop_map(|(name, times)| name.repeat(times)),
        ".{0,60}"
    ]
}

/// The hand-made plan with this name wherever somebody chose one.
fn named(name: &str) -> Plan {
    let mut plan = hand_made();
    plan.inputs.note = Some(name.to_owned());
    for environment in &mut plan.environments {
        for text in [
            &mut environment.name,
            &mut environment.application,
            &mut environment.platform,
            &mut environment.label,
        ] {
            *text = name.to_owned();
        }
        if let Outcome::Planned { node_group, .. } = &mut environment.outcome {
            *node_group = name.to_owned();
        }
        environment
            .translation
            .settings
            .set
            .values_mut()
            .for_each(|value| *value = name.to_owned());
    }
    plan.options
        .iter_mut()
        .for_each(|option| option.name = name.to_owned());
    plan.notes
        .iter_mut()
        .for_each(|note| note.subject = name.into());
    plan.bills
        .iter_mut()
        .flat_map(|bill| &mut bill.lines)
        .for_each(|line| line.subject = name.into());
    for cluster in &mut plan.clusters {
        cluster.name = name.to_owned();
        cluster
            .node_groups
            .iter_mut()
            .for_each(|group| group.name = name.to_owned());
    }
    plan
}

/// The first line that is too wide. Lines of a file to copy stay whole: they are ours, and no name is in them.
fn too_wide(text: &str, width: usize) -> Option<&str> {
    let is_to_copy = |line: &str| super::explain::AGENT.lines().any(|copied| line == copied);
    text.lines()
        .find(|line| line.width() > width && !is_to_copy(line))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_line_is_wider_than_the_terminal(name in names(), width in 60_usize..=100, is_japanese: bool) {
        let language = if is_japanese { Language::Japanese } else { Language::English };
        let plan = named(&name);
        let mut texts = vec![summary(&plan, language, width, &NextCommands::default())];
        for environment in &plan.environments {
            texts.push(explain(&plan, &environment.id, language, width).expect("ids are unique"));
            texts.push(explain_options(&plan, &environment.id, language, width).expect("ids are unique"));
        }
        let compared = compare(&[plan, hand_made()]).expect("plans are JSON");
        texts.push(comparison(&compared, &[name.clone(), name.clone()], language, width));
        for text in texts {
            prop_assert_eq!(too_wide(&text, width), None, "{} columns:\n{}", width, text);
            prop_assert!(text.chars().all(|c| c == '\n' || !crate::units::is_unseen(c)), "{:?}", text);
            prop_assert_eq!(emphasised(&text).lines().count(), text.lines().count());
        }
    }

    #[test]
    fn what_takes_two_columns_stands_in_line(names in prop::collection::vec(prop::sample::select(&PIECES[..11]), 1..12)) {
        let rows = names.iter().enumerate().map(|(place, name)| vec![(*name).to_owned(), (10 + place).to_string()]);
        let text = table(&["Name", "12"], rows.collect(), &[1], 60);
        // But the rule, which goes on over the gap at the end.
        let widths: Vec<usize> = text.lines().filter(|line| !line.contains('─')).map(UnicodeWidthStr::width).collect();
        prop_assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "numbers end in one column:\n{}", text);
    }

    #[test]
    fn what_is_cut_fits(name in names(), most in 2_usize..60) {
        let name = inert::one_line(&name);
        let cut = shortened(&name, most);
        prop_assert!(cut.width() <= most, "{:?}", cut);
        prop_assert!(cut == name || cut.ends_with('…'));
    }
}
