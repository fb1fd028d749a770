package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
)

const (
	groupLabel = "eb2eks.io/node-group"
	zoneLabel  = corev1.LabelTopologyZone
)

// NodeGroups are the cluster's, each as one group for each zone, with what a new node would be like.
type NodeGroups struct {
	names   []string
	nodes   map[string][]*corev1.Node
	zones   map[string][]string
	created map[string]int
	daemons Room
}

// readNodeGroups takes the nodes that the plan wrote as the pattern of all.
func readNodeGroups(objects []*unstructured.Unstructured) (*NodeGroups, error) {
	groups := &NodeGroups{nodes: map[string][]*corev1.Node{}, zones: map[string][]string{}, created: map[string]int{}}
	for _, object := range objects {
		node := &corev1.Node{}
		if err := runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, node); err != nil {
			return nil, err
		}
		group, zone := node.Labels[groupLabel], node.Labels[zoneLabel]
		if groups.nodes[group] == nil {
			groups.names = append(groups.names, group)
		}
		groups.nodes[group] = append(groups.nodes[group], node)
		if !slices.Contains(groups.zones[group], zone) {
			groups.zones[group] = append(groups.zones[group], zone)
		}
	}
	for _, group := range groups.names {
		slices.Sort(groups.zones[group])
	}
	return groups, nil
}

// fresh gives the object of one node more in that zone.
func (g *NodeGroups) fresh(group, zone string) *corev1.Node {
	node := g.nodes[group][0].DeepCopy()
	g.created[group]++
	node.Name = fmt.Sprintf("%s-new-%03d", group, g.created[group])
	node.Labels[corev1.LabelHostname], node.Labels[zoneLabel] = node.Name, zone
	return node
}

// addNode registers a node and waits until its daemons are there, as the taint of a node that is not ready has it.
func (r *Rehearsal) addNode(ctx context.Context, node *corev1.Node) error {
	node = node.DeepCopy()
	taints := node.Spec.Taints
	node.Spec.Taints = append([]corev1.Taint{{Key: corev1.TaintNodeNotReady, Effect: corev1.TaintEffectNoSchedule}}, taints...)
	created, err := r.machines.client.CoreV1().Nodes().Create(ctx, node, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	if _, err := r.machines.settle(ctx); err != nil {
		return err
	}
	created.Spec.Taints = taints
	if _, err := r.machines.client.CoreV1().Nodes().Update(ctx, created, metav1.UpdateOptions{}); err != nil {
		return err
	}
	return r.machines.seesTaints(ctx, created.Name, len(taints))
}

// grow adds nodes until no pod waits for one. Nodes come up one after the other, and pods do not wait for the last.
func (r *Rehearsal) grow(ctx context.Context) error {
	pending, err := r.machines.settle(ctx)
	for err == nil && len(pending) > 0 {
		before := len(pending)
		for _, group := range r.groups.names {
			template := r.groups.nodes[group][0]
			of := slices.DeleteFunc(slices.Clone(pending), func(pod *corev1.Pod) bool { return !may(pod, template) })
			for _, zone := range r.balanced(group, estimate(of, template, r.daemonsOf(template))) {
				if err := r.addNode(ctx, r.groups.fresh(group, zone)); err != nil {
					return err
				}
				if _, err := r.machines.settle(ctx); err != nil {
					return err
				}
			}
		}
		if pending, err = r.machines.settle(ctx); err == nil && len(pending) >= before {
			return fmt.Errorf("no node helps %d pods, such as %s: %s", len(pending), pending[0].Name, whyPending(pending[0]))
		}
	}
	return err
}

// estimate is cluster-autoscaler's: first fit decreasing by the sum of the shares of CPU and memory, on new nodes
// only, from where the last pod found room.
func estimate(pods []*corev1.Pod, template *corev1.Node, daemons Room) int {
	empty := roomOf(template)
	slices.SortStableFunc(pods, func(a, b *corev1.Pod) int {
		return cmp.Compare(dominance(requestsOf(b), empty), dominance(requestsOf(a), empty))
	})
	var nodes []Room
	last := 0
	for _, pod := range pods {
		requests, found := requestsOf(pod), false
		for step := range nodes {
			if at := (last + step) % len(nodes); nodes[at].has(requests) {
				nodes[at].take(requests)
				last, found = at, true
				break
			}
		}
		if !found {
			room := roomOf(template)
			room.take(daemons)
			if !room.has(requests) {
				continue
			}
			room.take(requests)
			nodes = append(nodes, room)
			last = len(nodes) - 1
		}
	}
	return len(nodes)
}

// balanced gives the zones of so many new nodes: always the smallest of the group's grows, of equal ones any.
func (r *Rehearsal) balanced(group string, count int) []string {
	sizes := map[string]int{}
	for _, node := range r.machines.allNodes() {
		if node.Labels[groupLabel] == group {
			sizes[node.Labels[zoneLabel]]++
		}
	}
	zones := slices.Clone(r.groups.zones[group])
	r.chance.Shuffle(len(zones), func(a, b int) { zones[a], zones[b] = zones[b], zones[a] })
	var added []string
	for range count {
		smallest := slices.MinFunc(zones, func(a, b string) int { return cmp.Compare(sizes[a], sizes[b]) })
		sizes[smallest]++
		added = append(added, smallest)
	}
	r.chance.Shuffle(len(added), func(a, b int) { added[a], added[b] = added[b], added[a] })
	return added
}

// daemonsOf is what the daemons of a new node take.
func (r *Rehearsal) daemonsOf(node *corev1.Node) Room {
	sum := Room{}
	for _, daemon := range r.daemons {
		if may(daemon, node) {
			for name, asked := range requestsOf(daemon) {
				sum[name] += asked
			}
		}
	}
	return sum
}
