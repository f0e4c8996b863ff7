// A small operator as users write them, with controller-runtime and client-go, and a client that keeps it busy and then looks whether anything was missed.
//
//	operator run     [--kubeconfig FILE]              the manager; prints every list and watch that was answered
//	operator drive   [--kubeconfig FILE] [--seconds N] changes boxes for N seconds whatever happens to the server, then everything must come to rest
//	operator envtest [--kubeconfig FILE]              the manager in an envtest environment that is the cluster itself: definition and webhook are installed for it
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	corev1ac "k8s.io/client-go/applyconfigurations/core/v1"
	metav1ac "k8s.io/client-go/applyconfigurations/meta/v1"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/builder"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
	"sigs.k8s.io/controller-runtime/pkg/log"
	"sigs.k8s.io/controller-runtime/pkg/log/zap"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"
)

const (
	finalizer = "test.minik/ledger"
	owner     = client.FieldOwner("box-operator")
)

type reconciler struct{ client.Client }

func (r *reconciler) Reconcile(ctx context.Context, req ctrl.Request) (ctrl.Result, error) {
	box := &Box{}
	if err := r.Get(ctx, req.NamespacedName, box); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	was := box.DeepCopyObject().(*Box)
	if !box.DeletionTimestamp.IsZero() {
		if !controllerutil.RemoveFinalizer(box, finalizer) {
			return ctrl.Result{}, nil
		}
		// Before a box goes it is written into the ledger.
		note := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Namespace: box.Namespace, Name: "gone-" + box.Name}}
		if err := r.Create(ctx, note); err != nil && !apierrors.IsAlreadyExists(err) {
			return ctrl.Result{}, err
		}
		return ctrl.Result{}, client.IgnoreNotFound(r.Patch(ctx, box, client.MergeFromWithOptions(was, client.MergeFromWithOptimisticLock{})))
	}
	if controllerutil.AddFinalizer(box, finalizer) {
		if err := r.Patch(ctx, box, client.MergeFromWithOptions(was, client.MergeFromWithOptimisticLock{})); err != nil {
			return ctrl.Result{}, err
		}
		was = box.DeepCopyObject().(*Box)
	}
	cm := corev1ac.ConfigMap(box.Name, box.Namespace).WithData(map[string]string{"text": box.Spec.Text}).WithOwnerReferences(
		metav1ac.OwnerReference().WithAPIVersion(boxGV.String()).WithKind("Box").WithName(box.Name).WithUID(box.UID).WithController(true).WithBlockOwnerDeletion(true))
	if err := r.Apply(ctx, cm, owner, client.ForceOwnership); err != nil {
		return ctrl.Result{}, err
	}
	box.Status.Text, box.Status.ObservedGeneration = box.Spec.Text, box.Generation
	meta.SetStatusCondition(&box.Status.Conditions, metav1.Condition{Type: "Written", Status: metav1.ConditionTrue, Reason: "Applied", ObservedGeneration: box.Generation})
	return ctrl.Result{}, r.Status().Patch(ctx, box, client.MergeFrom(was))
}

// Every list and watch that the server answered, a line each: what a restart of the server costs is counted from them.
type witness struct{ next http.RoundTripper }

var witnessLock sync.Mutex

func (w witness) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := w.next.RoundTrip(req)
	q, last := req.URL.Query(), req.URL.Path[strings.LastIndex(req.URL.Path, "/")+1:]
	if err != nil || req.Method != http.MethodGet || (last != "boxes" && last != "configmaps") {
		return resp, err
	}
	verb := "LIST"
	if q.Get("watch") != "" {
		verb = "WATCH"
		if q.Get("sendInitialEvents") == "true" {
			verb = "WATCHLIST"
		}
	}
	witnessLock.Lock()
	fmt.Printf("%s %s %d rv=%s\n", verb, last, resp.StatusCode, q.Get("resourceVersion"))
	witnessLock.Unlock()
	return resp, err
}

func newScheme() (*runtime.Scheme, error) {
	s := runtime.NewScheme()
	return s, errors.Join(clientgoscheme.AddToScheme(s), apiextensionsv1.AddToScheme(s), addTypes(s))
}

// The definition is made by the program, and is there before anybody asks for boxes.
func define(ctx context.Context, c client.WithWatch) error {
	def := boxDefinition()
	if err := c.Create(ctx, def); err != nil && !apierrors.IsAlreadyExists(err) {
		return err
	}
	w, err := c.Watch(ctx, &apiextensionsv1.CustomResourceDefinitionList{}, client.MatchingFields{"metadata.name": def.Name})
	if err != nil {
		return err
	}
	defer w.Stop()
	for e := range w.ResultChan() {
		d, ok := e.Object.(*apiextensionsv1.CustomResourceDefinition)
		if !ok {
			return apierrors.FromObject(e.Object)
		}
		for _, cond := range d.Status.Conditions {
			if cond.Type == apiextensionsv1.Established && cond.Status == apiextensionsv1.ConditionTrue {
				return nil
			}
		}
	}
	return errors.New("the definition is not established")
}

func newManager(cfg *rest.Config, o ctrl.Options) (ctrl.Manager, error) {
	cfg = rest.CopyConfig(cfg)
	cfg.Wrap(func(next http.RoundTripper) http.RoundTripper { return witness{next} })
	s, err := newScheme()
	if err != nil {
		return nil, err
	}
	o.Scheme, o.Metrics = s, server.Options{BindAddress: "0"}
	mgr, err := ctrl.NewManager(cfg, o)
	if err != nil {
		return nil, err
	}
	// Of the ConfigMaps only metadata is watched and kept.
	return mgr, ctrl.NewControllerManagedBy(mgr).For(&Box{}).Owns(&corev1.ConfigMap{}, builder.OnlyMetadata).Complete(&reconciler{mgr.GetClient()})
}

func run(ctx context.Context, cfg *rest.Config) error {
	s, err := newScheme()
	if err != nil {
		return err
	}
	c, err := client.NewWithWatch(cfg, client.Options{Scheme: s})
	if err != nil {
		return err
	}
	if err := define(ctx, c); err != nil {
		return err
	}
	mgr, err := newManager(cfg, ctrl.Options{LeaderElection: true, LeaderElectionID: "box-operator", LeaderElectionNamespace: "default", LeaderElectionReleaseOnCancel: true,
		LeaseDuration: ptr(6 * time.Second), RenewDeadline: ptr(4 * time.Second), RetryPeriod: ptr(time.Second)})
	if err != nil {
		return err
	}
	go func() {
		<-mgr.Elected()
		fmt.Println("LEADS")
	}()
	return mgr.Start(ctx)
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: operator run|drive|envtest [--kubeconfig FILE] [--seconds N]")
		os.Exit(2)
	}
	flags := flag.NewFlagSet(os.Args[1], flag.ExitOnError)
	kubeconfig := flags.String("kubeconfig", os.Getenv("KUBECONFIG"), "where the cluster is")
	seconds := flags.Int("seconds", 10, "how long drive writes")
	_ = flags.Parse(os.Args[2:])
	log.SetLogger(zap.New())
	cfg, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err == nil {
		cfg.QPS = -1
		ctx := ctrl.SetupSignalHandler()
		switch os.Args[1] {
		case "run":
			err = run(ctx, cfg)
		case "drive":
			err = drive(ctx, cfg, time.Duration(*seconds)*time.Second)
		case "envtest":
			err = inEnvtest(ctx, cfg)
		default:
			err = fmt.Errorf("unknown command %s", os.Args[1])
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "operator:", err)
		os.Exit(1)
	}
}
