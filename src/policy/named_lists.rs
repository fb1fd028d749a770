//! Lists whose entries have names: laid over the defaults entry by entry.

use toml::{Table, Value};

/// The keys of these lists, at the top of the policy.
const NAMED_LISTS: [&str; 2] = ["daemons", "addons"];

/// What is wrong with an entry: its path in the user's file, and what.
pub(super) type WrongEntry = (Vec<String>, String);

/// Puts in place of each named list of `user` what it makes of the list in `shipped`.
pub(super) fn merge(user: &mut Table, shipped: &Table) -> Result<(), WrongEntry> {
    for list in NAMED_LISTS {
        // Anything but a list is told by its type, later.
        if let (Some(Value::Array(changes)), Some(Value::Array(defaults))) =
            (user.get_mut(list), shipped.get(list))
        {
            *changes = merged(list, changes, defaults)?;
        }
    }
    Ok(())
}

/// `path` with the place of its entry in the merged list replaced by that in the list of the user.
pub(super) fn as_the_user_wrote(
    mut path: Vec<String>,
    merged: &Value,
    user: &Table,
) -> Vec<String> {
    let place = match path.as_slice() {
        [list, place, ..] if NAMED_LISTS.contains(&list.as_str()) => place
            .parse()
            .ok()
            .and_then(|place| users_place(list, place, merged, user)),
        _ => None,
    };
    if let (Some(entry), Some(place)) = (path.get_mut(1), place) {
        *entry = place.to_string();
    }
    path
}

fn users_place(list: &str, place: usize, merged: &Value, user: &Table) -> Option<usize> {
    let name = name_of(merged.get(list)?.get(place)?);
    user.get(list)?
        .as_array()?
        .iter()
        .position(|entry| name_of(entry) == name)
}

fn merged(list: &str, changes: &[Value], defaults: &[Value]) -> Result<Vec<Value>, WrongEntry> {
    if changes.is_empty() {
        return Err((
            vec![list.to_owned()],
            "an empty list changes nothing; remove = true drops the entry of that name".to_owned(),
        ));
    }
    let mut merged = defaults.to_vec();
    for (place, change) in changes.iter().enumerate() {
        let wrong = |key: Option<&str>, message: String| {
            let path = [list.to_owned(), place.to_string()];
            (
                path.into_iter().chain(key.map(str::to_owned)).collect(),
                message,
            )
        };
        let Some(name) = name_of(change) else {
            return Err(wrong(
                None,
                "an entry needs a name, a text in quotes".to_owned(),
            ));
        };
        if changes
            .iter()
            .take(place)
            .any(|earlier| name_of(earlier) == Some(name))
        {
            return Err(wrong(None, format!("two are called \"{name}\"")));
        }
        let known = merged.iter().position(|entry| name_of(entry) == Some(name));
        match (
            is_removal(change).map_err(|message| wrong(Some("remove"), message))?,
            known,
        ) {
            (true, Some(known)) => drop(merged.remove(known)),
            (true, None) => {
                return Err(wrong(
                    Some("remove"),
                    format!("no default is called \"{name}\""),
                ));
            }
            (false, Some(known)) => change_entry(&mut merged[known], change),
            (false, None) => {
                let mut entry = Value::Table(Table::new());
                change_entry(&mut entry, change);
                merged.push(entry);
            }
        }
    }
    Ok(merged)
}

fn name_of(entry: &Value) -> Option<&str> {
    entry.get("name")?.as_str()
}

/// Whether the entry says that the default of its name is not wanted.
fn is_removal(change: &Value) -> Result<bool, String> {
    match change.get("remove") {
        None | Some(Value::Boolean(false)) => Ok(false),
        Some(Value::Boolean(true)) if change.as_table().is_some_and(|keys| keys.len() > 2) => {
            Err("goes with a name only, as the other keys would be lost".to_owned())
        }
        Some(Value::Boolean(true)) => Ok(true),
        Some(_) => Err("allowed are true and false".to_owned()),
    }
}

/// Lays the keys of `change` over those of `entry`.
fn change_entry(entry: &mut Value, change: &Value) {
    if let (Some(entry), Some(change)) = (entry.as_table_mut(), change.as_table()) {
        let keys = change.iter().filter(|(key, _)| *key != "remove");
        entry.extend(keys.map(|(key, value)| (key.clone(), value.clone())));
    }
}
