//! What is in `delivery/`, and what each of it needs.

use crate::plan::{Delivery, Plan};

pub(super) fn text(plan: &Plan) -> String {
    let deploys = match plan.inputs.policy.platform.delivery {
        Delivery::Spinnaker => SPINNAKER,
        Delivery::ArgoCd => ARGO_CD,
    };
    format!("{HEAD}{deploys}{CDN}")
}

const HEAD: &str = "# Delivery

A push of an image to its registry is all that an app's repository does; it need not know about clusters.

";

const SPINNAKER: &str = "## `spinnaker/APP.json`

`spin pipeline save --file APP.json`. It needs, in Spinnaker: a Kubernetes account for each cluster, called after it, whose
role is `platform.delivery_role`; the Docker registry account `ecr`; and the artifact account `apps-repository` (git/repo)
for the repository that `apps/` becomes (`platform.apps_repository`).

1. Manifests are baked for all clusters before any is touched.
2. The first cluster gets them. The stage waits until the rollout is stable, which it is when load balancers say that the
   new pods are well.
3. After ten minutes the next cluster gets them.
4. Where a rollout does not become stable, that cluster and every cluster before go back to their revision before, if this
   run gave them a new one; then the pipeline fails. What undo does not take back: ConfigMaps, ExternalSecrets and
   autoscalers, which have no revisions. Revert the commit for those.

";

const ARGO_CD: &str = "## `argo-cd/APP.yaml`

`kubectl apply -f` them where Argo CD runs. It needs: each cluster under its own name, with `platform.delivery_role`; the
repository that `apps/` becomes (`platform.apps_repository`); and progressive syncs, which are off by default
(`applicationsetcontroller.enable.progressive.syncs: \"true\"` in `argocd-cmd-params-cm`).

An image updater, or a pull request that sets `newTag`, brings the image. The first cluster is synced; the next one when
the first is healthy. Where it is not, the next stays as it is. Back: `git revert`, in the same order.

";

const CDN: &str = "## `cdn/APP/`

A Terraform root for Fastly, one for each app that the internet reaches. Its origins are today's environment and the app on
each cluster. It caches nothing: every request is passed on, as today. Where something should be cached, say so afterwards,
app by app.

1. `terraform init && terraform apply -var domain=www.example.com`, with `FASTLY_API_KEY` set. All weight is on `beanstalk`:
   nothing changes.
2. TLS: a certificate for that name in Fastly (`fastly tls-subscription create --domain=www.example.com
   --cert-auth=lets-encrypt`), and the record that proves it, as Fastly prints it.
3. Check before DNS: `curl --connect-to www.example.com:443:DOMAIN-OF-FASTLY:443 https://www.example.com/`.
4. DNS: a day before, a TTL of 60 s on today's record of that name; then a CNAME to what Fastly names for the certificate
   (an apex name needs its anycast addresses). Back: the record as it was.
5. The cut-over is a change of `weights`: all on `beanstalk`, then 5, 25, 50 and 100 per cent on the clusters. Back is the
   same way, in seconds.

An origin whose health check fails gets nothing, and a GET that one could not answer is tried once on another
(`fail_over.vcl`). Time-outs are those of today's load balancer. Leave today's environment as an origin of weight 0 until
the new ones have been trusted for a week.
";
