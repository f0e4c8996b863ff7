/* Made by gen/gen.py from facts/types.txt, facts/defaults.txt and facts/marks.txt. Do not edit. */
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
	"properties/matchPolicy/enum\0"
	"[\"Equivalent\",\"Exact\"]\0"
	"properties/failurePolicy/enum\0"
	"[\"Fail\",\"Ignore\"]\0"
	"properties/reinvocationPolicy/enum\0"
	"[\"IfNeeded\",\"Never\"]\0"
	"properties/sideEffects/enum\0"
	"[\"None\",\"NoneOnDryRun\",\"Some\",\"Unknown\"]\0"
	"properties/patchType/enum\0"
	"[\"ApplyConfiguration\",\"JSONPatch\"]\0"
	"properties/operations/items/enum\0"
	"[\"*\",\"CONNECT\",\"CREATE\",\"DELETE\",\"UPDATE\"]\0"
	"properties/scope/enum\0"
	"[\"*\",\"Cluster\",\"Namespaced\"]\0"
	"properties/validationActions/items/enum\0"
	"[\"Audit\",\"Deny\",\"Warn\"]\0"
	"properties/type/enum\0"
	"[\"OnDelete\",\"RollingUpdate\"]\0"
	"[\"Recreate\",\"RollingUpdate\"]\0"
	"properties/podManagementPolicy/enum\0"
	"[\"OrderedReady\",\"Parallel\"]\0"
	"properties/concurrencyPolicy/enum\0"
	"[\"Allow\",\"Forbid\",\"Replace\"]\0"
	"properties/completionMode/enum\0"
	"[\"Indexed\",\"NonIndexed\"]\0"
	"properties/podReplacementPolicy/enum\0"
	"[\"Failed\",\"TerminatingOrFailed\"]\0"
	"properties/operator/enum\0"
	"[\"In\",\"NotIn\"]\0"
	"properties/action/enum\0"
	"[\"Count\",\"FailIndex\",\"FailJob\",\"Ignore\"]\0"
	"properties/usages/items/enum\0"
	"[\"any\",\"cert sign\",\"client auth\",\"code signing\",\"content commitment\",\"crl sign\",\"data encipherment\",\"decipher only\",\"digital signature\",\"email protection\",\"encipher only\",\"ipsec end system\",\"ipsec tunnel\",\"ipsec user\",\"key agreement\",\"key encipherment\",\"microsoft sgc\",\"netscape sgc\",\"ocsp signing\",\"s/mime\",\"server auth\",\"signing\",\"timestamping\"]\0"
	"[\"Localhost\",\"RuntimeDefault\",\"Unconfined\"]\0"
	"x-kubernetes-unions\0"
	"[{\"discriminator\":\"type\",\"fields-to-discriminateBy\":{\"localhostProfile\":\"LocalhostProfile\"}}]\0"
	"properties/cachingMode/default\0"
	"\"ReadWrite\"\0"
	"properties/cachingMode/enum\0"
	"[\"None\",\"ReadOnly\",\"ReadWrite\"]\0"
	"properties/fsType/default\0"
	"\"ext4\"\0"
	"properties/kind/default\0"
	"\"Shared\"\0"
	"properties/kind/enum\0"
	"[\"Dedicated\",\"Managed\",\"Shared\"]\0"
	"properties/readOnly/default\0"
	"false\0"
	"properties/name/default\0"
	"\"\"\0"
	"properties/imagePullPolicy/enum\0"
	"[\"Always\",\"IfNotPresent\",\"Never\"]\0"
	"properties/terminationMessagePolicy/enum\0"
	"[\"FallbackToLogsOnError\",\"File\"]\0"
	"properties/protocol/default\0"
	"\"TCP\"\0"
	"properties/protocol/enum\0"
	"[\"SCTP\",\"TCP\",\"UDP\"]\0"
	"properties/stopSignal/enum\0"
	"[\"SIGABRT\",\"SIGALRM\",\"SIGBUS\",\"SIGCHLD\",\"SIGCLD\",\"SIGCONT\",\"SIGFPE\",\"SIGHUP\",\"SIGILL\",\"SIGINT\",\"SIGIO\",\"SIGIOT\",\"SIGKILL\",\"SIGPIPE\",\"SIGPOLL\",\"SIGPROF\",\"SIGPWR\",\"SIGQUIT\",\"SIGRTMAX\",\"SIGRTMAX-1\",\"SIGRTMAX-10\",\"SIGRTMAX-11\",\"SIGRTMAX-12\",\"SIGRTMAX-13\",\"SIGRTMAX-14\",\"SIGRTMAX-2\",\"SIGRTMAX-3\",\"SIGRTMAX-4\",\"SIGRTMAX-5\",\"SIGRTMAX-6\",\"SIGRTMAX-7\",\"SIGRTMAX-8\",\"SIGRTMAX-9\",\"SIGRTMIN\",\"SIGRTMIN+1\",\"SIGRTMIN+10\",\"SIGRTMIN+11\",\"SIGRTMIN+12\",\"SIGRTMIN+13\",\"SIGRTMIN+14\",\"SIGRTMIN+15\",\"SIGRTMIN+2\",\"SIGRTMIN+3\",\"SIGRTMIN+4\",\"SIGRTMIN+5\",\"SIGRTMIN+6\",\"SIGRTMIN+7\",\"SIGRTMIN+8\",\"SIGRTMIN+9\",\"SIGSEGV\",\"SIGSTKFLT\",\"SIGSTOP\",\"SIGSYS\",\"SIGTERM\",\"SIGTRAP\",\"SIGTSTP\",\"SIGTTIN\",\"SIGTTOU\",\"SIGURG\",\"SIGUSR1\",\"SIGUSR2\",\"SIGVTALRM\",\"SIGWINCH\",\"SIGXCPU\",\"SIGXFSZ\"]\0"
	"properties/optional/default\0"
	"properties/service/default\0"
	"properties/scheme/enum\0"
	"[\"HTTP\",\"HTTPS\"]\0"
	"[\"\",\"BlockDevice\",\"CharDevice\",\"Directory\",\"DirectoryOrCreate\",\"File\",\"FileOrCreate\",\"Socket\"]\0"
	"properties/iscsiInterface/default\0"
	"\"default\"\0"
	"properties/pullPolicy/enum\0"
	"properties/status/enum\0"
	"[\"InProgress\",\"Infeasible\",\"Pending\"]\0"
	"properties/phase/enum\0"
	"[\"Active\",\"Terminating\"]\0"
	"[\"DoesNotExist\",\"Exists\",\"Gt\",\"In\",\"Lt\",\"NotIn\"]\0"
	"[\"Pending\",\"Running\",\"Terminated\"]\0"
	"properties/accessModes/items/enum\0"
	"[\"ReadOnlyMany\",\"ReadWriteMany\",\"ReadWriteOnce\",\"ReadWriteOncePod\"]\0"
	"properties/volumeMode/enum\0"
	"[\"Block\",\"Filesystem\"]\0"
	"properties/allocatedResourceStatuses/additionalProperties/enum\0"
	"[\"ControllerResizeInProgress\",\"ControllerResizeInfeasible\",\"NodeResizeInProgress\",\"NodeResizeInfeasible\",\"NodeResizePending\"]\0"
	"properties/allocatedResourceStatuses/x-kubernetes-map-type\0"
	"\"granular\"\0"
	"[\"Bound\",\"Lost\",\"Pending\"]\0"
	"properties/claimRef/x-kubernetes-map-type\0"
	"properties/persistentVolumeReclaimPolicy/enum\0"
	"[\"Delete\",\"Recycle\",\"Retain\"]\0"
	"[\"Available\",\"Bound\",\"Failed\",\"Pending\",\"Released\"]\0"
	"[{\"fields-to-discriminateBy\":{\"podGroupName\":\"PodGroupName\"}}]\0"
	"properties/fsGroupChangePolicy/enum\0"
	"[\"Always\",\"OnRootMismatch\"]\0"
	"properties/supplementalGroupsPolicy/enum\0"
	"[\"Merge\",\"Strict\"]\0"
	"properties/dnsPolicy/enum\0"
	"[\"ClusterFirst\",\"ClusterFirstWithHostNet\",\"Default\",\"None\"]\0"
	"properties/preemptionPolicy/enum\0"
	"[\"Never\",\"PreemptLowerPriority\"]\0"
	"properties/restartPolicy/enum\0"
	"[\"Always\",\"Never\",\"OnFailure\"]\0"
	"[\"Failed\",\"Pending\",\"Running\",\"Succeeded\",\"Unknown\"]\0"
	"properties/qosClass/enum\0"
	"[\"BestEffort\",\"Burstable\",\"Guaranteed\"]\0"
	"properties/keyring/default\0"
	"\"/etc/ceph/keyring\"\0"
	"properties/pool/default\0"
	"\"rbd\"\0"
	"properties/user/default\0"
	"\"admin\"\0"
	"properties/minReadySeconds/default\0"
	"0\0"
	"properties/replicas/default\0"
	"1\0"
	"properties/scopes/items/enum\0"
	"[\"BestEffort\",\"CrossNamespacePodAffinity\",\"NotBestEffort\",\"NotTerminating\",\"PriorityClass\",\"Terminating\",\"VolumeAttributesClass\"]\0"
	"\"xfs\"\0"
	"properties/storageMode/default\0"
	"\"ThinProvisioned\"\0"
	"[\"DoesNotExist\",\"Exists\",\"In\",\"NotIn\"]\0"
	"properties/scopeName/enum\0"
	"properties/procMount/enum\0"
	"[\"Default\",\"Unmasked\"]\0"
	"properties/externalTrafficPolicy/enum\0"
	"[\"Cluster\",\"Local\"]\0"
	"properties/internalTrafficPolicy/enum\0"
	"properties/ipFamilies/items/enum\0"
	"[\"\",\"IPv4\",\"IPv6\"]\0"
	"properties/ipFamilyPolicy/enum\0"
	"[\"PreferDualStack\",\"RequireDualStack\",\"SingleStack\"]\0"
	"properties/sessionAffinity/enum\0"
	"[\"ClientIP\",\"None\"]\0"
	"[\"ClusterIP\",\"ExternalName\",\"LoadBalancer\",\"NodePort\"]\0"
	"properties/effect/enum\0"
	"[\"NoExecute\",\"NoSchedule\",\"PreferNoSchedule\"]\0"
	"[\"Equal\",\"Exists\",\"Gt\",\"Lt\"]\0"
	"properties/nodeAffinityPolicy/enum\0"
	"[\"Honor\",\"Ignore\"]\0"
	"properties/nodeTaintsPolicy/enum\0"
	"properties/whenUnsatisfiable/enum\0"
	"[\"DoNotSchedule\",\"ScheduleAnyway\"]\0"
	"properties/mountPropagation/enum\0"
	"[\"Bidirectional\",\"HostToContainer\",\"None\"]\0"
	"properties/addressType/enum\0"
	"[\"FQDN\",\"IPv4\",\"IPv6\"]\0"
	"[{\"discriminator\":\"type\",\"fields-to-discriminateBy\":{\"queuing\":\"Queuing\"}}]\0"
	"[{\"discriminator\":\"type\",\"fields-to-discriminateBy\":{\"exempt\":\"Exempt\",\"limited\":\"Limited\"}}]\0"
	"[{\"discriminator\":\"kind\",\"fields-to-discriminateBy\":{\"group\":\"Group\",\"serviceAccount\":\"ServiceAccount\",\"user\":\"User\"}}]\0"
	"properties/pathType/enum\0"
	"[\"Exact\",\"ImplementationSpecific\",\"Prefix\"]\0"
	"properties/policyTypes/items/enum\0"
	"[\"Egress\",\"Ingress\"]\0"
	"properties/selector/x-kubernetes-patch-strategy\0"
	"\"replace\"\0"
	"properties/unhealthyPodEvictionPolicy/enum\0"
	"[\"AlwaysAllow\",\"IfHealthyBudget\"]\0"
	"properties/source/enum\0"
	"[\"FromClaim\",\"FromClass\"]\0"
	"properties/allocationMode/enum\0"
	"[\"All\",\"ExactCount\"]\0"
	"[\"NoExecute\",\"NoSchedule\",\"None\"]\0"
	"properties/operator/default\0"
	"\"Equal\"\0"
	"[\"Equal\",\"Exists\"]\0"
	"properties/reclaimPolicy/enum\0"
	"properties/volumeBindingMode/enum\0"
	"[\"Immediate\",\"WaitForFirstConsumer\"]\0"
	"properties/reason/enum\0"
	"[\"FieldValueDuplicate\",\"FieldValueForbidden\",\"FieldValueInvalid\",\"FieldValueRequired\"]\0"
	"properties/buildDate/default\0"
	"properties/compiler/default\0"
	"properties/gitCommit/default\0"
	"properties/gitTreeState/default\0"
	"properties/gitVersion/default\0"
	"properties/goVersion/default\0"
	"properties/major/default\0"
	"properties/minor/default\0"
	"properties/platform/default\0"
	"properties/caBundle/x-kubernetes-list-type\0"
	"\"atomic\"\0"
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
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 560, 30755, 2358, 2, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 561, 30806, 2360, 3, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 562, 30868, 2363, 5, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 563, 30914, 2368, 7, 0, 0, 220, 0, 0},
	{API_MICROTIME, 0, 0, API_LIST_ATOMIC, 564, 30970, 2375, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 565, 31017, 2375, 15, 0, 0, 220, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 566, 31065, 2390, 6, 0, 0, 220, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 567, 31117, 2396, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 568, 31160, 2396, 2, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 569, 31211, 2398, 2, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 570, 31274, 2400, 1, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 571, 31321, 2401, 8, 0, 0, 220, 0, 31365},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 572, 31376, 2409, 3, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 573, 31425, 2412, 6, 0, 0, 220, 0, 0},
	{API_TIME, 0, 0, API_LIST_ATOMIC, 574, 31476, 2418, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 575, 31518, 2418, 2, 0, 0, 220, 0, 1425},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 576, 31566, 2420, 0, 0, 0, 220, 0, 0},
	{API_INT_OR_STRING, 0, 0, API_LIST_ATOMIC, 577, 31611, 2420, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 578, 31659, 2420, 13, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 579, 31696, 2433, 5, 0, 0, 220, 1, 31758},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 580, 31795, 2438, 5, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 581, 31866, 2443, 4, 0, 0, 221, 0, 31932},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 582, 31973, 2447, 7, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 583, 32039, 2454, 1, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 584, 32107, 2455, 3, 0, 0, 221, 1, 0},
	{API_STRING, 0, 0, API_LIST_ATOMIC, 585, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 586, 0, 17, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 587, 0, 8, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 588, 0, 7, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 589, 0, 5, 0, 32315, 19305, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 590, 0, 16, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 591, 0, 34, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 592, 0, 585, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 593, 0, 20, 0, 0, 0, 0, 0, 0},
	{API_INT32, 0, 0, API_LIST_ATOMIC, 594, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 595, 0, 13, 0, 32315, 19305, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 596, 0, 14, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 597, 0, 3, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 598, 0, 24, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_SET, 599, 0, 585, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 600, 0, 23, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 601, 0, 2, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 602, 0, 33, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 603, 0, 34, 0, 32315, 19305, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 604, 0, 555, 0, 32627, 0, 0, 0, 0},
	{API_INT64, 0, 0, API_LIST_ATOMIC, 605, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 606, 0, 30, 0, 32315, 19305, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 607, 0, 31, 0, 0, 0, 0, 0, 0},
	{API_BYTES, 0, 0, API_LIST_ATOMIC, 608, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 609, 0, 36, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 610, 0, 38, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 611, 0, 39, 0, 32627, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 612, 0, 44, 0, 0, 0, 0, 0, 0},
	{API_BOOL, 0, 0, API_LIST_ATOMIC, 613, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 2, API_LIST_ATOMIC, 614, 3769, 215, 2, 0, 0, 31, 2, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 615, 0, 45, 0, 32627, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 616, 0, 50, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 617, 0, 51, 0, 32627, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 618, 0, 58, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 619, 0, 268, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 620, 0, 59, 0, 32627, 3450, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 621, 0, 592, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 622, 0, 557, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 623, 0, 561, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 624, 0, 80, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 625, 0, 82, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 626, 0, 92, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 627, 0, 104, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 628, 0, 106, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 629, 0, 113, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 630, 0, 108, 0, 32627, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 631, 0, 114, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 632, 0, 123, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 633, 0, 266, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 634, 0, 127, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_ATOMIC, 635, 0, 128, 0, 0, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 636, 0, 136, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_SET, 637, 0, 594, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 638, 0, 135, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 639, 0, 138, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 640, 0, 140, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 641, 0, 141, 0, 32627, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 642, 0, 145, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 643, 0, 585, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 644, 0, 165, 0, 32627, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 645, 0, 166, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 646, 0, 608, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 647, 0, 168, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 648, 0, 227, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 649, 0, 199, 0, 32315, 19305, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 650, 0, 198, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 651, 0, 178, 0, 34894, 34918, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 652, 0, 179, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 653, 0, 180, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 654, 0, 360, 0, 35026, 34516, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 655, 0, 361, 0, 35051, 35062, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 656, 0, 549, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 657, 0, 323, 0, 32315, 19305, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 658, 0, 362, 0, 35051, 35062, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 659, 0, 190, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 660, 0, 193, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 661, 0, 194, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 662, 0, 195, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 663, 0, 196, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 664, 0, 203, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 665, 0, 219, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 666, 0, 230, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 667, 0, 231, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 668, 0, 605, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 669, 0, 302, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 670, 0, 235, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 671, 0, 241, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 672, 0, 242, 0, 32627, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 673, 0, 304, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 674, 0, 246, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 675, 0, 260, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 676, 0, 259, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_SET, 677, 0, 585, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 678, 0, 352, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 679, 0, 247, 0, 32627, 3450, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 680, 0, 250, 0, 32627, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 681, 0, 177, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 682, 0, 256, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 683, 0, 151, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 684, 0, 269, 0, 32627, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 685, 0, 267, 0, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 686, 14532, 1088, 7, 0, 0, 123, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 687, 0, 368, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 688, 0, 281, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 689, 0, 286, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 690, 0, 176, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 691, 0, 279, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 692, 0, 350, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 693, 0, 175, 0, 32315, 19305, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 694, 0, 201, 0, 32315, 19305, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 695, 0, 220, 0, 37512, 13160, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 696, 0, 237, 0, 32315, 19305, 0, 0, 0},
	{API_MAP, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 697, 0, 585, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 698, 0, 291, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 3, API_LIST_MAP, 699, 0, 292, 0, 32315, 19305, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 700, 0, 294, 0, 32315, 19305, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 701, 0, 353, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 702, 0, 356, 0, 37856, 37065, 0, 0, 0},
	{API_ARRAY, 0, 3, API_LIST_MAP, 703, 0, 359, 0, 32315, 19305, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 704, 0, 284, 0, 32627, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 705, 0, 186, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_ATOMIC, 706, 0, 221, 0, 0, 13160, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 707, 0, 249, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 708, 0, 288, 0, 37512, 13160, 0, 0, 0},
	{API_ARRAY, 0, 3, API_LIST_MAP, 709, 0, 293, 0, 32315, 19305, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 710, 0, 299, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 711, 0, 364, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 712, 0, 310, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 713, 0, 311, 0, 32627, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 714, 0, 318, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 715, 0, 315, 0, 32315, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 716, 0, 317, 0, 38251, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 717, 0, 328, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 718, 0, 330, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 719, 0, 237, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 720, 0, 266, 0, 32315, 19305, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 721, 0, 339, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 722, 0, 338, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 723, 0, 343, 0, 38682, 1639, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 724, 0, 555, 0, 32627, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 725, 0, 354, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 726, 0, 376, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 727, 0, 377, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 728, 0, 370, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 729, 0, 373, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 730, 0, 374, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 731, 0, 378, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 732, 0, 383, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 733, 0, 392, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 734, 0, 384, 0, 32627, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 735, 0, 391, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 736, 0, 400, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 737, 0, 402, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 738, 0, 393, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 739, 0, 394, 0, 32627, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 740, 0, 404, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 741, 0, 406, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 742, 0, 412, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 743, 0, 410, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 744, 0, 419, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 745, 0, 417, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 746, 0, 420, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 747, 0, 424, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 748, 0, 430, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 749, 0, 429, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 750, 0, 425, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 751, 0, 426, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 752, 0, 427, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 753, 0, 434, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 754, 0, 439, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 755, 0, 443, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 756, 0, 574, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 757, 0, 560, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 758, 0, 452, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 759, 0, 458, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 760, 0, 449, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 761, 0, 448, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 762, 0, 454, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 763, 0, 453, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 764, 0, 549, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 765, 0, 465, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 766, 0, 470, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 767, 0, 471, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 768, 0, 479, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 769, 0, 488, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 770, 0, 484, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 771, 0, 468, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 772, 0, 481, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 773, 0, 613, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 774, 0, 473, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 775, 0, 478, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 776, 0, 480, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 777, 0, 474, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 778, 0, 475, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 779, 0, 482, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 780, 0, 483, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 781, 0, 485, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 782, 0, 490, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 783, 0, 459, 0, 40483, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 784, 0, 491, 0, 40523, 33144, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 785, 0, 495, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 786, 0, 499, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 787, 0, 467, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 788, 0, 466, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 789, 0, 502, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 790, 0, 504, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 791, 0, 515, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 792, 0, 507, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 793, 0, 508, 0, 32315, 19305, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 794, 0, 511, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 795, 0, 355, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 796, 0, 513, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 797, 0, 516, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 798, 0, 521, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 799, 0, 527, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 800, 0, 533, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 801, 0, 528, 0, 32627, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 802, 0, 525, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 803, 0, 544, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 804, 0, 540, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 805, 0, 540, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 806, 0, 543, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 807, 0, 539, 0, 0, 0, 0, 0, 0},
	{API_NUMBER, 0, 0, API_LIST_ATOMIC, 808, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 809, 0, 546, 0, 41779, 41785, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 810, 0, 569, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 811, 0, 559, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 812, 0, 550, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 813, 0, 552, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 814, 0, 563, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 815, 0, 566, 0, 40523, 33144, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 816, 0, 572, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 817, 0, 579, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 818, 0, 580, 0, 32627, 3450, 0, 0, 0},
};

const struct api_field api_fields[] = {
	{32175, 585, 4, {1}},
	{32186, 585, 3, {1}},
	{32190, 585, 3, {2}},
	{32206, 585, 3, {2}},
	{32215, 585, 3, {3}},
	{32175, 585, 4, {1}},
	{32175, 585, 3, {2}},
	{19305, 585, 3, {1}},
	{32223, 586, 4, {4}},
	{270, 585, 0, {7}},
	{282, 560, 0, {1}},
	{300, 560, 0, {2}},
	{32244, 586, 4, {3}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 12, 2, {2}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 10, 2, {2}},
	{14482, 585, 0, {0}},
	{32258, 587, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{32264, 6, 0, {3}},
	{32279, 19, 0, {2}},
	{32288, 585, 4, {1}},
	{14482, 585, 0, {0}},
	{32258, 588, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{950, 585, 0, {5}},
	{32299, 589, 4, {6}},
	{32321, 6, 0, {2}},
	{32338, 590, 4, {4}},
	{32348, 18, 0, {1}},
	{1049, 585, 4, {7}},
	{32358, 591, 4, {3}},
	{32368, 592, 1, {8}},
	{32392, 35, 3, {2}},
	{950, 585, 0, {4}},
	{32299, 589, 4, {12}},
	{270, 585, 0, {9}},
	{19305, 585, 3, {1}},
	{282, 560, 0, {5}},
	{300, 560, 0, {11}},
	{1049, 585, 0, {10}},
	{32405, 593, 4, {3}},
	{32411, 585, 1, {6}},
	{1028, 594, 0, {7}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{32423, 595, 4, {2}},
	{14482, 585, 0, {0}},
	{32258, 596, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{32432, 1, 0, {3}},
	{32451, 4, 0, {4}},
	{32461, 585, 3, {2}},
	{32471, 592, 4, {2, 2, 1}},
	{32481, 592, 4, {2, 2, 2}},
	{32493, 592, 4, {2, 1}},
	{32504, 592, 4, {1}},
	{10804, 592, 4, {2, 2, 3}},
	{1427, 585, 0, {2, 2, 4}},
	{14482, 585, 4, {1}},
	{9685, 585, 4, {2}},
	{19305, 585, 4, {1}},
	{32518, 585, 4, {2}},
	{32528, 585, 0, {4}},
	{32552, 560, 0, {3}},
	{32471, 592, 4, {2, 1}},
	{32481, 592, 4, {2, 2}},
	{32493, 592, 4, {1}},
	{10804, 592, 4, {2, 3}},
	{1427, 585, 0, {2, 4}},
	{19305, 585, 3, {2}},
	{32518, 585, 3, {1}},
	{12484, 585, 0, {3}},
	{1639, 594, 0, {4}},
	{32561, 597, 4, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 28, 2, {2}},
	{3185, 29, 2, {3}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 26, 3, {2}},
	{14482, 585, 0, {0}},
	{32258, 598, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{32264, 6, 0, {3}},
	{32279, 19, 0, {2}},
	{32288, 585, 5, {1}},
	{32580, 599, 5, {4}},
	{14482, 585, 0, {0}},
	{32258, 600, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{32598, 601, 4, {5}},
	{950, 585, 0, {4}},
	{32299, 589, 4, {6}},
	{32321, 6, 0, {2}},
	{32348, 18, 0, {1}},
	{32615, 602, 4, {3}},
	{32358, 603, 4, {7}},
	{19180, 604, 4, {3}},
	{32633, 605, 4, {1}},
	{32652, 22, 0, {2}},
	{32368, 592, 1, {8}},
	{32392, 35, 3, {2}},
	{950, 585, 0, {4}},
	{32299, 589, 4, {11}},
	{270, 585, 0, {9}},
	{19305, 585, 3, {1}},
	{282, 560, 0, {5}},
	{300, 560, 0, {10}},
	{32405, 593, 4, {3}},
	{32411, 585, 1, {6}},
	{1028, 594, 0, {7}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{32423, 606, 4, {2}},
	{14482, 585, 0, {0}},
	{32258, 607, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{32175, 585, 3, {1}},
	{32665, 585, 4, {2}},
	{32673, 585, 4, {4}},
	{32691, 585, 0, {3}},
	{32175, 585, 3, {2}},
	{19305, 585, 3, {1}},
	{32698, 608, 4, {2}},
	{12313, 21, 0, {1}},
	{32707, 585, 0, {3}},
	{14482, 585, 0, {0}},
	{32711, 576, 0, {2}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{32716, 605, 3, {3}},
	{14482, 585, 0, {0}},
	{32258, 609, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 41, 2, {2}},
	{3185, 42, 2, {3}},
	{32725, 574, 0, {3}},
	{32665, 585, 4, {5}},
	{32691, 585, 4, {4}},
	{3185, 585, 3, {2}},
	{3450, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{32258, 610, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{32744, 594, 4, {4}},
	{3347, 594, 0, {6}},
	{32552, 560, 1, {1}},
	{32760, 301, 3, {2}},
	{3332, 43, 2, {3}},
	{32769, 594, 0, {9}},
	{19180, 611, 4, {10}},
	{32784, 594, 3, {1}},
	{32807, 594, 3, {3}},
	{32830, 594, 4, {7}},
	{32846, 594, 3, {2}},
	{32865, 594, 3, {4}},
	{32877, 594, 4, {8}},
	{32633, 605, 4, {5}},
	{32895, 594, 4, {6}},
	{3455, 55, 0, {2}},
	{3450, 585, 4, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 47, 2, {2}},
	{3185, 48, 2, {3}},
	{32725, 574, 0, {7}},
	{32918, 574, 0, {6}},
	{32665, 585, 4, {5}},
	{32691, 585, 4, {4}},
	{3185, 585, 3, {2}},
	{3450, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{32258, 612, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{32744, 594, 4, {5}},
	{32933, 613, 4, {7}},
	{3675, 594, 0, {9}},
	{3657, 594, 0, {1}},
	{3347, 594, 0, {6}},
	{32552, 560, 1, {2}},
	{3666, 614, 2, {4}},
	{32760, 301, 3, {3}},
	{32940, 594, 4, {4}},
	{32769, 594, 0, {8}},
	{19180, 615, 4, {6}},
	{32633, 605, 4, {1}},
	{32958, 594, 4, {7}},
	{3657, 594, 4, {2}},
	{32972, 594, 0, {9}},
	{32992, 594, 4, {5}},
	{33012, 594, 4, {3}},
	{3455, 56, 0, {2}},
	{3450, 585, 4, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 53, 2, {2}},
	{3185, 54, 2, {3}},
	{32725, 574, 0, {3}},
	{32665, 585, 4, {5}},
	{32691, 585, 4, {4}},
	{3185, 585, 3, {2}},
	{3450, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{32258, 616, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{32744, 594, 4, {4}},
	{3657, 594, 0, {1}},
	{32552, 560, 1, {2}},
	{32760, 301, 2, {3}},
	{32940, 594, 4, {5}},
	{19180, 617, 4, {6}},
	{33028, 594, 4, {2}},
	{32633, 605, 4, {3}},
	{32958, 594, 4, {4}},
	{3657, 594, 3, {1}},
	{32972, 594, 0, {7}},
	{4052, 577, 0, {2}},
	{4037, 577, 0, {1}},
	{4052, 577, 0, {2}},
	{4037, 577, 0, {1}},
	{4037, 577, 0, {2}},
	{4150, 594, 0, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 63, 2, {2}},
	{3185, 64, 2, {3}},
	{32725, 574, 0, {3}},
	{32665, 585, 4, {5}},
	{32691, 585, 4, {4}},
	{3185, 585, 3, {2}},
	{3450, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{32258, 618, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{33049, 594, 2, {1}},
	{4445, 585, 4, {1}},
	{4457, 585, 4, {2}},
	{32744, 594, 4, {9}},
	{33055, 61, 0, {11}},
	{4568, 62, 0, {10}},
	{4548, 585, 4, {6}},
	{3657, 594, 0, {1}},
	{3347, 594, 0, {8}},
	{32552, 560, 1, {2}},
	{33064, 585, 2, {5}},
	{32760, 301, 3, {3}},
	{3332, 65, 2, {7}},
	{33076, 619, 4, {4}},
	{32940, 594, 2, {11}},
	{32769, 594, 0, {9}},
	{19180, 620, 4, {10}},
	{33097, 594, 4, {4}},
	{33113, 585, 4, {6}},
	{32633, 605, 4, {1}},
	{32958, 594, 4, {3}},
	{3657, 594, 3, {2}},
	{33129, 585, 4, {7}},
	{33012, 594, 4, {5}},
	{3455, 57, 0, {2}},
	{3450, 585, 4, {1}},
	{14482, 585, 4, {2}},
	{9685, 585, 4, {1}},
	{19305, 585, 4, {3}},
	{33144, 585, 4, {4}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3185, 68, 2, {2}},
	{33148, 75, 2, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 70, 2, {2}},
	{3185, 71, 2, {3}},
	{33157, 592, 0, {1}},
	{33167, 66, 0, {3}},
	{4995, 605, 0, {4}},
	{33182, 574, 0, {2}},
	{33202, 585, 2, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 73, 3, {2}},
	{3185, 74, 2, {3}},
	{33157, 592, 4, {2}},
	{33202, 585, 5, {1}},
	{33157, 592, 4, {4}},
	{33208, 613, 4, {1}},
	{33222, 585, 4, {3}},
	{16518, 75, 2, {2}},
	{33228, 621, 4, {4}},
	{33234, 592, 4, {3}},
	{33144, 585, 4, {2}},
	{33241, 585, 4, {1}},
	{33250, 585, 4, {1}},
	{33262, 622, 4, {2}},
	{33250, 585, 4, {1}},
	{33262, 623, 4, {2}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 88, 3, {2}},
	{3185, 89, 2, {3}},
	{12484, 585, 4, {1}},
	{33275, 585, 4, {2}},
	{33280, 592, 4, {2}},
	{33296, 592, 1, {1}},
	{33302, 76, 0, {8}},
	{33316, 585, 4, {3}},
	{33322, 77, 0, {9}},
	{19305, 585, 4, {7}},
	{32518, 585, 4, {1}},
	{33336, 585, 4, {5}},
	{33345, 585, 4, {6}},
	{33275, 585, 4, {2}},
	{33357, 585, 4, {4}},
	{32471, 592, 4, {2}},
	{32504, 592, 4, {4}},
	{10804, 592, 4, {3}},
	{33296, 592, 1, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 84, 3, {2}},
	{3185, 89, 2, {3}},
	{33365, 79, 0, {2}},
	{33387, 81, 0, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 86, 3, {2}},
	{3185, 90, 2, {3}},
	{32518, 585, 4, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 88, 3, {2}},
	{3185, 89, 2, {3}},
	{33228, 621, 4, {5}},
	{33234, 592, 4, {4}},
	{33365, 79, 0, {2}},
	{33387, 81, 0, {1}},
	{33144, 585, 4, {6}},
	{16518, 585, 4, {3}},
	{33406, 613, 3, {1}},
	{33414, 613, 4, {4}},
	{33421, 585, 4, {3}},
	{32691, 585, 4, {2}},
	{33421, 585, 4, {4}},
	{33437, 613, 3, {3}},
	{33448, 624, 1, {2}},
	{32244, 625, 1, {1}},
	{14482, 585, 4, {3}},
	{9685, 585, 3, {1}},
	{19305, 585, 3, {2}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 94, 3, {2}},
	{3185, 95, 2, {3}},
	{14482, 585, 0, {0}},
	{32258, 626, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{33465, 594, 3, {3}},
	{6545, 594, 0, {2}},
	{33477, 91, 3, {1}},
	{33492, 594, 0, {4}},
	{33523, 594, 0, {5}},
	{33097, 594, 3, {3}},
	{33555, 594, 3, {4}},
	{33571, 574, 0, {2}},
	{32633, 605, 0, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 97, 2, {2}},
	{3185, 98, 2, {3}},
	{3657, 594, 2, {1}},
	{3657, 594, 3, {1}},
	{32552, 585, 4, {2}},
	{33585, 585, 3, {3}},
	{19305, 585, 3, {1}},
	{33595, 115, 3, {2}},
	{33585, 585, 3, {3}},
	{33602, 116, 3, {2}},
	{19305, 585, 3, {1}},
	{14482, 585, 4, {3}},
	{9685, 585, 3, {1}},
	{19305, 585, 3, {2}},
	{33610, 112, 3, {1}},
	{33595, 115, 3, {2}},
	{33602, 116, 3, {2}},
	{33610, 112, 3, {1}},
	{16350, 594, 3, {3}},
	{3450, 585, 3, {1}},
	{33617, 594, 3, {2}},
	{33623, 627, 4, {2}},
	{33632, 585, 0, {1}},
	{33645, 594, 0, {3}},
	{33672, 549, 0, {4}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 110, 3, {2}},
	{3185, 111, 2, {3}},
	{7258, 105, 0, {2}},
	{7250, 105, 0, {1}},
	{32725, 574, 0, {3}},
	{32665, 585, 4, {5}},
	{32691, 585, 4, {4}},
	{3185, 585, 3, {2}},
	{3450, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{32258, 628, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{33682, 107, 0, {5}},
	{33465, 594, 3, {3}},
	{7586, 629, 4, {4}},
	{6545, 594, 0, {2}},
	{33477, 101, 3, {1}},
	{19180, 630, 4, {6}},
	{33691, 631, 0, {5}},
	{33097, 594, 4, {3}},
	{33555, 594, 3, {4}},
	{33571, 574, 0, {2}},
	{32633, 605, 0, {1}},
	{19305, 585, 3, {1}},
	{32552, 560, 0, {2}},
	{33706, 99, 0, {7}},
	{33724, 102, 0, {5}},
	{33733, 117, 0, {2}},
	{33740, 119, 0, {3}},
	{33336, 121, 0, {4}},
	{3450, 585, 3, {1}},
	{33706, 100, 0, {7}},
	{33724, 103, 0, {5}},
	{33733, 118, 0, {2}},
	{33740, 120, 0, {3}},
	{33336, 122, 0, {4}},
	{3450, 585, 3, {1}},
	{33745, 594, 0, {4}},
	{33764, 549, 0, {3}},
	{3450, 585, 3, {1}},
	{33617, 549, 0, {2}},
	{33745, 594, 0, {3}},
	{33764, 549, 0, {2}},
	{33617, 549, 0, {1}},
	{33777, 101, 3, {1}},
	{33610, 112, 3, {3}},
	{33595, 115, 3, {2}},
	{33602, 116, 3, {2}},
	{33777, 101, 3, {3}},
	{33610, 112, 3, {1}},
	{33610, 112, 3, {1}},
	{33595, 115, 3, {2}},
	{33602, 116, 3, {2}},
	{33610, 112, 3, {1}},
	{19305, 585, 3, {1}},
	{33595, 115, 3, {2}},
	{33602, 116, 3, {2}},
	{19305, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 125, 3, {2}},
	{3185, 126, 2, {3}},
	{14482, 585, 0, {0}},
	{32258, 632, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{8280, 585, 4, {3}},
	{8333, 594, 0, {7}},
	{33793, 132, 3, {5}},
	{33805, 585, 3, {1}},
	{33814, 605, 0, {2}},
	{8306, 594, 0, {6}},
	{8298, 613, 0, {4}},
	{33838, 585, 0, {8}},
	{33847, 633, 4, {1}},
	{33854, 574, 0, {4}},
	{33871, 574, 0, {5}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 130, 2, {2}},
	{3185, 131, 2, {3}},
	{33890, 574, 0, {3}},
	{32725, 574, 0, {4}},
	{32665, 585, 4, {6}},
	{32691, 585, 4, {5}},
	{3185, 585, 3, {2}},
	{3450, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{32258, 634, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{33904, 605, 0, {3}},
	{33926, 594, 0, {7}},
	{33939, 594, 0, {12}},
	{33960, 585, 0, {9}},
	{33975, 594, 0, {2}},
	{33987, 585, 0, {15}},
	{33997, 613, 0, {5}},
	{34012, 594, 0, {13}},
	{34029, 594, 0, {1}},
	{34041, 133, 0, {11}},
	{34058, 585, 0, {14}},
	{32552, 560, 0, {4}},
	{34079, 137, 0, {16}},
	{8298, 613, 0, {10}},
	{32760, 301, 3, {6}},
	{34093, 594, 0, {8}},
	{33847, 594, 4, {4}},
	{34117, 585, 4, {7}},
	{34134, 574, 0, {3}},
	{19180, 635, 4, {1}},
	{34149, 594, 4, {6}},
	{34156, 585, 0, {10}},
	{34170, 594, 0, {9}},
	{34176, 574, 0, {2}},
	{34186, 594, 4, {5}},
	{34196, 594, 0, {11}},
	{34208, 139, 0, {8}},
	{16193, 565, 2, {1}},
	{3085, 130, 2, {2}},
	{32405, 636, 1, {1}},
	{34232, 585, 0, {1}},
	{25441, 585, 3, {2}},
	{34246, 637, 1, {3}},
	{3185, 585, 2, {2}},
	{3450, 585, 3, {1}},
	{34253, 585, 3, {1}},
	{34260, 134, 0, {2}},
	{34272, 638, 4, {3}},
	{32405, 639, 1, {1}},
	{34288, 594, 0, {2}},
	{34303, 585, 0, {1}},
	{34149, 599, 4, {2}},
	{34186, 599, 4, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 143, 3, {2}},
	{3185, 144, 2, {3}},
	{32725, 574, 0, {5}},
	{32918, 574, 0, {4}},
	{32665, 585, 4, {3}},
	{32691, 585, 4, {2}},
	{3185, 585, 3, {6}},
	{3450, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{32258, 640, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{4995, 594, 0, {8}},
	{33228, 621, 4, {6}},
	{33234, 592, 4, {4}},
	{34320, 608, 1, {1}},
	{34328, 585, 3, {7}},
	{33144, 585, 4, {3}},
	{34339, 592, 4, {5}},
	{33241, 585, 4, {2}},
	{34346, 608, 4, {2}},
	{19180, 641, 4, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 147, 2, {2}},
	{14482, 585, 0, {0}},
	{32258, 642, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{34358, 564, 0, {3}},
	{34370, 585, 0, {1}},
	{34385, 594, 0, {2}},
	{34406, 594, 0, {5}},
	{34423, 585, 0, {7}},
	{34439, 564, 0, {4}},
	{3666, 585, 0, {6}},
	{9695, 585, 4, {2}},
	{4150, 594, 4, {3}},
	{9702, 613, 4, {4}},
	{34449, 585, 3, {1}},
	{34458, 248, 0, {1}},
	{34471, 280, 0, {2}},
	{34483, 282, 0, {3}},
	{34499, 585, 0, {2}},
	{3450, 585, 3, {1}},
	{34516, 585, 3, {2}},
	{19305, 585, 3, {1}},
	{9666, 585, 0, {3}},
	{34527, 585, 3, {1}},
	{34536, 585, 3, {2}},
	{9695, 585, 0, {4}},
	{9685, 585, 0, {6}},
	{9702, 613, 0, {5}},
	{9702, 613, 4, {3}},
	{34544, 585, 3, {1}},
	{34555, 585, 0, {4}},
	{34571, 585, 3, {2}},
	{9702, 613, 4, {3}},
	{34544, 585, 3, {1}},
	{34571, 585, 3, {2}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{33595, 266, 3, {2}},
	{34581, 335, 0, {9}},
	{34607, 335, 0, {6}},
	{34634, 585, 3, {1}},
	{9695, 585, 4, {4}},
	{34641, 335, 0, {10}},
	{34661, 335, 0, {8}},
	{34682, 335, 0, {7}},
	{9702, 613, 4, {3}},
	{34701, 643, 4, {5}},
	{34718, 585, 3, {2}},
	{34634, 585, 3, {1}},
	{9695, 585, 0, {3}},
	{34661, 237, 0, {5}},
	{9702, 613, 0, {2}},
	{34701, 643, 4, {4}},
	{34731, 592, 4, {1}},
	{34735, 592, 4, {2}},
	{34740, 592, 1, {1}},
	{12484, 585, 4, {2}},
	{9702, 613, 4, {6}},
	{34749, 585, 4, {4}},
	{34760, 335, 0, {5}},
	{16518, 585, 4, {3}},
	{34740, 592, 1, {1}},
	{12484, 585, 4, {2}},
	{9702, 613, 4, {6}},
	{34749, 585, 4, {4}},
	{34760, 237, 0, {5}},
	{16518, 585, 4, {3}},
	{9695, 585, 4, {2}},
	{9702, 613, 4, {3}},
	{34760, 335, 0, {4}},
	{34449, 585, 3, {1}},
	{9695, 585, 4, {2}},
	{9702, 613, 4, {3}},
	{34760, 237, 0, {4}},
	{34449, 585, 3, {1}},
	{1028, 594, 0, {1}},
	{33322, 560, 0, {3}},
	{19305, 585, 0, {1}},
	{34770, 613, 0, {5}},
	{12484, 585, 3, {4}},
	{34328, 585, 0, {2}},
	{33222, 585, 4, {4}},
	{32665, 585, 4, {3}},
	{3185, 585, 3, {2}},
	{3450, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{19180, 644, 4, {2}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{14482, 585, 0, {0}},
	{32258, 645, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{14482, 585, 0, {0}},
	{34779, 646, 4, {3}},
	{32711, 643, 4, {2}},
	{34790, 613, 0, {4}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{19305, 585, 4, {1, 1}},
	{34770, 613, 0, {2}},
	{32186, 585, 3, {2}},
	{19305, 585, 4, {1, 1}},
	{34770, 613, 0, {3}},
	{14482, 585, 0, {0}},
	{32258, 647, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{34800, 585, 3, {5}},
	{19305, 585, 3, {2}},
	{32518, 585, 3, {1}},
	{34817, 585, 4, {4}},
	{33144, 585, 4, {3}},
	{32258, 648, 4, {2}},
	{19305, 585, 4, {1, 1}},
	{34770, 613, 0, {4}},
	{10661, 594, 0, {3}},
	{32258, 648, 4, {2}},
	{19305, 585, 4, {1, 1}},
	{34770, 613, 0, {4}},
	{34833, 592, 4, {4}},
	{34838, 592, 4, {3}},
	{34846, 649, 4, {7}},
	{34850, 650, 4, {19}},
	{34858, 585, 4, {2}},
	{10714, 585, 4, {14}},
	{34864, 228, 0, {12}},
	{34874, 305, 0, {10}},
	{19305, 585, 3, {1}},
	{34888, 651, 4, {6}},
	{34932, 305, 0, {11}},
	{34947, 652, 4, {23}},
	{10804, 322, 2, {8}},
	{15920, 585, 0, {24}},
	{34960, 653, 4, {25}},
	{15957, 337, 0, {15}},
	{34979, 305, 0, {22}},
	{34992, 613, 4, {16}},
	{34998, 613, 4, {17}},
	{10751, 585, 4, {13}},
	{10779, 585, 4, {20}},
	{35008, 613, 4, {18}},
	{35012, 654, 4, {21}},
	{35038, 655, 4, {9}},
	{35072, 585, 4, {5}},
	{34232, 585, 3, {1}},
	{35083, 585, 3, {3}},
	{35095, 585, 3, {2}},
	{35108, 592, 0, {1}},
	{35114, 605, 4, {2}},
	{34918, 594, 3, {3}},
	{35124, 585, 4, {5}},
	{35131, 594, 4, {2}},
	{19305, 585, 4, {1}},
	{10933, 585, 4, {4}},
	{35095, 585, 3, {1}},
	{15920, 585, 3, {2}},
	{34253, 585, 5, {1}},
	{35140, 181, 0, {2}},
	{25441, 585, 5, {1}},
	{34246, 637, 4, {2}},
	{35150, 183, 0, {2}},
	{35158, 184, 0, {3}},
	{35169, 185, 0, {1}},
	{35177, 574, 0, {1}},
	{35187, 585, 4, {7}},
	{35199, 594, 3, {1}},
	{35208, 574, 0, {6}},
	{32665, 585, 4, {4}},
	{32691, 585, 4, {3}},
	{35219, 594, 4, {2}},
	{35177, 574, 0, {5}},
	{32665, 585, 4, {2}},
	{32691, 585, 4, {1}},
	{35226, 656, 4, {10}},
	{35245, 657, 4, {14}},
	{35187, 585, 4, {8}},
	{34858, 585, 3, {6}},
	{35270, 585, 3, {7}},
	{35278, 182, 2, {3}},
	{19305, 585, 3, {1}},
	{34170, 613, 3, {4}},
	{10804, 322, 0, {11}},
	{35288, 594, 3, {5}},
	{35301, 613, 0, {9}},
	{35309, 182, 2, {2}},
	{35315, 585, 0, {15}},
	{16518, 187, 0, {13}},
	{35038, 658, 4, {12}},
	{35326, 234, 0, {1}},
	{11335, 594, 3, {1}},
	{32258, 659, 4, {1}},
	{32206, 265, 0, {2}},
	{35332, 594, 0, {4}},
	{12484, 585, 3, {1}},
	{35337, 316, 0, {3}},
	{10661, 594, 0, {2}},
	{32258, 659, 4, {1}},
	{35354, 585, 4, {1}},
	{35361, 549, 0, {2}},
	{35371, 585, 4, {3}},
	{13160, 585, 3, {1}},
	{35380, 585, 0, {4}},
	{35389, 266, 0, {2}},
	{35399, 585, 0, {4}},
	{19305, 585, 4, {1}},
	{1639, 594, 3, {2}},
	{10933, 585, 4, {3}},
	{35411, 660, 4, {1}},
	{35421, 660, 4, {2}},
	{34888, 661, 4, {3}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{35439, 662, 4, {2}},
	{14482, 585, 0, {0}},
	{32258, 663, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{35447, 169, 0, {2}},
	{35460, 585, 4, {1}},
	{34760, 331, 0, {3}},
	{19305, 585, 3, {1}},
	{33617, 585, 4, {2}},
	{35467, 200, 0, {3}},
	{35477, 170, 0, {3}},
	{32206, 265, 0, {1}},
	{35493, 209, 0, {5}},
	{35337, 316, 0, {2}},
	{35504, 332, 0, {4}},
	{34833, 592, 4, {1, 4}},
	{34838, 592, 4, {1, 3}},
	{34846, 649, 4, {1, 7}},
	{34850, 650, 4, {1, 19}},
	{34858, 585, 4, {1, 2}},
	{10714, 585, 4, {1, 14}},
	{34864, 228, 0, {1, 12}},
	{34874, 305, 0, {1, 10}},
	{19305, 585, 3, {1, 1}},
	{34888, 651, 4, {1, 6}},
	{34932, 305, 0, {1, 11}},
	{34947, 652, 4, {1, 23}},
	{10804, 322, 2, {1, 8}},
	{15920, 585, 0, {1, 24}},
	{34960, 653, 4, {1, 25}},
	{15957, 337, 0, {1, 15}},
	{34979, 305, 0, {1, 22}},
	{34992, 613, 4, {1, 16}},
	{34998, 613, 4, {1, 17}},
	{35517, 585, 4, {2}},
	{10751, 585, 4, {1, 13}},
	{10779, 585, 4, {1, 20}},
	{35008, 613, 4, {1, 18}},
	{35012, 654, 4, {1, 21}},
	{35038, 655, 4, {1, 9}},
	{35072, 585, 4, {1, 5}},
	{35537, 273, 0, {1}},
	{34253, 585, 4, {12}},
	{14482, 585, 0, {0}},
	{25354, 594, 4, {8}},
	{35557, 564, 0, {10}},
	{35567, 574, 0, {6}},
	{35582, 266, 3, {2}},
	{9685, 585, 0, {0}},
	{35597, 574, 0, {7}},
	{32665, 585, 4, {4}},
	{16193, 565, 3, {1}},
	{32691, 585, 4, {3}},
	{35611, 266, 0, {13}},
	{35619, 585, 2, {14}},
	{35638, 585, 2, {15}},
	{35656, 205, 0, {11}},
	{35663, 206, 2, {5}},
	{3450, 585, 4, {9}},
	{14482, 585, 0, {0}},
	{32258, 664, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{25354, 594, 4, {1}},
	{35670, 564, 0, {2}},
	{35687, 585, 4, {1}},
	{35697, 585, 4, {2}},
	{34838, 592, 4, {1}},
	{9695, 585, 4, {3}},
	{35702, 594, 0, {2}},
	{9702, 613, 4, {4}},
	{35706, 592, 4, {1}},
	{35717, 592, 4, {5}},
	{32186, 585, 3, {3}},
	{34770, 613, 0, {4}},
	{12484, 585, 3, {2}},
	{35723, 585, 3, {1}},
	{34634, 585, 3, {1}},
	{9695, 585, 4, {2}},
	{35734, 643, 4, {5}},
	{9702, 613, 4, {4}},
	{34760, 335, 0, {3}},
	{34634, 585, 3, {1}},
	{9695, 585, 4, {2}},
	{35734, 643, 4, {5}},
	{9702, 613, 4, {4}},
	{34760, 237, 0, {3}},
	{35742, 585, 4, {1}},
	{35754, 585, 4, {2}},
	{9695, 585, 4, {2}},
	{4150, 594, 4, {3}},
	{35766, 585, 3, {1}},
	{9702, 613, 4, {4}},
	{1639, 594, 3, {1}},
	{12313, 585, 0, {2}},
	{35773, 585, 4, {3}},
	{35783, 585, 3, {1}},
	{32716, 585, 4, {2}},
	{35794, 585, 3, {1}},
	{35804, 585, 0, {4}},
	{12484, 585, 3, {2}},
	{9702, 613, 4, {3}},
	{35794, 585, 3, {1}},
	{12484, 585, 3, {2}},
	{9702, 613, 4, {3}},
	{35697, 585, 4, {3}},
	{35823, 665, 4, {5}},
	{12484, 585, 4, {1}},
	{1639, 577, 1, {2}},
	{12494, 585, 4, {4}},
	{19305, 585, 3, {1}},
	{33617, 585, 3, {2}},
	{35835, 592, 4, {2}},
	{13160, 585, 3, {1}},
	{13160, 585, 3, {1}},
	{12484, 585, 3, {1}},
	{3450, 585, 0, {2}},
	{35845, 613, 4, {8}},
	{35863, 613, 4, {11}},
	{9695, 585, 4, {5}},
	{35879, 585, 0, {12}},
	{35893, 585, 3, {2}},
	{12667, 585, 4, {4}},
	{35702, 594, 3, {3}},
	{35897, 592, 4, {7}},
	{9702, 613, 4, {6}},
	{34760, 335, 0, {10}},
	{35905, 585, 3, {1}},
	{35845, 613, 4, {8}},
	{35863, 613, 4, {11}},
	{9695, 585, 4, {5}},
	{35879, 585, 0, {12}},
	{35893, 585, 3, {2}},
	{12667, 585, 4, {4}},
	{35702, 594, 3, {3}},
	{35897, 592, 4, {7}},
	{9702, 613, 4, {6}},
	{34760, 237, 0, {10}},
	{35905, 585, 3, {1}},
	{12766, 585, 4, {2}},
	{35918, 585, 4, {1}},
	{35928, 585, 5, {1}},
	{32186, 585, 3, {1}},
	{35332, 594, 0, {3}},
	{12484, 585, 3, {2}},
	{35937, 229, 0, {1}},
	{35947, 229, 0, {2}},
	{35315, 585, 0, {3}},
	{35955, 207, 0, {1}},
	{35960, 218, 0, {2}},
	{35968, 347, 0, {4}},
	{35974, 351, 0, {3}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 233, 2, {2}},
	{12659, 656, 4, {4}},
	{35984, 656, 4, {5}},
	{35999, 656, 4, {2}},
	{36003, 656, 4, {6}},
	{36024, 656, 4, {3}},
	{3450, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{32258, 666, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{36028, 667, 1, {1}},
	{36035, 605, 3, {2}},
	{36039, 668, 4, {3}},
	{33144, 605, 3, {1}},
	{35371, 585, 4, {2}},
	{13160, 585, 4, {1}},
	{13153, 585, 0, {3}},
	{34888, 669, 4, {4}},
	{36058, 670, 4, {1}},
	{19305, 585, 4, {1}},
	{9695, 585, 0, {2}},
	{12484, 585, 3, {1}},
	{3185, 585, 3, {2}},
	{36066, 585, 4, {1}},
	{12484, 585, 3, {2}},
	{9702, 613, 4, {3}},
	{36098, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 244, 2, {2}},
	{3185, 245, 2, {3}},
	{32725, 574, 0, {4}},
	{32665, 585, 4, {6}},
	{32691, 585, 4, {5}},
	{3185, 585, 3, {2}},
	{3450, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{32258, 671, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{36105, 592, 4, {1}},
	{19180, 672, 4, {2}},
	{13562, 585, 4, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 261, 2, {2}},
	{3185, 262, 2, {3}},
	{36116, 585, 3, {2}},
	{3450, 585, 3, {1}},
	{36124, 673, 4, {2}},
	{36172, 258, 0, {1}},
	{36219, 599, 4, {2}},
	{36230, 585, 3, {1}},
	{10804, 656, 1, {3}},
	{36248, 574, 0, {3}},
	{32725, 574, 0, {4}},
	{32665, 585, 4, {6}},
	{32691, 585, 4, {5}},
	{3185, 585, 3, {2}},
	{3450, 585, 3, {1}},
	{36266, 172, 0, {2}},
	{33847, 251, 0, {2}},
	{36276, 251, 0, {1}},
	{33222, 585, 4, {4}},
	{36285, 251, 0, {3}},
	{13858, 188, 2, {1}},
	{36299, 613, 0, {1}},
	{14482, 585, 0, {0}},
	{32258, 674, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{36324, 257, 0, {2}},
	{19305, 585, 0, {1}},
	{36333, 613, 0, {1}},
	{36357, 613, 0, {2}},
	{36372, 675, 1, {1}},
	{32186, 585, 3, {1}},
	{25441, 585, 3, {2}},
	{34246, 592, 4, {3}},
	{36390, 676, 4, {1}},
	{36407, 676, 4, {2}},
	{36419, 251, 0, {6}},
	{36432, 585, 4, {2}},
	{36443, 585, 4, {1}},
	{36451, 677, 4, {7}},
	{36460, 585, 4, {3}},
	{36471, 678, 4, {5}},
	{36478, 613, 4, {4}},
	{35411, 679, 4, {5}},
	{14209, 656, 4, {2}},
	{36492, 656, 4, {1}},
	{19180, 680, 4, {4}},
	{36501, 252, 0, {11}},
	{14221, 253, 2, {6}},
	{36508, 592, 4, {14}},
	{36324, 254, 0, {13}},
	{36525, 681, 4, {8}},
	{14237, 264, 2, {7}},
	{13562, 585, 4, {3}},
	{36532, 682, 4, {12}},
	{36548, 683, 4, {10}},
	{36564, 592, 4, {9}},
	{36492, 605, 0, {1}},
	{14432, 585, 3, {10}},
	{14331, 585, 3, {3}},
	{14360, 585, 3, {6}},
	{14338, 585, 3, {4}},
	{14399, 585, 3, {8}},
	{14384, 585, 3, {7}},
	{14310, 585, 3, {1}},
	{14416, 585, 3, {9}},
	{14352, 585, 3, {5}},
	{36577, 263, 0, {11}},
	{14320, 585, 3, {2}},
	{14482, 585, 4, {1}},
	{36582, 585, 3, {2}},
	{14482, 585, 4, {5}},
	{36582, 585, 4, {7}},
	{9685, 585, 4, {1}},
	{19305, 585, 4, {3}},
	{32518, 585, 4, {2}},
	{34817, 585, 4, {6}},
	{33144, 585, 4, {4}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 276, 2, {2}},
	{3185, 277, 2, {3}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 271, 2, {2}},
	{3185, 272, 2, {3}},
	{33890, 574, 0, {3}},
	{32725, 574, 0, {4}},
	{32665, 585, 4, {6}},
	{32691, 585, 4, {5}},
	{3185, 585, 3, {2}},
	{3450, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{32258, 619, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{36592, 592, 4, {1}},
	{36604, 357, 0, {7}},
	{36615, 358, 0, {8}},
	{10804, 365, 2, {2}},
	{32552, 560, 0, {4}},
	{36629, 585, 0, {5}},
	{36646, 585, 0, {9}},
	{14827, 585, 0, {6}},
	{35723, 585, 4, {3}},
	{36592, 592, 4, {2}},
	{36672, 643, 4, {7}},
	{35226, 656, 4, {5}},
	{36492, 656, 4, {3}},
	{19180, 684, 4, {4}},
	{36698, 585, 0, {8}},
	{36731, 239, 0, {9}},
	{13562, 585, 4, {1}},
	{16193, 565, 2, {1}},
	{3085, 271, 3, {2}},
	{36750, 585, 3, {1}},
	{9702, 613, 4, {2}},
	{14482, 585, 0, {0}},
	{32258, 685, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{36592, 592, 4, {3}},
	{36760, 148, 0, {2, 2}},
	{36781, 152, 0, {2, 16}},
	{36791, 153, 0, {2, 13}},
	{36492, 656, 4, {1}},
	{36801, 159, 0, {2, 9}},
	{36808, 161, 0, {2, 8}},
	{36815, 686, 0, {4}},
	{36824, 156, 0, {2, 22}},
	{36828, 208, 0, {2, 10}},
	{36831, 210, 0, {2, 12}},
	{36842, 212, 0, {2, 11}},
	{36850, 213, 0, {2, 1}},
	{36868, 216, 0, {2, 4}},
	{36878, 222, 0, {2, 3}},
	{36887, 223, 0, {2, 7}},
	{36893, 238, 0, {2, 20}},
	{36899, 592, 4, {7}},
	{36912, 240, 0, {2, 5}},
	{34458, 363, 0, {9}},
	{15105, 585, 4, {5}},
	{36916, 278, 0, {2, 17}},
	{36937, 303, 0, {2, 18}},
	{36952, 307, 0, {2, 15}},
	{16503, 308, 0, {2, 6}},
	{36960, 325, 0, {2, 19}},
	{36629, 585, 4, {6}},
	{36968, 348, 0, {2, 21}},
	{36646, 585, 0, {10}},
	{14827, 585, 0, {8}},
	{36978, 367, 0, {2, 14}},
	{36992, 574, 0, {4}},
	{32665, 585, 4, {2}},
	{13562, 585, 4, {1}},
	{32691, 585, 4, {3}},
	{9695, 585, 4, {2}},
	{37016, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 297, 2, {2}},
	{3185, 298, 2, {3}},
	{36124, 687, 4, {2}},
	{36172, 688, 4, {1}},
	{33322, 560, 0, {1}},
	{37021, 592, 4, {5}},
	{37036, 592, 4, {6}},
	{282, 560, 0, {4}},
	{37054, 592, 4, {2}},
	{37065, 585, 3, {3}},
	{36124, 687, 4, {2}},
	{36172, 688, 4, {1}},
	{37077, 585, 4, {6}},
	{37098, 585, 4, {4}},
	{37119, 585, 4, {5}},
	{37127, 585, 5, {2}},
	{37135, 594, 0, {3}},
	{34328, 585, 5, {1}},
	{37156, 643, 4, {7}},
	{33890, 574, 0, {3}},
	{32725, 574, 0, {4}},
	{32665, 585, 4, {6}},
	{32633, 605, 4, {7}},
	{32691, 585, 4, {5}},
	{3185, 585, 3, {2}},
	{3450, 585, 3, {1}},
	{37172, 592, 4, {1}},
	{35734, 689, 4, {3}},
	{37184, 592, 4, {2}},
	{19305, 585, 4, {1}},
	{33617, 585, 0, {2}},
	{37193, 690, 1, {1}},
	{36230, 585, 3, {2}},
	{13160, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{32258, 691, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{19305, 585, 3, {1}},
	{37209, 585, 3, {1}},
	{19305, 585, 3, {1}},
	{36230, 585, 0, {3}},
	{37223, 585, 0, {4}},
	{19305, 585, 3, {1}},
	{36230, 585, 0, {2}},
	{19305, 585, 3, {1}},
	{37249, 585, 0, {1}},
	{37262, 150, 0, {11}},
	{37278, 605, 0, {5}},
	{37286, 585, 0, {9}},
	{37306, 605, 0, {6}},
	{37317, 613, 0, {3}},
	{37330, 605, 0, {2}},
	{37340, 585, 0, {13}},
	{37360, 324, 0, {1}},
	{37375, 329, 0, {10}},
	{36039, 668, 4, {4}},
	{36299, 585, 0, {12}},
	{37390, 692, 4, {7}},
	{37398, 369, 0, {8}},
	{33904, 605, 0, {5}},
	{37413, 149, 0, {18}},
	{37422, 613, 0, {21}},
	{36219, 693, 1, {2}},
	{37451, 285, 0, {26}},
	{15947, 585, 4, {6}},
	{37461, 613, 0, {30}},
	{37480, 694, 4, {34}},
	{37500, 695, 4, {23}},
	{37516, 613, 4, {13}},
	{37524, 613, 4, {11}},
	{37536, 613, 4, {12}},
	{37544, 613, 0, {37}},
	{35371, 585, 4, {16}},
	{37554, 585, 0, {41}},
	{37571, 696, 4, {15}},
	{37588, 693, 4, {20}},
	{35380, 585, 4, {10}},
	{37603, 697, 4, {7}},
	{37616, 290, 0, {36}},
	{37619, 656, 4, {32}},
	{26437, 585, 0, {31}},
	{37628, 594, 0, {25}},
	{37637, 585, 4, {24}},
	{37655, 698, 4, {28}},
	{37670, 699, 4, {39}},
	{10804, 322, 0, {40}},
	{15920, 585, 4, {3}},
	{37685, 585, 0, {29}},
	{16021, 585, 4, {19}},
	{37702, 700, 4, {38}},
	{37718, 295, 0, {43}},
	{15957, 296, 0, {14}},
	{37734, 585, 4, {9}},
	{37749, 585, 4, {8}},
	{37768, 613, 0, {35}},
	{37786, 613, 0, {27}},
	{37808, 585, 4, {17}},
	{15973, 605, 0, {4}},
	{37818, 701, 4, {22}},
	{37830, 702, 4, {33}},
	{37887, 703, 4, {1}},
	{35226, 656, 4, {19}},
	{19180, 704, 4, {2}},
	{37895, 705, 4, {8}},
	{37913, 705, 4, {13}},
	{37940, 287, 0, {18}},
	{35124, 585, 4, {5}},
	{37968, 706, 4, {16}},
	{37976, 705, 4, {10}},
	{32665, 585, 4, {3}},
	{37998, 707, 4, {21}},
	{38035, 585, 4, {11}},
	{32633, 605, 4, {17}},
	{13562, 585, 4, {1}},
	{38053, 585, 4, {6}},
	{38059, 708, 4, {12}},
	{38066, 585, 4, {9}},
	{32691, 585, 4, {4}},
	{38075, 585, 4, {14}},
	{38082, 709, 4, {15}},
	{10804, 322, 0, {20}},
	{34176, 574, 0, {7}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{32760, 301, 2, {2}},
	{14482, 585, 0, {0}},
	{32258, 710, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{16193, 565, 2, {1}},
	{3085, 297, 2, {2}},
	{33222, 585, 0, {3}},
	{1639, 594, 3, {1}},
	{10933, 585, 3, {2}},
	{9695, 585, 4, {2}},
	{9702, 613, 4, {3}},
	{34449, 585, 3, {1}},
	{38104, 260, 3, {2}},
	{38115, 594, 3, {1}},
	{35955, 207, 0, {1, 1}},
	{16381, 594, 4, {6}},
	{38122, 214, 0, {1, 4}},
	{35960, 218, 0, {1, 2}},
	{38127, 594, 4, {2}},
	{16350, 594, 4, {4}},
	{16364, 594, 4, {5}},
	{35974, 351, 0, {1, 3}},
	{15973, 605, 0, {7}},
	{1028, 594, 4, {3}},
	{10661, 594, 0, {2}},
	{38147, 711, 0, {1}},
	{33316, 585, 4, {5}},
	{9702, 613, 4, {3}},
	{38155, 585, 3, {1}},
	{38164, 585, 4, {6}},
	{16518, 585, 4, {4}},
	{38171, 585, 3, {2}},
	{9695, 585, 4, {3}},
	{34858, 585, 3, {2}},
	{16541, 585, 4, {6}},
	{34740, 592, 1, {1}},
	{16507, 585, 4, {4}},
	{9702, 613, 4, {8}},
	{34760, 335, 0, {7}},
	{16518, 585, 4, {5}},
	{9695, 585, 4, {3}},
	{34858, 585, 3, {2}},
	{16541, 585, 4, {6}},
	{34740, 592, 1, {1}},
	{16507, 585, 4, {4}},
	{9702, 613, 4, {8}},
	{34760, 237, 0, {7}},
	{16518, 585, 4, {5}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 313, 2, {2}},
	{3185, 314, 2, {3}},
	{32725, 574, 0, {3}},
	{32665, 585, 4, {5}},
	{32691, 585, 4, {4}},
	{3185, 585, 3, {2}},
	{3450, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{32258, 712, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{32744, 594, 4, {4}},
	{3657, 594, 0, {1}},
	{32552, 697, 4, {2}},
	{32760, 301, 0, {3}},
	{32940, 594, 4, {5}},
	{19180, 713, 4, {6}},
	{33028, 594, 4, {2}},
	{32633, 605, 4, {3}},
	{32958, 594, 4, {4}},
	{3657, 594, 3, {1}},
	{19305, 585, 3, {1}},
	{34320, 585, 4, {2}},
	{34232, 585, 4, {1}},
	{38178, 549, 0, {3}},
	{33336, 585, 3, {2}},
	{38186, 585, 4, {2}},
	{32665, 585, 0, {6}},
	{38193, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 320, 2, {2}},
	{3185, 321, 2, {3}},
	{14482, 585, 0, {0}},
	{32258, 714, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{38204, 656, 4, {1}},
	{38209, 327, 0, {3}},
	{38223, 592, 4, {2}},
	{38204, 656, 4, {1}},
	{38230, 656, 4, {2}},
	{38235, 715, 4, {3}},
	{36028, 656, 4, {1}},
	{38242, 656, 4, {2}},
	{19305, 585, 3, {1}},
	{10804, 716, 4, {2}},
	{38263, 585, 4, {4}},
	{38269, 585, 4, {2}},
	{3450, 585, 4, {3}},
	{16518, 585, 4, {1}},
	{9695, 585, 4, {9}},
	{38274, 585, 3, {1}},
	{38282, 585, 4, {5}},
	{9702, 613, 4, {10}},
	{34760, 335, 1, {3}},
	{38299, 613, 4, {4}},
	{17331, 585, 4, {7}},
	{38310, 585, 4, {6}},
	{38322, 585, 3, {2}},
	{35723, 585, 4, {8}},
	{9695, 585, 4, {9}},
	{38274, 585, 3, {1}},
	{38282, 585, 4, {5}},
	{9702, 613, 4, {10}},
	{34760, 237, 1, {3}},
	{38299, 613, 4, {4}},
	{17331, 585, 4, {7}},
	{38310, 585, 4, {6}},
	{38322, 585, 3, {2}},
	{35723, 585, 4, {8}},
	{36390, 717, 4, {1}},
	{25441, 585, 3, {2}},
	{38329, 585, 3, {1}},
	{34246, 592, 4, {3}},
	{34499, 585, 0, {2}},
	{3450, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{32711, 646, 4, {2}},
	{34790, 613, 0, {5}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{38339, 643, 4, {4}},
	{3450, 585, 4, {3}},
	{19305, 585, 4, {1, 1}},
	{34770, 613, 0, {2}},
	{32186, 585, 3, {2}},
	{19305, 585, 4, {1, 1}},
	{34770, 613, 0, {3}},
	{14482, 585, 0, {0}},
	{32258, 718, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{32258, 648, 4, {2}},
	{19305, 585, 4, {1, 1}},
	{34770, 613, 0, {4}},
	{19305, 585, 4, {1}},
	{32518, 585, 4, {2}},
	{10661, 594, 0, {3}},
	{32258, 648, 4, {2}},
	{34770, 613, 0, {4}},
	{34544, 585, 4, {1}},
	{38350, 613, 0, {7}},
	{37262, 150, 0, {12}},
	{38375, 158, 0, {1}},
	{38388, 613, 0, {2}},
	{38399, 585, 0, {9}},
	{38409, 613, 0, {6}},
	{37306, 605, 0, {8}},
	{37317, 613, 0, {5}},
	{37330, 605, 0, {4}},
	{37360, 324, 0, {3}},
	{37375, 329, 0, {11}},
	{37398, 369, 0, {10}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 344, 2, {2}},
	{3185, 345, 2, {3}},
	{14482, 585, 0, {0}},
	{37422, 613, 0, {4}},
	{37571, 719, 4, {3}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{38432, 720, 4, {2}},
	{14482, 585, 0, {0}},
	{32258, 721, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{38440, 585, 4, {1}},
	{4995, 605, 0, {2}},
	{12484, 585, 3, {3}},
	{14482, 585, 0, {0}},
	{32258, 722, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{35399, 585, 0, {6}},
	{19305, 585, 4, {1}},
	{38449, 594, 4, {5}},
	{1639, 594, 3, {3}},
	{10933, 585, 4, {2}},
	{18109, 577, 0, {4}},
	{38458, 613, 0, {20}},
	{38488, 585, 4, {3}},
	{38498, 592, 4, {18}},
	{38509, 592, 4, {5}},
	{38521, 585, 4, {10}},
	{38534, 585, 4, {11}},
	{38556, 594, 4, {12}},
	{38576, 585, 0, {22}},
	{38598, 592, 4, {19}},
	{38609, 585, 0, {17}},
	{38624, 585, 0, {21}},
	{38642, 585, 4, {8}},
	{38657, 592, 4, {9}},
	{34888, 723, 4, {1}},
	{38697, 613, 4, {13}},
	{32552, 697, 4, {2}},
	{18156, 585, 4, {7}},
	{38722, 346, 0, {14}},
	{38744, 585, 0, {23}},
	{3450, 585, 4, {4}},
	{19180, 724, 4, {2}},
	{18213, 236, 2, {1}},
	{38764, 163, 0, {1}},
	{38773, 605, 3, {1}},
	{9695, 585, 4, {3}},
	{9702, 613, 4, {4}},
	{34760, 266, 0, {5}},
	{35723, 585, 4, {1}},
	{38781, 585, 4, {2}},
	{9695, 585, 4, {3}},
	{9702, 613, 4, {4}},
	{34760, 237, 0, {5}},
	{35723, 585, 4, {1}},
	{38781, 585, 4, {2}},
	{19305, 585, 3, {1}},
	{33617, 585, 3, {2}},
	{35697, 585, 4, {2}},
	{1639, 577, 1, {1}},
	{38797, 585, 3, {3}},
	{32186, 585, 3, {1}},
	{38804, 574, 0, {4}},
	{33617, 585, 4, {2}},
	{38797, 585, 4, {4}},
	{32186, 585, 4, {1}},
	{25441, 585, 4, {2}},
	{38814, 605, 0, {5}},
	{33617, 585, 4, {3}},
	{32186, 585, 3, {1}},
	{34246, 592, 1, {2}},
	{38832, 725, 4, {1}},
	{33322, 560, 0, {4}},
	{37021, 592, 4, {8}},
	{38854, 594, 3, {1}},
	{38862, 594, 0, {5}},
	{38873, 585, 0, {6}},
	{38892, 585, 0, {7}},
	{37065, 585, 3, {2}},
	{38909, 585, 3, {3}},
	{24192, 585, 0, {1}},
	{9685, 585, 3, {2}},
	{19305, 585, 3, {3}},
	{24192, 585, 0, {1}},
	{9685, 585, 3, {2}},
	{19305, 585, 3, {3}},
	{32518, 585, 0, {4}},
	{36760, 148, 0, {2, 4}},
	{36781, 152, 0, {2, 22}},
	{36791, 154, 0, {2, 18}},
	{36801, 160, 0, {2, 14}},
	{36808, 162, 0, {2, 13}},
	{36266, 174, 0, {2, 19}},
	{36824, 157, 0, {2, 28}},
	{38927, 191, 0, {2, 16}},
	{38939, 192, 0, {2, 2}},
	{38948, 202, 0, {2, 29}},
	{36828, 208, 0, {2, 17}},
	{36831, 211, 0, {2, 12}},
	{36842, 212, 0, {2, 15}},
	{36850, 213, 0, {2, 3}},
	{38958, 215, 0, {2, 5}},
	{36868, 217, 0, {2, 9}},
	{36878, 222, 0, {2, 1}},
	{34858, 225, 0, {2, 30}},
	{36887, 224, 0, {2, 8}},
	{19305, 585, 3, {1}},
	{36912, 240, 0, {2, 7}},
	{38966, 274, 0, {2, 10}},
	{36916, 278, 0, {2, 23}},
	{36937, 303, 0, {2, 24}},
	{38988, 306, 0, {2, 26}},
	{36952, 307, 0, {2, 21}},
	{16503, 309, 0, {2, 11}},
	{36960, 326, 0, {2, 25}},
	{38998, 336, 0, {2, 6}},
	{36968, 349, 0, {2, 27}},
	{36978, 367, 0, {2, 20}},
	{34516, 585, 3, {2}},
	{19305, 585, 3, {1}},
	{35062, 585, 3, {3}},
	{39005, 585, 0, {5}},
	{19305, 585, 3, {1}},
	{9702, 613, 4, {2}},
	{39022, 585, 0, {7}},
	{39040, 585, 4, {4}},
	{39048, 585, 4, {6}},
	{35062, 585, 3, {2}},
	{19305, 585, 3, {1}},
	{9702, 613, 4, {3}},
	{39022, 585, 0, {4}},
	{39060, 366, 0, {5}},
	{39073, 258, 0, {1}},
	{39082, 164, 0, {5}},
	{36266, 173, 0, {3}},
	{38927, 189, 0, {2}},
	{39101, 283, 0, {6}},
	{38998, 334, 0, {1}},
	{39116, 341, 0, {4}},
	{36028, 656, 4, {1}},
	{38242, 656, 4, {2}},
	{34858, 226, 0, {1}},
	{9695, 585, 4, {2}},
	{39136, 585, 4, {4}},
	{39152, 585, 4, {3}},
	{39170, 585, 3, {1}},
	{39181, 281, 3, {2}},
	{38115, 594, 3, {1}},
	{39197, 585, 0, {2}},
	{39216, 585, 0, {1}},
	{39239, 613, 0, {4}},
	{39251, 585, 0, {3}},
	{35411, 599, 1, {1}},
	{19180, 371, 2, {2}},
	{39265, 643, 4, {5}},
	{39284, 372, 0, {8}},
	{35371, 585, 0, {3}},
	{35380, 585, 0, {6}},
	{35389, 266, 0, {4}},
	{39290, 585, 0, {7}},
	{34170, 613, 0, {1}},
	{39295, 613, 0, {2}},
	{34196, 613, 0, {3}},
	{39303, 726, 4, {2}},
	{39312, 727, 4, {1}},
	{35399, 585, 0, {4}},
	{19305, 585, 0, {1}},
	{1639, 594, 0, {3}},
	{10933, 585, 0, {2}},
	{39321, 585, 3, {4}},
	{14482, 585, 0, {0}},
	{35794, 728, 0, {2}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{34888, 729, 0, {3}},
	{14482, 585, 0, {0}},
	{32258, 730, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{19305, 585, 3, {1}},
	{19305, 585, 3, {1}},
	{34253, 585, 4, {6}},
	{14482, 585, 0, {0}},
	{39333, 594, 4, {15}},
	{39349, 574, 0, {13}},
	{39374, 574, 0, {14}},
	{39398, 206, 2, {12}},
	{35557, 564, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{39415, 585, 4, {10}},
	{32691, 585, 4, {7}},
	{39420, 266, 2, {8}},
	{35611, 266, 0, {9}},
	{39430, 585, 4, {4}},
	{35638, 585, 4, {5}},
	{35656, 380, 0, {3}},
	{3450, 585, 4, {11}},
	{14482, 585, 0, {0}},
	{32258, 731, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{25354, 594, 3, {1}},
	{35670, 564, 1, {2}},
	{19729, 594, 0, {2}},
	{19704, 594, 0, {1}},
	{3450, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 386, 2, {2}},
	{3185, 387, 2, {3}},
	{32725, 574, 0, {3}},
	{32665, 585, 4, {5}},
	{32691, 585, 4, {4}},
	{3185, 585, 4, {2}},
	{3450, 585, 4, {1}},
	{14482, 585, 0, {0}},
	{32258, 732, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{39450, 382, 0, {3}},
	{20068, 594, 2, {2}},
	{39470, 396, 3, {1}},
	{32405, 733, 4, {4}},
	{19180, 734, 4, {1}},
	{19305, 585, 3, {1}},
	{39497, 399, 0, {2}},
	{3450, 585, 3, {1}},
	{39505, 594, 0, {4}},
	{19729, 594, 0, {3}},
	{39527, 389, 2, {2}},
	{19704, 594, 0, {1}},
	{33280, 599, 1, {6}},
	{33296, 599, 1, {1}},
	{33448, 735, 4, {3}},
	{32244, 736, 4, {2}},
	{39541, 737, 1, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 397, 2, {2}},
	{3185, 398, 2, {3}},
	{32725, 574, 0, {3}},
	{32665, 585, 4, {5}},
	{32691, 585, 4, {4}},
	{3185, 585, 4, {2}},
	{3450, 585, 4, {1}},
	{14482, 585, 0, {0}},
	{32258, 738, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{19305, 585, 3, {1}},
	{20764, 381, 0, {3}},
	{39550, 390, 0, {2}},
	{3450, 585, 3, {1}},
	{19180, 739, 4, {1}},
	{20901, 594, 2, {2}},
	{20910, 594, 2, {3}},
	{20894, 594, 2, {1}},
	{32471, 599, 1, {2}},
	{39558, 613, 4, {4}},
	{37054, 599, 0, {5}},
	{10804, 599, 1, {3}},
	{33296, 599, 1, {1}},
	{19305, 585, 3, {2}},
	{32518, 585, 3, {1}},
	{33316, 388, 0, {3}},
	{9685, 585, 3, {1}},
	{37734, 401, 0, {4}},
	{16518, 403, 0, {2}},
	{19305, 585, 3, {1}},
	{39571, 411, 3, {2}},
	{12484, 585, 4, {1}},
	{39579, 585, 1, {3}},
	{39588, 740, 1, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 408, 3, {2}},
	{14482, 585, 0, {0}},
	{32258, 741, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{39594, 432, 1, {1}},
	{39604, 585, 3, {1}},
	{39609, 592, 4, {2}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 422, 2, {2}},
	{3185, 423, 2, {3}},
	{33336, 357, 0, {3}},
	{12313, 421, 0, {4}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 415, 2, {2}},
	{14482, 585, 0, {0}},
	{32258, 742, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{24192, 585, 0, {1}},
	{9685, 585, 3, {2}},
	{19305, 585, 3, {3}},
	{32518, 585, 0, {5}},
	{1427, 585, 0, {4}},
	{39616, 585, 4, {1}},
	{39627, 414, 0, {2}},
	{14482, 585, 0, {0}},
	{32258, 743, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{35371, 585, 4, {2}},
	{13160, 585, 4, {1}},
	{34888, 744, 4, {4}},
	{36058, 745, 4, {1}},
	{33222, 585, 0, {3}},
	{1639, 594, 3, {1}},
	{10933, 585, 3, {2}},
	{35697, 585, 4, {1}},
	{39638, 405, 0, {2, 1}},
	{19305, 585, 3, {1}},
	{1639, 433, 2, {2}},
	{39643, 411, 0, {1}},
	{39658, 585, 0, {4}},
	{32405, 746, 4, {3}},
	{39675, 747, 4, {2}},
	{18213, 418, 2, {1}},
	{39679, 592, 4, {1}},
	{34544, 585, 4, {2}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 431, 2, {2}},
	{34888, 748, 4, {1}},
	{39685, 749, 4, {2}},
	{39688, 749, 4, {2}},
	{34888, 748, 4, {1}},
	{14482, 585, 0, {0}},
	{32258, 750, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{39693, 409, 0, {3}},
	{282, 560, 0, {2}},
	{22552, 560, 0, {1}},
	{39701, 594, 0, {3}},
	{1639, 577, 0, {2}},
	{10933, 585, 0, {1}},
	{39709, 751, 4, {3}},
	{36058, 752, 4, {2}},
	{22552, 560, 2, {1}},
	{22564, 592, 4, {4}},
	{33316, 585, 4, {1}},
	{19305, 585, 5, {4}},
	{32518, 585, 4, {3}},
	{33336, 585, 5, {2}},
	{19305, 585, 4, {1}},
	{39716, 594, 4, {2}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 436, 2, {2}},
	{3185, 437, 2, {3}},
	{14482, 585, 0, {0}},
	{32258, 753, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{39723, 592, 4, {1}},
	{19180, 724, 4, {1}},
	{39729, 656, 4, {1}},
	{14482, 585, 0, {0}},
	{39738, 585, 3, {2}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{37619, 438, 0, {3}},
	{39746, 441, 0, {4}},
	{14482, 585, 0, {0}},
	{32258, 754, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{37603, 697, 4, {1}},
	{37818, 701, 4, {2}},
	{14482, 585, 0, {0}},
	{39757, 556, 0, {2}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 445, 2, {2}},
	{3185, 446, 2, {3}},
	{14482, 585, 0, {0}},
	{32258, 755, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{4037, 577, 0, {3}},
	{39771, 577, 0, {1}},
	{32552, 560, 0, {2}},
	{39784, 585, 0, {4}},
	{19180, 724, 4, {7}},
	{39811, 594, 2, {4}},
	{39826, 594, 2, {5}},
	{39841, 756, 4, {2}},
	{39855, 594, 2, {3}},
	{39874, 594, 2, {6}},
	{32633, 605, 4, {1}},
	{39887, 757, 4, {1}},
	{39908, 447, 0, {3}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{32405, 758, 0, {2}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{39924, 457, 3, {3}},
	{39541, 759, 4, {2}},
	{14482, 585, 0, {0}},
	{32258, 760, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{14482, 585, 0, {0}},
	{32258, 761, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{32471, 592, 4, {2}},
	{33280, 592, 4, {5}},
	{32504, 592, 4, {4}},
	{10804, 592, 4, {3}},
	{33296, 592, 1, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{32405, 758, 0, {2}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{39924, 457, 3, {3}},
	{39541, 759, 4, {2}},
	{14482, 585, 0, {0}},
	{32258, 762, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{14482, 585, 0, {0}},
	{32258, 763, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{24192, 585, 2, {1}},
	{9685, 585, 3, {2}},
	{19305, 585, 3, {3}},
	{24192, 585, 4, {2}},
	{9685, 585, 3, {1}},
	{19305, 585, 3, {3}},
	{32518, 585, 4, {4}},
	{19180, 604, 0, {4}},
	{32711, 576, 0, {5}},
	{39932, 585, 3, {3}},
	{34634, 585, 3, {1}},
	{39939, 487, 0, {6}},
	{16507, 585, 3, {2}},
	{39951, 585, 0, {7}},
	{39959, 574, 0, {5}},
	{39979, 469, 2, {1}},
	{37603, 258, 0, {3}},
	{32175, 585, 3, {1}},
	{12659, 549, 0, {1}},
	{39987, 463, 0, {4}},
	{39998, 764, 4, {3}},
	{35999, 549, 0, {2}},
	{36024, 549, 1, {1}},
	{40010, 549, 0, {3}},
	{38242, 656, 4, {1}},
	{33617, 549, 1, {1}},
	{40015, 765, 5, {2}},
	{19305, 585, 3, {1}},
	{40024, 613, 0, {7}},
	{40033, 613, 0, {12}},
	{40058, 766, 4, {2}},
	{40069, 592, 4, {10}},
	{40087, 592, 4, {11}},
	{40112, 613, 0, {9}},
	{36492, 767, 4, {3}},
	{40124, 768, 4, {4}},
	{19305, 585, 3, {1}},
	{40141, 769, 4, {13}},
	{35380, 585, 0, {5}},
	{37603, 258, 0, {6}},
	{36471, 770, 4, {8}},
	{40173, 489, 0, {3, 1}},
	{38242, 592, 4, {2}},
	{35663, 585, 3, {1}},
	{36501, 771, 4, {2}},
	{40180, 772, 4, {1}},
	{40188, 613, 0, {3}},
	{40193, 773, 4, {7}},
	{40199, 605, 0, {2}},
	{40203, 668, 4, {6}},
	{40208, 585, 0, {4}},
	{40215, 592, 4, {8}},
	{33357, 585, 0, {5}},
	{40223, 592, 4, {9}},
	{40232, 462, 0, {2}},
	{33617, 549, 1, {1}},
	{36501, 774, 4, {3}},
	{40246, 775, 4, {2}},
	{38242, 776, 0, {1}},
	{40173, 489, 0, {2, 1}},
	{38242, 592, 4, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 477, 3, {2}},
	{40173, 489, 0, {1, 1}},
	{14482, 585, 0, {0}},
	{32258, 777, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{36501, 778, 4, {2}},
	{40258, 585, 0, {4}},
	{40279, 779, 4, {1}},
	{40289, 585, 0, {3}},
	{40307, 585, 0, {2}},
	{38242, 592, 4, {1}},
	{40322, 585, 3, {1}},
	{40015, 765, 5, {2}},
	{40333, 486, 0, {2}},
	{40341, 780, 4, {3}},
	{19305, 585, 3, {1}},
	{40356, 613, 0, {5}},
	{40069, 592, 4, {7}},
	{40087, 592, 4, {8}},
	{40368, 656, 4, {10}},
	{39932, 585, 3, {4}},
	{34634, 585, 3, {2}},
	{16507, 585, 3, {3}},
	{34320, 585, 3, {1}},
	{39951, 585, 0, {9}},
	{37818, 781, 4, {6}},
	{40385, 461, 0, {1}},
	{25339, 585, 4, {4}},
	{36492, 464, 0, {7}},
	{25354, 605, 4, {5}},
	{40389, 585, 3, {2}},
	{19305, 585, 3, {1}},
	{40279, 779, 4, {3}},
	{37818, 781, 4, {6}},
	{38797, 585, 3, {3}},
	{32186, 585, 3, {1}},
	{38804, 574, 0, {4}},
	{33617, 585, 4, {2}},
	{38797, 585, 4, {4}},
	{32186, 585, 4, {1}},
	{25441, 585, 4, {2}},
	{38814, 605, 0, {5}},
	{33617, 585, 4, {3}},
	{40356, 613, 0, {5}},
	{25339, 585, 4, {3}},
	{36492, 464, 0, {7}},
	{25354, 605, 4, {4}},
	{40389, 585, 3, {1}},
	{40279, 779, 4, {2}},
	{37818, 781, 4, {6}},
	{40405, 585, 4, {3}},
	{40421, 585, 4, {1}},
	{40435, 592, 4, {2}},
	{40439, 549, 0, {2}},
	{40460, 585, 0, {1}},
	{34634, 585, 3, {1}},
	{39627, 576, 1, {2}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 493, 3, {2}},
	{3185, 494, 2, {3}},
	{24192, 585, 4, {1}},
	{19305, 585, 3, {4}},
	{33336, 585, 3, {3}},
	{33144, 585, 3, {5}},
	{14482, 585, 0, {0}},
	{32258, 782, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{39979, 472, 2, {1}},
	{40472, 460, 0, {1}},
	{39979, 783, 4, {4}},
	{40511, 784, 4, {2}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 497, 3, {2}},
	{14482, 585, 0, {0}},
	{32258, 785, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{16193, 565, 2, {1}},
	{3085, 493, 3, {2}},
	{40528, 605, 3, {2}},
	{19305, 585, 3, {1}},
	{40539, 605, 3, {3}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 501, 3, {2}},
	{14482, 585, 0, {0}},
	{32258, 786, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{40024, 613, 0, {5}},
	{39979, 787, 4, {6}},
	{34634, 585, 3, {1}},
	{35380, 585, 0, {3}},
	{37603, 258, 0, {4}},
	{40558, 613, 0, {7}},
	{16507, 498, 3, {2}},
	{40581, 788, 4, {8}},
	{14482, 585, 0, {0}},
	{40596, 585, 4, {4}},
	{40608, 613, 4, {3}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{26437, 585, 0, {5}},
	{33617, 594, 2, {2}},
	{14482, 585, 0, {0}},
	{32258, 789, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 506, 3, {2}},
	{14482, 585, 0, {0}},
	{32258, 790, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{26738, 613, 0, {1}},
	{26808, 585, 0, {5}},
	{40622, 605, 0, {9}},
	{26753, 613, 0, {2}},
	{40657, 613, 0, {11}},
	{26858, 613, 0, {7}},
	{26876, 613, 0, {8}},
	{40687, 613, 0, {10}},
	{26768, 613, 0, {4}},
	{40716, 791, 4, {6}},
	{26837, 599, 4, {3}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 510, 3, {2}},
	{14209, 524, 0, {4}},
	{19305, 585, 3, {1}},
	{40730, 585, 3, {2}},
	{40737, 592, 0, {3}},
	{14482, 585, 0, {0}},
	{32258, 792, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{40750, 793, 1, {1}},
	{14482, 585, 0, {0}},
	{36492, 549, 0, {4}},
	{9685, 585, 0, {0}},
	{40758, 549, 0, {5}},
	{16193, 565, 2, {1}},
	{40776, 560, 0, {2}},
	{36629, 585, 3, {3}},
	{14482, 585, 0, {0}},
	{32258, 794, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{40789, 613, 0, {6}},
	{40810, 795, 4, {8}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{36899, 592, 4, {5}},
	{39627, 643, 4, {3}},
	{40828, 585, 3, {2}},
	{27286, 585, 0, {4}},
	{27310, 585, 0, {7}},
	{14482, 585, 0, {0}},
	{32258, 796, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{38440, 585, 3, {1}},
	{4995, 605, 0, {2}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 519, 3, {2}},
	{3185, 520, 2, {3}},
	{14482, 585, 0, {0}},
	{32258, 797, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{40840, 276, 0, {2}},
	{40857, 585, 0, {1}},
	{40878, 585, 3, {1}},
	{35380, 585, 3, {3}},
	{35663, 518, 3, {2}},
	{40887, 523, 0, {3}},
	{40899, 613, 3, {1}},
	{40908, 643, 4, {2}},
	{40927, 523, 0, {4}},
	{14482, 585, 0, {0}},
	{40939, 585, 3, {2}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{39627, 643, 4, {3}},
	{14482, 585, 0, {0}},
	{32258, 798, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{40950, 594, 0, {3}},
	{32665, 585, 4, {2}},
	{40960, 574, 0, {1}},
	{25354, 594, 0, {1}},
	{40596, 585, 4, {4}},
	{40965, 585, 4, {3}},
	{40972, 585, 3, {6}},
	{19305, 585, 3, {1}},
	{37628, 594, 4, {5}},
	{3450, 585, 3, {2}},
	{3666, 585, 3, {1}},
	{40981, 548, 0, {2}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 531, 3, {2}},
	{3185, 532, 2, {3}},
	{32725, 574, 0, {3}},
	{32665, 585, 4, {5}},
	{32633, 605, 4, {6}},
	{32691, 585, 4, {4}},
	{3185, 585, 3, {2}},
	{3450, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{32258, 799, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{40989, 592, 4, {6}},
	{9685, 585, 3, {4}},
	{41000, 585, 4, {5}},
	{41009, 585, 3, {1}},
	{41016, 592, 4, {3}},
	{41027, 585, 4, {2}},
	{28681, 526, 0, {9}},
	{33316, 585, 3, {1}},
	{35108, 530, 3, {3}},
	{41036, 613, 4, {10}},
	{1427, 585, 3, {4}},
	{40223, 800, 1, {7}},
	{41058, 530, 2, {2}},
	{19180, 801, 0, {1}},
	{32633, 605, 4, {4}},
	{41072, 592, 0, {3}},
	{41087, 802, 4, {6}},
	{41112, 613, 4, {7}},
	{41123, 585, 0, {8}},
	{19305, 585, 3, {1}},
	{41142, 537, 0, {4}},
	{41149, 803, 4, {9}},
	{41166, 613, 3, {2}},
	{41173, 613, 3, {3}},
	{41181, 536, 0, {5}},
	{41194, 585, 0, {3}},
	{41212, 585, 3, {1}},
	{41229, 585, 3, {2}},
	{41248, 534, 0, {2}},
	{3185, 535, 0, {1}},
	{41254, 540, 0, {1}},
	{40596, 585, 4, {1}},
	{32707, 585, 4, {2}},
	{41270, 585, 0, {3}},
	{41275, 585, 4, {2}},
	{41283, 542, 0, {33}},
	{41299, 542, 0, {30}},
	{41320, 804, 4, {25}},
	{41326, 804, 4, {27}},
	{12659, 539, 0, {8}},
	{41332, 805, 4, {34}},
	{41344, 806, 4, {32}},
	{40596, 585, 4, {4}},
	{41357, 807, 4, {20}},
	{41362, 539, 0, {36}},
	{41370, 613, 4, {10}},
	{41387, 613, 4, {12}},
	{41404, 538, 0, {35}},
	{40965, 585, 4, {6}},
	{41417, 585, 4, {1}},
	{32258, 541, 0, {24}},
	{41420, 605, 0, {16}},
	{41429, 605, 0, {13}},
	{41439, 605, 0, {21}},
	{41453, 808, 0, {9}},
	{41461, 605, 0, {17}},
	{41470, 605, 0, {14}},
	{41480, 605, 0, {22}},
	{41494, 808, 0, {11}},
	{41502, 808, 0, {19}},
	{41513, 540, 0, {28}},
	{41517, 613, 4, {37}},
	{41526, 804, 4, {26}},
	{41532, 585, 4, {15}},
	{41540, 805, 4, {31}},
	{41558, 805, 4, {29}},
	{39073, 592, 4, {23}},
	{41569, 585, 4, {7}},
	{3450, 585, 4, {5}},
	{41575, 613, 4, {18}},
	{41587, 613, 4, {39}},
	{41618, 613, 4, {40}},
	{41645, 592, 4, {41}},
	{41672, 585, 0, {42}},
	{41695, 585, 0, {43}},
	{41717, 613, 0, {38}},
	{41754, 809, 4, {44}},
	{40972, 585, 3, {1}},
	{19305, 585, 3, {2}},
	{32518, 585, 3, {1}},
	{12484, 585, 0, {3}},
	{1639, 594, 0, {4}},
	{36582, 585, 4, {5}},
	{32665, 585, 4, {2}},
	{32673, 585, 4, {3}},
	{41790, 613, 0, {6}},
	{32691, 585, 0, {4}},
	{41785, 585, 3, {1}},
	{32698, 608, 4, {2}},
	{12313, 545, 0, {1}},
	{32707, 585, 0, {3}},
	{32392, 547, 0, {2}},
	{41806, 592, 1, {3}},
	{14482, 585, 4, {0}},
	{9685, 585, 4, {0}},
	{19305, 585, 3, {1}},
	{41831, 559, 2, {3}},
	{41848, 810, 4, {4}},
	{40223, 811, 1, {2}},
	{14482, 585, 4, {0}},
	{33234, 812, 1, {1}},
	{9685, 585, 4, {0}},
	{40989, 592, 4, {7}},
	{33316, 585, 4, {8}},
	{9685, 585, 3, {3}},
	{19305, 585, 3, {1}},
	{41875, 613, 3, {2}},
	{41016, 592, 4, {5}},
	{41886, 585, 3, {6}},
	{41899, 585, 4, {10}},
	{33296, 592, 1, {4}},
	{33357, 585, 4, {9}},
	{14482, 585, 4, {0}},
	{41918, 585, 3, {1}},
	{9685, 585, 4, {0}},
	{10804, 813, 1, {2}},
	{14482, 585, 4, {0}},
	{9685, 585, 4, {0}},
	{41848, 810, 1, {2}},
	{40223, 592, 1, {1}},
	{32725, 574, 1, {4}},
	{32665, 585, 3, {6}},
	{32633, 605, 4, {3}},
	{32691, 585, 3, {5}},
	{3185, 585, 3, {2}},
	{3450, 585, 3, {1}},
	{14482, 585, 4, {0}},
	{41931, 592, 4, {5}},
	{41938, 605, 0, {1}},
	{41957, 613, 0, {6}},
	{9685, 585, 4, {0}},
	{42006, 613, 0, {3}},
	{42023, 568, 0, {2}},
	{42037, 585, 0, {4}},
	{32186, 585, 3, {1}},
	{25441, 585, 3, {2}},
	{34246, 592, 4, {3}},
	{41918, 585, 3, {1}},
	{33357, 585, 3, {2}},
	{36390, 623, 4, {2}},
	{42055, 643, 4, {1}},
	{32186, 585, 3, {1}},
	{25441, 585, 3, {2}},
	{34246, 592, 4, {3}},
	{42067, 585, 4, {3}},
	{42076, 605, 0, {4}},
	{34817, 585, 4, {2}},
	{42095, 585, 4, {1}},
	{42104, 570, 0, {5}},
	{14482, 585, 4, {3}},
	{42114, 585, 4, {6}},
	{42125, 558, 0, {7}},
	{42134, 585, 4, {1}},
	{42142, 585, 4, {2}},
	{33345, 585, 4, {8}},
	{40960, 574, 0, {4}},
	{42152, 643, 4, {12}},
	{42164, 574, 0, {8}},
	{42182, 605, 0, {10}},
	{42209, 574, 0, {9}},
	{36105, 677, 4, {14}},
	{42227, 585, 4, {2}},
	{40528, 605, 4, {7}},
	{42240, 643, 4, {11}},
	{42247, 814, 0, {17}},
	{19305, 585, 4, {1}},
	{32518, 585, 4, {3}},
	{42261, 815, 4, {13}},
	{34817, 585, 4, {6}},
	{42095, 585, 4, {4}},
	{33144, 585, 4, {5}},
	{14482, 585, 3, {5}},
	{42277, 613, 0, {7}},
	{39616, 613, 0, {6}},
	{9685, 585, 3, {1}},
	{19305, 585, 3, {3}},
	{33144, 585, 3, {4}},
	{34817, 585, 0, {2}},
	{33144, 585, 0, {1}},
	{42296, 585, 3, {1}},
	{42307, 585, 3, {2}},
	{32552, 585, 3, {1}},
	{14482, 585, 4, {0}},
	{42321, 594, 4, {6}},
	{42326, 573, 0, {5}},
	{9685, 585, 4, {0}},
	{32665, 585, 4, {3}},
	{16193, 562, 2, {1}},
	{32691, 585, 4, {4}},
	{3185, 585, 4, {2}},
	{42334, 585, 4, {3}},
	{32665, 585, 4, {2}},
	{32691, 585, 4, {1}},
	{42340, 816, 4, {4}},
	{33316, 585, 4, {2}},
	{9685, 585, 4, {3}},
	{19305, 585, 4, {1}},
	{42347, 594, 4, {5}},
	{33144, 585, 4, {6}},
	{33733, 576, 1, {2}},
	{3450, 585, 3, {1}},
	{42365, 585, 1, {0}},
	{42375, 585, 1, {0}},
	{42384, 585, 0, {0}},
	{42399, 585, 0, {0}},
	{42414, 585, 1, {0}},
	{42424, 585, 1, {0}},
	{42437, 585, 1, {0}},
	{42448, 585, 1, {0}},
	{42458, 585, 1, {0}},
	{42464, 585, 0, {0}},
	{42486, 585, 0, {0}},
	{42508, 585, 1, {0}},
	{42514, 585, 1, {0}},
	{14482, 585, 0, {0}},
	{9685, 585, 0, {0}},
	{16193, 565, 2, {1}},
	{3085, 582, 2, {2}},
	{3185, 583, 2, {3}},
	{32725, 574, 0, {3}},
	{32665, 585, 4, {5}},
	{32691, 585, 4, {4}},
	{3185, 585, 3, {2}},
	{3450, 585, 3, {1}},
	{14482, 585, 0, {0}},
	{32258, 817, 1, {2}},
	{9685, 585, 0, {0}},
	{16193, 562, 2, {1}},
	{32698, 608, 4, {5}},
	{33316, 585, 4, {2}},
	{42523, 594, 3, {7}},
	{42544, 613, 4, {4}},
	{12313, 584, 0, {1}},
	{33357, 585, 4, {3}},
	{42566, 594, 3, {8}},
	{19180, 818, 4, {1}},
	{19305, 585, 4, {2}},
	{32518, 585, 4, {1}},
	{1639, 594, 0, {3}},
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
	{18109, 0, 0, 0, DEFAULT_TARGET_PORT, RULE_CODE, RULE_ALWAYS, 1},
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

const struct api_mark api_marks[] = {
	{6, 42582, 42610},
	{12, 42633, 42663},
	{12, 42681, 42716},
	{13, 42582, 42610},
	{13, 42633, 42663},
	{13, 42681, 42716},
	{13, 42737, 42765},
	{16, 42806, 42832},
	{17, 42867, 42900},
	{17, 42943, 42965},
	{20, 42867, 42900},
	{20, 42943, 42965},
	{26, 42994, 43034},
	{28, 42633, 42663},
	{30, 42582, 42610},
	{30, 42633, 42663},
	{30, 42737, 42765},
	{43, 43058, 43079},
	{49, 43058, 43108},
	{63, 43137, 43173},
	{65, 43058, 43079},
	{125, 43201, 43235},
	{130, 43264, 43295},
	{130, 43320, 43357},
	{134, 43390, 43415},
	{136, 43430, 43453},
	{143, 43494, 43523},
	{150, 43058, 43871},
	{150, 43915, 43935},
	{152, 44029, 44060},
	{152, 44072, 44100},
	{152, 44132, 44158},
	{152, 44165, 44189},
	{152, 44198, 44219},
	{152, 44252, 44280},
	{169, 44286, 44310},
	{170, 44286, 44310},
	{173, 44286, 44310},
	{174, 44286, 44310},
	{175, 44313, 44345},
	{175, 44379, 44420},
	{178, 44453, 44481},
	{178, 44487, 44512},
	{186, 44533, 44560},
	{194, 44487, 44512},
	{201, 44313, 44345},
	{201, 44379, 44420},
	{209, 45305, 44280},
	{214, 45333, 44310},
	{218, 45360, 45383},
	{222, 43058, 45400},
	{223, 45495, 45529},
	{224, 45495, 45529},
	{225, 45539, 44345},
	{228, 44533, 44560},
	{237, 44286, 44310},
	{239, 45566, 45589},
	{245, 45627, 45649},
	{256, 44286, 44310},
	{259, 43390, 45674},
	{262, 45627, 45723},
	{271, 45758, 45792},
	{271, 45860, 45887},
	{272, 45627, 46169},
	{272, 45758, 45792},
	{272, 45910, 45973},
	{272, 46099, 46158},
	{276, 45758, 45792},
	{276, 45860, 45887},
	{276, 46196, 46158},
	{276, 46238, 46284},
	{277, 45627, 46314},
	{295, 43915, 46366},
	{296, 46429, 46465},
	{296, 46493, 46534},
	{297, 46553, 46579},
	{297, 46639, 46672},
	{297, 46705, 46735},
	{298, 45627, 46766},
	{298, 46819, 46844},
	{302, 44487, 44512},
	{308, 46884, 46911},
	{308, 46931, 46955},
	{308, 46961, 46985},
	{309, 46884, 46911},
	{309, 46931, 46955},
	{309, 46961, 46985},
	{313, 46993, 47028},
	{313, 47030, 47058},
	{320, 47060, 47089},
	{325, 44132, 47219},
	{325, 47225, 47256},
	{326, 44132, 47219},
	{326, 47225, 47256},
	{328, 43390, 47274},
	{328, 47313, 47089},
	{329, 43058, 43871},
	{329, 43915, 43935},
	{331, 44286, 44310},
	{332, 44286, 44310},
	{334, 44286, 44310},
	{337, 47339, 47365},
	{343, 44453, 44481},
	{343, 44487, 44512},
	{344, 43058, 47672},
	{344, 47388, 47426},
	{344, 47446, 47426},
	{344, 47484, 47517},
	{344, 47536, 47567},
	{344, 47620, 47652},
	{352, 47727, 47750},
	{353, 43390, 47796},
	{353, 47727, 47750},
	{356, 47825, 47860},
	{356, 47879, 47860},
	{356, 47912, 47946},
	{361, 47981, 48014},
	{373, 44487, 44512},
	{374, 48057, 48085},
	{389, 43915, 48108},
	{397, 43915, 48184},
	{402, 43915, 48278},
	{404, 48398, 48423},
	{419, 44487, 44512},
	{430, 44487, 44512},
	{431, 48467, 48501},
	{445, 48522, 48570},
	{445, 48580, 48623},
	{468, 48657, 48680},
	{483, 48706, 48737},
	{484, 47727, 48758},
	{485, 43390, 48828},
	{485, 47727, 48758},
	{485, 48792, 48820},
	{486, 48706, 48737},
	{502, 46639, 46672},
	{513, 48847, 46284},
	{513, 48877, 48911},
	{546, 48948, 48971},
	{578, 49058, 44310},
	{578, 49087, 44310},
	{578, 49115, 44310},
	{578, 49144, 44310},
	{578, 49176, 44310},
	{578, 49206, 44310},
	{578, 49235, 44310},
	{578, 49260, 44310},
	{578, 49285, 44310},
	{582, 49313, 49356},
};
