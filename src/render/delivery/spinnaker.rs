//! A pipeline of Spinnaker: one cluster after the other, with a check and a way back.

use serde_json::{Value, json};

use crate::render::apps::{App, image, registry};

/// How long a new version runs on one cluster before the next gets it.
const SOAK_MILLISECONDS: u32 = 600_000;

pub(super) fn pipeline(app: &App<'_>) -> Value {
    let mut stages: Vec<Value> = Vec::new();
    let mut last: Option<String> = None;
    let clusters: Vec<&String> = app.manifests.clusters.keys().collect();
    for (index, cluster) in clusters.iter().enumerate() {
        let is_last = index + 1 == clusters.len();
        let needs = |stage: &Option<String>| stage.iter().cloned().collect::<Vec<String>>();
        let id = |stage: &str| format!("{stage}-{cluster}");
        stages.push(json!({
            "type": "bakeManifest",
            "name": format!("Bake for {cluster}"),
            "refId": id("bake"),
            "requisiteStageRefIds": needs(&last),
            "templateRenderer": "KUSTOMIZE4",
            "kustomizeFilePath": format!("{}/{cluster}/kustomization.yaml", app.folder()),
            "inputArtifact": {"account": "apps-repository", "id": "apps"},
            "expectedArtifacts": [{
                "id": id("manifest"),
                "displayName": id("manifest"),
                "matchArtifact": {"type": "embedded/base64", "name": id("manifest")},
                "defaultArtifact": {"type": "embedded/base64"},
                "useDefaultArtifact": false,
                "usePriorArtifact": false,
            }],
        }));
        stages.push(json!({
            "type": "deployManifest",
            "name": format!("Deploy to {cluster}"),
            "refId": id("deploy"),
            "requisiteStageRefIds": [id("bake")],
            "account": cluster,
            "cloudProvider": "kubernetes",
            "source": "artifact",
            "manifestArtifactId": id("manifest"),
            "requiredArtifactIds": ["image"],
            "moniker": {"app": app.name},
            // The stage is done when the rollout is stable; its deadline is progressDeadlineSeconds and a bit.
            "stageTimeoutMs": (u64::from(app.intents().rollout.progress_deadline_seconds) + 300) * 1_000,
            "failPipeline": false,
            "continuePipeline": true,
            "completeOtherBranchesThenFail": false,
            "skipExpressionEvaluation": true,
        }));
        stages.push(json!({
            "type": "undoRolloutManifest",
            "name": format!("Undo on {cluster}"),
            "refId": id("undo"),
            "requisiteStageRefIds": [id("deploy")],
            "account": cluster,
            "cloudProvider": "kubernetes",
            "location": app.manifests.namespace,
            "manifestName": format!("deployment {}", app.name),
            "mode": "static",
            "numRevisionsBack": 1,
            "stageEnabled": {"type": "expression", "expression": format!("${{#stage('Deploy to {cluster}')['status'].toString() != 'SUCCEEDED'}}")},
        }));
        stages.push(json!({
            "type": "checkPreconditions",
            "name": format!("Stable on {cluster}"),
            "refId": id("check"),
            "requisiteStageRefIds": [id("undo")],
            "preconditions": [{
                "type": "stageStatus",
                "failPipeline": true,
                "context": {"stageName": format!("Deploy to {cluster}"), "stageStatus": "SUCCEEDED"},
            }],
        }));
        if !is_last {
            stages.push(json!({
                "type": "wait",
                "name": format!("Watch {cluster}"),
                "refId": id("watch"),
                "requisiteStageRefIds": [id("check")],
                "waitTime": SOAK_MILLISECONDS / 1_000,
            }));
        }
        last = Some(id(if is_last { "check" } else { "watch" }));
    }
    let image = image(app);
    json!({
        "application": app.manifests.namespace,
        "name": app.name,
        "keepWaitingPipelines": false,
        "limitConcurrent": true,
        "expectedArtifacts": [{
            "id": "image",
            "displayName": "image",
            "matchArtifact": {"type": "docker/image", "name": image},
            "useDefaultArtifact": false,
            "usePriorArtifact": true,
        }],
        "triggers": [{
            "type": "docker",
            "account": "ecr",
            "enabled": true,
            "expectedArtifactIds": ["image"],
            "organization": "",
            "registry": registry(app.plan),
            "repository": app.manifests.namespace,
            // Production takes releases, staging every build of the main branch.
            "tag": if app.environment.stage == crate::plan::Stage::Production { "^v[0-9].*" } else { "^main-.*" },
        }],
        "stages": stages,
    })
}
