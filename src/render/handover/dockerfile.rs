//! Hints for the image, from the platform branch.

use crate::plan::{PlatformKind, Runtime};

/// Lines of a Dockerfile to begin with; empty where the app has its own.
pub(super) fn lines(runtime: &Runtime) -> Vec<String> {
    let port = runtime.port;
    let from = format!("FROM {}", runtime.base_image);
    let user = "USER 10001:10001".to_owned();
    let start = |otherwise: &str| {
        if runtime.start.is_empty() {
            otherwise.to_owned()
        } else {
            runtime.start.clone()
        }
    };
    // The exec form: a shell in between would keep SIGTERM to itself. What only a shell understands gets one, which
    // gives its place to the command.
    let command = |words: String| {
        let needs_shell = words.contains(|c: char| "&|;<>$*?()\"'`".contains(c));
        let parts = if needs_shell {
            vec![
                "/bin/sh".to_owned(),
                "-c".to_owned(),
                format!("exec {words}"),
            ]
        } else {
            words.split_whitespace().map(str::to_owned).collect()
        };
        let parts: Vec<String> = parts.iter().map(|part| format!("{part:?}")).collect();
        format!("CMD [{}]", parts.join(", "))
    };
    let tls = runtime.tls.then(|| {
        format!("# It speaks TLS on port {port} itself: its certificate and key are /tls/tls.crt and /tls/tls.key, from a secret that is mounted there")
    });
    let owned = |lines: &[&str]| {
        lines
            .iter()
            .map(|&line| line.to_owned())
            .collect::<Vec<String>>()
    };
    let lines = match runtime.kind {
        PlatformKind::Docker | PlatformKind::Ecs | PlatformKind::Other => Vec::new(),
        PlatformKind::Go => [
            owned(&[
                "FROM public.ecr.aws/docker/library/golang:1 AS build",
                "WORKDIR /src",
                "COPY . .",
                "RUN CGO_ENABLED=0 go build -o /app .",
            ]),
            vec![
                from,
                "COPY --from=build /app /app".to_owned(),
                format!("ENV PORT={port}"),
                format!("EXPOSE {port}"),
                user,
                "ENTRYPOINT [\"/app\"]".to_owned(),
            ],
        ]
        .concat(),
        PlatformKind::Python => [
            vec![from],
            owned(&[
                "WORKDIR /app",
                "COPY requirements.txt .",
                "RUN pip install --no-cache-dir gunicorn -r requirements.txt",
                "COPY . .",
            ]),
            vec![
                "ENV PYTHONDONTWRITEBYTECODE=1".to_owned(),
                format!("EXPOSE {port}"),
                user,
                command(start("gunicorn application:application")),
            ],
        ]
        .concat(),
        PlatformKind::Nodejs => [
            vec![from],
            owned(&[
                "WORKDIR /app",
                "COPY package*.json ./",
                "RUN npm ci --omit=dev",
                "COPY . .",
            ]),
            // npm does not pass SIGTERM on.
            vec![
                format!("ENV PORT={port}"),
                format!("EXPOSE {port}"),
                user,
                match runtime.start.as_str() {
                    "" | "npm start" => "CMD [\"node\", \"FILL-IN.js\"]".to_owned(),
                    own => command(own.to_owned()),
                },
            ],
        ]
        .concat(),
        PlatformKind::Tomcat => vec![
            from,
            "COPY target/*.war /usr/local/tomcat/webapps/ROOT.war".to_owned(),
            format!("EXPOSE {port}"),
        ],
        PlatformKind::Java => {
            vec![
                from,
                "COPY target/*.jar /app.jar".to_owned(),
                format!("EXPOSE {port}"),
                user,
                "ENTRYPOINT [\"java\", \"-jar\", \"/app.jar\"]".to_owned(),
            ]
        }
        PlatformKind::Php => php(runtime, from),
        PlatformKind::Ruby => [
            vec![from],
            owned(&[
                "WORKDIR /app",
                "COPY Gemfile* ./",
                "RUN bundle install",
                "COPY . .",
            ]),
            vec![
                format!("EXPOSE {port}"),
                user,
                if runtime.start.is_empty() {
                    command("bundle exec puma -C config/puma.rb".to_owned())
                } else {
                    command(format!("{} --port {port}", runtime.start))
                },
            ],
        ]
        .concat(),
        PlatformKind::DotnetCore => {
            vec![
                from,
                "WORKDIR /app".to_owned(),
                "COPY publish .".to_owned(),
                format!("ENV ASPNETCORE_URLS=http://+:{port}"),
                format!("EXPOSE {port}"),
                user,
                "ENTRYPOINT [\"dotnet\", \"FILL-IN.dll\"]".to_owned(),
            ]
        }
        PlatformKind::Iis => vec![
            from,
            "COPY publish/ /inetpub/wwwroot/".to_owned(),
            format!("EXPOSE {port}"),
        ],
    };
    if lines.is_empty() {
        return lines;
    }
    tls.into_iter().chain(lines).collect()
}

/// With what the settings say of php.ini, of the documents' folder and of composer.
fn php(runtime: &Runtime, from: String) -> Vec<String> {
    let mut lines = vec![from, "COPY . /var/www/html".to_owned()];
    if let Some(options) = &runtime.composer_options {
        lines.extend([
            "COPY --from=public.ecr.aws/docker/library/composer:2 /usr/bin/composer /usr/bin/composer".to_owned(),
            format!("RUN composer install {options}"),
        ]);
    }
    if !runtime.php_ini.is_empty() {
        let values: Vec<String> = runtime
            .php_ini
            .iter()
            .map(|(name, value)| format!("'{name} = {value}'"))
            .collect();
        lines.push(format!(
            "RUN printf '%s\\n' {} > \"$PHP_INI_DIR/conf.d/beanstalk.ini\"",
            values.join(" ")
        ));
    }
    if let Some(root) = &runtime.document_root {
        lines.extend([
            format!("ENV APACHE_DOCUMENT_ROOT=/var/www/html/{}", root.trim_start_matches('/')),
            "RUN sed -ri 's!/var/www/html!${APACHE_DOCUMENT_ROOT}!g' /etc/apache2/sites-available/*.conf".to_owned(),
        ]);
    }
    lines.push(format!("EXPOSE {}", runtime.port));
    lines
}
