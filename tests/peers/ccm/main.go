// Kubernetes' own cloud controller manager (k8s.io/cloud-provider) with a cloud that is a JSON file, read anew whenever it is asked:
//
//	{"instances": {NODE: {"id": "fake://...", "zone": "a", "addresses": [{"type": "InternalIP", "address": "..."}]}},
//	 "balancers": [{"ip": "...", "ipMode": "VIP"}, ...]}
//
// --cloud-provider file --cloud-config FILE. The same file serves tests/integration/ccm.py.
package main

import (
	"context"
	"encoding/json"
	"io"
	"os"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	cloudprovider "k8s.io/cloud-provider"
	"k8s.io/cloud-provider/app"
	"k8s.io/cloud-provider/app/config"
	"k8s.io/cloud-provider/names"
	"k8s.io/cloud-provider/options"
	"k8s.io/component-base/cli"
	cliflag "k8s.io/component-base/cli/flag"
	"k8s.io/klog/v2"
)

type instance struct {
	ID        string           `json:"id"`
	Zone      string           `json:"zone"`
	Addresses []v1.NodeAddress `json:"addresses"`
}

type file struct {
	Instances map[string]instance      `json:"instances"`
	Balancers []v1.LoadBalancerIngress `json:"balancers"`
}

type cloud struct{ path string }

func (c *cloud) read() (f file, err error) {
	data, err := os.ReadFile(c.path)
	if err == nil {
		err = json.Unmarshal(data, &f)
	}
	return f, err
}

func (c *cloud) Initialize(cloudprovider.ControllerClientBuilder, <-chan struct{}) {}
func (c *cloud) LoadBalancer() (cloudprovider.LoadBalancer, bool)                  { return c, true }
func (c *cloud) Instances() (cloudprovider.Instances, bool)                        { return nil, false }
func (c *cloud) InstancesV2() (cloudprovider.InstancesV2, bool)                    { return c, true }
func (c *cloud) Zones() (cloudprovider.Zones, bool)                                { return nil, false }
func (c *cloud) Clusters() (cloudprovider.Clusters, bool)                          { return nil, false }
func (c *cloud) Routes() (cloudprovider.Routes, bool)                              { return nil, false }
func (c *cloud) ProviderName() string                                              { return "file" }
func (c *cloud) HasClusterID() bool                                                { return true }

func (c *cloud) InstanceExists(_ context.Context, n *v1.Node) (bool, error) {
	f, err := c.read()
	_, ok := f.Instances[n.Name]
	return ok, err
}

func (c *cloud) InstanceShutdown(context.Context, *v1.Node) (bool, error) { return false, nil }

func (c *cloud) InstanceMetadata(_ context.Context, n *v1.Node) (*cloudprovider.InstanceMetadata, error) {
	f, err := c.read()
	if err != nil {
		return nil, err
	}
	i, ok := f.Instances[n.Name]
	if !ok {
		return nil, cloudprovider.InstanceNotFound
	}
	addresses := append(append([]v1.NodeAddress{}, i.Addresses...), v1.NodeAddress{Type: v1.NodeHostName, Address: n.Name})
	return &cloudprovider.InstanceMetadata{ProviderID: i.ID, InstanceType: "small", NodeAddresses: addresses, Zone: i.Zone, Region: "r1"}, nil
}

func (c *cloud) status() (*v1.LoadBalancerStatus, error) {
	f, err := c.read()
	return &v1.LoadBalancerStatus{Ingress: f.Balancers}, err
}

func (c *cloud) GetLoadBalancer(context.Context, string, *v1.Service) (*v1.LoadBalancerStatus, bool, error) {
	s, err := c.status()
	return s, true, err
}

func (c *cloud) GetLoadBalancerName(_ context.Context, _ string, s *v1.Service) string {
	return cloudprovider.DefaultLoadBalancerName(s)
}

func (c *cloud) EnsureLoadBalancer(context.Context, string, *v1.Service, []*v1.Node) (*v1.LoadBalancerStatus, error) {
	return c.status()
}

func (c *cloud) UpdateLoadBalancer(context.Context, string, *v1.Service, []*v1.Node) error { return nil }

func (c *cloud) EnsureLoadBalancerDeleted(context.Context, string, *v1.Service) error { return nil }

func initializer(c *config.CompletedConfig) cloudprovider.Interface {
	k := c.ComponentConfig.KubeCloudShared.CloudProvider
	p, err := cloudprovider.InitCloudProvider(k.Name, k.CloudConfigFile)
	if err != nil || p == nil {
		klog.Fatalf("cloud provider %q: %v", k.Name, err)
	}
	return p
}

func main() {
	path := ""
	for i, a := range os.Args {
		if a == "--cloud-config" && i+1 < len(os.Args) {
			path = os.Args[i+1]
		}
	}
	cloudprovider.RegisterCloudProvider("file", func(io.Reader) (cloudprovider.Interface, error) { return &cloud{path}, nil })
	o, err := options.NewCloudControllerManagerOptions()
	if err != nil {
		klog.Fatal(err)
	}
	command := app.NewCloudControllerManagerCommand(o, initializer, app.DefaultInitFuncConstructors, names.CCMControllerAliases(), cliflag.NamedFlagSets{}, wait.NeverStop)
	os.Exit(cli.Run(command))
}
