package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// Loss is what the loss of nodes of a group, each for itself, came to.
type Loss struct {
	// Nodes that were lost.
	Nodes int
	// Waited counts those after which a production pod waited for a new node.
	Waited int
	// Preempted counts the pods that made room for others.
	Preempted int
}

// mostLosses is how many nodes of a group are lost, the fullest ones: a hundred take minutes and say no more.
const mostLosses = 12

// loseNodes takes the fullest nodes of each group away, one after the other and each from the same state.
func (r *Rehearsal) loseNodes(ctx context.Context) (map[string]Loss, error) {
	losses := map[string]Loss{}
	fullness := map[string]float64{}
	nodes := r.machines.allNodes()
	for _, node := range nodes {
		for _, pod := range r.machines.podsOn(node.Name) {
			fullness[node.Name] += dominance(requestsOf(pod), roomOf(node))
		}
	}
	slices.SortFunc(nodes, func(a, b *corev1.Node) int {
		return cmp.Or(cmp.Compare(fullness[b.Name], fullness[a.Name]), cmp.Compare(a.Name, b.Name))
	})
	for _, node := range nodes {
		group := node.Labels[groupLabel]
		loss := losses[group]
		if loss.Nodes >= mostLosses {
			continue
		}
		waited, preempted, err := r.loseNode(ctx, node.Name)
		if err != nil {
			return nil, fmt.Errorf("loss of %s: %w", node.Name, err)
		}
		loss.Nodes++
		loss.Preempted += preempted
		if waited {
			loss.Waited++
		}
		losses[group] = loss
	}
	return losses, nil
}

func (r *Rehearsal) loseNode(ctx context.Context, name string) (waited bool, preempted int, err error) {
	before, places := r.preemptions(ctx), r.places()
	if err := r.cordon(ctx, name, true); err != nil {
		return false, 0, err
	}
	for _, pod := range r.machines.podsOn(name) {
		if err := r.machines.remove(ctx, pod); err != nil {
			return false, 0, err
		}
	}
	if err := r.machines.forget(ctx, name); err != nil {
		return false, 0, err
	}
	pending, err := r.machines.settle(ctx)
	if err != nil {
		return false, 0, err
	}
	waited = slices.ContainsFunc(pending, r.isProduction)
	preempted = r.preemptions(ctx) - before
	if err := r.putBack(ctx, places); err != nil {
		return false, 0, err
	}
	return waited, preempted, r.cordon(ctx, name, false)
}

func (r *Rehearsal) cordon(ctx context.Context, name string, is bool) error {
	body := fmt.Appendf(nil, `{"spec":{"unschedulable":%t}}`, is)
	_, err := r.machines.client.CoreV1().Nodes().Patch(ctx, name, types.MergePatchType, body, metav1.PatchOptions{})
	for err == nil {
		node, missing := r.machines.nodes.Get(name)
		if missing == nil && node.Spec.Unschedulable == is {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
		err = ctx.Err()
	}
	return err
}

// forget waits until the cache has no pod of an app on the node.
func (m *Machines) forget(ctx context.Context, node string) error {
	for len(m.podsOn(node)) > 0 {
		time.Sleep(10 * time.Millisecond)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// places says how many pods of each owner every node has.
func (r *Rehearsal) places() map[types.UID]map[string]int {
	places := map[types.UID]map[string]int{}
	for _, pod := range r.machines.allPods() {
		owner := metav1.GetControllerOf(pod)
		if owner == nil || owner.Kind == "DaemonSet" || pod.Spec.NodeName == "" {
			continue
		}
		if places[owner.UID] == nil {
			places[owner.UID] = map[string]int{}
		}
		places[owner.UID][pod.Spec.NodeName]++
	}
	return places
}

// putBack makes the pods of every owner stand where they stood: those elsewhere are deleted, and what their owners
// make instead is bound by hand while the scheduler is held.
func (r *Rehearsal) putBack(ctx context.Context, places map[types.UID]map[string]int) error {
	if err := r.plane.Pause(); err != nil {
		return err
	}
	defer func() { _ = r.plane.Resume() }()
	missing := map[types.UID][]string{}
	now := r.places()
	for owner, wanted := range places {
		for node, count := range wanted {
			for range count - now[owner][node] {
				missing[owner] = append(missing[owner], node)
			}
		}
	}
	surplus := map[types.UID]map[string]int{}
	gone := map[types.UID]bool{}
	for _, pod := range r.machines.allPods() {
		owner := metav1.GetControllerOf(pod)
		if owner == nil || owner.Kind == "DaemonSet" || pod.Spec.NodeName == "" {
			continue
		}
		if surplus[owner.UID] == nil {
			surplus[owner.UID] = map[string]int{}
		}
		if surplus[owner.UID][pod.Spec.NodeName]++; surplus[owner.UID][pod.Spec.NodeName] > places[owner.UID][pod.Spec.NodeName] {
			gone[pod.UID] = true
			if err := r.machines.remove(ctx, pod); err != nil {
				return err
			}
		}
	}
	for start := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		if time.Since(start) > time.Minute {
			return fmt.Errorf("pods of %d owners are not back after a minute", len(missing))
		}
		left, unbound := 0, map[types.UID]int{}
		for _, pod := range r.machines.allPods() {
			owner := metav1.GetControllerOf(pod)
			if owner == nil || gone[pod.UID] || pod.Spec.NodeName != "" || len(missing[owner.UID]) == 0 {
				continue
			}
			at := missing[owner.UID][0]
			binding := &corev1.Binding{
				ObjectMeta: metav1.ObjectMeta{Name: pod.Name, Namespace: pod.Namespace, UID: pod.UID},
				Target:     corev1.ObjectReference{Kind: "Node", Name: at},
			}
			if err := r.machines.client.CoreV1().Pods(pod.Namespace).Bind(ctx, binding, metav1.CreateOptions{}); err != nil {
				return err
			}
			missing[owner.UID] = missing[owner.UID][1:]
			gone[pod.UID] = true
			unbound[owner.UID]++
		}
		for _, nodes := range missing {
			left += len(nodes)
		}
		if left == 0 {
			break
		}
	}
	for start := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		if sameplaces(places, r.places()) {
			break
		}
		if time.Since(start) > time.Minute {
			return fmt.Errorf("pods are not where they were after a minute")
		}
	}
	return nil
}

func sameplaces(a, b map[types.UID]map[string]int) bool {
	for owner, nodes := range a {
		for node, count := range nodes {
			if b[owner][node] != count {
				return false
			}
		}
	}
	return true
}

// rollOut starts a rollout of the apps that the plan counts as rolling, all at a time, and holds it at its widest
// until every new pod has a node. It gives the nodes that there are then, and ends the rollouts.
func (r *Rehearsal) rollOut(ctx context.Context) (map[string]int, error) {
	r.machines.held.Store(true)
	for _, workload := range r.cluster.Workloads {
		if workload.Surge == 0 || workload.Kind != "app" {
			continue
		}
		change := map[string]any{"spec": map[string]any{"template": map[string]any{"metadata": map[string]any{
			"annotations": map[string]any{"eb2eks.io/rehearsal": fmt.Sprint(r.chance.Uint32())},
		}}}}
		if err := r.patch(ctx, workload.Name, change); err != nil {
			return nil, err
		}
	}
	if err := r.grow(ctx); err != nil {
		return nil, err
	}
	counts := r.counts()
	r.machines.release()
	_, err := r.machines.settle(ctx)
	return counts, err
}

// standAlone scales every app to what it has when the other cluster is gone, and rolls out again.
func (r *Rehearsal) standAlone(ctx context.Context) (map[string]int, error) {
	for _, workload := range r.cluster.Workloads {
		if alone := workload.ReplicasAtMost - workload.Surge; workload.Kind == "app" && alone != workload.Replicas {
			if err := r.scale(ctx, workload.Name, alone); err != nil {
				return nil, err
			}
		}
	}
	if err := r.grow(ctx); err != nil {
		return nil, err
	}
	return r.rollOut(ctx)
}
