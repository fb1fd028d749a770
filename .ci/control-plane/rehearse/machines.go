package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	appslisters "k8s.io/client-go/listers/apps/v1"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
)

// Machines stands in for the nodes' kubelets: what is bound runs at once, what is deleted is gone at once. It knows
// when everybody is done.
type Machines struct {
	client      kubernetes.Interface
	pods        corelisters.PodLister
	nodes       corelisters.NodeLister
	deployments appslisters.DeploymentLister
	replicaSets appslisters.ReplicaSetLister
	daemonSets  appslisters.DaemonSetLister
	// readiness can be held back: a rollout then stands still at its widest.
	held atomic.Bool
	work chan types.NamespacedName
	mu   sync.Mutex
	seen map[string]int64
}

func newMachines(ctx context.Context, config *rest.Config) (*Machines, error) {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	m := &Machines{
		client:      client,
		pods:        factory.Core().V1().Pods().Lister(),
		nodes:       factory.Core().V1().Nodes().Lister(),
		deployments: factory.Apps().V1().Deployments().Lister(),
		replicaSets: factory.Apps().V1().ReplicaSets().Lister(),
		daemonSets:  factory.Apps().V1().DaemonSets().Lister(),
		work:        make(chan types.NamespacedName, 100_000),
		seen:        map[string]int64{},
	}
	queue := func(object any) {
		if pod, is := object.(*corev1.Pod); is {
			m.work <- types.NamespacedName{Namespace: pod.Namespace, Name: pod.Name}
		}
	}
	if _, err := factory.Core().V1().Pods().Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc: queue, UpdateFunc: func(_, object any) { queue(object) },
	}); err != nil {
		return nil, err
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	for range 8 {
		go m.serve(ctx)
	}
	return m, nil
}

func (m *Machines) serve(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case name := <-m.work:
			if pod, err := m.pods.Pods(name.Namespace).Get(name.Name); err == nil {
				m.look(ctx, pod)
			}
		}
	}
}

// look does for one pod what its kubelet would do.
func (m *Machines) look(ctx context.Context, pod *corev1.Pod) {
	if pod.DeletionTimestamp != nil {
		_ = m.remove(ctx, pod)
		return
	}
	if pod.Spec.NodeName == "" || isReady(pod) || m.held.Load() {
		return
	}
	now := metav1.Now()
	pod = pod.DeepCopy()
	pod.Status.Phase, pod.Status.StartTime = corev1.PodRunning, &now
	for _, kind := range []corev1.PodConditionType{corev1.PodInitialized, corev1.ContainersReady, corev1.PodReady} {
		pod.Status.Conditions = append(pod.Status.Conditions, corev1.PodCondition{Type: kind, Status: corev1.ConditionTrue, LastTransitionTime: now})
	}
	// Somebody else may have changed it: its next event brings it here again.
	_, _ = m.client.CoreV1().Pods(pod.Namespace).UpdateStatus(ctx, pod, metav1.UpdateOptions{})
}

// remove deletes a pod as the loss of its node does: at once.
func (m *Machines) remove(ctx context.Context, pod *corev1.Pod) error {
	none := int64(0)
	err := m.client.CoreV1().Pods(pod.Namespace).Delete(ctx, pod.Name, metav1.DeleteOptions{
		GracePeriodSeconds: &none, Preconditions: &metav1.Preconditions{UID: &pod.UID},
	})
	if apierrors.IsNotFound(err) || apierrors.IsConflict(err) {
		return nil
	}
	return err
}

// release lets the pods whose readiness was held back become ready.
func (m *Machines) release() {
	m.held.Store(false)
	for _, pod := range m.allPods() {
		m.work <- types.NamespacedName{Namespace: pod.Namespace, Name: pod.Name}
	}
}

// expect has settled wait until this generation of a Deployment has been seen and dealt with.
func (m *Machines) expect(deployment metav1.Object) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.seen[deployment.GetNamespace()+"/"+deployment.GetName()] = deployment.GetGeneration()
}

func (m *Machines) allPods() []*corev1.Pod {
	pods, _ := m.pods.List(labels.Everything())
	return pods
}

func (m *Machines) allNodes() []*corev1.Node {
	nodes, _ := m.nodes.List(labels.Everything())
	return nodes
}

// settle waits until every controller has done its part and no pod that has room somewhere waits. It gives the pods
// that have none.
func (m *Machines) settle(ctx context.Context) ([]*corev1.Pod, error) {
	const most = 90 * time.Second
	inARow := 0
	for start := time.Now(); ; time.Sleep(40 * time.Millisecond) {
		pending, waiting := m.state()
		if waiting == "" {
			// Watches of several kinds come by ways of their own: what is true twice is true.
			if inARow++; inARow >= 3 {
				return pending, nil
			}
			continue
		}
		inARow = 0
		if time.Since(start) > most {
			return nil, fmt.Errorf("after %s: %s", most, waiting)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
}

// state gives the pods for which there is no room, and what is still to be waited for, if anything.
func (m *Machines) state() (pending []*corev1.Pod, waiting string) {
	pods, nodes := m.allPods(), m.allNodes()
	live := map[types.UID]int32{}
	room := map[string]Room{}
	for _, node := range nodes {
		room[node.Name] = roomOf(node)
	}
	for _, pod := range pods {
		if pod.DeletionTimestamp != nil {
			return nil, "pod " + pod.Name + " is being deleted"
		}
		if owner := metav1.GetControllerOf(pod); owner != nil {
			live[owner.UID]++
		}
		if of := room[pod.Spec.NodeName]; of != nil {
			of.take(requestsOf(pod))
		}
	}
	if waiting := m.controllersAtWork(live, nodes); waiting != "" {
		return nil, waiting
	}
	for _, pod := range pods {
		switch {
		case pod.Spec.NodeName != "":
			if !isReady(pod) && !m.held.Load() {
				return nil, "pod " + pod.Name + " is not ready"
			}
		case pod.Status.NominatedNodeName != "":
			return nil, "pod " + pod.Name + " waits for the pods that it preempted"
		case !wasTried(pod):
			return nil, "pod " + pod.Name + " was not tried by the scheduler"
		default:
			requests := requestsOf(pod)
			for _, node := range nodes {
				if room[node.Name].has(requests) && may(pod, node) {
					return nil, fmt.Sprintf("pod %s is pending although %s has room: %s", pod.Name, node.Name, whyPending(pod))
				}
			}
			pending = append(pending, pod)
		}
	}
	return pending, ""
}

func (m *Machines) controllersAtWork(live map[types.UID]int32, nodes []*corev1.Node) string {
	deployments, _ := m.deployments.List(labels.Everything())
	m.mu.Lock()
	defer m.mu.Unlock()
	known := map[string]bool{}
	for _, deployment := range deployments {
		key := deployment.Namespace + "/" + deployment.Name
		known[key] = true
		if deployment.Generation < m.seen[key] || deployment.Status.ObservedGeneration < deployment.Generation {
			return "deployment " + key + " was not observed"
		}
		if !m.held.Load() && isRolling(deployment) {
			return "deployment " + key + " is rolling out"
		}
	}
	for key := range m.seen {
		if !known[key] {
			return "deployment " + key + " was not seen"
		}
	}
	replicaSets, _ := m.replicaSets.List(labels.Everything())
	for _, set := range replicaSets {
		if set.Status.ObservedGeneration < set.Generation || live[set.UID] != *set.Spec.Replicas {
			return fmt.Sprintf("replica set %s has %d of %d pods: %v", set.Name, live[set.UID], *set.Spec.Replicas, set.Status.Conditions)
		}
	}
	daemonSets, _ := m.daemonSets.List(labels.Everything())
	for _, set := range daemonSets {
		var wanted int32
		for _, node := range nodes {
			if labels.SelectorFromSet(set.Spec.Template.Spec.NodeSelector).Matches(labels.Set(node.Labels)) {
				wanted++
			}
		}
		if live[set.UID] != wanted {
			return fmt.Sprintf("daemon set %s has %d of %d pods", set.Name, live[set.UID], wanted)
		}
	}
	return ""
}

// isRolling says whether pods of an older template are there, or pods of the new one missing that could be.
func isRolling(deployment *appsv1.Deployment) bool {
	return deployment.Status.Replicas != *deployment.Spec.Replicas && deployment.Status.UnavailableReplicas == 0 ||
		deployment.Status.UpdatedReplicas != deployment.Status.Replicas && deployment.Status.UnavailableReplicas == 0
}

func isReady(pod *corev1.Pod) bool {
	for _, condition := range pod.Status.Conditions {
		if condition.Type == corev1.PodReady {
			return condition.Status == corev1.ConditionTrue
		}
	}
	return false
}

// wasTried says whether the scheduler has found no node for it yet.
func wasTried(pod *corev1.Pod) bool { return whyPending(pod) != "" }

func whyPending(pod *corev1.Pod) string {
	for _, condition := range pod.Status.Conditions {
		if condition.Type == corev1.PodScheduled && condition.Status == corev1.ConditionFalse && condition.Reason == corev1.PodReasonUnschedulable {
			return condition.Message
		}
	}
	return ""
}
