package main

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/component-helpers/scheduling/corev1/nodeaffinity"

	scheduling "k8s.io/component-helpers/scheduling/corev1"
	"k8s.io/klog/v2"
)

// Room is what a node has left, by the names of resources; pods are one of them.
type Room map[corev1.ResourceName]int64

// roomOf is what an empty node offers.
func roomOf(node *corev1.Node) Room {
	room := Room{}
	for name, quantity := range node.Status.Allocatable {
		room[name] = quantity.MilliValue()
	}
	return room
}

// requestsOf is what a pod takes of a node.
func requestsOf(pod *corev1.Pod) Room {
	requests := Room{corev1.ResourcePods: 1000}
	for _, container := range pod.Spec.Containers {
		for name, quantity := range container.Resources.Requests {
			requests[name] += quantity.MilliValue()
		}
	}
	// A sidecar runs beside them; what ends before they start is none of these objects' ways.
	for _, container := range pod.Spec.InitContainers {
		if container.RestartPolicy != nil && *container.RestartPolicy == corev1.ContainerRestartPolicyAlways {
			for name, quantity := range container.Resources.Requests {
				requests[name] += quantity.MilliValue()
			}
		}
	}
	return requests
}

func (r Room) has(requests Room) bool {
	for name, asked := range requests {
		if asked > r[name] {
			return false
		}
	}
	return true
}

func (r Room) take(requests Room) {
	for name, asked := range requests {
		r[name] -= asked
	}
}

// may says whether labels and taints of the node let the pod in.
func may(pod *corev1.Pod, node *corev1.Node) bool {
	if node.Spec.Unschedulable {
		return false
	}
	if matches, err := nodeaffinity.GetRequiredNodeAffinity(pod).Match(node); err != nil || !matches {
		return false
	}
	_, untolerated := scheduling.FindMatchingUntoleratedTaint(klog.Background(), node.Spec.Taints, pod.Spec.Tolerations, func(taint *corev1.Taint) bool {
		return taint.Effect != corev1.TaintEffectPreferNoSchedule
	}, false)
	return !untolerated
}

// dominance is the sum of the shares of CPU and memory that the pod takes of the node: cluster-autoscaler's order.
func dominance(requests, room Room) float64 {
	sum := 0.0
	for _, name := range []corev1.ResourceName{corev1.ResourceCPU, corev1.ResourceMemory} {
		if room[name] > 0 {
			sum += float64(requests[name]) / float64(room[name])
		}
	}
	return sum
}
