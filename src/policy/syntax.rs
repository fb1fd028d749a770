//! A policy that is no TOML, told to whoever wrote it.

/// What is wrong with the line of `text` that the byte at `offset` stands on, of which TOML's parser says `message`.
pub(super) fn in_plain_words(message: &str, text: &str, offset: usize) -> String {
    const TOML: &str = "a policy is TOML: [nodes] on a line, then instance_type = \"c5.2xlarge\"";
    if text.trim_start().starts_with('{') {
        return format!("this looks like JSON; {TOML}");
    }
    let before = text.get(..offset).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = text
        .get(start..)
        .unwrap_or_default()
        .lines()
        .next()
        .unwrap_or_default()
        .trim();
    // What else was allowed there is for those who know the grammar.
    let message = message.split(", expected ").next().unwrap_or_default();
    let key_and_value = line.split_once('=');
    match (message, key_and_value) {
        (_, None) if is_yaml(line) => format!("this looks like YAML; {TOML}"),
        ("string values must be quoted", Some((key, value))) => {
            let (key, value) = (key.trim(), value.trim().trim_matches(['"', '\'']));
            format!("a text stands in quotes: {key} = \"{value}\"")
        }
        ("duplicate key", _) => "the key stands twice".to_owned(),
        ("invalid key-value pair" | "key with no value" | "missing value for key", _) => {
            format!("\"{line}\" is neither [TABLE] nor KEY = VALUE")
        }
        _ => format!("this is no TOML: {message}"),
    }
}

/// `nodes:`, `instance_type: c5.2xlarge`, `- name: agent`
fn is_yaml(line: &str) -> bool {
    let line = line.trim_start_matches("- ");
    line.split_once(':').is_some_and(|(key, value)| {
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        !key.is_empty() && key.chars().all(is_name) && (value.is_empty() || value.starts_with(' '))
    })
}

#[cfg(test)]
mod tests {
    use crate::policy::read;

    fn told(text: &str) -> String {
        read("p", text).expect_err("no TOML").to_string()
    }

    #[test]
    fn other_formats_are_recognised() {
        assert!(told("{\"nodes\": {}}").starts_with("p:1: this looks like JSON; a policy is TOML"));
        assert!(told("nodes:\n  volume_gib: 50\n").starts_with("p:1: this looks like YAML"));
        assert!(told("[nodes]\nvolume_gib: 50\n").starts_with("p:2: this looks like YAML"));
    }

    #[test]
    fn slips_are_told_without_the_grammar() {
        assert_eq!(
            told("[nodes]\r\n\r\ninstance_type = c5.2xlarge\r\n"),
            "p:3: a text stands in quotes: instance_type = \"c5.2xlarge\""
        );
        assert_eq!(
            told("[nodes]\nvolume_gib\n"),
            "p:2: \"volume_gib\" is neither [TABLE] nor KEY = VALUE"
        );
        assert_eq!(
            told("[nodes]\nvolume_gib = 5\nvolume_gib = 6\n"),
            "p:3: the key stands twice"
        );
        for text in [
            "[nodes\n",
            "a = [1\n",
            "a = \"x\n",
            "= 5\n",
            "a = = 1\n",
            "[a]]\n",
            "a = 1 2\n",
            "a = tru\n",
        ] {
            let told = told(text);
            assert!(
                told.starts_with("p:1: ") || told.starts_with("p:2: "),
                "{told}"
            );
            assert!(!told.contains(", expected"), "{told}");
        }
    }
}
