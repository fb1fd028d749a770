package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
)

// Rehearsal is one cluster of a plan on a control plane.
type Rehearsal struct {
	plan     *Plan
	cluster  Cluster
	plane    *ControlPlane
	applier  *Applier
	machines *Machines
	groups   *NodeGroups
	daemons  []*corev1.Pod
	chance   *rand.Rand
	// deployments of the apps, by their names, which are unique in a cluster.
	deployments map[string]types.NamespacedName
}

func newRehearsal(ctx context.Context, plan *Plan, cluster Cluster, plane *ControlPlane) (*Rehearsal, error) {
	r := &Rehearsal{
		plan: plan, cluster: cluster, plane: plane,
		chance:      rand.New(rand.NewPCG(1, 2)),
		deployments: map[string]types.NamespacedName{},
	}
	objects, err := readObjects(r.file("rehearsal", "nodes.yaml"))
	if err != nil {
		return nil, err
	}
	if r.groups, err = readNodeGroups(objects); err != nil {
		return nil, err
	}
	if r.applier, err = newApplier(plane.Config); err != nil {
		return nil, err
	}
	r.machines, err = newMachines(ctx, plane.Config)
	return r, err
}

func (r *Rehearsal) file(folder, name string) string {
	return filepath.Join(r.plan.Folder, folder, r.cluster.Name, name)
}

// takePlatform applies what is there before any app.
func (r *Rehearsal) takePlatform(ctx context.Context) error {
	// helmfile makes the namespaces of its releases; the objects beside them live there.
	objects, err := readObjects(r.file("platform", "objects/*/templates/*.yaml"))
	if err != nil {
		return err
	}
	for _, object := range objects {
		if namespace := object.GetNamespace(); namespace != "" {
			r.applier.Apply(ctx, "a release's namespace", newNamespace(namespace))
		}
	}
	stands, err := readObjects(r.file("rehearsal", "stand-ins.yaml"))
	if err != nil {
		return err
	}
	namespaces, err := readObjects(filepath.Join(r.plan.Folder, "apps/namespaces", r.cluster.Name+".yaml"))
	if err != nil {
		return err
	}
	argo, err := readObjects(filepath.Join(r.plan.Folder, "delivery/argo-cd/*.yaml"))
	if err != nil {
		return err
	}
	for _, object := range argo {
		r.applier.Apply(ctx, "a release's namespace", newNamespace(object.GetNamespace()))
	}
	for _, part := range []struct {
		place   string
		objects []*unstructured.Unstructured
	}{
		{"platform/" + r.cluster.Name + "/objects", objects}, {"apps/namespaces", namespaces},
		{"rehearsal/" + r.cluster.Name + "/stand-ins.yaml", stands}, {"delivery/argo-cd", argo},
	} {
		for _, object := range part.objects {
			taken := r.applier.Apply(ctx, part.place, object)
			if taken == nil {
				continue
			}
			switch taken.GetKind() {
			case "Deployment":
				r.machines.expect(taken)
			case "DaemonSet":
				daemon := &corev1.Pod{}
				template, _, _ := unstructured.NestedMap(taken.Object, "spec", "template")
				if err := runtime.DefaultUnstructuredConverter.FromUnstructured(template, daemon); err != nil {
					return err
				}
				r.daemons = append(r.daemons, daemon)
			}
		}
	}
	return nil
}

func newNamespace(name string) *unstructured.Unstructured {
	return &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "v1", "kind": "Namespace", "metadata": map[string]any{"name": name},
	}}
}

// takeWave applies the apps of a wave, each with the replicas of normal times.
func (r *Rehearsal) takeWave(ctx context.Context, wave Wave) error {
	for _, app := range wave.Apps {
		if !slices.Contains(app.Clusters, r.cluster.Name) {
			continue
		}
		objects, err := buildOverlay(filepath.Join(r.plan.Folder, app.Folder, r.cluster.Name))
		if err != nil {
			r.applier.Refused = append(r.applier.Refused, err.Error())
			continue
		}
		for _, object := range objects {
			taken := r.applier.Apply(ctx, app.Folder, object)
			if taken != nil && taken.GetKind() == "Deployment" {
				r.machines.expect(taken)
				r.deployments[app.Name] = types.NamespacedName{Namespace: taken.GetNamespace(), Name: taken.GetName()}
			}
		}
		if err := r.scale(ctx, app.Name, r.workload(app.Name).Replicas); err != nil {
			return err
		}
	}
	return nil
}

func (r *Rehearsal) workload(name string) Workload {
	for _, workload := range r.cluster.Workloads {
		if workload.Name == name {
			return workload
		}
	}
	return Workload{}
}

func (r *Rehearsal) patch(ctx context.Context, name string, change any) error {
	deployment, is := r.deployments[name]
	if !is {
		return fmt.Errorf("there is no deployment of %s", name)
	}
	body, err := json.Marshal(change)
	if err != nil {
		return err
	}
	patched, err := r.machines.client.AppsV1().Deployments(deployment.Namespace).
		Patch(ctx, deployment.Name, types.MergePatchType, body, metav1.PatchOptions{})
	if err == nil {
		r.machines.expect(patched)
	}
	return err
}

func (r *Rehearsal) scale(ctx context.Context, name string, replicas int32) error {
	return r.patch(ctx, name, map[string]any{"spec": map[string]any{"replicas": replicas}})
}

// counts gives the nodes of each group.
func (r *Rehearsal) counts() map[string]int {
	counts := map[string]int{}
	for _, node := range r.machines.allNodes() {
		counts[node.Labels[groupLabel]]++
	}
	return counts
}

// groupOf says which group's nodes the pod is for.
func (r *Rehearsal) groupOf(pod *corev1.Pod) string {
	for _, group := range r.groups.names {
		if may(pod, r.groups.nodes[group][0]) {
			return group
		}
	}
	return ""
}

func (r *Rehearsal) isProduction(pod *corev1.Pod) bool {
	return r.workload(appOf(pod)).Stage == "production"
}

func appOf(pod *corev1.Pod) string { return pod.Labels["app.kubernetes.io/name"] }

// preemptions counts the pods that made room for others so far.
func (r *Rehearsal) preemptions(ctx context.Context) int {
	events, err := r.machines.client.CoreV1().Events("").List(ctx, metav1.ListOptions{FieldSelector: "reason=Preempted"})
	if err != nil {
		return 0
	}
	return len(events.Items)
}

// reset takes all apps and nodes away, and brings the nodes that the plan has.
func (r *Rehearsal) reset(ctx context.Context) error {
	for name := range r.deployments {
		if err := r.scale(ctx, name, 0); err != nil {
			return err
		}
	}
	if _, err := r.machines.settle(ctx); err != nil {
		return err
	}
	if err := r.machines.client.CoreV1().Nodes().DeleteCollection(ctx, metav1.DeleteOptions{}, metav1.ListOptions{}); err != nil {
		return err
	}
	// Pods of nodes that are gone go with them.
	for _, pod := range r.machines.allPods() {
		if err := r.machines.remove(ctx, pod); err != nil {
			return err
		}
	}
	for start := time.Now(); len(r.machines.allNodes()) > 0 || slices.ContainsFunc(r.machines.allPods(), func(pod *corev1.Pod) bool { return pod.Spec.NodeName != "" }); time.Sleep(50 * time.Millisecond) {
		if time.Since(start) > time.Minute {
			return fmt.Errorf("nodes or pods are left after a minute")
		}
		for _, pod := range r.machines.allPods() {
			if pod.Spec.NodeName != "" {
				_ = r.machines.remove(ctx, pod)
			}
		}
	}
	for _, group := range r.groups.names {
		for _, node := range r.groups.nodes[group] {
			if err := r.addNode(ctx, node); err != nil {
				return err
			}
		}
	}
	_, err := r.machines.settle(ctx)
	return err
}

// seesTaints waits until the cache has the node with so many taints.
func (m *Machines) seesTaints(ctx context.Context, name string, taints int) error {
	for start := time.Now(); time.Since(start) < time.Minute; time.Sleep(10 * time.Millisecond) {
		if node, err := m.nodes.Get(name); err == nil && len(node.Spec.Taints) == taints {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return fmt.Errorf("node %s keeps its taint", name)
}

// podsOn gives the pods of apps and add-ons on a node, without daemons.
func (m *Machines) podsOn(node string) []*corev1.Pod {
	pods, _ := m.pods.List(labels.Everything())
	return slices.DeleteFunc(pods, func(pod *corev1.Pod) bool {
		owner := metav1.GetControllerOf(pod)
		return pod.Spec.NodeName != node || owner == nil || owner.Kind == "DaemonSet"
	})
}
