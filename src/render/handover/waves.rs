//! Which apps go when, and why.

use crate::plan::Plan;
use crate::render::apps::moving;
use crate::render::report::markdown::{code, prose};

pub(super) fn text(plan: &Plan) -> String {
    let mut lines = vec![
        "# Waves".to_owned(),
        String::new(),
        "Each wave goes when the one before has run for a week. Production never goes before staging of the same application.".to_owned(),
        String::new(),
    ];
    for wave in &plan.waves {
        lines.extend([format!("## {}. {}", wave.number, prose(&wave.title)), String::new()]);
        let mut is_empty = true;
        for app in moving(plan).filter(|app| app.manifests.turn.wave == wave.number) {
            is_empty = false;
            lines.push(format!("- [ ] [{}]({}.md): {}", code(&app.environment.name), app.name, prose(&app.manifests.turn.because)));
        }
        if is_empty {
            lines.push("Nobody.".to_owned());
        }
        lines.push(String::new());
    }
    let staying: Vec<_> = plan.environments.iter().filter(|environment| environment.planned().is_none()).collect();
    if !staying.is_empty() {
        lines.extend(["## Staying".to_owned(), String::new()]);
        for environment in staying {
            lines.push(format!("- {}: see report.md", code(&environment.name)));
        }
        lines.push(String::new());
    }
    lines.join("\n")
}
