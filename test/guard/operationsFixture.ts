/**
 * 892 operations of 171 services, drawn at random from botocore's service models (1.43, Apache-2.0). One service
 * a line: how it is called, a host, the prefix of `X-Amz-Target` (`-` for none); operations that read | change something |
 * hand out credentials.
 */
export const operations = `
json acm.eu-west-1.amazonaws.com CertificateManager | GetCertificate ListAcmeExternalAccountBindings | CreateAcmeDomainValidation CreateAcmeEndpoint | ExportCertificate GetAcmeExternalAccountBindingCredentials
json acm-pca-fips.us-east-1.amazonaws.com ACMPrivateCA | DescribeCertificateAuthority GetCertificateAuthorityCertificate | CreateCertificateAuthorityAuditReport ImportCertificateAuthorityCertificate |
json application-autoscaling.us-east-1.amazonaws.com AnyScaleFrontendService | DescribeScalableTargets DescribeScalingActivities | DeleteScalingPolicy TagResource |
json applicationinsights.eu-west-1.amazonaws.com EC2WindowsBarleyService | DescribeComponent ListLogPatternSets | CreateApplication CreateLogPattern |
json apprunner-fips.us-east-1.amazonaws.com AppRunner | DescribeObservabilityConfiguration ListVpcConnectors | DeleteObservabilityConfiguration DisassociateCustomDomain |
json appstream2-fips.us-east-1.amazonaws.com PhotonAdminProxyService | DescribeAppLicenseUsage DescribeUsers | CreateUsageReportSubscription DisassociateAppBlockBuilderAppBlock |
json arc-region-switch-fips.us-east-1.api.aws ArcRegionSwitch | GetPlanInRegion ListRoute53HealthChecksInRegion | CancelPlanExecution TagResource |
json athena-fips.us-east-1.amazonaws.com AmazonAthena | GetCalculationExecution GetQueryExecution | PutCapacityAssignmentConfiguration TagResource | CreatePresignedNotebookUrl GetSessionEndpoint
query autoscaling-fips.us-east-1.amazonaws.com - | DescribeMetricCollectionTypes DescribeScalingActivities | DeletePolicy DetachInstances |
json autoscaling-plans.eu-west-1.api.aws AnyScaleScalingPlannerFrontendService | DescribeScalingPlanResources GetScalingPlanResourceForecastData | DeleteScalingPlan UpdateScalingPlan |
json b2bi.us-gov-west-1.amazonaws.com B2BI | GetTransformerJob ListProfiles | CreateProfile UpdateTransformer |
json backup-gateway-fips.us-east-1.amazonaws.com BackupOnPremises_v20210101 | GetHypervisor ListHypervisors | DeleteGateway TagResource |
json bcm-dashboards.cn-northwest-1.api.amazonwebservices.com.cn AWSBCMDashboardsService | GetDashboard ListTagsForResource | TagResource UpdateScheduledReport |
json bcm-data-exports.us-east-1.api.aws AWSBillingAndCostManagementDataExports | GetTable ListExports | UntagResource UpdateExport |
json bcm-pricing-calculator-fips.us-east-1.api.aws AWSBCMPricingCalculator | GetBillScenario ListBillEstimateCommitments | BatchCreateWorkloadEstimateUsage TagResource |
json bcm-recommended-actions.us-east-1.api.aws AWSBillingAndCostManagementRecommendedActions | ListRecommendedActions | |
json bedrock-data-automation-runtime.us-gov-west-1.amazonaws.com AmazonBedrockKeystoneRuntimeService | GetDataAutomationStatus ListTagsForResource | InvokeDataAutomation InvokeDataAutomationAsync |
json billing.us-east-1.api.aws AWSBilling | GetBillingView ListSourceViewsForBillingView | AssociateSourceViews UpdateBillingPreferences |
json budgets-fips.api.aws AWSBudgetServiceGateway | DescribeBudgetActionHistories DescribeBudgetActionsForBudget | CreateSubscriber UpdateBudget |
json ce.cn-northwest-1.amazonaws.com.cn AWSInsightsIndexService | ListCostCategoryDefinitions ListSavingsPlansPurchaseRecommendationGeneration | CreateAnomalySubscription UpdateCostCategoryDefinition |
json cloud9.cn-north-1.amazonaws.com.cn AWSCloud9WorkspaceManagementService | DescribeEnvironments ListEnvironments | DeleteEnvironment UpdateEnvironment |
json cloudcontrolapi-fips.us-east-1.api.aws CloudApiService | ListResourceRequests ListResources | CreateResource UpdateResource |
query cloudformation.eu-west-1.amazonaws.com - | DescribeAccountLimits DescribeOrganizationsAccess DescribeStackEvents DescribeStackRefactor DescribeStackResources ListStackSets ListStacks ValidateTemplate | ActivateOrganizationsAccess CreateStackRefactor DeactivateOrganizationsAccess DeleteStackInstances DeregisterType RecordHandlerProgress SetTypeConfiguration UpdateGeneratedTemplate |
json cloudhsm-fips.us-east-1.amazonaws.com CloudHsmFrontendService | DescribeLunaClient ListHapgs | ModifyHsm ModifyLunaClient |
json cloudhsmv2.cn-north-1.amazonaws.com.cn BaldrApiService | DescribeClusters ListTags | DeleteResourcePolicy UntagResource |
query cloudsearch.cn-north-1.amazonaws.com.cn - | DescribeAnalysisSchemes DescribeScalingParameters | CreateDomain DeleteAnalysisScheme |
json cloudtrail.cn-north-1.amazonaws.com.cn com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101 | GetDashboard GetEventDataStore | CreateDashboard RestoreEventDataStore |
json monitoring.us-east-1.amazonaws.com GraniteServiceVersion20100801 | DescribeAnomalyDetectors ListMetricStreams | DeleteAnomalyDetector PutLogAlarm |
json codebuild-fips.us-east-1.amazonaws.com CodeBuild_20161006 | BatchGetBuildBatches BatchGetCommandExecutions | DeleteProject UpdateReportGroup | CreateWebhook StartSandboxConnection UpdateWebhook
json codecommit.us-gov-west-1.amazonaws.com CodeCommit_20150413 | GetCommit GetPullRequestApprovalStates | CreatePullRequest PutFile |
json codeconnections-fips.us-east-1.api.aws com.amazonaws.codeconnections.CodeConnections_20231201 | ListConnections ListTagsForResource | DeleteSyncConfiguration UpdateSyncConfiguration |
json codedeploy.us-east-1.amazonaws.com CodeDeploy_20141006 | BatchGetDeploymentInstances BatchGetDeploymentTargets | DeleteDeploymentGroup DeleteResourcesByExternalId |
json codepipeline-fips.us-east-1.api.aws CodePipeline_20150709 | GetPipelineExecution ListTagsForResource | AcknowledgeJob PutThirdPartyJobFailureResult | GetJobDetails GetThirdPartyJobDetails PollForJobs
json codestar-connections-fips.us-east-1.api.aws com.amazonaws.codestar.connections.CodeStar_connections_20191201 | GetResourceSyncStatus ListHosts | CreateHost UpdateHost |
json cognito-identity-fips.us-east-1.amazonaws.com AWSCognitoIdentityService | DescribeIdentityPool ListIdentityPools | GetId SetIdentityPoolRoles | GetCredentialsForIdentity GetOpenIdToken GetOpenIdTokenForDeveloperIdentity
json cognito-idp-fips.us-east-1.amazonaws.com AWSCognitoIdentityProviderService | GetSigningCertificate ListTerms | AdminUserGlobalSignOut ConfirmForgotPassword | AddUserPoolClientSecret AdminRespondToAuthChallenge DescribeUserPoolClient InitiateAuth ListUserPoolClientSecrets RespondToAuthChallenge
json comprehend.us-gov-west-1.amazonaws.com Comprehend_20171127 | DescribeResourcePolicy ListEntitiesDetectionJobs | StartDocumentClassificationJob StopTrainingEntityRecognizer |
cbor comprehendmedical.us-gov-west-1.amazonaws.com ComprehendMedical_20181030 | DescribeICD10CMInferenceJob DescribeRxNormInferenceJob | InferICD10CM StopSNOMEDCTInferenceJob |
cbor compute-optimizer.eu-west-1.amazonaws.com ComputeOptimizerService | GetECSServiceRecommendations GetIdleRecommendations | ExportLicenseRecommendations PutRecommendationPreferences |
json aco-automation.cn-north-1.amazonaws.com.cn ComputeOptimizerAutomationService | ListAutomationEventSummaries ListRecommendedActionSummaries | CreateAutomationRule UpdateEnrollmentConfiguration |
json config-fips.us-east-1.api.aws StarlingDoveService | GetResourceEvaluationSummary ListConfigurationRecorders | DeleteRemediationConfiguration PutOrganizationConformancePack |
json cost-optimization-hub.cn-north-1.amazonaws.com.cn CostOptimizationHubService | ListEfficiencyMetrics ListRecommendations | UpdateEnrollmentStatus UpdatePreferences |
json cur.cn-north-1.amazonaws.com.cn AWSOrigamiServiceGatewayService | DescribeReportDefinitions ListTagsForResource | ModifyReportDefinition UntagResource |
json datapipeline.eu-west-1.amazonaws.com DataPipeline | ListPipelines QueryObjects | ReportTaskRunnerHeartbeat SetTaskStatus |
json datasync-fips.us-east-1.amazonaws.com FmrsService | DescribeLocationSmb ListLocations | CreateLocationHdfs CreateLocationNfs |
json dax.us-east-1.amazonaws.com AmazonDAXV3 | DescribeSubnetGroups ListTags | CreateParameterGroup UntagResource |
json devicefarm.cn-north-1.amazonaws.com.cn DeviceFarm_20150623 | GetSuite GetTest | CreateInstanceProfile DeleteVPCEConfiguration | CreateTestGridUrl
json directconnect-fips.us-east-1.amazonaws.com OvertureService | DescribeDirectConnectGateways DescribeInterconnects | CreateConnection DisassociateMacSecKey | DescribeRouterConfiguration DescribeVirtualInterfaces
json discovery.eu-west-1.api.aws AWSPoseidonService_V2015_11_01 | DescribeExportTasks DescribeTags | StartImportTask UpdateApplication |
json dms-fips.us-east-1.amazonaws.com AmazonDMSv20160101 | DescribeEndpoints DescribeRecommendations | BatchStartRecommendations StopDataMigration |
query rds-fips.us-east-1.api.aws - | DescribeCertificates DescribeDBClusters | CreateDBSubnetGroup CreateGlobalCluster |
json ds.cn-north-1.amazonaws.com.cn DirectoryService_20150416 | ListADAssessments ListSchemaExtensions | CreateComputer RegisterCertificate |
json dynamodb.us-gov-west-1.amazonaws.com DynamoDB_20120810 | DescribeBackup DescribeContributorInsights GetResourcePolicy ListBackups ListContributorInsights ListTables ListTagsOfResource Scan | BatchWriteItem CreateGlobalTable DeleteItem DeleteTable ImportTable PutItem PutResourcePolicy UpdateContributorInsights |
json streams-dynamodb-fips.us-east-1.api.aws DynamoDBStreams_20120810 | DescribeStream GetRecords | |
query ec2-fips.us-east-1.amazonaws.com - | DescribeNatGateways DescribeSpotFleetRequestHistory GetIpamPrefixListResolverVersions GetRouteServerAssociations GetTransitGatewayRouteTableAssociations GetTransitGatewayRouteTablePropagations GetVerifiedAccessEndpointPolicy GetVerifiedAccessGroupPolicy | CreateRoute CreateTrafficMirrorFilterRule DeleteLocalGatewayVirtualInterfaceGroup DeleteVerifiedAccessEndpoint DeleteVpnConcentrator ModifyManagedResourceVisibility ModifyVerifiedAccessTrustProvider RegisterTransitGatewayMulticastGroupSources | CreateVpnConnection ExportVerifiedAccessInstanceClientConfiguration GetVpnConnectionDeviceSampleConfiguration ModifyVpnConnectionOptions ModifyVpnTunnelCertificate ModifyVpnTunnelOptions
json ec2-instance-connect.eu-west-1.amazonaws.com AWSEC2InstanceConnectService | | SendSSHPublicKey SendSerialConsoleSSHPublicKey |
json ecr.eu-west-1.api.aws AmazonEC2ContainerRegistry_V20150921 | ListPullTimeUpdateExclusions ListTagsForResource | DeleteRepository PutSigningConfiguration | GetAuthorizationToken
json api.ecr-public.cn-north-1.amazonaws.com.cn SpencerFrontendService | DescribeRepositories GetRepositoryCatalogData | BatchDeleteImage InitiateLayerUpload | GetAuthorizationToken
json ecs.eu-west-1.api.aws AmazonEC2ContainerServiceV20141113 | DescribeExpressGatewayService ListTaskDefinitionFamilies | DeleteCluster UpdateTaskProtection | ExecuteCommand
query elasticache.us-gov-west-1.amazonaws.com - | DescribeEngineDefaultParameters DescribeServerlessCaches | DeleteCacheCluster DeleteCacheSecurityGroup |
query elasticbeanstalk.eu-west-1.api.aws - | DescribeAccountAttributes DescribeInstancesHealth | CreateStorageLocation RebuildEnvironment |
query elasticloadbalancing.cn-north-1.amazonaws.com.cn - | DescribeAccountLimits DescribeLoadBalancers | DeleteLoadBalancerListeners DeregisterInstancesFromLoadBalancer |
query elasticloadbalancing-fips.us-east-1.amazonaws.com - | DescribeListenerAttributes DescribeListenerCertificates | CreateTargetGroup DeregisterTargets |
json elasticmapreduce.us-gov-west-1.amazonaws.com ElasticMapReduce | DescribeJobFlows GetAutoTerminationPolicy | DeleteStudioSessionMapping PutBlockPublicAccessConfiguration | GetClusterSessionCredentials GetOnClusterAppUIPresignedURL GetPersistentAppUIPresignedURL GetSessionEndpoint
json events-fips.us-east-1.amazonaws.com AWSEvents | ListPartnerEventSources ListRuleNamesByTarget | PutPartnerEvents UpdateArchive |
json evs.us-gov-west-1.amazonaws.com AmazonElasticVMwareService | GetEnvironment ListTagsForResource | CreateEnvironment UntagResource | GetDepotUrl
json firehose.us-gov-west-1.amazonaws.com Firehose_20150804 | DescribeDeliveryStream ListTagsForDeliveryStream | DeleteDeliveryStream StartDeliveryStreamEncryption |
json fms.us-east-1.amazonaws.com AWSFMS_20180101 | GetComplianceDetail GetResourceSet | AssociateAdminAccount PutPolicy |
json forecast-fips.us-east-1.amazonaws.com AmazonForecast | DescribeWhatIfForecastExport ListWhatIfForecasts | CreateMonitor DeleteExplainability |
json forecastquery-fips.us-east-1.amazonaws.com AmazonForecastRuntime | QueryForecast QueryWhatIfForecast | |
json frauddetector.us-gov-west-1.amazonaws.com AWSHawksNestServiceFacade | DescribeDetector GetDeleteEventsByEventTypeStatus | DeleteBatchPredictionJob DeleteExternalModel |
json freetier-fips.us-east-1.api.aws AWSFreeTierService | GetAccountPlanState ListAccountActivities | UpgradeAccountPlan |
json fsx.us-gov-west-1.amazonaws.com AWSSimbaAPIService_v20180301 | DescribeBackups DescribeFileSystems | CopyBackup DeleteDataRepositoryAssociation |
json gamelift.us-east-1.amazonaws.com GameLift | DescribeVpcPeeringConnections ListScripts | DeleteGameServerGroup UpdateGameSession | CreateBuild GetComputeAccess GetComputeAuthToken GetInstanceAccess RequestUploadCredentials
json globalaccelerator-fips.us-east-1.amazonaws.com GlobalAccelerator_V20180706 | DescribeCustomRoutingListener ListAccelerators | DeleteCustomRoutingEndpointGroup RemoveCustomRoutingEndpoints |
json glue-fips.us-east-1.api.aws AWSGlue | GetDataCatalogEncryptionSettings ListCustomEntityTypes | CheckSchemaVersionValidity PutAsset | BatchGetJobs GetConnection GetConnections GetJob GetJobs GetSessionEndpoint
json health.us-east-1.amazonaws.com AWSHealth_20160804 | DescribeAffectedEntities DescribeEventsForOrganization | DisableHealthServiceAccessForOrganization EnableHealthServiceAccessForOrganization |
json healthlake.eu-west-1.api.aws HealthLake | DescribeDataTransformationJob GetDataTransformationProfile | DeleteDataTransformationProfile StartFHIRImportJob |
query iam.us-gov.amazonaws.com - | GetAccessKeyLastUsed GetRolePolicy GetSAMLProvider ListAttachedUserPolicies ListEntitiesForPolicy ListOrganizationsFeatures ListServerCertificateTags ListUserPolicies | AcceptDelegationRequest AssociateDelegationRequest DeleteAccountAlias DeleteInstanceProfile DeletePolicyVersion DeleteServiceSpecificCredential DeleteUserPermissionsBoundary DetachGroupPolicy | CreateAccessKey CreateServiceSpecificCredential CreateVirtualMFADevice ResetServiceSpecificCredential
json identitystore.eu-west-1.amazonaws.com AWSIdentityStore | DescribeGroup ListGroups | CreateGroupMembership DeleteGroupMembership |
query importexport.amazonaws.com - | GetShippingLabel GetStatus | CancelJob CreateJob |
json inspector.us-gov-west-1.amazonaws.com InspectorService | DescribeRulesPackages PreviewAgents | CreateAssessmentTemplate RemoveAttributesFromFindings |
json interconnect.eu-west-1.api.aws Interconnect | ListEnvironments ListTagsForResource | TagResource UntagResource | AcceptConnectionProposal CreateConnection GetConnection UpdateConnection
json invoicing-fips.us-east-1.api.aws Invoicing | ListProcurementPortalPreferences ListTagsForResource | TagResource UpdateInvoiceUnit | GetProcurementPortalPreference
json iotfleetwise-fips.us-east-1.api.aws IoTAutobahnControlPlane | ListModelManifests ListStateTemplates | CreateFleet DeleteSignalCatalog |
json api.tunneling.iot.us-east-1.amazonaws.com IoTSecuredTunneling | DescribeTunnel ListTagsForResource | CloseTunnel TagResource | OpenTunnel RotateTunnelAccessToken
json iotthingsgraph.eu-west-1.api.aws IotThingsGraphFrontEndService | GetSystemTemplateRevisions SearchSystemTemplates | AssociateEntityToThing DeploySystemInstance |
json kendra-fips.us-east-1.api.aws AWSKendraFrontendService | DescribeDataSource ListQuerySuggestionsBlockLists | UpdateDataSource UpdateFeaturedResultsSet |
json kendra-ranking.eu-west-1.api.aws AWSKendraRerankingFrontendService | DescribeRescoreExecutionPlan ListTagsForResource | TagResource UpdateRescoreExecutionPlan |
json cassandra-fips.us-east-1.api.aws KeyspacesService | GetTable ListTagsForResource | DeleteKeyspace DeleteTable |
json cassandra-streams.eu-west-1.api.aws KeyspacesStreams | GetShardIterator ListStreams | |
json kinesis.us-east-1.amazonaws.com Kinesis_20131202 | GetShardIterator ListStreams | MergeShards UpdateStreamMode |
json kinesisanalytics-fips.us-east-1.amazonaws.com KinesisAnalytics_20150814 | DescribeApplication ListTagsForResource | AddApplicationInputProcessingConfiguration AddApplicationReferenceDataSource |
json kinesisanalytics.us-gov-west-1.amazonaws.com KinesisAnalytics_20180523 | DescribeApplicationSnapshot ListApplicationOperations | AddApplicationCloudWatchLoggingOption DiscoverInputSchema | CreateApplicationPresignedUrl
json kms.us-gov-west-1.amazonaws.com TrentService | DescribeKey GetKeyPolicy GetKeyRotationStatus ListAliases ListGrants ListKeyRotations ListKeys ListRetirableGrants | CreateAlias DeleteCustomKeyStore EnableKey GenerateDataKeyPairWithoutPlaintext ImportKeyMaterial UntagResource Verify VerifyMac | Decrypt DeriveSharedSecret GenerateDataKey GenerateDataKeyPair
json license-manager.us-gov-west-1.amazonaws.com AWSLicenseManager | GetLicenseManagerReportGenerator ListFailuresForLicenseConfigurationOperations | CreateLicense UpdateServiceSettings | CreateToken GetAccessToken
json lightsail.eu-west-1.api.aws Lightsail_20161128 | GetContainerServicePowers GetInstanceSnapshot | CreateDiskSnapshot DeleteLoadBalancerTlsCertificate | CreateBucketAccessKey CreateContainerServiceRegistryLogin CreateGUISessionAccessDetails CreateKeyPair DownloadDefaultKeyPair GetBucketAccessKeys
json logs.cn-north-1.amazonaws.com.cn Logs_20140328 | DescribeAccountPolicies DescribeConfigurationTemplates DescribeIndexPolicies FilterLogEvents GetIntegration GetLogFields GetLogRecord ListLogGroupsForQuery | DeleteDeliveryDestination DeleteDestination DeleteLogAnomalyDetector PutDeliverySource PutIntegration PutQueryDefinition PutSyslogConfiguration UpdateLookupTable |
json lookoutequipment.us-gov-west-1.amazonaws.com AWSLookoutEquipmentFrontendService | ListDatasets ListInferenceExecutions | CreateLabelGroup DeleteDataset |
json machinelearning.eu-west-1.api.aws AmazonML_20141212 | DescribeTags GetMLModel | CreateDataSourceFromRDS DeleteMLModel |
cbor mail-manager.cn-north-1.amazonaws.com.cn MailManagerSvc | ListAddressLists ListTrafficPolicies | CreateArchive StopArchiveExport |
json agreement-marketplace-fips.us-east-1.api.aws AWSMPCommerceService_v20200301 | DescribeAgreement GetAgreementTerms | AcceptAgreementPaymentRequest CancelAgreement |
json entitlement.marketplace-fips.us-east-1.api.aws AWSMPEntitlementService | GetEntitlements | |
json marketplacecommerceanalytics.eu-west-1.amazonaws.com MarketplaceCommerceAnalytics20150701 | | GenerateDataSet StartSupportDataExport |
json mediastore.eu-west-1.amazonaws.com MediaStore_20170901 | GetCorsPolicy ListTagsForResource | PutContainerPolicy TagResource |
json memory-db-fips.us-east-1.api.aws AmazonMemoryDB | DescribeMultiRegionParameters DescribeSnapshots | CreateACL UpdateMultiRegionCluster |
json metering-marketplace.eu-west-1.api.aws AWSMPMeteringService | | MeterUsage ResolveCustomer |
json mgh.eu-west-1.api.aws AWSMigrationHub | ListDiscoveredResources ListProgressUpdateStreams | AssociateCreatedArtifact ImportMigrationTask |
json migrationhub-config.eu-west-1.amazonaws.com AWSMigrationHubMultiAccountService | DescribeHomeRegionControls GetHomeRegion | CreateHomeRegionControl DeleteHomeRegionControl |
json mturk-requester.us-gov-west-1.amazonaws.com MTurkRequesterServiceV20170117 | ListAssignmentsForHIT ListHITs | CreateQualificationType UpdateHITTypeOfHIT |
json airflow-serverless.cn-north-1.api.amazonwebservices.com.cn AmazonMWAAServerless | GetTaskInstance ListWorkflowVersions | DeleteWorkflow UntagResource |
query rds.us-east-1.amazonaws.com - | DescribeDBEngineVersions DescribeGlobalClusters | ModifyDBInstance ModifyGlobalCluster |
json network-firewall.cn-north-1.amazonaws.com.cn NetworkFirewall_20201112 | DescribeResourcePolicy ListVpcEndpointAssociations | DisassociateAvailabilityZones UpdateProxyRule |
json odb.eu-west-1.amazonaws.com Odb | GetCloudVmCluster ListAutonomousDatabases | CreateCloudAutonomousVmCluster DeleteOdbNetwork |
json aoss.us-gov-west-1.amazonaws.com OpenSearchServerless | BatchGetEffectiveLifecyclePolicy ListTagsForResource | CreateVpcEndpoint DeleteCollectionGroup |
json organizations.us-gov-west-1.amazonaws.com AWSOrganizationsV20161128 | ListHandshakesForAccount ListPoliciesForTarget | AttachPolicy DeletePolicy |
json partnercentral-account.cn-north-1.api.amazonwebservices.com.cn PartnerCentralAccount | GetProfileVisibility ListConnectionInvitations | CreatePartner TagResource |
json partnercentral-benefits.us-gov-west-1.api.aws PartnerCentralBenefitsService | GetBenefit GetBenefitApplication | DisassociateBenefitApplicationResource TagResource |
json partnercentral-channel.global.api.aws PartnerCentralChannel | ListChannelHandshakes ListTagsForResource | CancelChannelHandshake CreateRelationship |
cbor partnercentral-prm.global.api.amazonwebservices.com.cn PartnerCentralRevenueMeasurement | ListMarketplaceRevenueShares ListRevenueAttributionAllocations | CreateRevenueAttribution UpdateMarketplaceRevenueShareAllocation |
json partnercentral-selling.eu-west-1.api.aws AWSPartnerCentralSelling | GetEngagement ListEngagements | StartOpportunityFromEngagementTask UpdateEngagementContext |
json controlplane.payment-cryptography.us-east-1.amazonaws.com PaymentCryptographyControlPlane | GetCertificateSigningRequest GetParametersForImport | RestoreKey StopKeyUsage |
json pcs.eu-west-1.amazonaws.com AWSParallelComputingService | GetCluster ListTagsForResource | CreateQueue DeleteCluster | RegisterComputeNodeGroupInstance
json personalize-fips.us-east-1.api.aws AmazonPersonalize | DescribeDataset ListMetricAttributionMetrics | CreateBatchInferenceJob CreateCampaign |
json pi.eu-west-1.amazonaws.com PerformanceInsightsv20180227 | DescribeDimensionKeys ListTagsForResource | CreatePerformanceAnalysisReport TagResource |
json sms-voice-fips.us-east-1.amazonaws.com PinpointSMSVoiceV2 | DescribeRegistrationAttachments DescribeSenderIds | CreateRegistrationAttachment CreateVerifiedDestinationNumber |
json api.pricing.us-gov-west-1.amazonaws.com AWSPriceListService | GetAttributeValues ListPriceLists | |
json proton.us-gov-west-1.amazonaws.com AwsProton20200720 | GetServiceSyncConfig ListServices | AcceptEnvironmentAccountConnection UpdateComponent |
query rds.cn-north-1.amazonaws.com.cn - | DescribeDBMajorEngineVersions DescribeDBParameters DescribeDBProxyTargetGroups DescribeEngineDefaultParameters DescribeEvents DescribeGlobalClusters DescribeReservedDBInstances DescribeSourceRegions | AddSourceIdentifierToSubscription AddTagsToResource CancelExportTask CreateOptionGroup DeleteDBClusterSnapshot DeleteOptionGroup PromoteReadReplica RemoveFromGlobalCluster |
query redshift.cn-north-1.amazonaws.com.cn - | DescribeUsageLimits GetReservedNodeExchangeOfferings | CopyClusterSnapshot DisableLogging | GetClusterCredentials GetClusterCredentialsWithIAM GetIdentityCenterAuthToken
json redshift-data.eu-west-1.amazonaws.com RedshiftData | DescribeStatement ListStatements | CancelStatement ExecuteStatement |
json redshift-serverless.us-gov-west-1.amazonaws.com RedshiftServerless | GetWorkgroup ListSnapshotCopyConfigurations | ConvertRecoveryPointToSnapshot DeleteNamespace | GetCredentials GetIdentityCenterAuthToken
json rekognition.cn-north-1.amazonaws.com.cn RekognitionService | GetCelebrityRecognition GetFaceLivenessSessionResults | DeleteFaces DeleteProjectPolicy |
json tagging.eu-west-1.amazonaws.com ResourceGroupsTaggingAPI_20170126 | GetResources ListRequiredTags | StartReportCreation TagResources |
json route53-recovery-cluster.eu-west-1.amazonaws.com ToggleCustomerAPI | GetRoutingControlState ListRoutingControls | UpdateRoutingControlState UpdateRoutingControlStates |
json route53domains.us-east-1.amazonaws.com Route53Domains_v20140515 | GetContactReachabilityStatus GetOperationDetail | CheckDomainTransferability UpdateDomainContact | RetrieveDomainAuthCode TransferDomainToAnotherAwsAccount
json route53resolver.eu-west-1.amazonaws.com Route53Resolver | ListResolverEndpointIpAddresses ListResolverQueryLogConfigs | CreateFirewallDomainList DeleteResolverRule |
json api.sagemaker.eu-west-1.amazonaws.com SageMaker | DescribeModelCardExportJob ListActions | CreateLabelingJob StopInferenceRecommendationsJob | CreatePartnerAppPresignedUrl CreatePresignedDomainUrl CreatePresignedMlflowAppUrl CreatePresignedMlflowTrackingServerUrl CreatePresignedNotebookInstanceUrl StartSession
query sdb.cn-north-1.amazonaws.com.cn - | GetAttributes Select | BatchDeleteAttributes PutAttributes |
json secretsmanager.us-east-1.amazonaws.com secretsmanager | DescribeSecret GetResourcePolicy ListSecretVersionIds ListSecrets ValidateResourcePolicy | CancelRotateSecret CreateSecret DeleteSecret PutResourcePolicy PutSecretValue RemoveRegionsFromReplication ReplicateSecretToRegions UntagResource | BatchGetSecretValue GetRandomPassword GetSecretValue
json servicequotas.us-gov-west-1.amazonaws.com ServiceQuotasV20190624 | ListAWSDefaultServiceQuotas ListServiceQuotas | AssociateServiceQuotaTemplate UntagResource |
json servicecatalog.eu-west-1.amazonaws.com AWS242ServiceCatalogService | DescribePortfolio ListPortfoliosForProduct | AssociatePrincipalWithPortfolio DeleteTagOption |
json servicediscovery.us-east-1.amazonaws.com Route53AutoNaming_v20170314 | GetInstance GetService | CreatePublicDnsNamespace DeleteServiceAttributes |
query email.us-gov-west-1.amazonaws.com - | GetIdentityNotificationAttributes GetIdentityVerificationAttributes | CreateConfigurationSetEventDestination UpdateConfigurationSetReputationMetricsEnabled |
json shield.eu-west-1.api.aws AWSShield_20160616 | ListResourcesInProtectionGroup ListTagsForResource | DeleteProtectionGroup DisableApplicationLayerAutomaticResponse |
cbor snowball.us-east-1.amazonaws.com AWSIESnowballJobManagementService | ListJobs ListLongTermPricing | CancelJob UpdateJobShipmentState | GetJobUnlockCode
query sns.us-east-1.amazonaws.com - | GetSMSSandboxAccountStatus GetTopicAttributes ListEndpointsByPlatformApplication ListSMSSandboxPhoneNumbers ListSubscriptions ListSubscriptionsByTopic ListTagsForResource ListTopics | AddPermission CreatePlatformEndpoint CreateSMSSandboxPhoneNumber DeleteEndpoint DeleteSMSSandboxPhoneNumber RemovePermission SetSubscriptionAttributes VerifySMSSandboxPhoneNumber |
query sqs-fips.us-east-1.api.aws AmazonSQS | GetQueueAttributes GetQueueUrl ListDeadLetterSourceQueues ListMessageMoveTasks ListQueueTags ListQueues | AddPermission CancelMessageMoveTask ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch DeleteQueue RemovePermission SendMessageBatch |
json ssm.eu-west-1.amazonaws.com AmazonSSM | DescribeEffectiveInstanceAssociations DescribeEffectivePatchesForPatchBaseline DescribeInstanceInformation DescribeInstancePatchStates DescribeOpsItems GetAutomationExecution GetParameterHistory GetParameters | DeleteInventory DeleteParameters DeregisterManagedInstance DeregisterTaskFromMaintenanceWindow RegisterTargetWithMaintenanceWindow UpdateDocumentDefaultVersion UpdateOpsItem UpdateOpsMetadata | CreateActivation GetAccessToken ResumeSession StartSession
json ssm-contacts.us-gov-west-1.amazonaws.com SSMContacts | ListContacts ListTagsForResource | DeleteContactChannel PutContactPolicy |
json sso.eu-west-1.amazonaws.com SWBExternalService | GetApplicationSessionConfiguration ListApplicationProviders | DeleteApplication DeleteApplicationGrant |
json states.eu-west-1.amazonaws.com AWSStepFunctions | DescribeStateMachineAlias ListMapRuns | DeleteStateMachineVersion SendTaskFailure |
json storagegateway.cn-north-1.amazonaws.com.cn StorageGateway_20130630 | DescribeTapeRecoveryPoints DescribeTapes | DisableGateway DisassociateFileSystem | DescribeChapCredentials
query sts.eu-west-1.api.aws - | DecodeAuthorizationMessage GetAccessKeyInfo GetCallerIdentity | | AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot GetSessionToken GetWebIdentityToken
json support.us-east-1.amazonaws.com AWSSupport_20130415 | DescribeAttachment DescribeCases | AddCommunicationToCase ResolveCase |
json swf.us-gov-west-1.amazonaws.com SimpleWorkflowService | DescribeWorkflowExecution ListOpenWorkflowExecutions | RegisterWorkflowType RespondDecisionTaskCompleted |
json textract-fips.us-east-1.api.aws Textract | GetAdapter GetAdapterVersion | StartDocumentTextDetection StartExpenseAnalysis |
json timestream-influxdb.eu-west-1.amazonaws.com AmazonTimestreamInfluxDB | GetDbBackup ListDbClusters | CreateDbInstance DeleteDbCluster |
json query.timestream.eu-west-1.amazonaws.com Timestream_20181101 | DescribeAccountSettings DescribeScheduledQuery | ExecuteScheduledQuery UpdateScheduledQuery |
json timestream-ingest-fips.us-east-1.api.aws Timestream_20181101 | DescribeTable ListDatabases | ResumeBatchLoadTask WriteRecords |
json fips.transcribe.us-east-1.amazonaws.com Transcribe | GetCallAnalyticsJob ListCallAnalyticsCategories | CreateLanguageModel DeleteCallAnalyticsJob |
json transfer-fips.us-east-1.amazonaws.com TransferService | DescribeCertificate ListCertificates | CreateWebApp StartRemoteDelete |
json translate.eu-west-1.api.aws AWSShineFrontendService_20170701 | GetTerminology ListTagsForResource | DeleteParallelData TranslateText |
json verifiedpermissions.cn-north-1.amazonaws.com.cn VerifiedPermissions | GetPolicyStoreAlias ListPolicyTemplates | DeletePolicyStore IsAuthorizedWithToken |
json voiceid.cn-north-1.amazonaws.com.cn VoiceID | DescribeDomain DescribeSpeakerEnrollmentJob | DeleteWatchlist StartSpeakerEnrollmentJob |
json waf.amazonaws.com AWSWAF_20150824 | GetRuleGroup ListRateBasedRules | DeleteByteMatchSet DeleteWebACL |
json waf-regional.cn-north-1.amazonaws.com.cn AWSWAF_Regional_20161128 | GetRegexPatternSet ListResourcesForWebACL | CreateRegexMatchSet CreateRule |
json wafv2-fips.us-east-1.amazonaws.com AWSWAF_20190729 | GetRevenueStatistics ListSettlementRecords | DisassociateWebACL UpdateRuleGroup | CreateAPIKey ListAPIKeys
json workmail.us-east-1.amazonaws.com WorkMailService | GetAccessControlEffect ListUsers | ResetPassword UpdateMobileDeviceAccessRule | AssumeImpersonationRole
json workspaces-fips.us-east-1.amazonaws.com WorkspacesService | DescribeImageAssociations DescribeWorkspaceSnapshots | DeleteClientBranding DeleteIpGroup |
cbor workspaces-instances.us-gov-west-1.api.aws EUCMIFrontendAPIService | ListInstanceTypes ListWorkspaceInstances | AssociateVolume CreateVolume |
`;
