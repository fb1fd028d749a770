//! A page for each app: on the report's page where they are few, in files of their own where they are many.

use std::fmt::Write as _;

use super::frame::framed;
use super::write;
use crate::plan::Plan;
use crate::render::figure::escaped;
use crate::render::report::app_pages::AppPage;
use crate::render::report::locale::Locale;
use crate::wording::text;

/// With more apps than this the page would take over a second to open on two cores (1,000 apps made one of 33 MB, which
/// took 2.7 s; measured by `.ci/browser/check_report.mjs`).
pub(super) const ON_ONE_PAGE: usize = 120;

pub(super) const ID: &str = "apps";

/// The section that it follows: the table of all applications.
pub(super) const AFTER: &str = "applications";

/// The section of the report's page: all of the apps, each folded, or links to them.
pub(super) fn section(page: &mut String, apps: &[AppPage], locale: Locale) {
    let finding = match apps.len() {
        0 => text!("apps-empty"),
        count @ 1..=ON_ONE_PAGE => text!("apps-here", count = count),
        count => text!("apps-elsewhere", count = count),
    };
    let title = locale.say(&text!("apps-title"));
    write::open_section(page, ID, &title, &locale.line(&finding));
    page.push_str("<div class=\"apps\">");
    if apps.len() > ON_ONE_PAGE {
        page.push_str("<ul class=\"links\">");
        for app in apps {
            let (search, path, title) = (
                escaped(&app.search),
                escaped(&path(app)),
                escaped(&app.title),
            );
            let _ = write!(
                page,
                "<li data-search=\"{search}\"><a href=\"{path}\">{title}</a></li>"
            );
        }
        page.push_str("</ul>");
    } else {
        for app in apps {
            let _ = write!(
                page,
                "<details class=\"app\" data-search=\"{}\"><summary><h3>{}</h3> <span>",
                escaped(&app.search),
                escaped(&app.title)
            );
            write::line(page, &app.summary);
            page.push_str("</span></summary>");
            article(page, app, "");
            page.push_str("</details>");
        }
    }
    page.push_str("</div>");
    write::close_section(page);
}

/// Beside the report: where a page of its own stands.
fn path(app: &AppPage) -> String {
    format!("report-apps/{}.html", app.id)
}

/// The files of the apps, by path; none where they stand on the report's page.
pub(super) fn files<'a>(
    plan: &'a Plan,
    apps: &'a [AppPage],
    locale: Locale,
) -> impl Iterator<Item = (String, String)> + 'a {
    let beside = if apps.len() > ON_ONE_PAGE { apps } else { &[] };
    beside.iter().map(move |app| {
        let back = escaped(&locale.say(&text!("apps-back")));
        let mut body = format!(
            "<header><div class=\"tools\" id=\"tools\" hidden></div><p><a href=\"../report.html#{ID}\">{back}</a></p></header>\n\
             <main id=\"main\" tabindex=\"-1\" class=\"alone\"><section class=\"apps\">"
        );
        let heading = format!("<h1>{}</h1>", escaped(&app.title));
        article(&mut body, app, &heading);
        body.push_str("</section></main>");
        (path(app), framed(&plan.tool, &app.title, &body, locale))
    })
}

/// What stands under its heading, where it has one of its own.
fn article(page: &mut String, app: &AppPage, heading: &str) {
    let _ = write!(page, "<article id=\"{}\">{heading}<p>", escaped(&app.id));
    write::line(page, &app.lead);
    page.push_str("</p><div class=\"pair\">");
    app.drawings
        .iter()
        .for_each(|drawing| write::drawing(page, drawing));
    page.push_str("</div>");
    write::blocks(page, &app.blocks);
    page.push_str("</article>\n");
}
