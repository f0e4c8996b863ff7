/* Made by gen/gen.py from facts/types.txt and facts/defaults.txt. Do not edit. */
#include "api/tables_gen.h"

const char api_type_strings[] =
	"\0"
	"io.k8s.api.admissionregistration.v1.ApplyConfiguration\0"
	"io.k8s.api.admissionregistration.v1.AuditAnnotation\0"
	"io.k8s.api.admissionregistration.v1.ExpressionWarning\0"
	"io.k8s.api.admissionregistration.v1.JSONPatch\0"
	"io.k8s.api.admissionregistration.v1.MatchCondition\0"
	"Equivalent\0"
	"matchPolicy\0"
	"namespaceSelector\0"
	"objectSelector\0"
	"io.k8s.api.admissionregistration.v1.MatchResources\0"
	"io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicy\0"
	"admissionregistration.k8s.io/v1/MutatingAdmissionPolicy\0"
	"io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBinding\0"
	"admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding\0"
	"io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBindingList\0"
	"admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBindingList\0"
	"io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBindingSpec\0"
	"io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyList\0"
	"admissionregistration.k8s.io/v1/MutatingAdmissionPolicyList\0"
	"Fail\0"
	"failurePolicy\0"
	"io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicySpec\0"
	"timeoutSeconds\0"
	"Never\0"
	"reinvocationPolicy\0"
	"io.k8s.api.admissionregistration.v1.MutatingWebhook\0"
	"io.k8s.api.admissionregistration.v1.MutatingWebhookConfiguration\0"
	"admissionregistration.k8s.io/v1/MutatingWebhookConfiguration\0"
	"io.k8s.api.admissionregistration.v1.MutatingWebhookConfigurationList\0"
	"admissionregistration.k8s.io/v1/MutatingWebhookConfigurationList\0"
	"io.k8s.api.admissionregistration.v1.Mutation\0"
	"*\0"
	"scope\0"
	"io.k8s.api.admissionregistration.v1.NamedRuleWithOperations\0"
	"io.k8s.api.admissionregistration.v1.ParamKind\0"
	"io.k8s.api.admissionregistration.v1.ParamRef\0"
	"io.k8s.api.admissionregistration.v1.RuleWithOperations\0"
	"port\0"
	"io.k8s.api.admissionregistration.v1.ServiceReference\0"
	"io.k8s.api.admissionregistration.v1.TypeChecking\0"
	"io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicy\0"
	"admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy\0"
	"io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBinding\0"
	"admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding\0"
	"io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingList\0"
	"admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBindingList\0"
	"io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec\0"
	"io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyList\0"
	"admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyList\0"
	"io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec\0"
	"io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyStatus\0"
	"io.k8s.api.admissionregistration.v1.ValidatingWebhook\0"
	"io.k8s.api.admissionregistration.v1.ValidatingWebhookConfiguration\0"
	"admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration\0"
	"io.k8s.api.admissionregistration.v1.ValidatingWebhookConfigurationList\0"
	"admissionregistration.k8s.io/v1/ValidatingWebhookConfigurationList\0"
	"io.k8s.api.admissionregistration.v1.Validation\0"
	"io.k8s.api.admissionregistration.v1.Variable\0"
	"io.k8s.api.admissionregistration.v1.WebhookClientConfig\0"
	"io.k8s.api.apps.v1.ControllerRevision\0"
	"apps/v1/ControllerRevision\0"
	"io.k8s.api.apps.v1.ControllerRevisionList\0"
	"apps/v1/ControllerRevisionList\0"
	"spec\0"
	"{\"currentNumberScheduled\":0,\"numberMisscheduled\":0,\"desiredNumberScheduled\":0,\"numberReady\":0}\0"
	"status\0"
	"io.k8s.api.apps.v1.DaemonSet\0"
	"apps/v1/DaemonSet\0"
	"io.k8s.api.apps.v1.DaemonSetCondition\0"
	"io.k8s.api.apps.v1.DaemonSetList\0"
	"apps/v1/DaemonSetList\0"
	"updateStrategy\0"
	"revisionHistoryLimit\0"
	"io.k8s.api.apps.v1.DaemonSetSpec\0"
	"io.k8s.api.apps.v1.DaemonSetStatus\0"
	"RollingUpdate\0"
	"type\0"
	"rollingUpdate\0"
	"io.k8s.api.apps.v1.DaemonSetUpdateStrategy\0"
	"io.k8s.api.apps.v1.Deployment\0"
	"apps/v1/Deployment\0"
	"io.k8s.api.apps.v1.DeploymentCondition\0"
	"io.k8s.api.apps.v1.DeploymentList\0"
	"apps/v1/DeploymentList\0"
	"replicas\0"
	"strategy\0"
	"progressDeadlineSeconds\0"
	"io.k8s.api.apps.v1.DeploymentSpec\0"
	"io.k8s.api.apps.v1.DeploymentStatus\0"
	"io.k8s.api.apps.v1.DeploymentStrategy\0"
	"{\"replicas\":0}\0"
	"io.k8s.api.apps.v1.ReplicaSet\0"
	"apps/v1/ReplicaSet\0"
	"io.k8s.api.apps.v1.ReplicaSetCondition\0"
	"io.k8s.api.apps.v1.ReplicaSetList\0"
	"apps/v1/ReplicaSetList\0"
	"io.k8s.api.apps.v1.ReplicaSetSpec\0"
	"io.k8s.api.apps.v1.ReplicaSetStatus\0"
	"maxUnavailable\0"
	"maxSurge\0"
	"io.k8s.api.apps.v1.RollingUpdateDaemonSet\0"
	"25%\0"
	"io.k8s.api.apps.v1.RollingUpdateDeployment\0"
	"partition\0"
	"io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy\0"
	"{\"replicas\":0,\"availableReplicas\":0}\0"
	"io.k8s.api.apps.v1.StatefulSet\0"
	"apps/v1/StatefulSet\0"
	"io.k8s.api.apps.v1.StatefulSetCondition\0"
	"io.k8s.api.apps.v1.StatefulSetList\0"
	"apps/v1/StatefulSetList\0"
	"io.k8s.api.apps.v1.StatefulSetOrdinals\0"
	"Retain\0"
	"whenDeleted\0"
	"whenScaled\0"
	"io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy\0"
	"OrderedReady\0"
	"podManagementPolicy\0"
	"persistentVolumeClaimRetentionPolicy\0"
	"io.k8s.api.apps.v1.StatefulSetSpec\0"
	"io.k8s.api.apps.v1.StatefulSetStatus\0"
	"io.k8s.api.apps.v1.StatefulSetUpdateStrategy\0"
	"io.k8s.api.authentication.v1.BoundObjectReference\0"
	"io.k8s.api.authentication.v1.SelfSubjectReview\0"
	"authentication.k8s.io/v1/SelfSubjectReview\0"
	"io.k8s.api.authentication.v1.SelfSubjectReviewStatus\0"
	"io.k8s.api.authentication.v1.TokenRequest\0"
	"authentication.k8s.io/v1/TokenRequest\0"
	"expirationSeconds\0"
	"io.k8s.api.authentication.v1.TokenRequestSpec\0"
	"io.k8s.api.authentication.v1.TokenRequestStatus\0"
	"io.k8s.api.authentication.v1.TokenReview\0"
	"authentication.k8s.io/v1/TokenReview\0"
	"io.k8s.api.authentication.v1.TokenReviewSpec\0"
	"io.k8s.api.authentication.v1.TokenReviewStatus\0"
	"io.k8s.api.authentication.v1.UserInfo\0"
	"io.k8s.api.authorization.v1.FieldSelectorAttributes\0"
	"io.k8s.api.authorization.v1.LabelSelectorAttributes\0"
	"io.k8s.api.authorization.v1.LocalSubjectAccessReview\0"
	"authorization.k8s.io/v1/LocalSubjectAccessReview\0"
	"io.k8s.api.authorization.v1.NonResourceAttributes\0"
	"io.k8s.api.authorization.v1.NonResourceRule\0"
	"io.k8s.api.authorization.v1.ResourceAttributes\0"
	"io.k8s.api.authorization.v1.ResourceRule\0"
	"io.k8s.api.authorization.v1.SelfSubjectAccessReview\0"
	"authorization.k8s.io/v1/SelfSubjectAccessReview\0"
	"io.k8s.api.authorization.v1.SelfSubjectAccessReviewSpec\0"
	"io.k8s.api.authorization.v1.SelfSubjectRulesReview\0"
	"authorization.k8s.io/v1/SelfSubjectRulesReview\0"
	"io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec\0"
	"io.k8s.api.authorization.v1.SubjectAccessReview\0"
	"authorization.k8s.io/v1/SubjectAccessReview\0"
	"io.k8s.api.authorization.v1.SubjectAccessReviewSpec\0"
	"io.k8s.api.authorization.v1.SubjectAccessReviewStatus\0"
	"io.k8s.api.authorization.v1.SubjectRulesReviewStatus\0"
	"io.k8s.api.autoscaling.v1.CrossVersionObjectReference\0"
	"{\"currentReplicas\":0,\"desiredReplicas\":0}\0"
	"io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler\0"
	"autoscaling/v1/HorizontalPodAutoscaler\0"
	"io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerList\0"
	"autoscaling/v1/HorizontalPodAutoscalerList\0"
	"minReplicas\0"
	"io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec\0"
	"io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerStatus\0"
	"io.k8s.api.autoscaling.v1.Scale\0"
	"autoscaling/v1/Scale\0"
	"io.k8s.api.autoscaling.v1.ScaleSpec\0"
	"io.k8s.api.autoscaling.v1.ScaleStatus\0"
	"io.k8s.api.autoscaling.v2.ContainerResourceMetricSource\0"
	"io.k8s.api.autoscaling.v2.ContainerResourceMetricStatus\0"
	"io.k8s.api.autoscaling.v2.CrossVersionObjectReference\0"
	"io.k8s.api.autoscaling.v2.ExternalMetricSource\0"
	"io.k8s.api.autoscaling.v2.ExternalMetricStatus\0"
	"io.k8s.api.autoscaling.v2.HPAScalingPolicy\0"
	"io.k8s.api.autoscaling.v2.HPAScalingRules\0"
	"{\"desiredReplicas\":0}\0"
	"io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler\0"
	"autoscaling/v2/HorizontalPodAutoscaler\0"
	"scaleUp\0"
	"scaleDown\0"
	"io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior\0"
	"io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition\0"
	"io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerList\0"
	"autoscaling/v2/HorizontalPodAutoscalerList\0"
	"[{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"target\":{\"type\":\"Utilization\",\"averageUtilization\":80}}}]\0"
	"metrics\0"
	"io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerSpec\0"
	"io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus\0"
	"io.k8s.api.autoscaling.v2.MetricIdentifier\0"
	"io.k8s.api.autoscaling.v2.MetricSpec\0"
	"io.k8s.api.autoscaling.v2.MetricStatus\0"
	"io.k8s.api.autoscaling.v2.MetricTarget\0"
	"io.k8s.api.autoscaling.v2.MetricValueStatus\0"
	"io.k8s.api.autoscaling.v2.ObjectMetricSource\0"
	"io.k8s.api.autoscaling.v2.ObjectMetricStatus\0"
	"io.k8s.api.autoscaling.v2.PodsMetricSource\0"
	"io.k8s.api.autoscaling.v2.PodsMetricStatus\0"
	"io.k8s.api.autoscaling.v2.ResourceMetricSource\0"
	"io.k8s.api.autoscaling.v2.ResourceMetricStatus\0"
	"io.k8s.api.batch.v1.CronJob\0"
	"batch/v1/CronJob\0"
	"io.k8s.api.batch.v1.CronJobList\0"
	"batch/v1/CronJobList\0"
	"Allow\0"
	"concurrencyPolicy\0"
	"suspend\0"
	"successfulJobsHistoryLimit\0"
	"failedJobsHistoryLimit\0"
	"io.k8s.api.batch.v1.CronJobSpec\0"
	"io.k8s.api.batch.v1.CronJobStatus\0"
	"io.k8s.api.batch.v1.Job\0"
	"batch/v1/Job\0"
	"io.k8s.api.batch.v1.JobCondition\0"
	"io.k8s.api.batch.v1.JobList\0"
	"batch/v1/JobList\0"
	"io.k8s.api.batch.v1.JobSpec\0"
	"io.k8s.api.batch.v1.JobStatus\0"
	"io.k8s.api.batch.v1.JobTemplateSpec\0"
	"io.k8s.api.batch.v1.PodFailurePolicy\0"
	"io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement\0"
	"True\0"
	"io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern\0"
	"io.k8s.api.batch.v1.PodFailurePolicyRule\0"
	"io.k8s.api.batch.v1.SuccessPolicy\0"
	"io.k8s.api.batch.v1.SuccessPolicyRule\0"
	"io.k8s.api.batch.v1.UncountedTerminatedPods\0"
	"io.k8s.api.certificates.v1.CertificateSigningRequest\0"
	"certificates.k8s.io/v1/CertificateSigningRequest\0"
	"io.k8s.api.certificates.v1.CertificateSigningRequestCondition\0"
	"io.k8s.api.certificates.v1.CertificateSigningRequestList\0"
	"certificates.k8s.io/v1/CertificateSigningRequestList\0"
	"io.k8s.api.certificates.v1.CertificateSigningRequestSpec\0"
	"io.k8s.api.certificates.v1.CertificateSigningRequestStatus\0"
	"io.k8s.api.coordination.v1.Lease\0"
	"coordination.k8s.io/v1/Lease\0"
	"io.k8s.api.coordination.v1.LeaseList\0"
	"coordination.k8s.io/v1/LeaseList\0"
	"io.k8s.api.coordination.v1.LeaseSpec\0"
	"io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource\0"
	"io.k8s.api.core.v1.Affinity\0"
	"io.k8s.api.core.v1.AppArmorProfile\0"
	"io.k8s.api.core.v1.AttachedVolume\0"
	"ReadWrite\0"
	"cachingMode\0"
	"Shared\0"
	"kind\0"
	"ext4\0"
	"fsType\0"
	"readOnly\0"
	"io.k8s.api.core.v1.AzureDiskVolumeSource\0"
	"io.k8s.api.core.v1.AzureFilePersistentVolumeSource\0"
	"io.k8s.api.core.v1.AzureFileVolumeSource\0"
	"io.k8s.api.core.v1.Binding\0"
	"/v1/Binding\0"
	"io.k8s.api.core.v1.CSIPersistentVolumeSource\0"
	"io.k8s.api.core.v1.CSIVolumeSource\0"
	"io.k8s.api.core.v1.Capabilities\0"
	"io.k8s.api.core.v1.CephFSPersistentVolumeSource\0"
	"io.k8s.api.core.v1.CephFSVolumeSource\0"
	"io.k8s.api.core.v1.CinderPersistentVolumeSource\0"
	"io.k8s.api.core.v1.CinderVolumeSource\0"
	"io.k8s.api.core.v1.ClientIPConfig\0"
	"io.k8s.api.core.v1.ClusterTrustBundleProjection\0"
	"io.k8s.api.core.v1.ComponentCondition\0"
	"io.k8s.api.core.v1.ComponentStatus\0"
	"/v1/ComponentStatus\0"
	"io.k8s.api.core.v1.ComponentStatusList\0"
	"/v1/ComponentStatusList\0"
	"io.k8s.api.core.v1.ConfigMap\0"
	"/v1/ConfigMap\0"
	"io.k8s.api.core.v1.ConfigMapEnvSource\0"
	"io.k8s.api.core.v1.ConfigMapKeySelector\0"
	"io.k8s.api.core.v1.ConfigMapList\0"
	"/v1/ConfigMapList\0"
	"io.k8s.api.core.v1.ConfigMapNodeConfigSource\0"
	"io.k8s.api.core.v1.ConfigMapProjection\0"
	"defaultMode\0"
	"io.k8s.api.core.v1.ConfigMapVolumeSource\0"
	"imagePullPolicy\0"
	"/dev/termination-log\0"
	"terminationMessagePath\0"
	"File\0"
	"terminationMessagePolicy\0"
	"resources\0"
	"io.k8s.api.core.v1.Container\0"
	"io.k8s.api.core.v1.ContainerExtendedResourceRequest\0"
	"io.k8s.api.core.v1.ContainerImage\0"
	"TCP\0"
	"protocol\0"
	"io.k8s.api.core.v1.ContainerPort\0"
	"io.k8s.api.core.v1.ContainerResizePolicy\0"
	"io.k8s.api.core.v1.ContainerRestartRule\0"
	"io.k8s.api.core.v1.ContainerRestartRuleOnExitCodes\0"
	"io.k8s.api.core.v1.ContainerState\0"
	"io.k8s.api.core.v1.ContainerStateRunning\0"
	"io.k8s.api.core.v1.ContainerStateTerminated\0"
	"io.k8s.api.core.v1.ContainerStateWaiting\0"
	"io.k8s.api.core.v1.ContainerStatus\0"
	"io.k8s.api.core.v1.ContainerUser\0"
	"Port\0"
	"io.k8s.api.core.v1.DaemonEndpoint\0"
	"io.k8s.api.core.v1.DownwardAPIProjection\0"
	"io.k8s.api.core.v1.DownwardAPIVolumeFile\0"
	"io.k8s.api.core.v1.DownwardAPIVolumeSource\0"
	"io.k8s.api.core.v1.EmptyDirVolumeSource\0"
	"io.k8s.api.core.v1.EndpointAddress\0"
	"io.k8s.api.core.v1.EndpointPort\0"
	"io.k8s.api.core.v1.EndpointSubset\0"
	"io.k8s.api.core.v1.Endpoints\0"
	"/v1/Endpoints\0"
	"io.k8s.api.core.v1.EndpointsList\0"
	"/v1/EndpointsList\0"
	"io.k8s.api.core.v1.EnvFromSource\0"
	"io.k8s.api.core.v1.EnvVar\0"
	"io.k8s.api.core.v1.EnvVarSource\0"
	"io.k8s.api.core.v1.EphemeralContainer\0"
	"io.k8s.api.core.v1.EphemeralVolumeSource\0"
	"io.k8s.api.core.v1.Event\0"
	"/v1/Event\0"
	"io.k8s.api.core.v1.EventList\0"
	"/v1/EventList\0"
	"io.k8s.api.core.v1.EventSeries\0"
	"io.k8s.api.core.v1.EventSource\0"
	"io.k8s.api.core.v1.ExecAction\0"
	"io.k8s.api.core.v1.FCVolumeSource\0"
	"io.k8s.api.core.v1.FileKeySelector\0"
	"io.k8s.api.core.v1.FlexPersistentVolumeSource\0"
	"io.k8s.api.core.v1.FlexVolumeSource\0"
	"io.k8s.api.core.v1.FlockerVolumeSource\0"
	"io.k8s.api.core.v1.GCEPersistentDiskVolumeSource\0"
	"service\0"
	"io.k8s.api.core.v1.GRPCAction\0"
	"io.k8s.api.core.v1.GitRepoVolumeSource\0"
	"io.k8s.api.core.v1.GlusterfsPersistentVolumeSource\0"
	"io.k8s.api.core.v1.GlusterfsVolumeSource\0"
	"/\0"
	"path\0"
	"HTTP\0"
	"scheme\0"
	"io.k8s.api.core.v1.HTTPGetAction\0"
	"io.k8s.api.core.v1.HTTPHeader\0"
	"io.k8s.api.core.v1.HostAlias\0"
	"io.k8s.api.core.v1.HostIP\0"
	"io.k8s.api.core.v1.HostPathVolumeSource\0"
	"default\0"
	"iscsiInterface\0"
	"io.k8s.api.core.v1.ISCSIPersistentVolumeSource\0"
	"io.k8s.api.core.v1.ISCSIVolumeSource\0"
	"pullPolicy\0"
	"io.k8s.api.core.v1.ImageVolumeSource\0"
	"io.k8s.api.core.v1.ImageVolumeStatus\0"
	"io.k8s.api.core.v1.KeyToPath\0"
	"io.k8s.api.core.v1.Lifecycle\0"
	"io.k8s.api.core.v1.LifecycleHandler\0"
	"io.k8s.api.core.v1.LimitRange\0"
	"/v1/LimitRange\0"
	"io.k8s.api.core.v1.LimitRangeItem\0"
	"io.k8s.api.core.v1.LimitRangeList\0"
	"/v1/LimitRangeList\0"
	"io.k8s.api.core.v1.LimitRangeSpec\0"
	"io.k8s.api.core.v1.LinuxContainerUser\0"
	"VIP\0"
	"ipMode\0"
	"ip\0"
	"io.k8s.api.core.v1.LoadBalancerIngress\0"
	"io.k8s.api.core.v1.LoadBalancerStatus\0"
	"io.k8s.api.core.v1.LocalObjectReference\0"
	"io.k8s.api.core.v1.LocalVolumeSource\0"
	"io.k8s.api.core.v1.ModifyVolumeStatus\0"
	"io.k8s.api.core.v1.NFSVolumeSource\0"
	"io.k8s.api.core.v1.Namespace\0"
	"/v1/Namespace\0"
	"io.k8s.api.core.v1.NamespaceCondition\0"
	"io.k8s.api.core.v1.NamespaceList\0"
	"/v1/NamespaceList\0"
	"io.k8s.api.core.v1.NamespaceSpec\0"
	"Active\0"
	"phase\0"
	"io.k8s.api.core.v1.NamespaceStatus\0"
	"io.k8s.api.core.v1.Node\0"
	"/v1/Node\0"
	"io.k8s.api.core.v1.NodeAddress\0"
	"io.k8s.api.core.v1.NodeAffinity\0"
	"io.k8s.api.core.v1.NodeAllocatableResourceClaimStatus\0"
	"io.k8s.api.core.v1.NodeCondition\0"
	"io.k8s.api.core.v1.NodeConfigSource\0"
	"io.k8s.api.core.v1.NodeConfigStatus\0"
	"kubeletEndpoint\0"
	"io.k8s.api.core.v1.NodeDaemonEndpoints\0"
	"io.k8s.api.core.v1.NodeFeatures\0"
	"io.k8s.api.core.v1.NodeList\0"
	"/v1/NodeList\0"
	"io.k8s.api.core.v1.NodeRuntimeHandler\0"
	"io.k8s.api.core.v1.NodeRuntimeHandlerFeatures\0"
	"io.k8s.api.core.v1.NodeSelector\0"
	"io.k8s.api.core.v1.NodeSelectorRequirement\0"
	"io.k8s.api.core.v1.NodeSelectorTerm\0"
	"io.k8s.api.core.v1.NodeSpec\0"
	"allocatable\0"
	"daemonEndpoints\0"
	"nodeInfo\0"
	"io.k8s.api.core.v1.NodeStatus\0"
	"io.k8s.api.core.v1.NodeSwapStatus\0"
	"machineID\0"
	"systemUUID\0"
	"bootID\0"
	"kernelVersion\0"
	"osImage\0"
	"containerRuntimeVersion\0"
	"kubeletVersion\0"
	"kubeProxyVersion\0"
	"operatingSystem\0"
	"architecture\0"
	"io.k8s.api.core.v1.NodeSystemInfo\0"
	"v1\0"
	"apiVersion\0"
	"io.k8s.api.core.v1.ObjectFieldSelector\0"
	"io.k8s.api.core.v1.ObjectReference\0"
	"io.k8s.api.core.v1.PersistentVolume\0"
	"/v1/PersistentVolume\0"
	"io.k8s.api.core.v1.PersistentVolumeClaim\0"
	"/v1/PersistentVolumeClaim\0"
	"io.k8s.api.core.v1.PersistentVolumeClaimCondition\0"
	"io.k8s.api.core.v1.PersistentVolumeClaimList\0"
	"/v1/PersistentVolumeClaimList\0"
	"Filesystem\0"
	"volumeMode\0"
	"io.k8s.api.core.v1.PersistentVolumeClaimSpec\0"
	"Pending\0"
	"io.k8s.api.core.v1.PersistentVolumeClaimStatus\0"
	"io.k8s.api.core.v1.PersistentVolumeClaimTemplate\0"
	"io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource\0"
	"io.k8s.api.core.v1.PersistentVolumeList\0"
	"/v1/PersistentVolumeList\0"
	"persistentVolumeReclaimPolicy\0"
	"io.k8s.api.core.v1.PersistentVolumeSpec\0"
	"io.k8s.api.core.v1.PersistentVolumeStatus\0"
	"io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource\0"
	"io.k8s.api.core.v1.Pod\0"
	"/v1/Pod\0"
	"io.k8s.api.core.v1.PodAffinity\0"
	"io.k8s.api.core.v1.PodAffinityTerm\0"
	"io.k8s.api.core.v1.PodAntiAffinity\0"
	"io.k8s.api.core.v1.PodCertificateProjection\0"
	"io.k8s.api.core.v1.PodCondition\0"
	"io.k8s.api.core.v1.PodDNSConfig\0"
	"io.k8s.api.core.v1.PodDNSConfigOption\0"
	"io.k8s.api.core.v1.PodExtendedResourceClaimStatus\0"
	"io.k8s.api.core.v1.PodIP\0"
	"io.k8s.api.core.v1.PodList\0"
	"/v1/PodList\0"
	"io.k8s.api.core.v1.PodOS\0"
	"io.k8s.api.core.v1.PodReadinessGate\0"
	"io.k8s.api.core.v1.PodResourceClaim\0"
	"io.k8s.api.core.v1.PodResourceClaimStatus\0"
	"io.k8s.api.core.v1.PodSchedulingGate\0"
	"io.k8s.api.core.v1.PodSchedulingGroup\0"
	"io.k8s.api.core.v1.PodSecurityContext\0"
	"Always\0"
	"restartPolicy\0"
	"ClusterFirst\0"
	"dnsPolicy\0"
	"securityContext\0"
	"terminationGracePeriodSeconds\0"
	"default-scheduler\0"
	"schedulerName\0"
	"io.k8s.api.core.v1.PodSpec\0"
	"io.k8s.api.core.v1.PodStatus\0"
	"io.k8s.api.core.v1.PodTemplate\0"
	"/v1/PodTemplate\0"
	"io.k8s.api.core.v1.PodTemplateList\0"
	"/v1/PodTemplateList\0"
	"metadata\0"
	"io.k8s.api.core.v1.PodTemplateSpec\0"
	"io.k8s.api.core.v1.PortStatus\0"
	"io.k8s.api.core.v1.PortworxVolumeSource\0"
	"io.k8s.api.core.v1.PreferredSchedulingTerm\0"
	"periodSeconds\0"
	"successThreshold\0"
	"failureThreshold\0"
	"io.k8s.api.core.v1.Probe\0"
	"io.k8s.api.core.v1.ProjectedVolumeSource\0"
	"io.k8s.api.core.v1.QuobyteVolumeSource\0"
	"rbd\0"
	"pool\0"
	"admin\0"
	"user\0"
	"/etc/ceph/keyring\0"
	"keyring\0"
	"io.k8s.api.core.v1.RBDPersistentVolumeSource\0"
	"io.k8s.api.core.v1.RBDVolumeSource\0"
	"io.k8s.api.core.v1.ReplicationController\0"
	"/v1/ReplicationController\0"
	"io.k8s.api.core.v1.ReplicationControllerCondition\0"
	"io.k8s.api.core.v1.ReplicationControllerList\0"
	"/v1/ReplicationControllerList\0"
	"io.k8s.api.core.v1.ReplicationControllerSpec\0"
	"io.k8s.api.core.v1.ReplicationControllerStatus\0"
	"io.k8s.api.core.v1.ResourceClaim\0"
	"io.k8s.api.core.v1.ResourceFieldSelector\0"
	"io.k8s.api.core.v1.ResourceHealth\0"
	"io.k8s.api.core.v1.ResourceQuota\0"
	"/v1/ResourceQuota\0"
	"io.k8s.api.core.v1.ResourceQuotaList\0"
	"/v1/ResourceQuotaList\0"
	"io.k8s.api.core.v1.ResourceQuotaSpec\0"
	"io.k8s.api.core.v1.ResourceQuotaStatus\0"
	"io.k8s.api.core.v1.ResourceRequirements\0"
	"io.k8s.api.core.v1.ResourceStatus\0"
	"io.k8s.api.core.v1.SELinuxOptions\0"
	"ThinProvisioned\0"
	"storageMode\0"
	"xfs\0"
	"io.k8s.api.core.v1.ScaleIOPersistentVolumeSource\0"
	"io.k8s.api.core.v1.ScaleIOVolumeSource\0"
	"io.k8s.api.core.v1.ScopeSelector\0"
	"io.k8s.api.core.v1.ScopedResourceSelectorRequirement\0"
	"io.k8s.api.core.v1.SeccompProfile\0"
	"Opaque\0"
	"io.k8s.api.core.v1.Secret\0"
	"/v1/Secret\0"
	"io.k8s.api.core.v1.SecretEnvSource\0"
	"io.k8s.api.core.v1.SecretKeySelector\0"
	"io.k8s.api.core.v1.SecretList\0"
	"/v1/SecretList\0"
	"io.k8s.api.core.v1.SecretProjection\0"
	"io.k8s.api.core.v1.SecretReference\0"
	"io.k8s.api.core.v1.SecretVolumeSource\0"
	"io.k8s.api.core.v1.SecurityContext\0"
	"io.k8s.api.core.v1.Service\0"
	"/v1/Service\0"
	"io.k8s.api.core.v1.ServiceAccount\0"
	"/v1/ServiceAccount\0"
	"io.k8s.api.core.v1.ServiceAccountList\0"
	"/v1/ServiceAccountList\0"
	"io.k8s.api.core.v1.ServiceAccountTokenProjection\0"
	"io.k8s.api.core.v1.ServiceList\0"
	"/v1/ServiceList\0"
	"targetPort\0"
	"io.k8s.api.core.v1.ServicePort\0"
	"None\0"
	"sessionAffinity\0"
	"ClusterIP\0"
	"io.k8s.api.core.v1.ServiceSpec\0"
	"loadBalancer\0"
	"io.k8s.api.core.v1.ServiceStatus\0"
	"io.k8s.api.core.v1.SessionAffinityConfig\0"
	"io.k8s.api.core.v1.SleepAction\0"
	"io.k8s.api.core.v1.StorageOSPersistentVolumeSource\0"
	"io.k8s.api.core.v1.StorageOSVolumeSource\0"
	"io.k8s.api.core.v1.Sysctl\0"
	"io.k8s.api.core.v1.TCPSocketAction\0"
	"io.k8s.api.core.v1.Taint\0"
	"io.k8s.api.core.v1.Toleration\0"
	"io.k8s.api.core.v1.TopologySelectorLabelRequirement\0"
	"io.k8s.api.core.v1.TopologySelectorTerm\0"
	"io.k8s.api.core.v1.TopologySpreadConstraint\0"
	"io.k8s.api.core.v1.TypedLocalObjectReference\0"
	"io.k8s.api.core.v1.TypedObjectReference\0"
	"io.k8s.api.core.v1.Volume\0"
	"io.k8s.api.core.v1.VolumeDevice\0"
	"io.k8s.api.core.v1.VolumeMount\0"
	"io.k8s.api.core.v1.VolumeMountStatus\0"
	"io.k8s.api.core.v1.VolumeNodeAffinity\0"
	"io.k8s.api.core.v1.VolumeProjection\0"
	"io.k8s.api.core.v1.VolumeResourceRequirements\0"
	"io.k8s.api.core.v1.VolumeStatus\0"
	"io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource\0"
	"io.k8s.api.core.v1.WeightedPodAffinityTerm\0"
	"io.k8s.api.core.v1.WindowsSecurityContextOptions\0"
	"conditions\0"
	"io.k8s.api.discovery.v1.Endpoint\0"
	"io.k8s.api.discovery.v1.EndpointConditions\0"
	"io.k8s.api.discovery.v1.EndpointHints\0"
	"name\0"
	"io.k8s.api.discovery.v1.EndpointPort\0"
	"io.k8s.api.discovery.v1.EndpointSlice\0"
	"discovery.k8s.io/v1/EndpointSlice\0"
	"io.k8s.api.discovery.v1.EndpointSliceList\0"
	"discovery.k8s.io/v1/EndpointSliceList\0"
	"io.k8s.api.discovery.v1.ForNode\0"
	"io.k8s.api.discovery.v1.ForZone\0"
	"io.k8s.api.events.v1.Event\0"
	"events.k8s.io/v1/Event\0"
	"io.k8s.api.events.v1.EventList\0"
	"events.k8s.io/v1/EventList\0"
	"io.k8s.api.events.v1.EventSeries\0"
	"nominalConcurrencyShares\0"
	"lendablePercent\0"
	"io.k8s.api.flowcontrol.v1.ExemptPriorityLevelConfiguration\0"
	"io.k8s.api.flowcontrol.v1.FlowDistinguisherMethod\0"
	"io.k8s.api.flowcontrol.v1.FlowSchema\0"
	"flowcontrol.apiserver.k8s.io/v1/FlowSchema\0"
	"io.k8s.api.flowcontrol.v1.FlowSchemaCondition\0"
	"io.k8s.api.flowcontrol.v1.FlowSchemaList\0"
	"flowcontrol.apiserver.k8s.io/v1/FlowSchemaList\0"
	"matchingPrecedence\0"
	"io.k8s.api.flowcontrol.v1.FlowSchemaSpec\0"
	"io.k8s.api.flowcontrol.v1.FlowSchemaStatus\0"
	"io.k8s.api.flowcontrol.v1.GroupSubject\0"
	"io.k8s.api.flowcontrol.v1.LimitResponse\0"
	"io.k8s.api.flowcontrol.v1.LimitedPriorityLevelConfiguration\0"
	"io.k8s.api.flowcontrol.v1.NonResourcePolicyRule\0"
	"io.k8s.api.flowcontrol.v1.PolicyRulesWithSubjects\0"
	"io.k8s.api.flowcontrol.v1.PriorityLevelConfiguration\0"
	"flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration\0"
	"io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationCondition\0"
	"io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationList\0"
	"flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfigurationList\0"
	"io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationReference\0"
	"exempt\0"
	"Exempt\0"
	"io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationSpec\0"
	"io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationStatus\0"
	"queues\0"
	"handSize\0"
	"queueLengthLimit\0"
	"io.k8s.api.flowcontrol.v1.QueuingConfiguration\0"
	"io.k8s.api.flowcontrol.v1.ResourcePolicyRule\0"
	"io.k8s.api.flowcontrol.v1.ServiceAccountSubject\0"
	"io.k8s.api.flowcontrol.v1.Subject\0"
	"io.k8s.api.flowcontrol.v1.UserSubject\0"
	"io.k8s.api.networking.v1.HTTPIngressPath\0"
	"io.k8s.api.networking.v1.HTTPIngressRuleValue\0"
	"io.k8s.api.networking.v1.IPAddress\0"
	"networking.k8s.io/v1/IPAddress\0"
	"io.k8s.api.networking.v1.IPAddressList\0"
	"networking.k8s.io/v1/IPAddressList\0"
	"io.k8s.api.networking.v1.IPAddressSpec\0"
	"io.k8s.api.networking.v1.IPBlock\0"
	"io.k8s.api.networking.v1.Ingress\0"
	"networking.k8s.io/v1/Ingress\0"
	"io.k8s.api.networking.v1.IngressBackend\0"
	"io.k8s.api.networking.v1.IngressClass\0"
	"networking.k8s.io/v1/IngressClass\0"
	"io.k8s.api.networking.v1.IngressClassList\0"
	"networking.k8s.io/v1/IngressClassList\0"
	"Cluster\0"
	"io.k8s.api.networking.v1.IngressClassParametersReference\0"
	"io.k8s.api.networking.v1.IngressClassSpec\0"
	"io.k8s.api.networking.v1.IngressList\0"
	"networking.k8s.io/v1/IngressList\0"
	"io.k8s.api.networking.v1.IngressLoadBalancerIngress\0"
	"io.k8s.api.networking.v1.IngressLoadBalancerStatus\0"
	"io.k8s.api.networking.v1.IngressPortStatus\0"
	"io.k8s.api.networking.v1.IngressRule\0"
	"io.k8s.api.networking.v1.IngressServiceBackend\0"
	"io.k8s.api.networking.v1.IngressSpec\0"
	"io.k8s.api.networking.v1.IngressStatus\0"
	"io.k8s.api.networking.v1.IngressTLS\0"
	"io.k8s.api.networking.v1.NetworkPolicy\0"
	"networking.k8s.io/v1/NetworkPolicy\0"
	"io.k8s.api.networking.v1.NetworkPolicyEgressRule\0"
	"io.k8s.api.networking.v1.NetworkPolicyIngressRule\0"
	"io.k8s.api.networking.v1.NetworkPolicyList\0"
	"networking.k8s.io/v1/NetworkPolicyList\0"
	"io.k8s.api.networking.v1.NetworkPolicyPeer\0"
	"io.k8s.api.networking.v1.NetworkPolicyPort\0"
	"podSelector\0"
	"policyTypes\0"
	"io.k8s.api.networking.v1.NetworkPolicySpec\0"
	"io.k8s.api.networking.v1.ParentReference\0"
	"io.k8s.api.networking.v1.ServiceBackendPort\0"
	"io.k8s.api.networking.v1.ServiceCIDR\0"
	"networking.k8s.io/v1/ServiceCIDR\0"
	"io.k8s.api.networking.v1.ServiceCIDRList\0"
	"networking.k8s.io/v1/ServiceCIDRList\0"
	"io.k8s.api.networking.v1.ServiceCIDRSpec\0"
	"io.k8s.api.networking.v1.ServiceCIDRStatus\0"
	"io.k8s.api.node.v1.Overhead\0"
	"io.k8s.api.node.v1.RuntimeClass\0"
	"node.k8s.io/v1/RuntimeClass\0"
	"io.k8s.api.node.v1.RuntimeClassList\0"
	"node.k8s.io/v1/RuntimeClassList\0"
	"io.k8s.api.node.v1.Scheduling\0"
	"io.k8s.api.policy.v1.Eviction\0"
	"policy/v1/Eviction\0"
	"{\"disruptionsAllowed\":0,\"currentHealthy\":0,\"desiredHealthy\":0,\"expectedPods\":0}\0"
	"io.k8s.api.policy.v1.PodDisruptionBudget\0"
	"policy/v1/PodDisruptionBudget\0"
	"io.k8s.api.policy.v1.PodDisruptionBudgetList\0"
	"policy/v1/PodDisruptionBudgetList\0"
	"io.k8s.api.policy.v1.PodDisruptionBudgetSpec\0"
	"io.k8s.api.policy.v1.PodDisruptionBudgetStatus\0"
	"io.k8s.api.rbac.v1.AggregationRule\0"
	"io.k8s.api.rbac.v1.ClusterRole\0"
	"rbac.authorization.k8s.io/v1/ClusterRole\0"
	"io.k8s.api.rbac.v1.ClusterRoleBinding\0"
	"rbac.authorization.k8s.io/v1/ClusterRoleBinding\0"
	"io.k8s.api.rbac.v1.ClusterRoleBindingList\0"
	"rbac.authorization.k8s.io/v1/ClusterRoleBindingList\0"
	"io.k8s.api.rbac.v1.ClusterRoleList\0"
	"rbac.authorization.k8s.io/v1/ClusterRoleList\0"
	"io.k8s.api.rbac.v1.PolicyRule\0"
	"io.k8s.api.rbac.v1.Role\0"
	"rbac.authorization.k8s.io/v1/Role\0"
	"io.k8s.api.rbac.v1.RoleBinding\0"
	"rbac.authorization.k8s.io/v1/RoleBinding\0"
	"io.k8s.api.rbac.v1.RoleBindingList\0"
	"rbac.authorization.k8s.io/v1/RoleBindingList\0"
	"io.k8s.api.rbac.v1.RoleList\0"
	"rbac.authorization.k8s.io/v1/RoleList\0"
	"rbac.authorization.k8s.io\0"
	"apiGroup\0"
	"io.k8s.api.rbac.v1.RoleRef\0"
	"User\0"
	"Group\0"
	"io.k8s.api.rbac.v1.Subject\0"
	"io.k8s.api.resource.v1.AllocatedDeviceStatus\0"
	"io.k8s.api.resource.v1.AllocationResult\0"
	"io.k8s.api.resource.v1.CELDeviceSelector\0"
	"io.k8s.api.resource.v1.CapacityRequestPolicy\0"
	"io.k8s.api.resource.v1.CapacityRequestPolicyRange\0"
	"io.k8s.api.resource.v1.CapacityRequirements\0"
	"io.k8s.api.resource.v1.Counter\0"
	"io.k8s.api.resource.v1.CounterSet\0"
	"io.k8s.api.resource.v1.Device\0"
	"io.k8s.api.resource.v1.DeviceAllocationConfiguration\0"
	"io.k8s.api.resource.v1.DeviceAllocationResult\0"
	"io.k8s.api.resource.v1.DeviceAttribute\0"
	"io.k8s.api.resource.v1.DeviceCapacity\0"
	"io.k8s.api.resource.v1.DeviceClaim\0"
	"io.k8s.api.resource.v1.DeviceClaimConfiguration\0"
	"io.k8s.api.resource.v1.DeviceClass\0"
	"resource.k8s.io/v1/DeviceClass\0"
	"io.k8s.api.resource.v1.DeviceClassConfiguration\0"
	"io.k8s.api.resource.v1.DeviceClassList\0"
	"resource.k8s.io/v1/DeviceClassList\0"
	"io.k8s.api.resource.v1.DeviceClassSpec\0"
	"io.k8s.api.resource.v1.DeviceConstraint\0"
	"io.k8s.api.resource.v1.DeviceCounterConsumption\0"
	"io.k8s.api.resource.v1.DeviceRequest\0"
	"io.k8s.api.resource.v1.DeviceRequestAllocationResult\0"
	"io.k8s.api.resource.v1.DeviceSelector\0"
	"ExactCount\0"
	"allocationMode\0"
	"count\0"
	"io.k8s.api.resource.v1.DeviceSubRequest\0"
	"io.k8s.api.resource.v1.DeviceTaint\0"
	"Equal\0"
	"operator\0"
	"io.k8s.api.resource.v1.DeviceToleration\0"
	"io.k8s.api.resource.v1.ExactDeviceRequest\0"
	"io.k8s.api.resource.v1.NetworkDeviceData\0"
	"io.k8s.api.resource.v1.NodeAllocatableResourceMapping\0"
	"io.k8s.api.resource.v1.OpaqueDeviceConfiguration\0"
	"io.k8s.api.resource.v1.ResourceClaim\0"
	"resource.k8s.io/v1/ResourceClaim\0"
	"io.k8s.api.resource.v1.ResourceClaimConsumerReference\0"
	"io.k8s.api.resource.v1.ResourceClaimList\0"
	"resource.k8s.io/v1/ResourceClaimList\0"
	"io.k8s.api.resource.v1.ResourceClaimSpec\0"
	"io.k8s.api.resource.v1.ResourceClaimStatus\0"
	"io.k8s.api.resource.v1.ResourceClaimTemplate\0"
	"resource.k8s.io/v1/ResourceClaimTemplate\0"
	"io.k8s.api.resource.v1.ResourceClaimTemplateList\0"
	"resource.k8s.io/v1/ResourceClaimTemplateList\0"
	"io.k8s.api.resource.v1.ResourceClaimTemplateSpec\0"
	"io.k8s.api.resource.v1.ResourcePool\0"
	"io.k8s.api.resource.v1.ResourceSlice\0"
	"resource.k8s.io/v1/ResourceSlice\0"
	"io.k8s.api.resource.v1.ResourceSliceList\0"
	"resource.k8s.io/v1/ResourceSliceList\0"
	"io.k8s.api.resource.v1.ResourceSliceSpec\0"
	"PreemptLowerPriority\0"
	"preemptionPolicy\0"
	"io.k8s.api.scheduling.v1.PriorityClass\0"
	"scheduling.k8s.io/v1/PriorityClass\0"
	"io.k8s.api.scheduling.v1.PriorityClassList\0"
	"scheduling.k8s.io/v1/PriorityClassList\0"
	"io.k8s.api.storage.v1.CSIDriver\0"
	"storage.k8s.io/v1/CSIDriver\0"
	"io.k8s.api.storage.v1.CSIDriverList\0"
	"storage.k8s.io/v1/CSIDriverList\0"
	"attachRequired\0"
	"podInfoOnMount\0"
	"storageCapacity\0"
	"ReadWriteOnceWithFSType\0"
	"fsGroupPolicy\0"
	"[\"Persistent\"]\0"
	"volumeLifecycleModes\0"
	"requiresRepublish\0"
	"seLinuxMount\0"
	"io.k8s.api.storage.v1.CSIDriverSpec\0"
	"io.k8s.api.storage.v1.CSINode\0"
	"storage.k8s.io/v1/CSINode\0"
	"io.k8s.api.storage.v1.CSINodeDriver\0"
	"io.k8s.api.storage.v1.CSINodeList\0"
	"storage.k8s.io/v1/CSINodeList\0"
	"io.k8s.api.storage.v1.CSINodeSpec\0"
	"io.k8s.api.storage.v1.CSIStorageCapacity\0"
	"storage.k8s.io/v1/CSIStorageCapacity\0"
	"io.k8s.api.storage.v1.CSIStorageCapacityList\0"
	"storage.k8s.io/v1/CSIStorageCapacityList\0"
	"Delete\0"
	"reclaimPolicy\0"
	"Immediate\0"
	"volumeBindingMode\0"
	"io.k8s.api.storage.v1.StorageClass\0"
	"storage.k8s.io/v1/StorageClass\0"
	"io.k8s.api.storage.v1.StorageClassList\0"
	"storage.k8s.io/v1/StorageClassList\0"
	"io.k8s.api.storage.v1.TokenRequest\0"
	"{\"attached\":false}\0"
	"io.k8s.api.storage.v1.VolumeAttachment\0"
	"storage.k8s.io/v1/VolumeAttachment\0"
	"io.k8s.api.storage.v1.VolumeAttachmentList\0"
	"storage.k8s.io/v1/VolumeAttachmentList\0"
	"io.k8s.api.storage.v1.VolumeAttachmentSource\0"
	"io.k8s.api.storage.v1.VolumeAttachmentSpec\0"
	"io.k8s.api.storage.v1.VolumeAttachmentStatus\0"
	"io.k8s.api.storage.v1.VolumeAttributesClass\0"
	"storage.k8s.io/v1/VolumeAttributesClass\0"
	"io.k8s.api.storage.v1.VolumeAttributesClassList\0"
	"storage.k8s.io/v1/VolumeAttributesClassList\0"
	"io.k8s.api.storage.v1.VolumeError\0"
	"io.k8s.api.storage.v1.VolumeNodeResources\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition\0"
	"apiextensions.k8s.io/v1/CustomResourceDefinition\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionList\0"
	"apiextensions.k8s.io/v1/CustomResourceDefinitionList\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames\0"
	"conversion\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion\0"
	"io.k8s.apimachinery.pkg.api.resource.Quantity\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.APIGroup\0"
	"/v1/APIGroup\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.APIGroupList\0"
	"/v1/APIGroupList\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.APIResource\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.APIResourceList\0"
	"/v1/APIResourceList\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.APIVersions\0"
	"/v1/APIVersions\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.Condition\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.GroupResource\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionForDiscovery\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.Patch\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.ServerAddressByClientCIDR\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.ShardInfo\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.Status\0"
	"/v1/Status\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.StatusCause\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.StatusDetails\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.Time\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent\0"
	"io.k8s.apimachinery.pkg.runtime.RawExtension\0"
	"io.k8s.apimachinery.pkg.util.intstr.IntOrString\0"
	"io.k8s.apimachinery.pkg.version.Info\0"
	"io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService\0"
	"apiregistration.k8s.io/v1/APIService\0"
	"io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition\0"
	"io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceList\0"
	"apiregistration.k8s.io/v1/APIServiceList\0"
	"io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec\0"
	"io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus\0"
	"io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference\0"
	"expression\0"
	"key\0"
	"valueExpression\0"
	"fieldRef\0"
	"warning\0"
	"excludeResourceRules\0"
	"resourceRules\0"
	"items\0"
	"matchResources\0"
	"paramRef\0"
	"policyName\0"
	"matchConditions\0"
	"name\0"
	"\0"
	"matchConstraints\0"
	"mutations\0"
	"paramKind\0"
	"variables\0"
	"admissionReviewVersions\0"
	"clientConfig\0"
	"rules\0"
	"sideEffects\0"
	"webhooks\0"
	"applyConfiguration\0"
	"jsonPatch\0"
	"patchType\0"
	"apiGroups\0"
	"apiVersions\0"
	"operations\0"
	"resourceNames\0"
	"namespace\0"
	"parameterNotFoundAction\0"
	"selector\0"
	"expressionWarnings\0"
	"validationActions\0"
	"auditAnnotations\0"
	"validations\0"
	"type\0"
	"\0"
	"observedGeneration\0"
	"typeChecking\0"
	"message\0"
	"messageExpression\0"
	"reason\0"
	"caBundle\0"
	"url\0"
	"data\0"
	"revision\0"
	"lastTransitionTime\0"
	"minReadySeconds\0"
	"template\0"
	"collisionCount\0"
	"currentNumberScheduled\0"
	"desiredNumberScheduled\0"
	"numberAvailable\0"
	"numberMisscheduled\0"
	"numberReady\0"
	"numberUnavailable\0"
	"updatedNumberScheduled\0"
	"lastUpdateTime\0"
	"paused\0"
	"availableReplicas\0"
	"readyReplicas\0"
	"terminatingReplicas\0"
	"unavailableReplicas\0"
	"updatedReplicas\0"
	"fullyLabeledReplicas\0"
	"start\0"
	"ordinals\0"
	"serviceName\0"
	"volumeClaimTemplates\0"
	"currentReplicas\0"
	"currentRevision\0"
	"updateRevision\0"
	"uid\0"
	"userInfo\0"
	"audiences\0"
	"boundObjectRef\0"
	"expirationTimestamp\0"
	"token\0"
	"authenticated\0"
	"error\0"
	"extra\0"
	"groups\0"
	"username\0"
	"rawSelector\0"
	"requirements\0"
	"verb\0"
	"nonResourceURLs\0"
	"verbs\0"
	"fieldSelector\0"
	"group\0"
	"labelSelector\0"
	"resource\0"
	"subresource\0"
	"version\0"
	"nonResourceAttributes\0"
	"resourceAttributes\0"
	"allowed\0"
	"denied\0"
	"evaluationError\0"
	"incomplete\0"
	"nonResourceRules\0"
	"maxReplicas\0"
	"scaleTargetRef\0"
	"targetCPUUtilizationPercentage\0"
	"currentCPUUtilizationPercentage\0"
	"desiredReplicas\0"
	"lastScaleTime\0"
	"container\0"
	"target\0"
	"current\0"
	"metric\0"
	"value\0"
	"policies\0"
	"selectPolicy\0"
	"stabilizationWindowSeconds\0"
	"tolerance\0"
	"behavior\0"
	"currentMetrics\0"
	"containerResource\0"
	"external\0"
	"object\0"
	"pods\0"
	"averageUtilization\0"
	"averageValue\0"
	"describedObject\0"
	"jobTemplate\0"
	"schedule\0"
	"startingDeadlineSeconds\0"
	"timeZone\0"
	"active\0"
	"lastScheduleTime\0"
	"lastSuccessfulTime\0"
	"lastProbeTime\0"
	"activeDeadlineSeconds\0"
	"backoffLimit\0"
	"backoffLimitPerIndex\0"
	"completionMode\0"
	"completions\0"
	"managedBy\0"
	"manualSelector\0"
	"maxFailedIndexes\0"
	"parallelism\0"
	"podFailurePolicy\0"
	"podReplacementPolicy\0"
	"successPolicy\0"
	"ttlSecondsAfterFinished\0"
	"completedIndexes\0"
	"completionTime\0"
	"failed\0"
	"failedIndexes\0"
	"ready\0"
	"startTime\0"
	"succeeded\0"
	"terminating\0"
	"uncountedTerminatedPods\0"
	"containerName\0"
	"values\0"
	"action\0"
	"onExitCodes\0"
	"onPodConditions\0"
	"succeededCount\0"
	"succeededIndexes\0"
	"request\0"
	"signerName\0"
	"usages\0"
	"certificate\0"
	"acquireTime\0"
	"holderIdentity\0"
	"leaseDurationSeconds\0"
	"leaseTransitions\0"
	"preferredHolder\0"
	"renewTime\0"
	"volumeID\0"
	"nodeAffinity\0"
	"podAffinity\0"
	"podAntiAffinity\0"
	"localhostProfile\0"
	"devicePath\0"
	"diskName\0"
	"diskURI\0"
	"secretName\0"
	"secretNamespace\0"
	"shareName\0"
	"controllerExpandSecretRef\0"
	"controllerPublishSecretRef\0"
	"driver\0"
	"nodeExpandSecretRef\0"
	"nodePublishSecretRef\0"
	"nodeStageSecretRef\0"
	"volumeAttributes\0"
	"volumeHandle\0"
	"add\0"
	"drop\0"
	"monitors\0"
	"secretFile\0"
	"secretRef\0"
	"optional\0"
	"binaryData\0"
	"immutable\0"
	"kubeletConfigKey\0"
	"resourceVersion\0"
	"args\0"
	"command\0"
	"env\0"
	"envFrom\0"
	"image\0"
	"lifecycle\0"
	"livenessProbe\0"
	"ports\0"
	"containerPort\0"
	"protocol\0"
	"\0"
	"containerPort\0"
	"readinessProbe\0"
	"resizePolicy\0"
	"restartPolicyRules\0"
	"startupProbe\0"
	"stdin\0"
	"stdinOnce\0"
	"tty\0"
	"volumeDevices\0"
	"devicePath\0"
	"\0"
	"volumeMounts\0"
	"mountPath\0"
	"\0"
	"mountPath\0"
	"workingDir\0"
	"requestName\0"
	"resourceName\0"
	"names\0"
	"sizeBytes\0"
	"hostIP\0"
	"hostPort\0"
	"exitCodes\0"
	"running\0"
	"terminated\0"
	"waiting\0"
	"startedAt\0"
	"containerID\0"
	"exitCode\0"
	"finishedAt\0"
	"signal\0"
	"allocatedResources\0"
	"allocatedResourcesStatus\0"
	"imageID\0"
	"lastState\0"
	"restartCount\0"
	"started\0"
	"state\0"
	"stopSignal\0"
	"linux\0"
	"mode\0"
	"resourceFieldRef\0"
	"medium\0"
	"sizeLimit\0"
	"hostname\0"
	"nodeName\0"
	"targetRef\0"
	"appProtocol\0"
	"addresses\0"
	"notReadyAddresses\0"
	"subsets\0"
	"configMapRef\0"
	"prefix\0"
	"valueFrom\0"
	"configMapKeyRef\0"
	"fileKeyRef\0"
	"secretKeyRef\0"
	"targetContainerName\0"
	"volumeClaimTemplate\0"
	"eventTime\0"
	"firstTimestamp\0"
	"involvedObject\0"
	"lastTimestamp\0"
	"related\0"
	"reportingComponent\0"
	"reportingInstance\0"
	"series\0"
	"source\0"
	"lastObservedTime\0"
	"component\0"
	"host\0"
	"lun\0"
	"targetWWNs\0"
	"wwids\0"
	"volumeName\0"
	"options\0"
	"datasetName\0"
	"datasetUUID\0"
	"pdName\0"
	"directory\0"
	"repository\0"
	"endpoints\0"
	"endpointsNamespace\0"
	"httpHeaders\0"
	"hostnames\0"
	"chapAuthDiscovery\0"
	"chapAuthSession\0"
	"initiatorName\0"
	"iqn\0"
	"portals\0"
	"targetPortal\0"
	"reference\0"
	"imageRef\0"
	"postStart\0"
	"preStop\0"
	"exec\0"
	"httpGet\0"
	"sleep\0"
	"tcpSocket\0"
	"defaultRequest\0"
	"max\0"
	"maxLimitRequestRatio\0"
	"min\0"
	"limits\0"
	"gid\0"
	"supplementalGroups\0"
	"ingress\0"
	"targetVolumeAttributesClassName\0"
	"server\0"
	"finalizers\0"
	"address\0"
	"preferredDuringSchedulingIgnoredDuringExecution\0"
	"requiredDuringSchedulingIgnoredDuringExecution\0"
	"containers\0"
	"resourceClaimName\0"
	"lastHeartbeatTime\0"
	"configMap\0"
	"assigned\0"
	"lastKnownGood\0"
	"supplementalGroupsPolicy\0"
	"features\0"
	"recursiveReadOnlyMounts\0"
	"userNamespaces\0"
	"nodeSelectorTerms\0"
	"matchExpressions\0"
	"matchFields\0"
	"configSource\0"
	"externalID\0"
	"podCIDR\0"
	"podCIDRs\0"
	"providerID\0"
	"taints\0"
	"unschedulable\0"
	"capacity\0"
	"config\0"
	"declaredFeatures\0"
	"images\0"
	"runtimeHandlers\0"
	"volumesAttached\0"
	"volumesInUse\0"
	"swap\0"
	"fieldPath\0"
	"accessModes\0"
	"dataSource\0"
	"dataSourceRef\0"
	"storageClassName\0"
	"volumeAttributesClassName\0"
	"allocatedResourceStatuses\0"
	"currentVolumeAttributesClassName\0"
	"modifyVolumeStatus\0"
	"claimName\0"
	"awsElasticBlockStore\0"
	"azureDisk\0"
	"azureFile\0"
	"cephfs\0"
	"cinder\0"
	"claimRef\0"
	"csi\0"
	"fc\0"
	"flexVolume\0"
	"flocker\0"
	"gcePersistentDisk\0"
	"glusterfs\0"
	"hostPath\0"
	"iscsi\0"
	"local\0"
	"mountOptions\0"
	"nfs\0"
	"photonPersistentDisk\0"
	"portworxVolume\0"
	"quobyte\0"
	"scaleIO\0"
	"storageos\0"
	"vsphereVolume\0"
	"lastPhaseTransitionTime\0"
	"pdID\0"
	"matchLabelKeys\0"
	"mismatchLabelKeys\0"
	"namespaces\0"
	"topologyKey\0"
	"certificateChainPath\0"
	"credentialBundlePath\0"
	"keyPath\0"
	"keyType\0"
	"maxExpirationSeconds\0"
	"userAnnotations\0"
	"nameservers\0"
	"searches\0"
	"requestMappings\0"
	"conditionType\0"
	"resourceClaimTemplateName\0"
	"podGroupName\0"
	"appArmorProfile\0"
	"fsGroup\0"
	"fsGroupChangePolicy\0"
	"runAsGroup\0"
	"runAsNonRoot\0"
	"runAsUser\0"
	"seLinuxChangePolicy\0"
	"seLinuxOptions\0"
	"seccompProfile\0"
	"sysctls\0"
	"windowsOptions\0"
	"affinity\0"
	"automountServiceAccountToken\0"
	"dnsConfig\0"
	"enableServiceLinks\0"
	"ephemeralContainers\0"
	"hostAliases\0"
	"ip\0"
	"\0"
	"hostIPC\0"
	"hostNetwork\0"
	"hostPID\0"
	"hostUsers\0"
	"hostnameOverride\0"
	"imagePullSecrets\0"
	"initContainers\0"
	"nodeSelector\0"
	"os\0"
	"overhead\0"
	"priority\0"
	"priorityClassName\0"
	"readinessGates\0"
	"resourceClaims\0"
	"runtimeClassName\0"
	"schedulingGates\0"
	"schedulingGroup\0"
	"serviceAccount\0"
	"serviceAccountName\0"
	"setHostnameAsFQDN\0"
	"shareProcessNamespace\0"
	"subdomain\0"
	"tolerations\0"
	"topologySpreadConstraints\0"
	"topologyKey\0"
	"whenUnsatisfiable\0"
	"\0"
	"volumes\0"
	"containerStatuses\0"
	"ephemeralContainerStatuses\0"
	"extendedResourceClaimStatus\0"
	"hostIPs\0"
	"initContainerStatuses\0"
	"nodeAllocatableResourceClaimStatuses\0"
	"nominatedNodeName\0"
	"podIP\0"
	"podIPs\0"
	"qosClass\0"
	"resize\0"
	"resourceClaimStatuses\0"
	"preference\0"
	"weight\0"
	"grpc\0"
	"initialDelaySeconds\0"
	"sources\0"
	"registry\0"
	"tenant\0"
	"volume\0"
	"divisor\0"
	"health\0"
	"resourceID\0"
	"hard\0"
	"scopeSelector\0"
	"scopes\0"
	"used\0"
	"claims\0"
	"requests\0"
	"resourceID\0"
	"\0"
	"level\0"
	"role\0"
	"gateway\0"
	"protectionDomain\0"
	"sslEnabled\0"
	"storagePool\0"
	"system\0"
	"scopeName\0"
	"stringData\0"
	"allowPrivilegeEscalation\0"
	"capabilities\0"
	"privileged\0"
	"procMount\0"
	"readOnlyRootFilesystem\0"
	"secrets\0"
	"audience\0"
	"nodePort\0"
	"allocateLoadBalancerNodePorts\0"
	"clusterIP\0"
	"clusterIPs\0"
	"externalIPs\0"
	"externalName\0"
	"externalTrafficPolicy\0"
	"healthCheckNodePort\0"
	"internalTrafficPolicy\0"
	"ipFamilies\0"
	"ipFamilyPolicy\0"
	"loadBalancerClass\0"
	"loadBalancerIP\0"
	"loadBalancerSourceRanges\0"
	"port\0"
	"protocol\0"
	"\0"
	"publishNotReadyAddresses\0"
	"sessionAffinityConfig\0"
	"trafficDistribution\0"
	"clientIP\0"
	"seconds\0"
	"volumeNamespace\0"
	"effect\0"
	"timeAdded\0"
	"tolerationSeconds\0"
	"matchLabelExpressions\0"
	"maxSkew\0"
	"minDomains\0"
	"nodeAffinityPolicy\0"
	"nodeTaintsPolicy\0"
	"whenUnsatisfiable\0"
	"downwardAPI\0"
	"emptyDir\0"
	"ephemeral\0"
	"gitRepo\0"
	"persistentVolumeClaim\0"
	"projected\0"
	"secret\0"
	"mountPropagation\0"
	"recursiveReadOnly\0"
	"subPath\0"
	"subPathExpr\0"
	"volumeStatus\0"
	"required\0"
	"clusterTrustBundle\0"
	"podCertificate\0"
	"serviceAccountToken\0"
	"storagePolicyID\0"
	"storagePolicyName\0"
	"volumePath\0"
	"podAffinityTerm\0"
	"gmsaCredentialSpec\0"
	"gmsaCredentialSpecName\0"
	"hostProcess\0"
	"runAsUserName\0"
	"deprecatedTopology\0"
	"hints\0"
	"zone\0"
	"serving\0"
	"forNodes\0"
	"forZones\0"
	"addressType\0"
	"deprecatedCount\0"
	"deprecatedFirstTimestamp\0"
	"deprecatedLastTimestamp\0"
	"deprecatedSource\0"
	"note\0"
	"regarding\0"
	"reportingController\0"
	"distinguisherMethod\0"
	"priorityLevelConfiguration\0"
	"queuing\0"
	"borrowingLimitPercent\0"
	"limitResponse\0"
	"subjects\0"
	"limited\0"
	"clusterScope\0"
	"backend\0"
	"pathType\0"
	"paths\0"
	"parentRef\0"
	"cidr\0"
	"except\0"
	"controller\0"
	"parameters\0"
	"http\0"
	"defaultBackend\0"
	"ingressClassName\0"
	"tls\0"
	"hosts\0"
	"to\0"
	"from\0"
	"ipBlock\0"
	"endPort\0"
	"egress\0"
	"number\0"
	"cidrs\0"
	"podFixed\0"
	"handler\0"
	"scheduling\0"
	"deleteOptions\0"
	"minAvailable\0"
	"unhealthyPodEvictionPolicy\0"
	"currentHealthy\0"
	"desiredHealthy\0"
	"disruptedPods\0"
	"disruptionsAllowed\0"
	"expectedPods\0"
	"clusterRoleSelectors\0"
	"aggregationRule\0"
	"roleRef\0"
	"device\0"
	"networkData\0"
	"shareID\0"
	"allocationTimestamp\0"
	"devices\0"
	"validRange\0"
	"validValues\0"
	"step\0"
	"counters\0"
	"allNodes\0"
	"allowMultipleAllocations\0"
	"attributes\0"
	"bindingConditions\0"
	"bindingFailureConditions\0"
	"bindsToNode\0"
	"consumesCounters\0"
	"nodeAllocatableResourceMappings\0"
	"opaque\0"
	"results\0"
	"bool\0"
	"bools\0"
	"int\0"
	"ints\0"
	"string\0"
	"strings\0"
	"versions\0"
	"requestPolicy\0"
	"constraints\0"
	"extendedResourceName\0"
	"selectors\0"
	"distinctAttribute\0"
	"matchAttribute\0"
	"counterSet\0"
	"exactly\0"
	"firstAvailable\0"
	"adminAccess\0"
	"consumedCapacity\0"
	"cel\0"
	"deviceClassName\0"
	"hardwareAddress\0"
	"interfaceName\0"
	"ips\0"
	"allocationMultiplier\0"
	"capacityKey\0"
	"allocation\0"
	"driver\0"
	"device\0"
	"pool\0"
	"shareID\0"
	"\0"
	"reservedFor\0"
	"uid\0"
	"\0"
	"generation\0"
	"resourceSliceCount\0"
	"perDeviceNodeSelection\0"
	"sharedCounters\0"
	"description\0"
	"globalDefault\0"
	"nodeAllocatableUpdatePeriodSeconds\0"
	"preventPodSchedulingIfMissing\0"
	"serviceAccountTokenInSecrets\0"
	"tokenRequests\0"
	"nodeID\0"
	"topologyKeys\0"
	"drivers\0"
	"maximumVolumeSize\0"
	"nodeTopology\0"
	"allowVolumeExpansion\0"
	"allowedTopologies\0"
	"provisioner\0"
	"inlineVolumeSpec\0"
	"persistentVolumeName\0"
	"attacher\0"
	"attachError\0"
	"attached\0"
	"attachmentMetadata\0"
	"detachError\0"
	"driverName\0"
	"errorCode\0"
	"time\0"
	"format\0"
	"jsonPath\0"
	"webhook\0"
	"categories\0"
	"listKind\0"
	"plural\0"
	"shortNames\0"
	"singular\0"
	"preserveUnknownFields\0"
	"acceptedNames\0"
	"storedVersions\0"
	"additionalPrinterColumns\0"
	"deprecated\0"
	"deprecationWarning\0"
	"schema\0"
	"selectableFields\0"
	"served\0"
	"storage\0"
	"subresources\0"
	"labelSelectorPath\0"
	"specReplicasPath\0"
	"statusReplicasPath\0"
	"scale\0"
	"openAPIV3Schema\0"
	"$ref\0"
	"$schema\0"
	"additionalItems\0"
	"additionalProperties\0"
	"allOf\0"
	"anyOf\0"
	"definitions\0"
	"dependencies\0"
	"enum\0"
	"example\0"
	"exclusiveMaximum\0"
	"exclusiveMinimum\0"
	"externalDocs\0"
	"id\0"
	"maxItems\0"
	"maxLength\0"
	"maxProperties\0"
	"maximum\0"
	"minItems\0"
	"minLength\0"
	"minProperties\0"
	"minimum\0"
	"multipleOf\0"
	"not\0"
	"nullable\0"
	"oneOf\0"
	"pattern\0"
	"patternProperties\0"
	"properties\0"
	"title\0"
	"uniqueItems\0"
	"x-kubernetes-embedded-resource\0"
	"x-kubernetes-int-or-string\0"
	"x-kubernetes-list-map-keys\0"
	"x-kubernetes-list-type\0"
	"x-kubernetes-map-type\0"
	"x-kubernetes-preserve-unknown-fields\0"
	"x-kubernetes-validations\0"
	"rule\0"
	"\0"
	"rule\0"
	"optionalOldSelf\0"
	"conversionReviewVersions\0"
	"preferredVersion\0"
	"serverAddressByClientCIDRs\0"
	"namespaced\0"
	"singularName\0"
	"storageVersionHash\0"
	"groupVersion\0"
	"dryRun\0"
	"gracePeriodSeconds\0"
	"ignoreStoreReadErrorWithClusterBreakingPotential\0"
	"orphanDependents\0"
	"preconditions\0"
	"propagationPolicy\0"
	"matchLabels\0"
	"continue\0"
	"remainingItemCount\0"
	"selfLink\0"
	"shardInfo\0"
	"fieldsType\0"
	"fieldsV1\0"
	"manager\0"
	"operation\0"
	"annotations\0"
	"creationTimestamp\0"
	"deletionGracePeriodSeconds\0"
	"deletionTimestamp\0"
	"generateName\0"
	"labels\0"
	"managedFields\0"
	"ownerReferences\0"
	"blockOwnerDeletion\0"
	"clientCIDR\0"
	"serverAddress\0"
	"code\0"
	"details\0"
	"field\0"
	"causes\0"
	"retryAfterSeconds\0"
	"buildDate\0"
	"compiler\0"
	"emulationMajor\0"
	"emulationMinor\0"
	"gitCommit\0"
	"gitTreeState\0"
	"gitVersion\0"
	"goVersion\0"
	"major\0"
	"minCompatibilityMajor\0"
	"minCompatibilityMinor\0"
	"minor\0"
	"platform\0"
	"groupPriorityMinimum\0"
	"insecureSkipTLSVerify\0"
	"versionPriority\0"
	;

const struct api_type api_types[] = {
	{API_ANY, 0, 0, API_LIST_ATOMIC, 0, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 1, 1, 0, 1, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 2, 56, 1, 2, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 3, 108, 3, 2, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 4, 162, 5, 1, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 5, 208, 6, 2, 0, 0, 0, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 6, 315, 8, 5, 0, 0, 0, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 7, 366, 13, 4, 0, 0, 3, 0, 426},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 8, 482, 17, 4, 0, 0, 3, 0, 549},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 9, 612, 21, 4, 0, 0, 3, 0, 683},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 10, 750, 25, 3, 0, 0, 3, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 11, 821, 28, 4, 0, 0, 3, 0, 885},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 12, 964, 32, 7, 0, 0, 3, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 13, 1068, 39, 12, 0, 0, 4, 6, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 14, 1120, 51, 4, 0, 0, 10, 0, 1185},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 15, 1246, 55, 4, 0, 0, 10, 0, 1315},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 16, 1380, 59, 3, 0, 0, 10, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 17, 1433, 62, 6, 0, 0, 10, 1, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 18, 1493, 68, 2, 0, 0, 11, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 19, 1539, 70, 4, 0, 0, 11, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 20, 1584, 74, 5, 0, 0, 11, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 21, 1644, 79, 4, 0, 0, 12, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 22, 1697, 83, 1, 0, 0, 13, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 23, 1746, 84, 5, 0, 0, 13, 0, 1808},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 24, 1866, 89, 4, 0, 0, 13, 0, 1935},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 25, 2000, 93, 4, 0, 0, 13, 0, 2073},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 26, 2142, 97, 4, 0, 0, 13, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 27, 2215, 101, 4, 0, 0, 13, 0, 2281},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 28, 2343, 105, 7, 0, 0, 13, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 29, 2409, 112, 3, 0, 0, 14, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 30, 2477, 115, 11, 0, 0, 14, 5, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 31, 2531, 126, 4, 0, 0, 19, 0, 2598},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 32, 2661, 130, 4, 0, 0, 19, 0, 2732},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 33, 2799, 134, 4, 0, 0, 19, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 34, 2846, 138, 2, 0, 0, 19, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 35, 2891, 140, 3, 0, 0, 19, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 36, 2947, 143, 5, 0, 0, 19, 0, 2985},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 37, 3012, 148, 4, 0, 0, 19, 0, 3054},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 38, 3192, 152, 5, 0, 0, 19, 2, 3221},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 39, 3239, 157, 5, 0, 0, 21, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 40, 3277, 162, 4, 0, 0, 21, 0, 3310},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 41, 3368, 166, 5, 0, 0, 21, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 42, 3401, 171, 10, 0, 0, 23, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 43, 3469, 181, 2, 0, 0, 23, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 44, 3512, 183, 5, 0, 0, 25, 2, 3542},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 45, 3561, 188, 6, 0, 0, 27, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 46, 3600, 194, 4, 0, 0, 27, 0, 3634},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 47, 3699, 198, 8, 0, 0, 27, 4, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 48, 3733, 206, 9, 0, 0, 31, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 49, 3769, 215, 2, 0, 0, 31, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 50, 3822, 217, 5, 0, 0, 33, 2, 3852},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 51, 3871, 222, 5, 0, 0, 35, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 52, 3910, 227, 4, 0, 0, 35, 0, 3944},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 53, 3967, 231, 4, 0, 0, 35, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 54, 4001, 235, 7, 0, 0, 36, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 55, 4061, 242, 2, 0, 0, 36, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 56, 4107, 244, 2, 0, 0, 38, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 57, 4160, 246, 2, 0, 0, 40, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 58, 4249, 248, 5, 0, 0, 41, 2, 4280},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 59, 4300, 253, 5, 0, 0, 43, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 60, 4340, 258, 4, 0, 0, 43, 0, 4375},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 61, 4399, 262, 1, 0, 0, 43, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 62, 4468, 263, 2, 0, 0, 43, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 63, 4605, 265, 11, 0, 0, 45, 6, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 64, 4640, 276, 10, 0, 0, 51, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 65, 4677, 286, 2, 0, 0, 51, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 66, 4722, 288, 4, 0, 0, 53, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 67, 4772, 292, 4, 0, 0, 53, 0, 4819},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 68, 4862, 296, 1, 0, 0, 53, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 69, 4915, 297, 5, 0, 0, 53, 1, 4957},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 70, 5013, 302, 3, 0, 0, 54, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 71, 5059, 305, 2, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 72, 5107, 307, 5, 0, 0, 55, 0, 5148},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 73, 5185, 312, 2, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 74, 5230, 314, 4, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 75, 5277, 318, 4, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 76, 5315, 322, 2, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 77, 5367, 324, 2, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 78, 5419, 326, 5, 0, 0, 55, 0, 5472},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 79, 5521, 331, 2, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 80, 5571, 333, 2, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 81, 5615, 335, 9, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 82, 5662, 344, 4, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 83, 5703, 348, 5, 0, 0, 55, 0, 5755},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 84, 5803, 353, 2, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 85, 5859, 355, 5, 0, 0, 55, 0, 5910},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 86, 5957, 360, 1, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 87, 6012, 361, 5, 0, 0, 55, 0, 6060},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 88, 6104, 366, 6, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 89, 6156, 372, 4, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 90, 6210, 376, 4, 0, 0, 55, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 91, 6263, 380, 3, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 92, 6359, 383, 5, 0, 0, 55, 2, 6409},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 93, 6448, 388, 4, 0, 0, 57, 0, 6502},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 94, 6557, 392, 4, 0, 0, 57, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 95, 6611, 396, 5, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 96, 6667, 401, 5, 0, 0, 58, 0, 6699},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 97, 6720, 406, 1, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 98, 6756, 407, 2, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 99, 6794, 409, 3, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 100, 6850, 412, 3, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 101, 6906, 415, 3, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 102, 6960, 418, 2, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 103, 7007, 420, 2, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 104, 7054, 422, 3, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 105, 7097, 425, 4, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 106, 7161, 429, 5, 0, 0, 58, 2, 7211},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 107, 7268, 434, 2, 0, 0, 60, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 108, 7326, 436, 5, 0, 0, 63, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 109, 7385, 441, 4, 0, 0, 63, 0, 7439},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 110, 7594, 445, 5, 0, 0, 63, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 111, 7648, 450, 6, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 112, 7704, 456, 2, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 113, 7747, 458, 6, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 114, 7784, 464, 6, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 115, 7823, 470, 4, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 116, 7862, 474, 3, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 117, 7906, 477, 3, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 118, 7951, 480, 3, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 119, 7996, 483, 2, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 120, 8039, 485, 2, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 121, 8082, 487, 2, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 122, 8129, 489, 2, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 123, 8176, 491, 5, 0, 0, 65, 2, 8204},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 124, 8221, 496, 4, 0, 0, 67, 0, 8253},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 125, 8356, 500, 8, 0, 0, 67, 4, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 126, 8388, 508, 3, 0, 0, 71, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 127, 8422, 511, 5, 0, 0, 71, 3, 8446},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 128, 8459, 516, 6, 0, 0, 74, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 129, 8492, 522, 4, 0, 0, 74, 0, 8520},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 130, 8537, 526, 16, 0, 0, 74, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 131, 8565, 542, 11, 0, 0, 74, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 132, 8595, 553, 2, 0, 0, 74, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 133, 8631, 555, 1, 0, 0, 74, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 134, 8668, 556, 3, 0, 0, 74, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 135, 8732, 559, 2, 0, 0, 74, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 136, 8791, 561, 3, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 137, 8832, 564, 1, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 138, 8866, 565, 2, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 139, 8904, 567, 2, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 140, 8948, 569, 5, 0, 0, 75, 0, 9001},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 141, 9050, 574, 6, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 142, 9112, 580, 4, 0, 0, 75, 0, 9169},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 143, 9222, 584, 8, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 144, 9279, 592, 2, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 145, 9338, 594, 4, 0, 0, 75, 0, 9371},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 146, 9400, 598, 4, 0, 0, 75, 0, 9437},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 147, 9470, 602, 7, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 148, 9507, 609, 4, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 149, 9559, 613, 3, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 150, 9587, 616, 2, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 151, 9622, 618, 2, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 152, 9711, 620, 6, 0, 0, 75, 4, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 153, 9752, 626, 4, 0, 0, 79, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 154, 9803, 630, 3, 0, 0, 79, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 155, 9844, 633, 4, 0, 0, 79, 0, 9871},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 156, 9883, 637, 10, 0, 0, 79, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 157, 9928, 647, 5, 0, 0, 79, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 158, 9963, 652, 2, 0, 0, 79, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 159, 9995, 654, 6, 0, 0, 79, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 160, 10043, 660, 6, 0, 0, 79, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 161, 10081, 666, 4, 0, 0, 79, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 162, 10129, 670, 4, 0, 0, 79, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 163, 10167, 674, 1, 0, 0, 79, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 164, 10201, 675, 5, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 165, 10249, 680, 4, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 166, 10287, 684, 4, 0, 0, 80, 0, 10322},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 167, 10342, 688, 4, 0, 0, 80, 0, 10381},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 168, 10405, 692, 6, 0, 0, 80, 0, 10434},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 169, 10448, 698, 2, 0, 0, 80, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 170, 10486, 700, 3, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 171, 10526, 703, 4, 0, 0, 80, 0, 10559},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 172, 10577, 707, 5, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 173, 10622, 712, 3, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 174, 10673, 715, 4, 0, 0, 80, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 175, 10814, 719, 25, 0, 0, 81, 4, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 176, 10843, 744, 3, 0, 0, 85, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 177, 10895, 747, 2, 0, 0, 85, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 178, 10942, 749, 5, 0, 0, 85, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 179, 10975, 754, 2, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 180, 11016, 756, 2, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 181, 11056, 758, 2, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 182, 11107, 760, 3, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 183, 11141, 763, 1, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 184, 11182, 764, 7, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 185, 11226, 771, 2, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 186, 11267, 773, 15, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 187, 11302, 788, 1, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 188, 11340, 789, 1, 0, 0, 86, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 189, 11374, 790, 1, 0, 0, 87, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 190, 11415, 791, 4, 0, 0, 87, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 191, 11456, 795, 2, 0, 0, 87, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 192, 11499, 797, 2, 0, 0, 88, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 193, 11539, 799, 4, 0, 0, 88, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 194, 11574, 803, 4, 0, 0, 88, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 195, 11606, 807, 3, 0, 0, 89, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 196, 11640, 810, 4, 0, 0, 89, 0, 11669},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 197, 11683, 814, 4, 0, 0, 89, 0, 11716},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 198, 11734, 818, 3, 0, 0, 89, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 199, 11767, 821, 3, 0, 0, 89, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 200, 11793, 824, 5, 0, 0, 89, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 201, 11825, 829, 26, 0, 0, 89, 4, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 202, 11863, 855, 1, 0, 0, 93, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 203, 11904, 856, 17, 0, 0, 93, 0, 11929},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 204, 11939, 873, 4, 0, 0, 93, 0, 11968},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 205, 11982, 877, 2, 0, 0, 93, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 206, 12013, 879, 2, 0, 0, 93, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 207, 12044, 881, 1, 0, 0, 93, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 208, 12074, 882, 5, 0, 0, 93, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 209, 12108, 887, 4, 0, 0, 93, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 210, 12143, 891, 5, 0, 0, 93, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 211, 12189, 896, 5, 0, 0, 93, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 212, 12225, 901, 2, 0, 0, 93, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 213, 12264, 903, 4, 0, 0, 93, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 214, 12321, 907, 2, 0, 0, 93, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 215, 12351, 909, 3, 0, 0, 94, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 216, 12390, 912, 4, 0, 0, 94, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 217, 12441, 916, 3, 0, 0, 94, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 218, 12501, 919, 5, 0, 0, 94, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 219, 12534, 924, 2, 0, 0, 96, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 220, 12564, 926, 2, 0, 0, 96, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 221, 12593, 928, 1, 0, 0, 96, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 222, 12619, 929, 2, 0, 0, 96, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 223, 12682, 931, 11, 0, 0, 97, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 224, 12729, 942, 11, 0, 0, 98, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 225, 12777, 953, 2, 0, 0, 99, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 226, 12814, 955, 1, 0, 0, 100, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 227, 12851, 956, 3, 0, 0, 100, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 228, 12880, 959, 3, 0, 0, 100, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 229, 12909, 962, 4, 0, 0, 100, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 230, 12945, 966, 4, 0, 0, 100, 0, 12975},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 231, 12990, 970, 6, 0, 0, 100, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 232, 13024, 976, 4, 0, 0, 101, 0, 13058},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 233, 13077, 980, 1, 0, 0, 101, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 234, 13111, 981, 3, 0, 0, 101, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 235, 13163, 984, 4, 0, 0, 101, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 236, 13202, 988, 1, 0, 0, 102, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 237, 13240, 989, 1, 0, 0, 102, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 238, 13280, 990, 2, 0, 0, 102, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 239, 13317, 992, 2, 0, 0, 102, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 240, 13355, 994, 3, 0, 0, 102, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 241, 13390, 997, 5, 0, 0, 102, 3, 13419},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 242, 13433, 1002, 5, 0, 0, 105, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 243, 13471, 1007, 4, 0, 0, 105, 0, 13504},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 244, 13522, 1011, 1, 0, 0, 105, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 245, 13568, 1012, 2, 0, 0, 105, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 246, 13603, 1014, 5, 0, 0, 106, 2, 13627},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 247, 13636, 1019, 2, 0, 0, 108, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 248, 13667, 1021, 2, 0, 0, 108, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 249, 13699, 1023, 3, 0, 0, 108, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 250, 13753, 1026, 6, 0, 0, 108, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 251, 13786, 1032, 1, 0, 0, 108, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 252, 13822, 1033, 4, 0, 0, 108, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 253, 13874, 1037, 1, 0, 0, 108, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 254, 13913, 1038, 1, 0, 0, 109, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 255, 13945, 1039, 4, 0, 0, 109, 0, 13973},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 256, 13986, 1043, 2, 0, 0, 109, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 257, 14024, 1045, 2, 0, 0, 109, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 258, 14070, 1047, 1, 0, 0, 109, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 259, 14102, 1048, 3, 0, 0, 109, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 260, 14145, 1051, 2, 0, 0, 109, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 261, 14181, 1053, 7, 0, 0, 109, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 262, 14246, 1060, 14, 0, 0, 109, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 263, 14276, 1074, 1, 0, 0, 112, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 264, 14445, 1075, 11, 0, 0, 112, 10, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 265, 14493, 1086, 2, 0, 0, 122, 1, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 266, 14532, 1088, 7, 0, 0, 123, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 267, 14567, 1095, 5, 0, 0, 123, 1, 14603},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 268, 14624, 1100, 5, 0, 0, 124, 2, 14665},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 269, 14691, 1105, 6, 0, 0, 126, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 270, 14741, 1111, 4, 0, 0, 126, 0, 14786},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 271, 14838, 1115, 9, 0, 0, 126, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 272, 14891, 1124, 8, 0, 0, 128, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 273, 14938, 1132, 2, 0, 0, 129, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 274, 14987, 1134, 2, 0, 0, 129, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 275, 15040, 1136, 4, 0, 0, 129, 0, 15080},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 276, 15135, 1140, 31, 0, 0, 129, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 277, 15175, 1171, 4, 0, 0, 131, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 278, 15217, 1175, 2, 0, 0, 132, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 279, 15269, 1177, 5, 0, 0, 132, 2, 15292},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 280, 15300, 1182, 2, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 281, 15331, 1184, 6, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 282, 15366, 1190, 2, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 283, 15401, 1192, 7, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 284, 15445, 1199, 7, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 285, 15477, 1206, 3, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 286, 15509, 1209, 2, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 287, 15547, 1211, 2, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 288, 15597, 1213, 1, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 289, 15622, 1214, 4, 0, 0, 134, 0, 15649},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 290, 15661, 1218, 1, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 291, 15686, 1219, 1, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 292, 15722, 1220, 3, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 293, 15758, 1223, 2, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 294, 15800, 1225, 1, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 295, 15837, 1226, 1, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 296, 15875, 1227, 13, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 297, 16035, 1240, 42, 0, 0, 134, 6, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 298, 16062, 1282, 21, 0, 0, 140, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 299, 16091, 1303, 4, 0, 0, 140, 0, 16122},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 300, 16138, 1307, 4, 0, 0, 140, 0, 16173},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 301, 16202, 1311, 2, 0, 0, 140, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 302, 16237, 1313, 3, 0, 0, 142, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 303, 16267, 1316, 3, 0, 0, 142, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 304, 16307, 1319, 2, 0, 0, 142, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 305, 16398, 1321, 10, 0, 0, 142, 4, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 306, 16423, 1331, 2, 0, 0, 146, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 307, 16464, 1333, 6, 0, 0, 147, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 308, 16549, 1339, 8, 0, 0, 147, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 309, 16594, 1347, 8, 0, 0, 150, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 310, 16629, 1355, 5, 0, 0, 153, 3, 16670},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 311, 16696, 1360, 5, 0, 0, 156, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 312, 16746, 1365, 4, 0, 0, 156, 0, 16791},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 313, 16821, 1369, 4, 0, 0, 156, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 314, 16866, 1373, 6, 0, 0, 157, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 315, 16913, 1379, 2, 0, 0, 157, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 316, 16946, 1381, 3, 0, 0, 157, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 317, 16987, 1384, 3, 0, 0, 157, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 318, 17021, 1387, 5, 0, 0, 157, 2, 17054},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 319, 17072, 1392, 4, 0, 0, 159, 0, 17109},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 320, 17131, 1396, 3, 0, 0, 159, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 321, 17168, 1399, 2, 0, 0, 159, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 322, 17207, 1401, 3, 0, 0, 159, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 323, 17247, 1404, 2, 0, 0, 159, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 324, 17281, 1406, 4, 0, 0, 159, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 325, 17347, 1410, 10, 0, 0, 159, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 326, 17396, 1420, 10, 0, 0, 161, 2, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 327, 17435, 1430, 1, 0, 0, 163, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 328, 17468, 1431, 3, 0, 0, 163, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 329, 17521, 1434, 2, 0, 0, 163, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 330, 17562, 1436, 7, 0, 0, 163, 1, 17588},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 331, 17599, 1443, 2, 0, 0, 164, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 332, 17634, 1445, 3, 0, 0, 164, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 333, 17671, 1448, 4, 0, 0, 164, 0, 17701},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 334, 17716, 1452, 3, 0, 0, 164, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 335, 17752, 1455, 2, 0, 0, 164, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 336, 17787, 1457, 4, 0, 0, 164, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 337, 17825, 1461, 12, 0, 0, 165, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 338, 17860, 1473, 5, 0, 0, 165, 2, 17887},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 339, 17899, 1478, 6, 0, 0, 167, 0, 17933},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 340, 17952, 1484, 4, 0, 0, 167, 0, 17990},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 341, 18013, 1488, 3, 0, 0, 167, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 342, 18062, 1491, 4, 0, 0, 168, 0, 18093},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 343, 18120, 1495, 6, 0, 0, 168, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 344, 18182, 1501, 20, 0, 0, 170, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 345, 18226, 1521, 2, 0, 0, 173, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 346, 18259, 1523, 1, 0, 0, 174, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 347, 18300, 1524, 1, 0, 0, 174, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 348, 18331, 1525, 5, 0, 0, 174, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 349, 18382, 1530, 5, 0, 0, 174, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 350, 18423, 1535, 2, 0, 0, 174, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 351, 18449, 1537, 2, 0, 0, 174, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 352, 18484, 1539, 4, 0, 0, 174, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 353, 18509, 1543, 5, 0, 0, 174, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 354, 18539, 1548, 2, 0, 0, 174, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 355, 18591, 1550, 1, 0, 0, 174, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 356, 18631, 1551, 8, 0, 0, 174, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 357, 18675, 1559, 3, 0, 0, 174, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 358, 18720, 1562, 4, 0, 0, 174, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 359, 18760, 1566, 31, 0, 0, 174, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 360, 18786, 1597, 2, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 361, 18818, 1599, 7, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 362, 18849, 1606, 5, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 363, 18886, 1611, 1, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 364, 18924, 1612, 6, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 365, 18960, 1618, 2, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 366, 19006, 1620, 1, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 367, 19038, 1621, 4, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 368, 19088, 1625, 2, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 369, 19131, 1627, 4, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 370, 19191, 1631, 8, 0, 0, 175, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 371, 19224, 1639, 3, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 372, 19267, 1642, 2, 0, 0, 176, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 373, 19310, 1644, 4, 0, 0, 176, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 374, 19347, 1648, 6, 0, 0, 178, 0, 19385},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 375, 19419, 1654, 4, 0, 0, 178, 0, 19461},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 376, 19499, 1658, 1, 0, 0, 178, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 377, 19531, 1659, 1, 0, 0, 178, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 378, 19563, 1660, 17, 0, 0, 178, 0, 19590},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 379, 19613, 1677, 4, 0, 0, 178, 0, 19644},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 380, 19671, 1681, 2, 0, 0, 178, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 381, 19745, 1683, 2, 0, 0, 178, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 382, 19804, 1685, 1, 0, 0, 180, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 383, 19854, 1686, 5, 0, 0, 180, 1, 19891},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 384, 19934, 1691, 5, 0, 0, 181, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 385, 19980, 1696, 4, 0, 0, 181, 0, 20021},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 386, 20087, 1700, 4, 0, 0, 181, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 387, 20128, 1704, 1, 0, 0, 182, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 388, 20171, 1705, 1, 0, 0, 182, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 389, 20210, 1706, 2, 0, 0, 182, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 390, 20250, 1708, 4, 0, 0, 182, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 391, 20310, 1712, 2, 0, 0, 184, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 392, 20358, 1714, 3, 0, 0, 184, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 393, 20408, 1717, 5, 0, 0, 184, 1, 20461},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 394, 20520, 1722, 5, 0, 0, 185, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 395, 20582, 1727, 4, 0, 0, 185, 0, 20639},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 396, 20702, 1731, 1, 0, 0, 185, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 397, 20778, 1732, 3, 0, 0, 185, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 398, 20835, 1735, 1, 0, 0, 186, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 399, 20927, 1736, 3, 0, 0, 186, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 400, 20974, 1739, 5, 0, 0, 189, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 401, 21019, 1744, 2, 0, 0, 189, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 402, 21067, 1746, 4, 0, 0, 189, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 403, 21101, 1750, 1, 0, 0, 189, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 404, 21139, 1751, 3, 0, 0, 189, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 405, 21180, 1754, 1, 0, 0, 189, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 406, 21226, 1755, 4, 0, 0, 189, 0, 21261},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 407, 21292, 1759, 4, 0, 0, 189, 0, 21331},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 408, 21366, 1763, 1, 0, 0, 189, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 409, 21405, 1764, 2, 0, 0, 189, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 410, 21438, 1766, 5, 0, 0, 189, 1, 21471},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 411, 21500, 1771, 2, 0, 0, 190, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 412, 21540, 1773, 4, 0, 0, 190, 0, 21578},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 413, 21612, 1777, 4, 0, 0, 190, 0, 21654},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 414, 21700, 1781, 5, 0, 0, 190, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 415, 21757, 1786, 2, 0, 0, 191, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 416, 21799, 1788, 4, 0, 0, 191, 0, 21836},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 417, 21869, 1792, 3, 0, 0, 191, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 418, 21921, 1795, 1, 0, 0, 191, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 419, 21972, 1796, 3, 0, 0, 191, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 420, 22015, 1799, 2, 0, 0, 191, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 421, 22052, 1801, 2, 0, 0, 191, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 422, 22099, 1803, 4, 0, 0, 191, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 423, 22136, 1807, 1, 0, 0, 191, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 424, 22175, 1808, 2, 0, 0, 192, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 425, 22211, 1810, 4, 0, 0, 192, 0, 22250},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 426, 22285, 1814, 2, 0, 0, 192, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 427, 22334, 1816, 2, 0, 0, 192, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 428, 22384, 1818, 4, 0, 0, 192, 0, 22427},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 429, 22466, 1822, 3, 0, 0, 192, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 430, 22509, 1825, 3, 0, 0, 192, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 431, 22576, 1828, 4, 0, 0, 193, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 432, 22619, 1832, 4, 0, 0, 195, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 433, 22660, 1836, 2, 0, 0, 195, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 434, 22704, 1838, 5, 0, 0, 195, 0, 22741},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 435, 22774, 1843, 4, 0, 0, 195, 0, 22815},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 436, 22852, 1847, 1, 0, 0, 195, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 437, 22893, 1848, 1, 0, 0, 195, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 438, 22936, 1849, 1, 0, 0, 195, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 439, 22964, 1850, 6, 0, 0, 195, 0, 22996},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 440, 23024, 1856, 4, 0, 0, 195, 0, 23060},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 441, 23092, 1860, 2, 0, 0, 195, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 442, 23122, 1862, 4, 0, 0, 195, 0, 23152},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 443, 23251, 1866, 5, 0, 0, 195, 1, 23292},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 444, 23322, 1871, 4, 0, 0, 196, 0, 23367},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 445, 23401, 1875, 4, 0, 0, 196, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 446, 23446, 1879, 7, 0, 0, 196, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 447, 23493, 1886, 1, 0, 0, 196, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 448, 23528, 1887, 5, 0, 0, 196, 0, 23559},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 449, 23600, 1892, 5, 0, 0, 196, 0, 23638},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 450, 23686, 1897, 4, 0, 0, 196, 0, 23728},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 451, 23780, 1901, 4, 0, 0, 196, 0, 23815},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 452, 23860, 1905, 5, 0, 0, 196, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 453, 23890, 1910, 4, 0, 0, 196, 0, 23914},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 454, 23948, 1914, 5, 0, 0, 196, 0, 23979},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 455, 24020, 1919, 4, 0, 0, 196, 0, 24055},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 456, 24100, 1923, 4, 0, 0, 196, 0, 24128},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 457, 24201, 1927, 3, 0, 0, 196, 1, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 458, 24239, 1930, 4, 0, 0, 197, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 459, 24266, 1934, 7, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 460, 24311, 1941, 3, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 461, 24351, 1944, 1, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 462, 24392, 1945, 3, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 463, 24437, 1948, 3, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 464, 24487, 1951, 1, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 465, 24531, 1952, 1, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 466, 24562, 1953, 2, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 467, 24596, 1955, 13, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 468, 24626, 1968, 3, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 469, 24679, 1971, 2, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 470, 24725, 1973, 8, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 471, 24764, 1981, 2, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 472, 24802, 1983, 3, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 473, 24837, 1986, 2, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 474, 24885, 1988, 4, 0, 0, 199, 0, 24920},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 475, 24951, 1992, 1, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 476, 24999, 1993, 4, 0, 0, 199, 0, 25038},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 477, 25073, 1997, 3, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 478, 25112, 2000, 3, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 479, 25152, 2003, 2, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 480, 25200, 2005, 3, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 481, 25237, 2008, 10, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 482, 25290, 2018, 1, 0, 0, 199, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 483, 25360, 2019, 7, 0, 0, 199, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 484, 25400, 2026, 4, 0, 0, 201, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 485, 25450, 2030, 5, 0, 0, 201, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 486, 25490, 2035, 7, 0, 0, 202, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 487, 25532, 2042, 3, 0, 0, 204, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 488, 25573, 2045, 2, 0, 0, 204, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 489, 25627, 2047, 2, 0, 0, 204, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 490, 25676, 2049, 5, 0, 0, 204, 1, 25713},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 491, 25746, 2054, 4, 0, 0, 205, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 492, 25800, 2058, 4, 0, 0, 205, 0, 25841},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 493, 25878, 2062, 1, 0, 0, 205, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 494, 25919, 2063, 3, 0, 0, 205, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 495, 25962, 2066, 4, 0, 0, 205, 0, 26007},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 496, 26048, 2070, 4, 0, 0, 205, 0, 26097},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 497, 26142, 2074, 2, 0, 0, 205, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 498, 26191, 2076, 3, 0, 0, 205, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 499, 26227, 2079, 4, 0, 0, 205, 0, 26264},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 500, 26297, 2083, 4, 0, 0, 205, 0, 26338},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 501, 26375, 2087, 8, 0, 0, 205, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 502, 26454, 2095, 7, 0, 0, 205, 1, 26493},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 503, 26528, 2102, 4, 0, 0, 206, 0, 26571},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 504, 26610, 2106, 4, 0, 0, 206, 0, 26642},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 505, 26670, 2110, 4, 0, 0, 206, 0, 26706},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 506, 26889, 2114, 11, 0, 0, 206, 7, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 507, 26925, 2125, 4, 0, 0, 213, 0, 26955},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 508, 26981, 2129, 4, 0, 0, 213, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 509, 27017, 2133, 4, 0, 0, 213, 0, 27051},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 510, 27081, 2137, 1, 0, 0, 213, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 511, 27115, 2138, 7, 0, 0, 213, 0, 27156},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 512, 27193, 2145, 4, 0, 0, 213, 0, 27238},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 513, 27328, 2149, 10, 0, 0, 213, 2, 27363},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 514, 27394, 2159, 4, 0, 0, 215, 0, 27433},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 515, 27468, 2163, 2, 0, 0, 215, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 516, 27522, 2165, 5, 0, 0, 215, 1, 27561},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 517, 27596, 2170, 4, 0, 0, 216, 0, 27639},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 518, 27678, 2174, 2, 0, 0, 216, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 519, 27723, 2176, 3, 0, 0, 216, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 520, 27766, 2179, 4, 0, 0, 216, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 521, 27811, 2183, 5, 0, 0, 216, 0, 27855},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 522, 27895, 2188, 4, 0, 0, 216, 0, 27943},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 523, 27987, 2192, 3, 0, 0, 216, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 524, 28021, 2195, 1, 0, 0, 216, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 525, 28063, 2196, 6, 0, 0, 216, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 526, 28151, 2202, 2, 0, 0, 216, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 527, 28233, 2204, 5, 0, 0, 217, 0, 28315},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 528, 28364, 2209, 6, 0, 0, 217, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 529, 28455, 2215, 4, 0, 0, 217, 0, 28541},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 530, 28594, 2219, 6, 0, 0, 217, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 531, 28692, 2225, 6, 0, 0, 217, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 532, 28778, 2231, 4, 0, 0, 219, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 533, 28866, 2235, 9, 0, 0, 219, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 534, 28955, 2244, 3, 0, 0, 219, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 535, 29043, 2247, 0, 0, 0, 219, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 536, 29132, 2247, 2, 0, 0, 219, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 537, 29216, 2249, 1, 0, 0, 219, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 538, 29298, 2250, 2, 0, 0, 219, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 539, 29377, 2252, 0, 0, 0, 219, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 540, 29439, 2252, 44, 0, 0, 219, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 541, 29512, 2296, 0, 0, 0, 219, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 542, 29592, 2296, 0, 0, 0, 219, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 543, 29671, 2296, 0, 0, 0, 219, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 544, 29757, 2296, 1, 0, 0, 219, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 545, 29830, 2297, 4, 0, 0, 219, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 546, 29904, 2301, 6, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 547, 29976, 2307, 3, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 548, 30053, 2310, 2, 0, 0, 220, 0, 0},
	{API_QUANTITY, 0, 0, API_LIST_ATOMIC, 549, 30128, 2312, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 550, 30174, 2312, 6, 0, 0, 220, 0, 30220},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 551, 30233, 2318, 3, 0, 0, 220, 0, 30283},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 552, 30300, 2321, 10, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 553, 30349, 2331, 4, 0, 0, 220, 0, 30402},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 554, 30422, 2335, 4, 0, 0, 220, 0, 30471},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 555, 30487, 2339, 6, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 556, 30534, 2345, 8, 0, 0, 220, 0, 1425},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 557, 30585, 2353, 3, 0, 0, 220, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 558, 30647, 2356, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 559, 30693, 2356, 2, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 560, 30744, 2358, 2, 0, 0, 220, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 561, 30806, 2360, 2, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 562, 30857, 2362, 3, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 563, 30919, 2365, 5, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 564, 30965, 2370, 7, 0, 0, 220, 0, 0},
	{API_MICROTIME, 0, 0, API_LIST_ATOMIC, 565, 31021, 2377, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 566, 31068, 2377, 15, 0, 0, 220, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 567, 31116, 2392, 6, 0, 0, 220, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 568, 31168, 2398, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 569, 31211, 2398, 2, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 570, 31262, 2400, 2, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 571, 31325, 2402, 1, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 572, 31372, 2403, 8, 0, 0, 220, 0, 31416},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 573, 31427, 2411, 3, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 574, 31476, 2414, 6, 0, 0, 220, 0, 0},
	{API_TIME, 0, 0, API_LIST_ATOMIC, 575, 31527, 2420, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 576, 31569, 2420, 2, 0, 0, 220, 0, 1425},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 577, 31617, 2422, 0, 0, 0, 220, 0, 0},
	{API_INT_OR_STRING, 0, 0, API_LIST_ATOMIC, 578, 31662, 2422, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 579, 31710, 2422, 13, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 580, 31747, 2435, 5, 0, 0, 220, 1, 31809},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 581, 31846, 2440, 5, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 582, 31917, 2445, 4, 0, 0, 221, 0, 31983},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 583, 32024, 2449, 7, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 584, 32090, 2456, 1, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 585, 32158, 2457, 3, 0, 0, 221, 1, 0},
	{API_STRING, 0, 0, API_LIST_ATOMIC, 586, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 587, 0, 17, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 588, 0, 8, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 589, 0, 7, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 590, 0, 5, 0, 32366, 19305, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 591, 0, 16, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 592, 0, 34, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 593, 0, 586, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 594, 0, 20, 0, 0, 0, 0, 0, 0},
	{API_INT32, 0, 0, API_LIST_ATOMIC, 595, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 596, 0, 13, 0, 32366, 19305, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 597, 0, 14, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 598, 0, 3, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 599, 0, 24, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_SET, 600, 0, 586, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 601, 0, 23, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 602, 0, 2, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 603, 0, 33, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 604, 0, 34, 0, 32366, 19305, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 605, 0, 555, 0, 32678, 0, 0, 0, 0},
	{API_INT64, 0, 0, API_LIST_ATOMIC, 606, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 607, 0, 30, 0, 32366, 19305, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 608, 0, 31, 0, 0, 0, 0, 0, 0},
	{API_BYTES, 0, 0, API_LIST_ATOMIC, 609, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 610, 0, 36, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 611, 0, 38, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 612, 0, 39, 0, 32678, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 613, 0, 44, 0, 0, 0, 0, 0, 0},
	{API_BOOL, 0, 0, API_LIST_ATOMIC, 614, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 2, API_LIST_ATOMIC, 615, 3769, 215, 2, 0, 0, 31, 2, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 616, 0, 45, 0, 32678, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 617, 0, 50, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 618, 0, 51, 0, 32678, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 619, 0, 58, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 620, 0, 268, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 621, 0, 59, 0, 32678, 3450, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 622, 0, 593, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 623, 0, 557, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 624, 0, 562, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 625, 0, 80, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 626, 0, 82, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 627, 0, 92, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 628, 0, 104, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 629, 0, 106, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 630, 0, 113, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 631, 0, 108, 0, 32678, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 632, 0, 114, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 633, 0, 123, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 634, 0, 266, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 635, 0, 127, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_ATOMIC, 636, 0, 128, 0, 0, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 637, 0, 136, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_SET, 638, 0, 595, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 639, 0, 135, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 640, 0, 138, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 641, 0, 140, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 642, 0, 141, 0, 32678, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 643, 0, 145, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 644, 0, 586, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 645, 0, 165, 0, 32678, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 646, 0, 166, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 647, 0, 609, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 648, 0, 168, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 649, 0, 227, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 650, 0, 199, 0, 32366, 19305, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 651, 0, 198, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 652, 0, 178, 0, 34945, 34969, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 653, 0, 179, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 654, 0, 180, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 655, 0, 360, 0, 35077, 34567, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 656, 0, 361, 0, 35102, 35113, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 657, 0, 549, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 658, 0, 323, 0, 32366, 19305, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 659, 0, 362, 0, 35102, 35113, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 660, 0, 190, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 661, 0, 193, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 662, 0, 194, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 663, 0, 195, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 664, 0, 196, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 665, 0, 203, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 666, 0, 219, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 667, 0, 230, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 668, 0, 231, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 669, 0, 606, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 670, 0, 302, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 671, 0, 235, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 672, 0, 241, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 673, 0, 242, 0, 32678, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 674, 0, 304, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 675, 0, 246, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 676, 0, 260, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 677, 0, 259, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_SET, 678, 0, 586, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 679, 0, 352, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 680, 0, 247, 0, 32678, 3450, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 681, 0, 250, 0, 32678, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 682, 0, 177, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 683, 0, 256, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 684, 0, 151, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 685, 0, 269, 0, 32678, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 686, 0, 267, 0, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 687, 14532, 1088, 7, 0, 0, 123, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 688, 0, 368, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 689, 0, 281, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 690, 0, 286, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 691, 0, 176, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 692, 0, 279, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 693, 0, 350, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 694, 0, 175, 0, 32366, 19305, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 695, 0, 201, 0, 32366, 19305, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 696, 0, 220, 0, 37563, 13160, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 697, 0, 237, 0, 32366, 19305, 0, 0, 0},
	{API_MAP, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 698, 0, 586, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 699, 0, 291, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 3, API_LIST_MAP, 700, 0, 292, 0, 32366, 19305, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 701, 0, 294, 0, 32366, 19305, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 702, 0, 353, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 703, 0, 356, 0, 37907, 37116, 0, 0, 0},
	{API_ARRAY, 0, 3, API_LIST_MAP, 704, 0, 359, 0, 32366, 19305, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 705, 0, 284, 0, 32678, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 706, 0, 186, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_ATOMIC, 707, 0, 221, 0, 0, 13160, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 708, 0, 249, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 709, 0, 288, 0, 37563, 13160, 0, 0, 0},
	{API_ARRAY, 0, 3, API_LIST_MAP, 710, 0, 293, 0, 32366, 19305, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 711, 0, 299, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 712, 0, 364, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 713, 0, 310, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 714, 0, 311, 0, 32678, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 715, 0, 318, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 716, 0, 315, 0, 32366, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 717, 0, 317, 0, 38302, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 718, 0, 328, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 719, 0, 330, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 720, 0, 237, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 721, 0, 266, 0, 32366, 19305, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 722, 0, 339, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 723, 0, 338, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 724, 0, 343, 0, 38733, 1639, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 725, 0, 555, 0, 32678, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 726, 0, 354, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 727, 0, 376, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 728, 0, 377, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 729, 0, 370, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 730, 0, 373, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 731, 0, 374, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 732, 0, 378, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 733, 0, 383, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 734, 0, 392, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 735, 0, 384, 0, 32678, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 736, 0, 391, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 737, 0, 400, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 738, 0, 402, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 739, 0, 393, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 740, 0, 394, 0, 32678, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 741, 0, 404, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 742, 0, 406, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 743, 0, 412, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 744, 0, 410, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 745, 0, 419, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 746, 0, 417, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 747, 0, 420, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 748, 0, 424, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 749, 0, 430, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 750, 0, 429, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 751, 0, 425, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 752, 0, 426, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 753, 0, 427, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 754, 0, 434, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 755, 0, 439, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 756, 0, 443, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 757, 0, 575, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 758, 0, 561, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 759, 0, 452, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 760, 0, 458, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 761, 0, 449, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 762, 0, 448, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 763, 0, 454, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 764, 0, 453, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 765, 0, 549, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 766, 0, 465, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 767, 0, 470, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 768, 0, 471, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 769, 0, 479, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 770, 0, 488, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 771, 0, 484, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 772, 0, 468, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 773, 0, 481, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 774, 0, 614, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 775, 0, 473, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 776, 0, 478, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 777, 0, 480, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 778, 0, 474, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 779, 0, 475, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 780, 0, 482, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 781, 0, 483, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 782, 0, 485, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 783, 0, 490, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 784, 0, 459, 0, 40534, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 785, 0, 491, 0, 40574, 33195, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 786, 0, 495, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 787, 0, 499, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 788, 0, 467, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 789, 0, 466, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 790, 0, 502, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 791, 0, 504, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 792, 0, 515, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 793, 0, 507, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 794, 0, 508, 0, 32366, 19305, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 795, 0, 511, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 796, 0, 355, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 797, 0, 513, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 798, 0, 516, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 799, 0, 521, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 800, 0, 527, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 801, 0, 533, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 802, 0, 528, 0, 32678, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 803, 0, 525, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 804, 0, 544, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 805, 0, 540, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 806, 0, 540, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 807, 0, 543, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 808, 0, 539, 0, 0, 0, 0, 0, 0},
	{API_NUMBER, 0, 0, API_LIST_ATOMIC, 809, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 810, 0, 546, 0, 41830, 41836, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 811, 0, 570, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 812, 0, 560, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 813, 0, 550, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 814, 0, 552, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 815, 0, 564, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 816, 0, 567, 0, 40574, 33195, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 817, 0, 573, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 818, 0, 580, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 819, 0, 581, 0, 32678, 3450, 0, 0, 0},
};

const struct api_field api_fields[] = {
	{32226, 586, 4, {1}},
	{32237, 586, 3, {1}},
	{32241, 586, 3, {2}},
	{32257, 586, 3, {2}},
	{32266, 586, 3, {3}},
	{32226, 586, 4, {1}},
	{32226, 586, 3, {2}},
	{19305, 586, 3, {1}},
	{32274, 587, 4, {4}},
	{270, 586, 0, {7}},
	{282, 561, 0, {1}},
	{300, 561, 0, {2}},
	{32295, 587, 4, {3}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 12, 2, {2}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 10, 2, {2}},
	{14482, 586, 0, {0}},
	{32309, 588, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{32315, 6, 0, {3}},
	{32330, 19, 0, {2}},
	{32339, 586, 4, {1}},
	{14482, 586, 0, {0}},
	{32309, 589, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{950, 586, 0, {5}},
	{32350, 590, 4, {6}},
	{32372, 6, 0, {2}},
	{32389, 591, 4, {4}},
	{32399, 18, 0, {1}},
	{1049, 586, 4, {7}},
	{32409, 592, 4, {3}},
	{32419, 593, 1, {8}},
	{32443, 35, 3, {2}},
	{950, 586, 0, {4}},
	{32350, 590, 4, {12}},
	{270, 586, 0, {9}},
	{19305, 586, 3, {1}},
	{282, 561, 0, {5}},
	{300, 561, 0, {11}},
	{1049, 586, 0, {10}},
	{32456, 594, 4, {3}},
	{32462, 586, 1, {6}},
	{1028, 595, 0, {7}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{32474, 596, 4, {2}},
	{14482, 586, 0, {0}},
	{32309, 597, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{32483, 1, 0, {3}},
	{32502, 4, 0, {4}},
	{32512, 586, 3, {2}},
	{32522, 593, 4, {2, 2, 1}},
	{32532, 593, 4, {2, 2, 2}},
	{32544, 593, 4, {2, 1}},
	{32555, 593, 4, {1}},
	{10804, 593, 4, {2, 2, 3}},
	{1427, 586, 0, {2, 2, 4}},
	{14482, 586, 4, {1}},
	{9685, 586, 4, {2}},
	{19305, 586, 4, {1}},
	{32569, 586, 4, {2}},
	{32579, 586, 0, {4}},
	{32603, 561, 0, {3}},
	{32522, 593, 4, {2, 1}},
	{32532, 593, 4, {2, 2}},
	{32544, 593, 4, {1}},
	{10804, 593, 4, {2, 3}},
	{1427, 586, 0, {2, 4}},
	{19305, 586, 3, {2}},
	{32569, 586, 3, {1}},
	{12484, 586, 0, {3}},
	{1639, 595, 0, {4}},
	{32612, 598, 4, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 28, 2, {2}},
	{3185, 29, 2, {3}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 26, 3, {2}},
	{14482, 586, 0, {0}},
	{32309, 599, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{32315, 6, 0, {3}},
	{32330, 19, 0, {2}},
	{32339, 586, 5, {1}},
	{32631, 600, 5, {4}},
	{14482, 586, 0, {0}},
	{32309, 601, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{32649, 602, 4, {5}},
	{950, 586, 0, {4}},
	{32350, 590, 4, {6}},
	{32372, 6, 0, {2}},
	{32399, 18, 0, {1}},
	{32666, 603, 4, {3}},
	{32409, 604, 4, {7}},
	{19180, 605, 4, {3}},
	{32684, 606, 4, {1}},
	{32703, 22, 0, {2}},
	{32419, 593, 1, {8}},
	{32443, 35, 3, {2}},
	{950, 586, 0, {4}},
	{32350, 590, 4, {11}},
	{270, 586, 0, {9}},
	{19305, 586, 3, {1}},
	{282, 561, 0, {5}},
	{300, 561, 0, {10}},
	{32456, 594, 4, {3}},
	{32462, 586, 1, {6}},
	{1028, 595, 0, {7}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{32474, 607, 4, {2}},
	{14482, 586, 0, {0}},
	{32309, 608, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{32226, 586, 3, {1}},
	{32716, 586, 4, {2}},
	{32724, 586, 4, {4}},
	{32742, 586, 0, {3}},
	{32226, 586, 3, {2}},
	{19305, 586, 3, {1}},
	{32749, 609, 4, {2}},
	{12313, 21, 0, {1}},
	{32758, 586, 0, {3}},
	{14482, 586, 0, {0}},
	{32762, 577, 0, {2}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{32767, 606, 3, {3}},
	{14482, 586, 0, {0}},
	{32309, 610, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 41, 2, {2}},
	{3185, 42, 2, {3}},
	{32776, 575, 0, {3}},
	{32716, 586, 4, {5}},
	{32742, 586, 4, {4}},
	{3185, 586, 3, {2}},
	{3450, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{32309, 611, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{32795, 595, 4, {4}},
	{3347, 595, 0, {6}},
	{32603, 561, 1, {1}},
	{32811, 301, 3, {2}},
	{3332, 43, 2, {3}},
	{32820, 595, 0, {9}},
	{19180, 612, 4, {10}},
	{32835, 595, 3, {1}},
	{32858, 595, 3, {3}},
	{32881, 595, 4, {7}},
	{32897, 595, 3, {2}},
	{32916, 595, 3, {4}},
	{32928, 595, 4, {8}},
	{32684, 606, 4, {5}},
	{32946, 595, 4, {6}},
	{3455, 55, 0, {2}},
	{3450, 586, 4, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 47, 2, {2}},
	{3185, 48, 2, {3}},
	{32776, 575, 0, {7}},
	{32969, 575, 0, {6}},
	{32716, 586, 4, {5}},
	{32742, 586, 4, {4}},
	{3185, 586, 3, {2}},
	{3450, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{32309, 613, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{32795, 595, 4, {5}},
	{32984, 614, 4, {7}},
	{3675, 595, 0, {9}},
	{3657, 595, 0, {1}},
	{3347, 595, 0, {6}},
	{32603, 561, 1, {2}},
	{3666, 615, 2, {4}},
	{32811, 301, 3, {3}},
	{32991, 595, 4, {4}},
	{32820, 595, 0, {8}},
	{19180, 616, 4, {6}},
	{32684, 606, 4, {1}},
	{33009, 595, 4, {7}},
	{3657, 595, 4, {2}},
	{33023, 595, 0, {9}},
	{33043, 595, 4, {5}},
	{33063, 595, 4, {3}},
	{3455, 56, 0, {2}},
	{3450, 586, 4, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 53, 2, {2}},
	{3185, 54, 2, {3}},
	{32776, 575, 0, {3}},
	{32716, 586, 4, {5}},
	{32742, 586, 4, {4}},
	{3185, 586, 3, {2}},
	{3450, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{32309, 617, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{32795, 595, 4, {4}},
	{3657, 595, 0, {1}},
	{32603, 561, 1, {2}},
	{32811, 301, 2, {3}},
	{32991, 595, 4, {5}},
	{19180, 618, 4, {6}},
	{33079, 595, 4, {2}},
	{32684, 606, 4, {3}},
	{33009, 595, 4, {4}},
	{3657, 595, 3, {1}},
	{33023, 595, 0, {7}},
	{4052, 578, 0, {2}},
	{4037, 578, 0, {1}},
	{4052, 578, 0, {2}},
	{4037, 578, 0, {1}},
	{4037, 578, 8, {2}},
	{4150, 595, 0, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 63, 2, {2}},
	{3185, 64, 2, {3}},
	{32776, 575, 0, {3}},
	{32716, 586, 4, {5}},
	{32742, 586, 4, {4}},
	{3185, 586, 3, {2}},
	{3450, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{32309, 619, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{33100, 595, 2, {1}},
	{4445, 586, 4, {1}},
	{4457, 586, 4, {2}},
	{32795, 595, 4, {9}},
	{33106, 61, 0, {11}},
	{4568, 62, 0, {10}},
	{4548, 586, 4, {6}},
	{3657, 595, 0, {1}},
	{3347, 595, 0, {8}},
	{32603, 561, 1, {2}},
	{33115, 586, 2, {5}},
	{32811, 301, 3, {3}},
	{3332, 65, 2, {7}},
	{33127, 620, 4, {4}},
	{32991, 595, 2, {11}},
	{32820, 595, 0, {9}},
	{19180, 621, 4, {10}},
	{33148, 595, 4, {4}},
	{33164, 586, 4, {6}},
	{32684, 606, 4, {1}},
	{33009, 595, 4, {3}},
	{3657, 595, 3, {2}},
	{33180, 586, 4, {7}},
	{33063, 595, 4, {5}},
	{3455, 57, 0, {2}},
	{3450, 586, 4, {1}},
	{14482, 586, 4, {2}},
	{9685, 586, 4, {1}},
	{19305, 586, 4, {3}},
	{33195, 586, 4, {4}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3185, 68, 2, {2}},
	{33199, 75, 2, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 70, 2, {2}},
	{3185, 71, 2, {3}},
	{33208, 593, 0, {1}},
	{33218, 66, 0, {3}},
	{4995, 606, 0, {4}},
	{33233, 575, 0, {2}},
	{33253, 586, 2, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 73, 3, {2}},
	{3185, 74, 2, {3}},
	{33208, 593, 4, {2}},
	{33253, 586, 5, {1}},
	{33208, 593, 4, {4}},
	{33259, 614, 4, {1}},
	{33273, 586, 4, {3}},
	{16518, 75, 2, {2}},
	{33279, 622, 4, {4}},
	{33285, 593, 4, {3}},
	{33195, 586, 4, {2}},
	{33292, 586, 4, {1}},
	{33301, 586, 4, {1}},
	{33313, 623, 4, {2}},
	{33301, 586, 4, {1}},
	{33313, 624, 4, {2}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 88, 3, {2}},
	{3185, 89, 2, {3}},
	{12484, 586, 4, {1}},
	{33326, 586, 4, {2}},
	{33331, 593, 4, {2}},
	{33347, 593, 1, {1}},
	{33353, 76, 0, {8}},
	{33367, 586, 4, {3}},
	{33373, 77, 0, {9}},
	{19305, 586, 4, {7}},
	{32569, 586, 4, {1}},
	{33387, 586, 4, {5}},
	{33396, 586, 4, {6}},
	{33326, 586, 4, {2}},
	{33408, 586, 4, {4}},
	{32522, 593, 4, {2}},
	{32555, 593, 4, {4}},
	{10804, 593, 4, {3}},
	{33347, 593, 1, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 84, 3, {2}},
	{3185, 89, 2, {3}},
	{33416, 79, 0, {2}},
	{33438, 81, 0, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 86, 3, {2}},
	{3185, 90, 2, {3}},
	{32569, 586, 4, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 88, 3, {2}},
	{3185, 89, 2, {3}},
	{33279, 622, 4, {5}},
	{33285, 593, 4, {4}},
	{33416, 79, 0, {2}},
	{33438, 81, 0, {1}},
	{33195, 586, 4, {6}},
	{16518, 586, 4, {3}},
	{33457, 614, 3, {1}},
	{33465, 614, 4, {4}},
	{33472, 586, 4, {3}},
	{32742, 586, 4, {2}},
	{33472, 586, 4, {4}},
	{33488, 614, 3, {3}},
	{33499, 625, 1, {2}},
	{32295, 626, 1, {1}},
	{14482, 586, 4, {3}},
	{9685, 586, 3, {1}},
	{19305, 586, 3, {2}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 94, 3, {2}},
	{3185, 95, 2, {3}},
	{14482, 586, 0, {0}},
	{32309, 627, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{33516, 595, 3, {3}},
	{6545, 595, 0, {2}},
	{33528, 91, 3, {1}},
	{33543, 595, 0, {4}},
	{33574, 595, 0, {5}},
	{33148, 595, 3, {3}},
	{33606, 595, 3, {4}},
	{33622, 575, 0, {2}},
	{32684, 606, 0, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 97, 2, {2}},
	{3185, 98, 2, {3}},
	{3657, 595, 6, {1}},
	{3657, 595, 3, {1}},
	{32603, 586, 4, {2}},
	{33636, 586, 3, {3}},
	{19305, 586, 3, {1}},
	{33646, 115, 3, {2}},
	{33636, 586, 3, {3}},
	{33653, 116, 3, {2}},
	{19305, 586, 3, {1}},
	{14482, 586, 4, {3}},
	{9685, 586, 3, {1}},
	{19305, 586, 3, {2}},
	{33661, 112, 3, {1}},
	{33646, 115, 3, {2}},
	{33653, 116, 3, {2}},
	{33661, 112, 3, {1}},
	{16350, 595, 3, {3}},
	{3450, 586, 3, {1}},
	{33668, 595, 3, {2}},
	{33674, 628, 4, {2}},
	{33683, 586, 0, {1}},
	{33696, 595, 0, {3}},
	{33723, 549, 0, {4}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 110, 3, {2}},
	{3185, 111, 2, {3}},
	{7258, 105, 0, {2}},
	{7250, 105, 0, {1}},
	{32776, 575, 0, {3}},
	{32716, 586, 4, {5}},
	{32742, 586, 4, {4}},
	{3185, 586, 3, {2}},
	{3450, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{32309, 629, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{33733, 107, 0, {5}},
	{33516, 595, 3, {3}},
	{7586, 630, 4, {4}},
	{6545, 595, 0, {2}},
	{33528, 101, 3, {1}},
	{19180, 631, 4, {6}},
	{33742, 632, 0, {5}},
	{33148, 595, 4, {3}},
	{33606, 595, 3, {4}},
	{33622, 575, 0, {2}},
	{32684, 606, 0, {1}},
	{19305, 586, 3, {1}},
	{32603, 561, 0, {2}},
	{33757, 99, 0, {7}},
	{33775, 102, 0, {5}},
	{33784, 117, 0, {2}},
	{33791, 119, 0, {3}},
	{33387, 121, 0, {4}},
	{3450, 586, 3, {1}},
	{33757, 100, 0, {7}},
	{33775, 103, 0, {5}},
	{33784, 118, 0, {2}},
	{33791, 120, 0, {3}},
	{33387, 122, 0, {4}},
	{3450, 586, 3, {1}},
	{33796, 595, 0, {4}},
	{33815, 549, 0, {3}},
	{3450, 586, 3, {1}},
	{33668, 549, 0, {2}},
	{33796, 595, 0, {3}},
	{33815, 549, 0, {2}},
	{33668, 549, 0, {1}},
	{33828, 101, 3, {1}},
	{33661, 112, 3, {3}},
	{33646, 115, 3, {2}},
	{33653, 116, 3, {2}},
	{33828, 101, 3, {3}},
	{33661, 112, 3, {1}},
	{33661, 112, 3, {1}},
	{33646, 115, 3, {2}},
	{33653, 116, 3, {2}},
	{33661, 112, 3, {1}},
	{19305, 586, 3, {1}},
	{33646, 115, 3, {2}},
	{33653, 116, 3, {2}},
	{19305, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 125, 3, {2}},
	{3185, 126, 2, {3}},
	{14482, 586, 0, {0}},
	{32309, 633, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{8280, 586, 4, {3}},
	{8333, 595, 0, {7}},
	{33844, 132, 3, {5}},
	{33856, 586, 3, {1}},
	{33865, 606, 0, {2}},
	{8306, 595, 0, {6}},
	{8298, 614, 0, {4}},
	{33889, 586, 0, {8}},
	{33898, 634, 4, {1}},
	{33905, 575, 0, {4}},
	{33922, 575, 0, {5}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 130, 2, {2}},
	{3185, 131, 2, {3}},
	{33941, 575, 0, {3}},
	{32776, 575, 0, {4}},
	{32716, 586, 4, {6}},
	{32742, 586, 4, {5}},
	{3185, 586, 3, {2}},
	{3450, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{32309, 635, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{33955, 606, 0, {3}},
	{33977, 595, 0, {7}},
	{33990, 595, 0, {12}},
	{34011, 586, 0, {9}},
	{34026, 595, 0, {2}},
	{34038, 586, 0, {15}},
	{34048, 614, 0, {5}},
	{34063, 595, 0, {13}},
	{34080, 595, 0, {1}},
	{34092, 133, 0, {11}},
	{34109, 586, 0, {14}},
	{32603, 561, 0, {4}},
	{34130, 137, 0, {16}},
	{8298, 614, 0, {10}},
	{32811, 301, 3, {6}},
	{34144, 595, 0, {8}},
	{33898, 595, 4, {4}},
	{34168, 586, 4, {7}},
	{34185, 575, 0, {3}},
	{19180, 636, 4, {1}},
	{34200, 595, 4, {6}},
	{34207, 586, 0, {10}},
	{34221, 595, 0, {9}},
	{34227, 575, 0, {2}},
	{34237, 595, 4, {5}},
	{34247, 595, 0, {11}},
	{34259, 139, 0, {8}},
	{16193, 566, 2, {1}},
	{3085, 130, 2, {2}},
	{32456, 637, 1, {1}},
	{34283, 586, 0, {1}},
	{25441, 586, 3, {2}},
	{34297, 638, 1, {3}},
	{3185, 586, 2, {2}},
	{3450, 586, 3, {1}},
	{34304, 586, 3, {1}},
	{34311, 134, 0, {2}},
	{34323, 639, 4, {3}},
	{32456, 640, 1, {1}},
	{34339, 595, 0, {2}},
	{34354, 586, 0, {1}},
	{34200, 600, 4, {2}},
	{34237, 600, 4, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 143, 3, {2}},
	{3185, 144, 2, {3}},
	{32776, 575, 0, {5}},
	{32969, 575, 0, {4}},
	{32716, 586, 4, {3}},
	{32742, 586, 4, {2}},
	{3185, 586, 3, {6}},
	{3450, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{32309, 641, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{4995, 595, 0, {8}},
	{33279, 622, 4, {6}},
	{33285, 593, 4, {4}},
	{34371, 609, 1, {1}},
	{34379, 586, 3, {7}},
	{33195, 586, 4, {3}},
	{34390, 593, 4, {5}},
	{33292, 586, 4, {2}},
	{34397, 609, 4, {2}},
	{19180, 642, 4, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 147, 2, {2}},
	{14482, 586, 0, {0}},
	{32309, 643, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{34409, 565, 0, {3}},
	{34421, 586, 0, {1}},
	{34436, 595, 0, {2}},
	{34457, 595, 0, {5}},
	{34474, 586, 0, {7}},
	{34490, 565, 0, {4}},
	{3666, 586, 0, {6}},
	{9695, 586, 4, {2}},
	{4150, 595, 4, {3}},
	{9702, 614, 4, {4}},
	{34500, 586, 3, {1}},
	{34509, 248, 0, {1}},
	{34522, 280, 0, {2}},
	{34534, 282, 0, {3}},
	{34550, 586, 0, {2}},
	{3450, 586, 3, {1}},
	{34567, 586, 3, {2}},
	{19305, 586, 3, {1}},
	{9666, 586, 0, {3}},
	{34578, 586, 3, {1}},
	{34587, 586, 3, {2}},
	{9695, 586, 0, {4}},
	{9685, 586, 0, {6}},
	{9702, 614, 0, {5}},
	{9702, 614, 4, {3}},
	{34595, 586, 3, {1}},
	{34606, 586, 0, {4}},
	{34622, 586, 3, {2}},
	{9702, 614, 4, {3}},
	{34595, 586, 3, {1}},
	{34622, 586, 3, {2}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{33646, 266, 3, {2}},
	{34632, 335, 0, {9}},
	{34658, 335, 0, {6}},
	{34685, 586, 3, {1}},
	{9695, 586, 4, {4}},
	{34692, 335, 0, {10}},
	{34712, 335, 0, {8}},
	{34733, 335, 0, {7}},
	{9702, 614, 4, {3}},
	{34752, 644, 4, {5}},
	{34769, 586, 3, {2}},
	{34685, 586, 3, {1}},
	{9695, 586, 0, {3}},
	{34712, 237, 0, {5}},
	{9702, 614, 0, {2}},
	{34752, 644, 4, {4}},
	{34782, 593, 4, {1}},
	{34786, 593, 4, {2}},
	{34791, 593, 1, {1}},
	{12484, 586, 4, {2}},
	{9702, 614, 4, {6}},
	{34800, 586, 4, {4}},
	{34811, 335, 0, {5}},
	{16518, 586, 4, {3}},
	{34791, 593, 1, {1}},
	{12484, 586, 4, {2}},
	{9702, 614, 4, {6}},
	{34800, 586, 4, {4}},
	{34811, 237, 0, {5}},
	{16518, 586, 4, {3}},
	{9695, 586, 4, {2}},
	{9702, 614, 4, {3}},
	{34811, 335, 0, {4}},
	{34500, 586, 3, {1}},
	{9695, 586, 4, {2}},
	{9702, 614, 4, {3}},
	{34811, 237, 0, {4}},
	{34500, 586, 3, {1}},
	{1028, 595, 0, {1}},
	{33373, 561, 0, {3}},
	{19305, 586, 0, {1}},
	{34821, 614, 0, {5}},
	{12484, 586, 3, {4}},
	{34379, 586, 0, {2}},
	{33273, 586, 4, {4}},
	{32716, 586, 4, {3}},
	{3185, 586, 3, {2}},
	{3450, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{19180, 645, 4, {2}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{14482, 586, 0, {0}},
	{32309, 646, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{14482, 586, 0, {0}},
	{34830, 647, 4, {3}},
	{32762, 644, 4, {2}},
	{34841, 614, 0, {4}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{19305, 586, 4, {1, 1}},
	{34821, 614, 0, {2}},
	{32237, 586, 3, {2}},
	{19305, 586, 4, {1, 1}},
	{34821, 614, 0, {3}},
	{14482, 586, 0, {0}},
	{32309, 648, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{34851, 586, 3, {5}},
	{19305, 586, 3, {2}},
	{32569, 586, 3, {1}},
	{34868, 586, 4, {4}},
	{33195, 586, 4, {3}},
	{32309, 649, 4, {2}},
	{19305, 586, 4, {1, 1}},
	{34821, 614, 0, {4}},
	{10661, 595, 0, {3}},
	{32309, 649, 4, {2}},
	{19305, 586, 4, {1, 1}},
	{34821, 614, 0, {4}},
	{34884, 593, 4, {4}},
	{34889, 593, 4, {3}},
	{34897, 650, 4, {7}},
	{34901, 651, 4, {19}},
	{34909, 586, 4, {2}},
	{10714, 586, 4, {14}},
	{34915, 228, 0, {12}},
	{34925, 305, 0, {10}},
	{19305, 586, 3, {1}},
	{34939, 652, 4, {6}},
	{34983, 305, 0, {11}},
	{34998, 653, 4, {23}},
	{10804, 322, 2, {8}},
	{15920, 586, 0, {24}},
	{35011, 654, 4, {25}},
	{15957, 337, 0, {15}},
	{35030, 305, 0, {22}},
	{35043, 614, 4, {16}},
	{35049, 614, 4, {17}},
	{10751, 586, 4, {13}},
	{10779, 586, 4, {20}},
	{35059, 614, 4, {18}},
	{35063, 655, 4, {21}},
	{35089, 656, 4, {9}},
	{35123, 586, 4, {5}},
	{34283, 586, 3, {1}},
	{35134, 586, 3, {3}},
	{35146, 586, 3, {2}},
	{35159, 593, 0, {1}},
	{35165, 606, 4, {2}},
	{34969, 595, 3, {3}},
	{35175, 586, 4, {5}},
	{35182, 595, 4, {2}},
	{19305, 586, 4, {1}},
	{10933, 586, 4, {4}},
	{35146, 586, 3, {1}},
	{15920, 586, 3, {2}},
	{34304, 586, 5, {1}},
	{35191, 181, 0, {2}},
	{25441, 586, 5, {1}},
	{34297, 638, 4, {2}},
	{35201, 183, 0, {2}},
	{35209, 184, 0, {3}},
	{35220, 185, 0, {1}},
	{35228, 575, 0, {1}},
	{35238, 586, 4, {7}},
	{35250, 595, 3, {1}},
	{35259, 575, 0, {6}},
	{32716, 586, 4, {4}},
	{32742, 586, 4, {3}},
	{35270, 595, 4, {2}},
	{35228, 575, 0, {5}},
	{32716, 586, 4, {2}},
	{32742, 586, 4, {1}},
	{35277, 657, 4, {10}},
	{35296, 658, 4, {14}},
	{35238, 586, 4, {8}},
	{34909, 586, 3, {6}},
	{35321, 586, 3, {7}},
	{35329, 182, 2, {3}},
	{19305, 586, 3, {1}},
	{34221, 614, 3, {4}},
	{10804, 322, 0, {11}},
	{35339, 595, 3, {5}},
	{35352, 614, 0, {9}},
	{35360, 182, 2, {2}},
	{35366, 586, 0, {15}},
	{16518, 187, 0, {13}},
	{35089, 659, 4, {12}},
	{35377, 234, 0, {1}},
	{11335, 595, 3, {1}},
	{32309, 660, 4, {1}},
	{32257, 265, 0, {2}},
	{35383, 595, 0, {4}},
	{12484, 586, 3, {1}},
	{35388, 316, 0, {3}},
	{10661, 595, 0, {2}},
	{32309, 660, 4, {1}},
	{35405, 586, 4, {1}},
	{35412, 549, 0, {2}},
	{35422, 586, 4, {3}},
	{13160, 586, 3, {1}},
	{35431, 586, 0, {4}},
	{35440, 266, 0, {2}},
	{35450, 586, 0, {4}},
	{19305, 586, 4, {1}},
	{1639, 595, 3, {2}},
	{10933, 586, 4, {3}},
	{35462, 661, 4, {1}},
	{35472, 661, 4, {2}},
	{34939, 662, 4, {3}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{35490, 663, 4, {2}},
	{14482, 586, 0, {0}},
	{32309, 664, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{35498, 169, 0, {2}},
	{35511, 586, 4, {1}},
	{34811, 331, 0, {3}},
	{19305, 586, 3, {1}},
	{33668, 586, 4, {2}},
	{35518, 200, 0, {3}},
	{35528, 170, 0, {3}},
	{32257, 265, 0, {1}},
	{35544, 209, 0, {5}},
	{35388, 316, 0, {2}},
	{35555, 332, 0, {4}},
	{34884, 593, 4, {1, 4}},
	{34889, 593, 4, {1, 3}},
	{34897, 650, 4, {1, 7}},
	{34901, 651, 4, {1, 19}},
	{34909, 586, 4, {1, 2}},
	{10714, 586, 4, {1, 14}},
	{34915, 228, 0, {1, 12}},
	{34925, 305, 0, {1, 10}},
	{19305, 586, 3, {1, 1}},
	{34939, 652, 4, {1, 6}},
	{34983, 305, 0, {1, 11}},
	{34998, 653, 4, {1, 23}},
	{10804, 322, 2, {1, 8}},
	{15920, 586, 0, {1, 24}},
	{35011, 654, 4, {1, 25}},
	{15957, 337, 0, {1, 15}},
	{35030, 305, 0, {1, 22}},
	{35043, 614, 4, {1, 16}},
	{35049, 614, 4, {1, 17}},
	{35568, 586, 4, {2}},
	{10751, 586, 4, {1, 13}},
	{10779, 586, 4, {1, 20}},
	{35059, 614, 4, {1, 18}},
	{35063, 655, 4, {1, 21}},
	{35089, 656, 4, {1, 9}},
	{35123, 586, 4, {1, 5}},
	{35588, 273, 0, {1}},
	{34304, 586, 4, {12}},
	{14482, 586, 0, {0}},
	{25354, 595, 4, {8}},
	{35608, 565, 0, {10}},
	{35618, 575, 0, {6}},
	{35633, 266, 3, {2}},
	{9685, 586, 0, {0}},
	{35648, 575, 0, {7}},
	{32716, 586, 4, {4}},
	{16193, 566, 3, {1}},
	{32742, 586, 4, {3}},
	{35662, 266, 0, {13}},
	{35670, 586, 2, {14}},
	{35689, 586, 2, {15}},
	{35707, 205, 0, {11}},
	{35714, 206, 2, {5}},
	{3450, 586, 4, {9}},
	{14482, 586, 0, {0}},
	{32309, 665, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{25354, 595, 4, {1}},
	{35721, 565, 0, {2}},
	{35738, 586, 4, {1}},
	{35748, 586, 4, {2}},
	{34889, 593, 4, {1}},
	{9695, 586, 4, {3}},
	{35753, 595, 0, {2}},
	{9702, 614, 4, {4}},
	{35757, 593, 4, {1}},
	{35768, 593, 4, {5}},
	{32237, 586, 3, {3}},
	{34821, 614, 0, {4}},
	{12484, 586, 3, {2}},
	{35774, 586, 3, {1}},
	{34685, 586, 3, {1}},
	{9695, 586, 4, {2}},
	{35785, 644, 4, {5}},
	{9702, 614, 4, {4}},
	{34811, 335, 0, {3}},
	{34685, 586, 3, {1}},
	{9695, 586, 4, {2}},
	{35785, 644, 4, {5}},
	{9702, 614, 4, {4}},
	{34811, 237, 0, {3}},
	{35793, 586, 4, {1}},
	{35805, 586, 4, {2}},
	{9695, 586, 4, {2}},
	{4150, 595, 4, {3}},
	{35817, 586, 3, {1}},
	{9702, 614, 4, {4}},
	{1639, 595, 3, {1}},
	{12313, 586, 0, {2}},
	{35824, 586, 4, {3}},
	{35834, 586, 3, {1}},
	{32767, 586, 4, {2}},
	{35845, 586, 3, {1}},
	{35855, 586, 0, {4}},
	{12484, 586, 3, {2}},
	{9702, 614, 4, {3}},
	{35845, 586, 3, {1}},
	{12484, 586, 3, {2}},
	{9702, 614, 4, {3}},
	{35748, 586, 4, {3}},
	{35874, 666, 4, {5}},
	{12484, 586, 4, {1}},
	{1639, 578, 1, {2}},
	{12494, 586, 4, {4}},
	{19305, 586, 3, {1}},
	{33668, 586, 3, {2}},
	{35886, 593, 4, {2}},
	{13160, 586, 3, {1}},
	{13160, 586, 3, {1}},
	{12484, 586, 3, {1}},
	{3450, 586, 0, {2}},
	{35896, 614, 4, {8}},
	{35914, 614, 4, {11}},
	{9695, 586, 4, {5}},
	{35930, 586, 0, {12}},
	{35944, 586, 3, {2}},
	{12667, 586, 4, {4}},
	{35753, 595, 3, {3}},
	{35948, 593, 4, {7}},
	{9702, 614, 4, {6}},
	{34811, 335, 0, {10}},
	{35956, 586, 3, {1}},
	{35896, 614, 4, {8}},
	{35914, 614, 4, {11}},
	{9695, 586, 4, {5}},
	{35930, 586, 0, {12}},
	{35944, 586, 3, {2}},
	{12667, 586, 4, {4}},
	{35753, 595, 3, {3}},
	{35948, 593, 4, {7}},
	{9702, 614, 4, {6}},
	{34811, 237, 0, {10}},
	{35956, 586, 3, {1}},
	{12766, 586, 4, {2}},
	{35969, 586, 4, {1}},
	{35979, 586, 5, {1}},
	{32237, 586, 3, {1}},
	{35383, 595, 0, {3}},
	{12484, 586, 3, {2}},
	{35988, 229, 0, {1}},
	{35998, 229, 0, {2}},
	{35366, 586, 8, {3}},
	{36006, 207, 0, {1}},
	{36011, 218, 0, {2}},
	{36019, 347, 0, {4}},
	{36025, 351, 0, {3}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 233, 2, {2}},
	{12659, 657, 4, {4}},
	{36035, 657, 4, {5}},
	{36050, 657, 4, {2}},
	{36054, 657, 4, {6}},
	{36075, 657, 4, {3}},
	{3450, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{32309, 667, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{36079, 668, 1, {1}},
	{36086, 606, 3, {2}},
	{36090, 669, 4, {3}},
	{33195, 606, 3, {1}},
	{35422, 586, 4, {2}},
	{13160, 586, 4, {1}},
	{13153, 586, 0, {3}},
	{34939, 670, 4, {4}},
	{36109, 671, 4, {1}},
	{19305, 586, 4, {1}},
	{9695, 586, 0, {2}},
	{12484, 586, 3, {1}},
	{3185, 586, 3, {2}},
	{36117, 586, 4, {1}},
	{12484, 586, 3, {2}},
	{9702, 614, 4, {3}},
	{36149, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 244, 2, {2}},
	{3185, 245, 2, {3}},
	{32776, 575, 0, {4}},
	{32716, 586, 4, {6}},
	{32742, 586, 4, {5}},
	{3185, 586, 3, {2}},
	{3450, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{32309, 672, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{36156, 593, 4, {1}},
	{19180, 673, 4, {2}},
	{13562, 586, 4, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 261, 2, {2}},
	{3185, 262, 2, {3}},
	{36167, 586, 3, {2}},
	{3450, 586, 3, {1}},
	{36175, 674, 4, {2}},
	{36223, 258, 0, {1}},
	{36270, 600, 4, {2}},
	{36281, 586, 3, {1}},
	{10804, 657, 1, {3}},
	{36299, 575, 0, {3}},
	{32776, 575, 0, {4}},
	{32716, 586, 4, {6}},
	{32742, 586, 4, {5}},
	{3185, 586, 3, {2}},
	{3450, 586, 3, {1}},
	{36317, 172, 0, {2}},
	{33898, 251, 0, {2}},
	{36327, 251, 0, {1}},
	{33273, 586, 4, {4}},
	{36336, 251, 0, {3}},
	{13858, 188, 2, {1}},
	{36350, 614, 0, {1}},
	{14482, 586, 0, {0}},
	{32309, 675, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{36375, 257, 0, {2}},
	{19305, 586, 0, {1}},
	{36384, 614, 0, {1}},
	{36408, 614, 0, {2}},
	{36423, 676, 1, {1}},
	{32237, 586, 3, {1}},
	{25441, 586, 3, {2}},
	{34297, 593, 4, {3}},
	{36441, 677, 4, {1}},
	{36458, 677, 4, {2}},
	{36470, 251, 0, {6}},
	{36483, 586, 4, {2}},
	{36494, 586, 4, {1}},
	{36502, 678, 4, {7}},
	{36511, 586, 4, {3}},
	{36522, 679, 4, {5}},
	{36529, 614, 4, {4}},
	{35462, 680, 4, {5}},
	{14209, 657, 4, {2}},
	{36543, 657, 4, {1}},
	{19180, 681, 4, {4}},
	{36552, 252, 0, {11}},
	{14221, 253, 2, {6}},
	{36559, 593, 4, {14}},
	{36375, 254, 0, {13}},
	{36576, 682, 4, {8}},
	{14237, 264, 2, {7}},
	{13562, 586, 4, {3}},
	{36583, 683, 4, {12}},
	{36599, 684, 4, {10}},
	{36615, 593, 4, {9}},
	{36543, 606, 0, {1}},
	{14432, 586, 3, {10}},
	{14331, 586, 3, {3}},
	{14360, 586, 3, {6}},
	{14338, 586, 3, {4}},
	{14399, 586, 3, {8}},
	{14384, 586, 3, {7}},
	{14310, 586, 3, {1}},
	{14416, 586, 3, {9}},
	{14352, 586, 3, {5}},
	{36628, 263, 0, {11}},
	{14320, 586, 3, {2}},
	{14482, 586, 4, {1}},
	{36633, 586, 3, {2}},
	{14482, 586, 4, {5}},
	{36633, 586, 4, {7}},
	{9685, 586, 4, {1}},
	{19305, 586, 4, {3}},
	{32569, 586, 4, {2}},
	{34868, 586, 4, {6}},
	{33195, 586, 4, {4}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 276, 2, {2}},
	{3185, 277, 2, {3}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 271, 2, {2}},
	{3185, 272, 2, {3}},
	{33941, 575, 0, {3}},
	{32776, 575, 0, {4}},
	{32716, 586, 4, {6}},
	{32742, 586, 4, {5}},
	{3185, 586, 3, {2}},
	{3450, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{32309, 620, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{36643, 593, 4, {1}},
	{36655, 357, 0, {7}},
	{36666, 358, 0, {8}},
	{10804, 365, 2, {2}},
	{32603, 561, 0, {4}},
	{36680, 586, 0, {5}},
	{36697, 586, 0, {9}},
	{14827, 586, 0, {6}},
	{35774, 586, 4, {3}},
	{36643, 593, 4, {2}},
	{36723, 644, 4, {7}},
	{35277, 657, 4, {5}},
	{36543, 657, 4, {3}},
	{19180, 685, 4, {4}},
	{36749, 586, 0, {8}},
	{36782, 239, 0, {9}},
	{13562, 586, 4, {1}},
	{16193, 566, 2, {1}},
	{3085, 271, 3, {2}},
	{36801, 586, 3, {1}},
	{9702, 614, 4, {2}},
	{14482, 586, 0, {0}},
	{32309, 686, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{36643, 593, 4, {3}},
	{36811, 148, 0, {2, 2}},
	{36832, 152, 0, {2, 16}},
	{36842, 153, 0, {2, 13}},
	{36543, 657, 4, {1}},
	{36852, 159, 0, {2, 9}},
	{36859, 161, 0, {2, 8}},
	{36866, 687, 0, {4}},
	{36875, 156, 0, {2, 22}},
	{36879, 208, 0, {2, 10}},
	{36882, 210, 0, {2, 12}},
	{36893, 212, 0, {2, 11}},
	{36901, 213, 0, {2, 1}},
	{36919, 216, 0, {2, 4}},
	{36929, 222, 0, {2, 3}},
	{36938, 223, 0, {2, 7}},
	{36944, 238, 0, {2, 20}},
	{36950, 593, 4, {7}},
	{36963, 240, 0, {2, 5}},
	{34509, 363, 0, {9}},
	{15105, 586, 4, {5}},
	{36967, 278, 0, {2, 17}},
	{36988, 303, 0, {2, 18}},
	{37003, 307, 0, {2, 15}},
	{16503, 308, 0, {2, 6}},
	{37011, 325, 0, {2, 19}},
	{36680, 586, 4, {6}},
	{37019, 348, 0, {2, 21}},
	{36697, 586, 0, {10}},
	{14827, 586, 0, {8}},
	{37029, 367, 0, {2, 14}},
	{37043, 575, 0, {4}},
	{32716, 586, 4, {2}},
	{13562, 586, 4, {1}},
	{32742, 586, 4, {3}},
	{9695, 586, 4, {2}},
	{37067, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 297, 2, {2}},
	{3185, 298, 2, {3}},
	{36175, 688, 4, {2}},
	{36223, 689, 4, {1}},
	{33373, 561, 0, {1}},
	{37072, 593, 4, {5}},
	{37087, 593, 4, {6}},
	{282, 561, 0, {4}},
	{37105, 593, 4, {2}},
	{37116, 586, 3, {3}},
	{36175, 688, 4, {2}},
	{36223, 689, 4, {1}},
	{37128, 586, 4, {6}},
	{37149, 586, 4, {4}},
	{37170, 586, 4, {5}},
	{37178, 586, 5, {2}},
	{37186, 595, 0, {3}},
	{34379, 586, 5, {1}},
	{37207, 644, 4, {7}},
	{33941, 575, 0, {3}},
	{32776, 575, 0, {4}},
	{32716, 586, 4, {6}},
	{32684, 606, 4, {7}},
	{32742, 586, 4, {5}},
	{3185, 586, 3, {2}},
	{3450, 586, 3, {1}},
	{37223, 593, 4, {1}},
	{35785, 690, 4, {3}},
	{37235, 593, 4, {2}},
	{19305, 586, 4, {1}},
	{33668, 586, 0, {2}},
	{37244, 691, 1, {1}},
	{36281, 586, 3, {2}},
	{13160, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{32309, 692, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{19305, 586, 3, {1}},
	{37260, 586, 3, {1}},
	{19305, 586, 3, {1}},
	{36281, 586, 0, {3}},
	{37274, 586, 0, {4}},
	{19305, 586, 3, {1}},
	{36281, 586, 0, {2}},
	{19305, 586, 3, {1}},
	{37300, 586, 0, {1}},
	{37313, 150, 0, {11}},
	{37329, 606, 0, {5}},
	{37337, 586, 0, {9}},
	{37357, 606, 0, {6}},
	{37368, 614, 0, {3}},
	{37381, 606, 0, {2}},
	{37391, 586, 0, {13}},
	{37411, 324, 0, {1}},
	{37426, 329, 0, {10}},
	{36090, 669, 4, {4}},
	{36350, 586, 0, {12}},
	{37441, 693, 4, {7}},
	{37449, 369, 0, {8}},
	{33955, 606, 0, {5}},
	{37464, 149, 0, {18}},
	{37473, 614, 0, {21}},
	{36270, 694, 1, {2}},
	{37502, 285, 0, {26}},
	{15947, 586, 4, {6}},
	{37512, 614, 0, {30}},
	{37531, 695, 4, {34}},
	{37551, 696, 4, {23}},
	{37567, 614, 4, {13}},
	{37575, 614, 4, {11}},
	{37587, 614, 4, {12}},
	{37595, 614, 0, {37}},
	{35422, 586, 4, {16}},
	{37605, 586, 0, {41}},
	{37622, 697, 4, {15}},
	{37639, 694, 4, {20}},
	{35431, 586, 4, {10}},
	{37654, 698, 4, {7}},
	{37667, 290, 0, {36}},
	{37670, 657, 4, {32}},
	{26437, 586, 0, {31}},
	{37679, 595, 0, {25}},
	{37688, 586, 4, {24}},
	{37706, 699, 4, {28}},
	{37721, 700, 4, {39}},
	{10804, 322, 0, {40}},
	{15920, 586, 4, {3}},
	{37736, 586, 0, {29}},
	{16021, 586, 4, {19}},
	{37753, 701, 4, {38}},
	{37769, 295, 8, {43}},
	{15957, 296, 0, {14}},
	{37785, 586, 4, {9}},
	{37800, 586, 4, {8}},
	{37819, 614, 0, {35}},
	{37837, 614, 0, {27}},
	{37859, 586, 4, {17}},
	{15973, 606, 0, {4}},
	{37869, 702, 4, {22}},
	{37881, 703, 4, {33}},
	{37938, 704, 4, {1}},
	{35277, 657, 4, {19}},
	{19180, 705, 4, {2}},
	{37946, 706, 4, {8}},
	{37964, 706, 4, {13}},
	{37991, 287, 0, {18}},
	{35175, 586, 4, {5}},
	{38019, 707, 4, {16}},
	{38027, 706, 4, {10}},
	{32716, 586, 4, {3}},
	{38049, 708, 4, {21}},
	{38086, 586, 4, {11}},
	{32684, 606, 4, {17}},
	{13562, 586, 4, {1}},
	{38104, 586, 4, {6}},
	{38110, 709, 4, {12}},
	{38117, 586, 4, {9}},
	{32742, 586, 4, {4}},
	{38126, 586, 4, {14}},
	{38133, 710, 4, {15}},
	{10804, 322, 0, {20}},
	{34227, 575, 0, {7}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{32811, 301, 2, {2}},
	{14482, 586, 0, {0}},
	{32309, 711, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{16193, 566, 2, {1}},
	{3085, 297, 2, {2}},
	{33273, 586, 0, {3}},
	{1639, 595, 3, {1}},
	{10933, 586, 3, {2}},
	{9695, 586, 4, {2}},
	{9702, 614, 4, {3}},
	{34500, 586, 3, {1}},
	{38155, 260, 3, {2}},
	{38166, 595, 3, {1}},
	{36006, 207, 0, {1, 1}},
	{16381, 595, 4, {6}},
	{38173, 214, 0, {1, 4}},
	{36011, 218, 0, {1, 2}},
	{38178, 595, 4, {2}},
	{16350, 595, 4, {4}},
	{16364, 595, 4, {5}},
	{36025, 351, 0, {1, 3}},
	{15973, 606, 0, {7}},
	{1028, 595, 4, {3}},
	{10661, 595, 0, {2}},
	{38198, 712, 0, {1}},
	{33367, 586, 4, {5}},
	{9702, 614, 4, {3}},
	{38206, 586, 3, {1}},
	{38215, 586, 4, {6}},
	{16518, 586, 4, {4}},
	{38222, 586, 3, {2}},
	{9695, 586, 4, {3}},
	{34909, 586, 3, {2}},
	{16541, 586, 4, {6}},
	{34791, 593, 1, {1}},
	{16507, 586, 4, {4}},
	{9702, 614, 4, {8}},
	{34811, 335, 0, {7}},
	{16518, 586, 4, {5}},
	{9695, 586, 4, {3}},
	{34909, 586, 3, {2}},
	{16541, 586, 4, {6}},
	{34791, 593, 1, {1}},
	{16507, 586, 4, {4}},
	{9702, 614, 4, {8}},
	{34811, 237, 0, {7}},
	{16518, 586, 4, {5}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 313, 2, {2}},
	{3185, 314, 2, {3}},
	{32776, 575, 0, {3}},
	{32716, 586, 4, {5}},
	{32742, 586, 4, {4}},
	{3185, 586, 3, {2}},
	{3450, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{32309, 713, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{32795, 595, 4, {4}},
	{3657, 595, 0, {1}},
	{32603, 698, 4, {2}},
	{32811, 301, 0, {3}},
	{32991, 595, 4, {5}},
	{19180, 714, 4, {6}},
	{33079, 595, 4, {2}},
	{32684, 606, 4, {3}},
	{33009, 595, 4, {4}},
	{3657, 595, 3, {1}},
	{19305, 586, 3, {1}},
	{34371, 586, 4, {2}},
	{34283, 586, 4, {1}},
	{38229, 549, 0, {3}},
	{33387, 586, 3, {2}},
	{38237, 586, 4, {2}},
	{32716, 586, 0, {6}},
	{38244, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 320, 2, {2}},
	{3185, 321, 2, {3}},
	{14482, 586, 0, {0}},
	{32309, 715, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{38255, 657, 4, {1}},
	{38260, 327, 0, {3}},
	{38274, 593, 4, {2}},
	{38255, 657, 4, {1}},
	{38281, 657, 4, {2}},
	{38286, 716, 4, {3}},
	{36079, 657, 4, {1}},
	{38293, 657, 4, {2}},
	{19305, 586, 3, {1}},
	{10804, 717, 4, {2}},
	{38314, 586, 4, {4}},
	{38320, 586, 4, {2}},
	{3450, 586, 4, {3}},
	{16518, 586, 4, {1}},
	{9695, 586, 4, {9}},
	{38325, 586, 3, {1}},
	{38333, 586, 4, {5}},
	{9702, 614, 4, {10}},
	{34811, 335, 1, {3}},
	{38350, 614, 4, {4}},
	{17331, 586, 4, {7}},
	{38361, 586, 4, {6}},
	{38373, 586, 3, {2}},
	{35774, 586, 4, {8}},
	{9695, 586, 4, {9}},
	{38325, 586, 3, {1}},
	{38333, 586, 4, {5}},
	{9702, 614, 4, {10}},
	{34811, 237, 1, {3}},
	{38350, 614, 4, {4}},
	{17331, 586, 4, {7}},
	{38361, 586, 4, {6}},
	{38373, 586, 3, {2}},
	{35774, 586, 4, {8}},
	{36441, 718, 4, {1}},
	{25441, 586, 3, {2}},
	{38380, 586, 3, {1}},
	{34297, 593, 4, {3}},
	{34550, 586, 0, {2}},
	{3450, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{32762, 647, 4, {2}},
	{34841, 614, 0, {5}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{38390, 644, 4, {4}},
	{3450, 586, 4, {3}},
	{19305, 586, 4, {1, 1}},
	{34821, 614, 0, {2}},
	{32237, 586, 3, {2}},
	{19305, 586, 4, {1, 1}},
	{34821, 614, 0, {3}},
	{14482, 586, 0, {0}},
	{32309, 719, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{32309, 649, 4, {2}},
	{19305, 586, 4, {1, 1}},
	{34821, 614, 0, {4}},
	{19305, 586, 4, {1}},
	{32569, 586, 4, {2}},
	{10661, 595, 0, {3}},
	{32309, 649, 4, {2}},
	{34821, 614, 0, {4}},
	{34595, 586, 4, {1}},
	{38401, 614, 0, {7}},
	{37313, 150, 0, {12}},
	{38426, 158, 0, {1}},
	{38439, 614, 0, {2}},
	{38450, 586, 0, {9}},
	{38460, 614, 0, {6}},
	{37357, 606, 0, {8}},
	{37368, 614, 0, {5}},
	{37381, 606, 0, {4}},
	{37411, 324, 0, {3}},
	{37426, 329, 0, {11}},
	{37449, 369, 0, {10}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 344, 2, {2}},
	{3185, 345, 2, {3}},
	{14482, 586, 0, {0}},
	{37473, 614, 0, {4}},
	{37622, 720, 4, {3}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{38483, 721, 4, {2}},
	{14482, 586, 0, {0}},
	{32309, 722, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{38491, 586, 4, {1}},
	{4995, 606, 0, {2}},
	{12484, 586, 3, {3}},
	{14482, 586, 0, {0}},
	{32309, 723, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{35450, 586, 0, {6}},
	{19305, 586, 4, {1}},
	{38500, 595, 4, {5}},
	{1639, 595, 3, {3}},
	{10933, 586, 4, {2}},
	{18109, 578, 0, {4}},
	{38509, 614, 0, {20}},
	{38539, 586, 4, {3}},
	{38549, 593, 4, {18}},
	{38560, 593, 4, {5}},
	{38572, 586, 4, {10}},
	{38585, 586, 4, {11}},
	{38607, 595, 4, {12}},
	{38627, 586, 0, {22}},
	{38649, 593, 4, {19}},
	{38660, 586, 0, {17}},
	{38675, 586, 0, {21}},
	{38693, 586, 4, {8}},
	{38708, 593, 4, {9}},
	{34939, 724, 4, {1}},
	{38748, 614, 4, {13}},
	{32603, 698, 4, {2}},
	{18156, 586, 4, {7}},
	{38773, 346, 0, {14}},
	{38795, 586, 0, {23}},
	{3450, 586, 4, {4}},
	{19180, 725, 4, {2}},
	{18213, 236, 2, {1}},
	{38815, 163, 0, {1}},
	{38824, 606, 3, {1}},
	{9695, 586, 4, {3}},
	{9702, 614, 4, {4}},
	{34811, 266, 0, {5}},
	{35774, 586, 4, {1}},
	{38832, 586, 4, {2}},
	{9695, 586, 4, {3}},
	{9702, 614, 4, {4}},
	{34811, 237, 0, {5}},
	{35774, 586, 4, {1}},
	{38832, 586, 4, {2}},
	{19305, 586, 3, {1}},
	{33668, 586, 3, {2}},
	{35748, 586, 4, {2}},
	{1639, 578, 1, {1}},
	{38848, 586, 3, {3}},
	{32237, 586, 3, {1}},
	{38855, 575, 0, {4}},
	{33668, 586, 4, {2}},
	{38848, 586, 4, {4}},
	{32237, 586, 4, {1}},
	{25441, 586, 4, {2}},
	{38865, 606, 0, {5}},
	{33668, 586, 4, {3}},
	{32237, 586, 3, {1}},
	{34297, 593, 1, {2}},
	{38883, 726, 4, {1}},
	{33373, 561, 0, {4}},
	{37072, 593, 4, {8}},
	{38905, 595, 3, {1}},
	{38913, 595, 0, {5}},
	{38924, 586, 0, {6}},
	{38943, 586, 0, {7}},
	{37116, 586, 3, {2}},
	{38960, 586, 3, {3}},
	{24192, 586, 0, {1}},
	{9685, 586, 3, {2}},
	{19305, 586, 3, {3}},
	{24192, 586, 0, {1}},
	{9685, 586, 3, {2}},
	{19305, 586, 3, {3}},
	{32569, 586, 0, {4}},
	{36811, 148, 0, {2, 4}},
	{36832, 152, 0, {2, 22}},
	{36842, 154, 0, {2, 18}},
	{36852, 160, 0, {2, 14}},
	{36859, 162, 0, {2, 13}},
	{36317, 174, 0, {2, 19}},
	{36875, 157, 0, {2, 28}},
	{38978, 191, 0, {2, 16}},
	{38990, 192, 0, {2, 2}},
	{38999, 202, 0, {2, 29}},
	{36879, 208, 0, {2, 17}},
	{36882, 211, 0, {2, 12}},
	{36893, 212, 0, {2, 15}},
	{36901, 213, 0, {2, 3}},
	{39009, 215, 0, {2, 5}},
	{36919, 217, 0, {2, 9}},
	{36929, 222, 0, {2, 1}},
	{34909, 225, 0, {2, 30}},
	{36938, 224, 0, {2, 8}},
	{19305, 586, 3, {1}},
	{36963, 240, 0, {2, 7}},
	{39017, 274, 0, {2, 10}},
	{36967, 278, 0, {2, 23}},
	{36988, 303, 0, {2, 24}},
	{39039, 306, 0, {2, 26}},
	{37003, 307, 0, {2, 21}},
	{16503, 309, 0, {2, 11}},
	{37011, 326, 0, {2, 25}},
	{39049, 336, 0, {2, 6}},
	{37019, 349, 0, {2, 27}},
	{37029, 367, 0, {2, 20}},
	{34567, 586, 3, {2}},
	{19305, 586, 3, {1}},
	{35113, 586, 3, {3}},
	{39056, 586, 0, {5}},
	{19305, 586, 3, {1}},
	{9702, 614, 4, {2}},
	{39073, 586, 0, {7}},
	{39091, 586, 4, {4}},
	{39099, 586, 4, {6}},
	{35113, 586, 3, {2}},
	{19305, 586, 3, {1}},
	{9702, 614, 4, {3}},
	{39073, 586, 0, {4}},
	{39111, 366, 0, {5}},
	{39124, 258, 0, {1}},
	{39133, 164, 0, {5}},
	{36317, 173, 0, {3}},
	{38978, 189, 0, {2}},
	{39152, 283, 0, {6}},
	{39049, 334, 0, {1}},
	{39167, 341, 0, {4}},
	{36079, 657, 4, {1}},
	{38293, 657, 4, {2}},
	{34909, 226, 0, {1}},
	{9695, 586, 4, {2}},
	{39187, 586, 4, {4}},
	{39203, 586, 4, {3}},
	{39221, 586, 3, {1}},
	{39232, 281, 3, {2}},
	{38166, 595, 3, {1}},
	{39248, 586, 0, {2}},
	{39267, 586, 0, {1}},
	{39290, 614, 0, {4}},
	{39302, 586, 0, {3}},
	{35462, 600, 1, {1}},
	{19180, 371, 2, {2}},
	{39316, 644, 12, {5}},
	{39335, 372, 0, {8}},
	{35422, 586, 0, {3}},
	{35431, 586, 0, {6}},
	{35440, 266, 0, {4}},
	{39341, 586, 0, {7}},
	{34221, 614, 0, {1}},
	{39346, 614, 0, {2}},
	{34247, 614, 0, {3}},
	{39354, 727, 4, {2}},
	{39363, 728, 4, {1}},
	{35450, 586, 0, {4}},
	{19305, 586, 0, {1}},
	{1639, 595, 0, {3}},
	{10933, 586, 0, {2}},
	{39372, 586, 3, {4}},
	{14482, 586, 0, {0}},
	{35845, 729, 0, {2}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{34939, 730, 0, {3}},
	{14482, 586, 0, {0}},
	{32309, 731, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{19305, 586, 3, {1}},
	{19305, 586, 3, {1}},
	{34304, 586, 4, {6}},
	{14482, 586, 0, {0}},
	{39384, 595, 4, {15}},
	{39400, 575, 0, {13}},
	{39425, 575, 0, {14}},
	{39449, 206, 2, {12}},
	{35608, 565, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{39466, 586, 4, {10}},
	{32742, 586, 4, {7}},
	{39471, 266, 2, {8}},
	{35662, 266, 0, {9}},
	{39481, 586, 4, {4}},
	{35689, 586, 4, {5}},
	{35707, 380, 0, {3}},
	{3450, 586, 4, {11}},
	{14482, 586, 0, {0}},
	{32309, 732, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{25354, 595, 3, {1}},
	{35721, 565, 1, {2}},
	{19729, 595, 0, {2}},
	{19704, 595, 0, {1}},
	{3450, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 386, 2, {2}},
	{3185, 387, 2, {3}},
	{32776, 575, 0, {3}},
	{32716, 586, 4, {5}},
	{32742, 586, 4, {4}},
	{3185, 586, 4, {2}},
	{3450, 586, 4, {1}},
	{14482, 586, 0, {0}},
	{32309, 733, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{39501, 382, 0, {3}},
	{20068, 595, 2, {2}},
	{39521, 396, 3, {1}},
	{32456, 734, 4, {4}},
	{19180, 735, 4, {1}},
	{19305, 586, 3, {1}},
	{39548, 399, 0, {2}},
	{3450, 586, 3, {1}},
	{39556, 595, 0, {4}},
	{19729, 595, 0, {3}},
	{39578, 389, 2, {2}},
	{19704, 595, 0, {1}},
	{33331, 600, 1, {6}},
	{33347, 600, 1, {1}},
	{33499, 736, 4, {3}},
	{32295, 737, 4, {2}},
	{39592, 738, 1, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 397, 2, {2}},
	{3185, 398, 2, {3}},
	{32776, 575, 0, {3}},
	{32716, 586, 4, {5}},
	{32742, 586, 4, {4}},
	{3185, 586, 4, {2}},
	{3450, 586, 4, {1}},
	{14482, 586, 0, {0}},
	{32309, 739, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{19305, 586, 3, {1}},
	{20764, 381, 0, {3}},
	{39601, 390, 0, {2}},
	{3450, 586, 3, {1}},
	{19180, 740, 4, {1}},
	{20901, 595, 2, {2}},
	{20910, 595, 2, {3}},
	{20894, 595, 2, {1}},
	{32522, 600, 1, {2}},
	{39609, 614, 4, {4}},
	{37105, 600, 0, {5}},
	{10804, 600, 1, {3}},
	{33347, 600, 1, {1}},
	{19305, 586, 3, {2}},
	{32569, 586, 3, {1}},
	{33367, 388, 0, {3}},
	{9685, 586, 3, {1}},
	{37785, 401, 0, {4}},
	{16518, 403, 0, {2}},
	{19305, 586, 3, {1}},
	{39622, 411, 3, {2}},
	{12484, 586, 4, {1}},
	{39630, 586, 1, {3}},
	{39639, 741, 1, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 408, 3, {2}},
	{14482, 586, 0, {0}},
	{32309, 742, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{39645, 432, 1, {1}},
	{39655, 586, 3, {1}},
	{39660, 593, 4, {2}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 422, 2, {2}},
	{3185, 423, 2, {3}},
	{33387, 357, 0, {3}},
	{12313, 421, 0, {4}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 415, 2, {2}},
	{14482, 586, 0, {0}},
	{32309, 743, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{24192, 586, 0, {1}},
	{9685, 586, 3, {2}},
	{19305, 586, 3, {3}},
	{32569, 586, 0, {5}},
	{1427, 586, 0, {4}},
	{39667, 586, 4, {1}},
	{39678, 414, 0, {2}},
	{14482, 586, 0, {0}},
	{32309, 744, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{35422, 586, 4, {2}},
	{13160, 586, 4, {1}},
	{34939, 745, 4, {4}},
	{36109, 746, 4, {1}},
	{33273, 586, 0, {3}},
	{1639, 595, 3, {1}},
	{10933, 586, 3, {2}},
	{35748, 586, 4, {1}},
	{39689, 405, 0, {2, 1}},
	{19305, 586, 3, {1}},
	{1639, 433, 2, {2}},
	{39694, 411, 0, {1}},
	{39709, 586, 0, {4}},
	{32456, 747, 4, {3}},
	{39726, 748, 4, {2}},
	{18213, 418, 2, {1}},
	{39730, 593, 4, {1}},
	{34595, 586, 4, {2}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 431, 2, {2}},
	{34939, 749, 4, {1}},
	{39736, 750, 4, {2}},
	{39739, 750, 4, {2}},
	{34939, 749, 4, {1}},
	{14482, 586, 0, {0}},
	{32309, 751, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{39744, 409, 0, {3}},
	{282, 561, 0, {2}},
	{22552, 561, 0, {1}},
	{39752, 595, 0, {3}},
	{1639, 578, 0, {2}},
	{10933, 586, 0, {1}},
	{39760, 752, 4, {3}},
	{36109, 753, 4, {2}},
	{22552, 561, 2, {1}},
	{22564, 593, 4, {4}},
	{33367, 586, 4, {1}},
	{19305, 586, 5, {4}},
	{32569, 586, 4, {3}},
	{33387, 586, 5, {2}},
	{19305, 586, 4, {1}},
	{39767, 595, 4, {2}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 436, 2, {2}},
	{3185, 437, 2, {3}},
	{14482, 586, 0, {0}},
	{32309, 754, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{39774, 593, 4, {1}},
	{19180, 725, 4, {1}},
	{39780, 657, 4, {1}},
	{14482, 586, 0, {0}},
	{39789, 586, 3, {2}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{37670, 438, 0, {3}},
	{39797, 441, 0, {4}},
	{14482, 586, 0, {0}},
	{32309, 755, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{37654, 698, 4, {1}},
	{37869, 702, 4, {2}},
	{14482, 586, 0, {0}},
	{39808, 556, 0, {2}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 445, 2, {2}},
	{3185, 446, 2, {3}},
	{14482, 586, 0, {0}},
	{32309, 756, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{4037, 578, 0, {3}},
	{39822, 578, 0, {1}},
	{32603, 561, 0, {2}},
	{39835, 586, 0, {4}},
	{19180, 725, 4, {7}},
	{39862, 595, 2, {4}},
	{39877, 595, 2, {5}},
	{39892, 757, 4, {2}},
	{39906, 595, 2, {3}},
	{39925, 595, 2, {6}},
	{32684, 606, 4, {1}},
	{39938, 758, 4, {1}},
	{39959, 447, 0, {3}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{32456, 759, 0, {2}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{39975, 457, 3, {3}},
	{39592, 760, 4, {2}},
	{14482, 586, 0, {0}},
	{32309, 761, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{14482, 586, 0, {0}},
	{32309, 762, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{32522, 593, 4, {2}},
	{33331, 593, 4, {5}},
	{32555, 593, 4, {4}},
	{10804, 593, 4, {3}},
	{33347, 593, 1, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{32456, 759, 0, {2}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{39975, 457, 3, {3}},
	{39592, 760, 4, {2}},
	{14482, 586, 0, {0}},
	{32309, 763, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{14482, 586, 0, {0}},
	{32309, 764, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{24192, 586, 2, {1}},
	{9685, 586, 3, {2}},
	{19305, 586, 3, {3}},
	{24192, 586, 4, {2}},
	{9685, 586, 3, {1}},
	{19305, 586, 3, {3}},
	{32569, 586, 4, {4}},
	{19180, 605, 0, {4}},
	{32762, 577, 0, {5}},
	{39983, 586, 3, {3}},
	{34685, 586, 3, {1}},
	{39990, 487, 0, {6}},
	{16507, 586, 3, {2}},
	{40002, 586, 0, {7}},
	{40010, 575, 0, {5}},
	{40030, 469, 2, {1}},
	{37654, 258, 0, {3}},
	{32226, 586, 3, {1}},
	{12659, 549, 0, {1}},
	{40038, 463, 0, {4}},
	{40049, 765, 4, {3}},
	{36050, 549, 0, {2}},
	{36075, 549, 1, {1}},
	{40061, 549, 0, {3}},
	{38293, 657, 4, {1}},
	{33668, 549, 1, {1}},
	{40066, 766, 5, {2}},
	{19305, 586, 3, {1}},
	{40075, 614, 0, {7}},
	{40084, 614, 0, {12}},
	{40109, 767, 4, {2}},
	{40120, 593, 4, {10}},
	{40138, 593, 4, {11}},
	{40163, 614, 0, {9}},
	{36543, 768, 4, {3}},
	{40175, 769, 4, {4}},
	{19305, 586, 3, {1}},
	{40192, 770, 4, {13}},
	{35431, 586, 0, {5}},
	{37654, 258, 0, {6}},
	{36522, 771, 4, {8}},
	{40224, 489, 0, {3, 1}},
	{38293, 593, 4, {2}},
	{35714, 586, 3, {1}},
	{36552, 772, 4, {2}},
	{40231, 773, 4, {1}},
	{40239, 614, 0, {3}},
	{40244, 774, 4, {7}},
	{40250, 606, 0, {2}},
	{40254, 669, 4, {6}},
	{40259, 586, 0, {4}},
	{40266, 593, 4, {8}},
	{33408, 586, 0, {5}},
	{40274, 593, 4, {9}},
	{40283, 462, 0, {2}},
	{33668, 549, 1, {1}},
	{36552, 775, 4, {3}},
	{40297, 776, 4, {2}},
	{38293, 777, 0, {1}},
	{40224, 489, 0, {2, 1}},
	{38293, 593, 4, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 477, 3, {2}},
	{40224, 489, 0, {1, 1}},
	{14482, 586, 0, {0}},
	{32309, 778, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{36552, 779, 4, {2}},
	{40309, 586, 0, {4}},
	{40330, 780, 4, {1}},
	{40340, 586, 0, {3}},
	{40358, 586, 0, {2}},
	{38293, 593, 4, {1}},
	{40373, 586, 3, {1}},
	{40066, 766, 5, {2}},
	{40384, 486, 0, {2}},
	{40392, 781, 4, {3}},
	{19305, 586, 3, {1}},
	{40407, 614, 0, {5}},
	{40120, 593, 4, {7}},
	{40138, 593, 4, {8}},
	{40419, 657, 4, {10}},
	{39983, 586, 3, {4}},
	{34685, 586, 3, {2}},
	{16507, 586, 3, {3}},
	{34371, 586, 3, {1}},
	{40002, 586, 0, {9}},
	{37869, 782, 4, {6}},
	{40436, 461, 0, {1}},
	{25339, 586, 4, {4}},
	{36543, 464, 0, {7}},
	{25354, 606, 4, {5}},
	{40440, 586, 3, {2}},
	{19305, 586, 3, {1}},
	{40330, 780, 4, {3}},
	{37869, 782, 4, {6}},
	{38848, 586, 3, {3}},
	{32237, 586, 3, {1}},
	{38855, 575, 0, {4}},
	{33668, 586, 4, {2}},
	{38848, 586, 4, {4}},
	{32237, 586, 4, {1}},
	{25441, 586, 4, {2}},
	{38865, 606, 0, {5}},
	{33668, 586, 4, {3}},
	{40407, 614, 0, {5}},
	{25339, 586, 4, {3}},
	{36543, 464, 0, {7}},
	{25354, 606, 4, {4}},
	{40440, 586, 3, {1}},
	{40330, 780, 4, {2}},
	{37869, 782, 4, {6}},
	{40456, 586, 4, {3}},
	{40472, 586, 4, {1}},
	{40486, 593, 4, {2}},
	{40490, 549, 0, {2}},
	{40511, 586, 0, {1}},
	{34685, 586, 3, {1}},
	{39678, 577, 1, {2}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 493, 3, {2}},
	{3185, 494, 2, {3}},
	{24192, 586, 4, {1}},
	{19305, 586, 3, {4}},
	{33387, 586, 3, {3}},
	{33195, 586, 3, {5}},
	{14482, 586, 0, {0}},
	{32309, 783, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{40030, 472, 2, {1}},
	{40523, 460, 0, {1}},
	{40030, 784, 4, {4}},
	{40562, 785, 4, {2}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 497, 3, {2}},
	{14482, 586, 0, {0}},
	{32309, 786, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{16193, 566, 2, {1}},
	{3085, 493, 3, {2}},
	{40579, 606, 3, {2}},
	{19305, 586, 3, {1}},
	{40590, 606, 3, {3}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 501, 3, {2}},
	{14482, 586, 0, {0}},
	{32309, 787, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{40075, 614, 0, {5}},
	{40030, 788, 4, {6}},
	{34685, 586, 3, {1}},
	{35431, 586, 0, {3}},
	{37654, 258, 0, {4}},
	{40609, 614, 0, {7}},
	{16507, 498, 3, {2}},
	{40632, 789, 4, {8}},
	{14482, 586, 0, {0}},
	{40647, 586, 4, {4}},
	{40659, 614, 4, {3}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{26437, 586, 0, {5}},
	{33668, 595, 2, {2}},
	{14482, 586, 0, {0}},
	{32309, 790, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 506, 3, {2}},
	{14482, 586, 0, {0}},
	{32309, 791, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{26738, 614, 0, {1}},
	{26808, 586, 0, {5}},
	{40673, 606, 0, {9}},
	{26753, 614, 0, {2}},
	{40708, 614, 0, {11}},
	{26858, 614, 0, {7}},
	{26876, 614, 0, {8}},
	{40738, 614, 0, {10}},
	{26768, 614, 0, {4}},
	{40767, 792, 4, {6}},
	{26837, 600, 4, {3}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 510, 3, {2}},
	{14209, 524, 0, {4}},
	{19305, 586, 3, {1}},
	{40781, 586, 3, {2}},
	{40788, 593, 0, {3}},
	{14482, 586, 0, {0}},
	{32309, 793, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{40801, 794, 1, {1}},
	{14482, 586, 0, {0}},
	{36543, 549, 0, {4}},
	{9685, 586, 0, {0}},
	{40809, 549, 0, {5}},
	{16193, 566, 2, {1}},
	{40827, 561, 0, {2}},
	{36680, 586, 3, {3}},
	{14482, 586, 0, {0}},
	{32309, 795, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{40840, 614, 0, {6}},
	{40861, 796, 4, {8}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{36950, 593, 4, {5}},
	{39678, 644, 4, {3}},
	{40879, 586, 3, {2}},
	{27286, 586, 0, {4}},
	{27310, 586, 0, {7}},
	{14482, 586, 0, {0}},
	{32309, 797, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{38491, 586, 3, {1}},
	{4995, 606, 0, {2}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 519, 3, {2}},
	{3185, 520, 2, {3}},
	{14482, 586, 0, {0}},
	{32309, 798, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{40891, 276, 0, {2}},
	{40908, 586, 0, {1}},
	{40929, 586, 3, {1}},
	{35431, 586, 3, {3}},
	{35714, 518, 3, {2}},
	{40938, 523, 0, {3}},
	{40950, 614, 3, {1}},
	{40959, 644, 4, {2}},
	{40978, 523, 0, {4}},
	{14482, 586, 0, {0}},
	{40990, 586, 3, {2}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{39678, 644, 4, {3}},
	{14482, 586, 0, {0}},
	{32309, 799, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{41001, 595, 0, {3}},
	{32716, 586, 4, {2}},
	{41011, 575, 0, {1}},
	{25354, 595, 0, {1}},
	{40647, 586, 4, {4}},
	{41016, 586, 4, {3}},
	{41023, 586, 3, {6}},
	{19305, 586, 3, {1}},
	{37679, 595, 4, {5}},
	{3450, 586, 3, {2}},
	{3666, 586, 3, {1}},
	{41032, 548, 0, {2}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 531, 3, {2}},
	{3185, 532, 2, {3}},
	{32776, 575, 0, {3}},
	{32716, 586, 4, {5}},
	{32684, 606, 4, {6}},
	{32742, 586, 4, {4}},
	{3185, 586, 3, {2}},
	{3450, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{32309, 800, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{41040, 593, 4, {6}},
	{9685, 586, 3, {4}},
	{41051, 586, 4, {5}},
	{41060, 586, 3, {1}},
	{41067, 593, 4, {3}},
	{41078, 586, 4, {2}},
	{28681, 526, 0, {9}},
	{33367, 586, 3, {1}},
	{35159, 530, 3, {3}},
	{41087, 614, 4, {10}},
	{1427, 586, 3, {4}},
	{40274, 801, 1, {7}},
	{41109, 530, 2, {2}},
	{19180, 802, 0, {1}},
	{32684, 606, 4, {4}},
	{41123, 593, 0, {3}},
	{41138, 803, 4, {6}},
	{41163, 614, 4, {7}},
	{41174, 586, 0, {8}},
	{19305, 586, 3, {1}},
	{41193, 537, 0, {4}},
	{41200, 804, 4, {9}},
	{41217, 614, 3, {2}},
	{41224, 614, 3, {3}},
	{41232, 536, 0, {5}},
	{41245, 586, 0, {3}},
	{41263, 586, 3, {1}},
	{41280, 586, 3, {2}},
	{41299, 534, 0, {2}},
	{3185, 535, 0, {1}},
	{41305, 540, 0, {1}},
	{40647, 586, 4, {1}},
	{32758, 586, 4, {2}},
	{41321, 586, 0, {3}},
	{41326, 586, 0, {2}},
	{41334, 542, 0, {33}},
	{41350, 542, 0, {30}},
	{41371, 805, 4, {25}},
	{41377, 805, 4, {27}},
	{12659, 539, 0, {8}},
	{41383, 806, 4, {34}},
	{41395, 807, 4, {32}},
	{40647, 586, 4, {4}},
	{41408, 808, 4, {20}},
	{41413, 539, 0, {36}},
	{41421, 614, 4, {10}},
	{41438, 614, 4, {12}},
	{41455, 538, 0, {35}},
	{41016, 586, 4, {6}},
	{41468, 586, 4, {1}},
	{32309, 541, 0, {24}},
	{41471, 606, 0, {16}},
	{41480, 606, 0, {13}},
	{41490, 606, 0, {21}},
	{41504, 809, 0, {9}},
	{41512, 606, 0, {17}},
	{41521, 606, 0, {14}},
	{41531, 606, 0, {22}},
	{41545, 809, 0, {11}},
	{41553, 809, 0, {19}},
	{41564, 540, 0, {28}},
	{41568, 614, 4, {37}},
	{41577, 805, 4, {26}},
	{41583, 586, 4, {15}},
	{41591, 806, 4, {31}},
	{41609, 806, 4, {29}},
	{39124, 593, 4, {23}},
	{41620, 586, 4, {7}},
	{3450, 586, 4, {5}},
	{41626, 614, 4, {18}},
	{41638, 614, 4, {39}},
	{41669, 614, 4, {40}},
	{41696, 593, 4, {41}},
	{41723, 586, 0, {42}},
	{41746, 586, 0, {43}},
	{41768, 614, 0, {38}},
	{41805, 810, 4, {44}},
	{41023, 586, 3, {1}},
	{19305, 586, 3, {2}},
	{32569, 586, 3, {1}},
	{12484, 586, 0, {3}},
	{1639, 595, 0, {4}},
	{36633, 586, 4, {5}},
	{32716, 586, 4, {2}},
	{32724, 586, 4, {3}},
	{41841, 614, 0, {6}},
	{32742, 586, 0, {4}},
	{41836, 586, 3, {1}},
	{32749, 609, 4, {2}},
	{12313, 545, 0, {1}},
	{32758, 586, 0, {3}},
	{32443, 547, 0, {2}},
	{41857, 593, 1, {3}},
	{14482, 586, 4, {0}},
	{9685, 586, 4, {0}},
	{19305, 586, 3, {1}},
	{41882, 560, 2, {3}},
	{41899, 811, 4, {4}},
	{40274, 812, 1, {2}},
	{14482, 586, 4, {0}},
	{33285, 813, 1, {1}},
	{9685, 586, 4, {0}},
	{41040, 593, 4, {7}},
	{33367, 586, 4, {8}},
	{9685, 586, 3, {3}},
	{19305, 586, 3, {1}},
	{41926, 614, 3, {2}},
	{41067, 593, 4, {5}},
	{41937, 586, 3, {6}},
	{41950, 586, 4, {10}},
	{33347, 593, 1, {4}},
	{33408, 586, 4, {9}},
	{14482, 586, 4, {0}},
	{41969, 586, 3, {1}},
	{9685, 586, 4, {0}},
	{10804, 814, 1, {2}},
	{14482, 586, 4, {0}},
	{9685, 586, 4, {0}},
	{41899, 811, 1, {2}},
	{40274, 593, 1, {1}},
	{32776, 575, 1, {4}},
	{32716, 586, 3, {6}},
	{32684, 606, 4, {3}},
	{32742, 586, 3, {5}},
	{3185, 586, 3, {2}},
	{3450, 586, 3, {1}},
	{14482, 586, 4, {0}},
	{41982, 593, 4, {5}},
	{41989, 606, 0, {1}},
	{42008, 614, 0, {6}},
	{9685, 586, 4, {0}},
	{42057, 614, 0, {3}},
	{42074, 569, 0, {2}},
	{42088, 586, 0, {4}},
	{32237, 586, 3, {1}},
	{25441, 586, 3, {2}},
	{34297, 593, 4, {3}},
	{33367, 586, 1, {1}},
	{33387, 586, 1, {2}},
	{41969, 586, 3, {1}},
	{33408, 586, 3, {2}},
	{36441, 624, 4, {2}},
	{42106, 644, 4, {1}},
	{32237, 586, 3, {1}},
	{25441, 586, 3, {2}},
	{34297, 593, 4, {3}},
	{42118, 586, 4, {3}},
	{42127, 606, 0, {4}},
	{34868, 586, 4, {2}},
	{42146, 586, 4, {1}},
	{42155, 571, 0, {5}},
	{14482, 586, 4, {3}},
	{42165, 586, 4, {6}},
	{42176, 558, 0, {7}},
	{42185, 586, 4, {1}},
	{42193, 586, 4, {2}},
	{33396, 586, 4, {8}},
	{41011, 575, 0, {4}},
	{42203, 644, 4, {12}},
	{42215, 575, 0, {8}},
	{42233, 606, 0, {10}},
	{42260, 575, 0, {9}},
	{36156, 678, 4, {14}},
	{42278, 586, 4, {2}},
	{40579, 606, 4, {7}},
	{42291, 644, 4, {11}},
	{42298, 815, 4, {17}},
	{19305, 586, 4, {1}},
	{32569, 586, 4, {3}},
	{42312, 816, 4, {13}},
	{34868, 586, 4, {6}},
	{42146, 586, 4, {4}},
	{33195, 586, 4, {5}},
	{14482, 586, 3, {5}},
	{42328, 614, 0, {7}},
	{39667, 614, 0, {6}},
	{9685, 586, 3, {1}},
	{19305, 586, 3, {3}},
	{33195, 586, 3, {4}},
	{34868, 586, 0, {2}},
	{33195, 586, 0, {1}},
	{42347, 586, 3, {1}},
	{42358, 586, 3, {2}},
	{32603, 586, 3, {1}},
	{14482, 586, 4, {0}},
	{42372, 595, 4, {6}},
	{42377, 574, 0, {5}},
	{9685, 586, 4, {0}},
	{32716, 586, 4, {3}},
	{16193, 563, 2, {1}},
	{32742, 586, 4, {4}},
	{3185, 586, 4, {2}},
	{42385, 586, 4, {3}},
	{32716, 586, 4, {2}},
	{32742, 586, 4, {1}},
	{42391, 817, 4, {4}},
	{33367, 586, 4, {2}},
	{9685, 586, 4, {3}},
	{19305, 586, 4, {1}},
	{42398, 595, 4, {5}},
	{33195, 586, 4, {6}},
	{33784, 577, 1, {2}},
	{3450, 586, 3, {1}},
	{42416, 586, 1, {0}},
	{42426, 586, 1, {0}},
	{42435, 586, 0, {0}},
	{42450, 586, 0, {0}},
	{42465, 586, 1, {0}},
	{42475, 586, 1, {0}},
	{42488, 586, 1, {0}},
	{42499, 586, 1, {0}},
	{42509, 586, 1, {0}},
	{42515, 586, 0, {0}},
	{42537, 586, 0, {0}},
	{42559, 586, 1, {0}},
	{42565, 586, 1, {0}},
	{14482, 586, 0, {0}},
	{9685, 586, 0, {0}},
	{16193, 566, 2, {1}},
	{3085, 583, 2, {2}},
	{3185, 584, 2, {3}},
	{32776, 575, 0, {3}},
	{32716, 586, 4, {5}},
	{32742, 586, 4, {4}},
	{3185, 586, 3, {2}},
	{3450, 586, 3, {1}},
	{14482, 586, 0, {0}},
	{32309, 818, 1, {2}},
	{9685, 586, 0, {0}},
	{16193, 563, 2, {1}},
	{32749, 609, 4, {5}},
	{33367, 586, 4, {2}},
	{42574, 595, 3, {7}},
	{42595, 614, 4, {4}},
	{12313, 585, 0, {1}},
	{33408, 586, 4, {3}},
	{42617, 595, 3, {8}},
	{19180, 819, 4, {1}},
	{19305, 586, 4, {2}},
	{32569, 586, 4, {1}},
	{1639, 595, 0, {3}},
};

const struct api_default_rule api_default_rules[] = {
	{270, 259, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{282, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{300, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{950, 945, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{950, 945, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{270, 259, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{282, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{300, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{1028, 0, 0, 0, 10, RULE_INT, RULE_ALWAYS, 0},
	{1049, 1043, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{1427, 1425, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{1427, 1425, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{1639, 0, 0, 0, 443, RULE_INT, RULE_ALWAYS, 0},
	{950, 945, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{950, 945, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{270, 259, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{282, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{300, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{1028, 0, 0, 0, 10, RULE_INT, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 3090, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{3332, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3347, 0, 0, 0, 10, RULE_INT, RULE_ALWAYS, 0},
	{3450, 3436, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3455, 0, 3450, 3436, 0, RULE_OBJECT, RULE_IF, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3657, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 0},
	{3666, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3347, 0, 0, 0, 10, RULE_INT, RULE_ALWAYS, 0},
	{3675, 0, 0, 0, 600, RULE_INT, RULE_ALWAYS, 0},
	{3450, 3436, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3455, 0, 3450, 3436, 0, RULE_OBJECT, RULE_IF, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 3807, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{3657, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 0},
	{4037, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 0},
	{4052, 0, 0, 0, 0, RULE_INT, RULE_ALWAYS, 0},
	{4037, 4103, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{4052, 4103, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{4150, 0, 0, 0, 0, RULE_INT, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 4212, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{4445, 4438, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{4457, 4438, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3657, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 0},
	{4548, 4535, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3332, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3347, 0, 0, 0, 10, RULE_INT, RULE_ALWAYS, 0},
	{4568, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_VOLUME_CLAIM_TEMPLATES, RULE_CODE, RULE_ALWAYS, 0},
	{3450, 3436, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3455, 0, 3450, 3436, 0, RULE_OBJECT, RULE_IF, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{4995, 0, 0, 0, 3600, RULE_INT, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 6317, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{6545, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 7139, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{7250, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{7258, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_HPA_BEHAVIOR, RULE_CODE, RULE_ALWAYS, 0},
	{6545, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 0},
	{7586, 7482, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{8280, 8274, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{8298, 0, 0, 0, 0, RULE_BOOL, RULE_ALWAYS, 0},
	{8306, 0, 0, 0, 3, RULE_INT, RULE_ALWAYS, 0},
	{8333, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_JOB, RULE_CODE, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 8727, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{9666, 9656, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{9685, 9678, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{9695, 9690, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{9702, 0, 0, 0, 0, RULE_BOOL, RULE_ALWAYS, 0},
	{1028, 0, 0, 0, 10800, RULE_INT, RULE_ALWAYS, 0},
	{10661, 0, 0, 0, 420, RULE_INT, RULE_ALWAYS, 0},
	{10714, 0, 0, 0, DEFAULT_IMAGE_PULL_POLICY, RULE_CODE, RULE_ALWAYS, 0},
	{10751, 10730, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{10779, 10774, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{10804, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{10933, 10929, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{11335, 0, 0, 0, 0, RULE_INT, RULE_ALWAYS, 0},
	{10661, 0, 0, 0, 420, RULE_INT, RULE_ALWAYS, 0},
	{10933, 10929, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{10714, 0, 0, 0, DEFAULT_IMAGE_PULL_POLICY, RULE_CODE, RULE_ALWAYS, 0},
	{10751, 10730, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{10779, 10774, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{10804, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{12313, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{12484, 12482, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{12494, 12489, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3450, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{12667, 12659, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{12667, 12659, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{12766, 0, 0, 0, DEFAULT_IMAGE_VOLUME_PULL_POLICY, RULE_CODE, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_LIMIT_RANGE_ITEM, RULE_CODE, RULE_ALWAYS, 0},
	{13153, 13149, 13160, 0, 0, RULE_STRING, RULE_IF, 0},
	{0, 0, 0, 0, DEFAULT_NAMESPACE, RULE_CODE, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{13562, 13555, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{13858, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{14209, 0, 0, 0, DEFAULT_NODE_ALLOCATABLE, RULE_CODE, RULE_ALWAYS, 0},
	{14221, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{14237, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{14310, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14320, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14331, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14338, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14352, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14360, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14384, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14399, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14416, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14432, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14482, 14479, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{14827, 14816, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{10804, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{13562, 14883, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{15105, 4438, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14827, 14816, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{13562, 14883, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_POD, RULE_CODE, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{15920, 15913, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{15947, 15934, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{15957, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{15973, 0, 0, 0, 30, RULE_INT, RULE_ALWAYS, 0},
	{16021, 16003, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_POD_SPEC, RULE_CODE, RULE_ALWAYS, 0},
	{16193, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{1028, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 1},
	{16350, 0, 0, 0, 10, RULE_INT, RULE_ALWAYS, 1},
	{16364, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 1},
	{16381, 0, 0, 0, 3, RULE_INT, RULE_ALWAYS, 1},
	{10661, 0, 0, 0, 420, RULE_INT, RULE_ALWAYS, 0},
	{16507, 16503, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{16518, 16512, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{16541, 16523, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{16507, 16503, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{16518, 16512, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{16541, 16523, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_REPLICATION_CONTROLLER, RULE_CODE, RULE_ALWAYS, 0},
	{3185, 3807, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{3657, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{17331, 17315, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{9695, 17343, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{17331, 17315, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{9695, 17343, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3450, 17555, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{10661, 0, 0, 0, 420, RULE_INT, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{4995, 0, 0, 0, 3600, RULE_INT, RULE_ALWAYS, 0},
	{10933, 10929, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{18109, 0, 0, 0, DEFAULT_TARGET_PORT, RULE_CODE, RULE_ALWAYS, 0},
	{18156, 18151, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3450, 18172, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_SERVICE_SPEC, RULE_CODE, RULE_ALWAYS, 0},
	{18213, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_VOLUME, RULE_CODE, RULE_ALWAYS, 0},
	{19180, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{19305, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{10933, 10929, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{19704, 0, 0, 0, 0, RULE_INT, RULE_ALWAYS, 0},
	{19729, 0, 0, 0, 0, RULE_INT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{20068, 0, 0, 0, 1000, RULE_INT, RULE_ALWAYS, 1},
	{19704, 0, 0, 0, 30, RULE_INT, RULE_ALWAYS, 0},
	{19729, 0, 0, 0, 0, RULE_INT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{20764, 0, 3450, 20771, 0, RULE_OBJECT, RULE_IF, 0},
	{20894, 0, 0, 0, 64, RULE_INT, RULE_ALWAYS, 1},
	{20901, 0, 0, 0, 8, RULE_INT, RULE_ALWAYS, 1},
	{20910, 0, 0, 0, 50, RULE_INT, RULE_ALWAYS, 1},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{1427, 21692, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{18213, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{10933, 10929, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{22552, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{22564, 0, 0, 0, DEFAULT_POLICY_TYPES, RULE_CODE, RULE_ALWAYS, 0},
	{3185, 23171, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{24192, 24166, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{24192, 24166, 9685, 24228, 0, RULE_STRING, RULE_IF, 0},
	{24192, 24166, 9685, 24233, 0, RULE_STRING, RULE_IF, 0},
	{25339, 25328, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{25354, 0, 25339, 25328, 1, RULE_INT, RULE_IF, 1},
	{25441, 25435, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{25339, 25328, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{25354, 0, 25339, 25328, 1, RULE_INT, RULE_IF, 1},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{26437, 26416, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{26738, 0, 0, 0, 1, RULE_BOOL, RULE_ALWAYS, 0},
	{26753, 0, 0, 0, 0, RULE_BOOL, RULE_ALWAYS, 0},
	{26768, 0, 0, 0, 0, RULE_BOOL, RULE_ALWAYS, 0},
	{26808, 26784, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{26837, 26822, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{26858, 0, 0, 0, 0, RULE_BOOL, RULE_ALWAYS, 0},
	{26876, 0, 0, 0, 0, RULE_BOOL, RULE_ALWAYS, 0},
	{27286, 27279, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{27310, 27300, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3185, 27503, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{3666, 18151, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{28681, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_CRD_NAMES, RULE_CODE, RULE_ALWAYS, 0},
	{1639, 0, 0, 0, 443, RULE_INT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{1639, 0, 0, 0, 443, RULE_INT, RULE_ALWAYS, 0},
};
