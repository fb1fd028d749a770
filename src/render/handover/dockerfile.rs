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
    // The exec form: a shell in between would keep SIGTERM to itself.
    let command = |words: String| {
        format!(
            "CMD [{}]",
            words
                .split(' ')
                .map(|word| format!("{word:?}"))
                .collect::<Vec<_>>()
                .join(", ")
        )
    };
    let owned = |lines: &[&str]| {
        lines
            .iter()
            .map(|&line| line.to_owned())
            .collect::<Vec<String>>()
    };
    match runtime.kind {
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
                "CMD [\"node\", \"FILL-IN.js\"]".to_owned(),
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
        PlatformKind::Php => vec![
            from,
            "COPY . /var/www/html".to_owned(),
            format!("EXPOSE {port}"),
        ],
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
                "CMD [\"bundle\", \"exec\", \"puma\", \"-C\", \"config/puma.rb\"]".to_owned(),
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
    }
}
