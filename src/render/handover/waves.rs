//! Which apps go when, and why.

use crate::plan::Plan;
use crate::render::apps::moving;
use crate::render::report::markdown::{code, prose};

pub(super) fn text(plan: &Plan) -> String {
    let mut lines = vec![
        "# Waves".to_owned(),
        String::new(),
        "Phases follow each other, each in as many waves as its apps take. Each wave goes when the one before has run for a week. Production never goes before staging of the same application.".to_owned(),
        String::new(),
    ];
    for phase in &plan.phases {
        lines.extend([
            format!("## {}. {}", phase.number, prose(&phase.title)),
            String::new(),
        ]);
        let mut apps: Vec<_> = moving(plan)
            .filter(|app| app.manifests.turn.phase == phase.number)
            .collect();
        apps.sort_by_key(|app| app.plan.wave_of(app.environment));
        for app in &apps {
            let turn = &app.manifests.turn;
            lines.push(format!(
                "- [ ] wave {}: [{}]({}.md): {}",
                app.wave(),
                code(&app.environment.name),
                app.name,
                prose(&turn.because)
            ));
        }
        if apps.is_empty() {
            lines.push("Nobody.".to_owned());
        }
        lines.push(String::new());
    }
    let staying: Vec<_> = plan
        .environments
        .iter()
        .filter(|environment| environment.planned().is_none())
        .collect();
    if !staying.is_empty() {
        lines.extend(["## Staying".to_owned(), String::new()]);
        for environment in staying {
            lines.push(format!("- {}: see report.md", code(&environment.name)));
        }
        lines.push(String::new());
    }
    lines.join("\n")
}
