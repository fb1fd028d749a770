package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
)

// controllers are those that make, count and remove pods, and what the API needs to take an object. Nobody looks after
// nodes or scales apps: nodes are what the rehearsal says, and replicas those of the plan.
const controllers = "daemonset-controller,deployment-controller,disruption-controller,garbage-collector-controller," +
	"namespace-controller,replicaset-controller,resourcequota-controller,serviceaccount-controller"

// ControlPlane is etcd and the three servers, on loopback, in a folder of their own.
type ControlPlane struct {
	binary    string
	folder    string
	processes []*exec.Cmd
	scheduler *exec.Cmd
	Config    *rest.Config
}

// startControlPlane runs the servers until Stop.
func startControlPlane(ctx context.Context, binary string) (*ControlPlane, error) {
	folder, err := os.MkdirTemp("", "control-plane-")
	if err != nil {
		return nil, err
	}
	plane := &ControlPlane{binary: binary, folder: folder}
	if err := plane.start(ctx); err != nil {
		plane.Stop()
		return nil, err
	}
	return plane, nil
}

func (p *ControlPlane) start(ctx context.Context) error {
	ports, err := freePorts(5)
	if err != nil {
		return err
	}
	client, peer := fmt.Sprintf("http://127.0.0.1:%d", ports[0]), fmt.Sprintf("http://127.0.0.1:%d", ports[1])
	// What is lost with the power is lost with the folder.
	if _, err := p.run("etcd", "--data-dir="+p.path("etcd"), "--unsafe-no-fsync", "--log-level=error",
		"--listen-client-urls="+client, "--advertise-client-urls="+client,
		"--listen-peer-urls="+peer, "--initial-advertise-peer-urls="+peer, "--initial-cluster=default="+peer); err != nil {
		return err
	}
	token, err := p.secrets()
	if err != nil {
		return err
	}
	if _, err := p.run("kube-apiserver", "--etcd-servers="+client, "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", ports[2]), "--cert-dir="+p.path("certificates"), "--token-auth-file="+p.path("tokens.csv"),
		"--authorization-mode=RBAC", "--service-cluster-ip-range=10.96.0.0/12", "--endpoint-reconciler-type=none",
		"--service-account-issuer=https://rehearsal.invalid", "--service-account-key-file="+p.path("accounts.pem"),
		"--service-account-signing-key-file="+p.path("accounts.pem"), "--enable-priority-and-fairness=false"); err != nil {
		return err
	}
	certificate := p.path("certificates/apiserver.crt")
	p.Config = &rest.Config{
		Host:            fmt.Sprintf("https://127.0.0.1:%d", ports[2]),
		BearerToken:     token,
		TLSClientConfig: rest.TLSClientConfig{CAFile: certificate},
		QPS:             1000, Burst: 2000,
	}
	if err := p.waitUntilReady(ctx, certificate); err != nil {
		return err
	}
	if err := p.writeKubeconfig(certificate); err != nil {
		return err
	}
	// The rate at which a client may ask is no part of what is measured; the number of workers is left as it is.
	common := []string{"--kubeconfig=" + p.path("kubeconfig"), "--leader-elect=false", "--bind-address=127.0.0.1",
		"--kube-api-qps=1000", "--kube-api-burst=2000"}
	manager := append([]string{"--controllers=" + controllers, fmt.Sprintf("--secure-port=%d", ports[3]), "--cert-dir=" + p.path("manager")}, common...)
	if _, err := p.run("kube-controller-manager", manager...); err != nil {
		return err
	}
	scheduler := append([]string{fmt.Sprintf("--secure-port=%d", ports[4]), "--cert-dir=" + p.path("scheduler")}, common...)
	p.scheduler, err = p.run("kube-scheduler", scheduler...)
	return err
}

// Pause keeps the scheduler from placing pods, Resume lets it go on.
func (p *ControlPlane) Pause() error  { return p.scheduler.Process.Signal(syscall.SIGSTOP) }
func (p *ControlPlane) Resume() error { return p.scheduler.Process.Signal(syscall.SIGCONT) }

// Stop ends what was started, the last first, and removes the folder.
func (p *ControlPlane) Stop() {
	for at := len(p.processes) - 1; at >= 0; at-- {
		// Nothing is kept: there is no reason to wait for a graceful end.
		_ = p.processes[at].Process.Kill()
		_ = p.processes[at].Wait()
	}
	_ = os.RemoveAll(p.folder)
}

func (p *ControlPlane) path(name string) string { return filepath.Join(p.folder, name) }

func (p *ControlPlane) run(name string, flags ...string) (*exec.Cmd, error) {
	log, err := os.Create(p.path(name + ".log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	command := exec.Command(p.binary, append([]string{name}, flags...)...)
	command.Stdout, command.Stderr = log, log
	// They end with us, however we end.
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := command.Start(); err != nil {
		return nil, err
	}
	p.processes = append(p.processes, command)
	return command, nil
}

// secrets writes the key that signs service accounts and the token of an administrator, which it gives.
func (p *ControlPlane) secrets() (string, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return "", err
	}
	block := &pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}
	if err := os.WriteFile(p.path("accounts.pem"), pem.EncodeToMemory(block), 0o600); err != nil {
		return "", err
	}
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		return "", err
	}
	token := hex.EncodeToString(random)
	return token, os.WriteFile(p.path("tokens.csv"), []byte(token+",rehearsal,rehearsal,system:masters\n"), 0o600)
}

func (p *ControlPlane) waitUntilReady(ctx context.Context, certificate string) error {
	var last error
	for start := time.Now(); time.Since(start) < 2*time.Minute; {
		if _, err := os.Stat(certificate); err == nil {
			var client *kubernetes.Clientset
			if client, last = kubernetes.NewForConfig(p.Config); last == nil {
				if _, last = client.Discovery().RESTClient().Get().AbsPath("/readyz").DoRaw(ctx); last == nil {
					return nil
				}
			}
		}
		for _, process := range p.processes {
			if err := process.Process.Signal(syscall.Signal(0)); errors.Is(err, os.ErrProcessDone) {
				return fmt.Errorf("%s ended: see its log", process.Args[1])
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	log, _ := os.ReadFile(p.path("kube-apiserver.log"))
	return fmt.Errorf("kube-apiserver is not ready after two minutes: %w\n%s", last, log[max(0, len(log)-2000):])
}

func (p *ControlPlane) writeKubeconfig(certificate string) error {
	config := clientcmdapi.NewConfig()
	config.Clusters["rehearsal"] = &clientcmdapi.Cluster{Server: p.Config.Host, CertificateAuthority: certificate}
	config.AuthInfos["rehearsal"] = &clientcmdapi.AuthInfo{Token: p.Config.BearerToken}
	config.Contexts["rehearsal"] = &clientcmdapi.Context{Cluster: "rehearsal", AuthInfo: "rehearsal"}
	config.CurrentContext = "rehearsal"
	return clientcmd.WriteToFile(*config, p.path("kubeconfig"))
}

func freePorts(count int) ([]int, error) {
	ports := make([]int, 0, count)
	for range count {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		// All stay open until all are known, so that none is given twice.
		defer listener.Close()
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}
