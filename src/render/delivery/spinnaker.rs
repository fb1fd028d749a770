//! A pipeline of Spinnaker: one cluster after the other, with a check and a way back.
//!
//! Stages and their fields are those of spinnaker/orca and spinnaker/deck: `bakeManifest` (Kustomize), `deployManifest`,
//! `undoRolloutManifest`, `checkPreconditions`, `wait`.

use serde_json::{Value, json};

use crate::render::apps::{App, image, registry};

/// How long a new version runs on one cluster before the next gets it.
const SOAK_SECONDS: u32 = 600;

/// The artifacts that a pipeline begins with: what was pushed, and the repository with the manifests.
const IMAGE: &str = "image";
const APPS: &str = "apps";

pub(super) fn pipeline(app: &App<'_>) -> Value {
    let clusters: Vec<&String> = app.manifests.clusters.keys().collect();
    // All is baked before anything is deployed: what cannot be baked for one cluster is deployed to none.
    let mut stages: Vec<Value> = clusters.iter().map(|cluster| bake(app, cluster)).collect();
    let mut before: Vec<String> = clusters.iter().map(|cluster| id("bake", cluster)).collect();
    for (index, cluster) in clusters.iter().enumerate() {
        stages.push(deploy(app, cluster, &before));
        // What went wrong here is taken back here and on every cluster before.
        let reached = clusters.iter().take(index + 1).rev();
        let undone: Vec<String> = reached
            .map(|reached| {
                stages.push(undo(app, reached, cluster));
                undo_id(reached, cluster)
            })
            .collect();
        stages.push(json!({
            "type": "checkPreconditions",
            "name": format!("Stable on {cluster}"),
            "refId": id("check", cluster),
            "requisiteStageRefIds": undone,
            "preconditions": [{
                "type": "stageStatus",
                "failPipeline": true,
                "context": {"stageName": deploy_name(cluster), "stageStatus": "SUCCEEDED"},
            }],
        }));
        before = vec![id("check", cluster)];
        if index + 1 < clusters.len() {
            stages.push(json!({
                "type": "wait",
                "name": format!("Watch {cluster}"),
                "refId": id("watch", cluster),
                "requisiteStageRefIds": before,
                "waitTime": SOAK_SECONDS,
            }));
            before = vec![id("watch", cluster)];
        }
    }
    json!({
        "application": app.manifests.application,
        "name": app.name,
        "keepWaitingPipelines": false,
        "limitConcurrent": true,
        "expectedArtifacts": [image_artifact(app), apps_artifact(app)],
        "triggers": [{
            "type": "docker",
            "account": "ecr",
            "enabled": true,
            "expectedArtifactIds": [IMAGE],
            "organization": "",
            "registry": registry(app.plan),
            "repository": app.manifests.application,
            // Production takes releases, staging every build of the main branch.
            "tag": if app.environment.stage == crate::plan::Stage::Production { "^v[0-9].*" } else { "^main-.*" },
        }],
        "stages": stages,
    })
}

fn id(stage: &str, cluster: &str) -> String {
    format!("{stage}-{cluster}")
}

fn deploy_name(cluster: &str) -> String {
    format!("Deploy to {cluster}")
}

fn image_artifact(app: &App<'_>) -> Value {
    json!({
        "id": IMAGE,
        "displayName": IMAGE,
        "matchArtifact": {"type": "docker/image", "name": image(app)},
        "useDefaultArtifact": false,
        "usePriorArtifact": true,
    })
}

/// No trigger brings the repository: the default is its main branch.
fn apps_artifact(app: &App<'_>) -> Value {
    let repository = app.apps_repository();
    json!({
        "id": APPS,
        "displayName": APPS,
        "matchArtifact": {"type": "git/repo", "reference": repository},
        "defaultArtifact": {
            "type": "git/repo",
            "artifactAccount": "apps-repository",
            "reference": repository,
            "version": "main",
        },
        "useDefaultArtifact": true,
        "usePriorArtifact": false,
    })
}

fn bake(app: &App<'_>, cluster: &str) -> Value {
    let manifest = id("manifest", cluster);
    json!({
        "type": "bakeManifest",
        "name": format!("Bake for {cluster}"),
        "refId": id("bake", cluster),
        "requisiteStageRefIds": [],
        "templateRenderer": "KUSTOMIZE4",
        "kustomizeFilePath": format!("{}/{cluster}/kustomization.yaml", app.folder()),
        "inputArtifact": {"account": "apps-repository", "id": APPS},
        "expectedArtifacts": [{
            "id": manifest,
            "displayName": manifest,
            "matchArtifact": {"type": "embedded/base64", "name": manifest},
            "defaultArtifact": {"type": "embedded/base64"},
            "useDefaultArtifact": false,
            "usePriorArtifact": false,
        }],
    })
}

fn deploy(app: &App<'_>, cluster: &str, before: &[String]) -> Value {
    json!({
        "type": "deployManifest",
        "name": deploy_name(cluster),
        "refId": id("deploy", cluster),
        "requisiteStageRefIds": before,
        "account": cluster,
        "cloudProvider": "kubernetes",
        "source": "artifact",
        "manifestArtifactId": id("manifest", cluster),
        "requiredArtifactIds": [IMAGE],
        "moniker": {"app": app.manifests.application},
        // The stage is done when the rollout is stable; its deadline is progressDeadlineSeconds and a bit.
        "stageTimeoutMs": (u64::from(app.intents().rollout.progress_deadline_seconds) + 300) * 1_000,
        "failPipeline": false,
        "continuePipeline": true,
        "completeOtherBranchesThenFail": false,
        "skipExpressionEvaluation": true,
    })
}

/// Back to the revision before, where the rollout on `failed` did not end well, and only where this run brought a new
/// one: a deployment that Kubernetes refused has changed nothing, and one step further back would be one too many.
fn undo(app: &App<'_>, cluster: &str, failed: &str) -> Value {
    let did_fail = format!(
        "#stage('{}')['status'].toString() != 'SUCCEEDED'",
        deploy_name(failed)
    );
    let has_changed = format!(
        "#stage('{}')['context'].containsKey('outputs.manifests')",
        deploy_name(cluster)
    );
    json!({
        "type": "undoRolloutManifest",
        "name": format!("Undo on {cluster} after {failed}"),
        "refId": undo_id(cluster, failed),
        "requisiteStageRefIds": [id("deploy", failed)],
        "account": cluster,
        "cloudProvider": "kubernetes",
        "location": app.manifests.namespace,
        "manifestName": format!("deployment {}", app.name),
        "mode": "static",
        "numRevisionsBack": 1,
        "stageEnabled": {"type": "expression", "expression": format!("${{{did_fail} && {has_changed}}}")},
    })
}

fn undo_id(cluster: &str, failed: &str) -> String {
    format!("undo-{cluster}-after-{failed}")
}
