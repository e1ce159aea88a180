// Events of AWS services, made up, but of the sizes and shapes that EventBridge carries: 0.4 to 6 KB, 2 KB on average.
import { made } from "./random.mjs";

const states = ["pending", "running", "stopping", "stopped", "shutting-down", "terminated"];

/** About 0.4 KB. */
function ec2({ account, envelope, hex, pick, region }) {
  const id = `i-${hex(17)}`;
  const instance = `arn:aws:ec2:${region()}:${account()}:instance/${id}`;
  return envelope("aws.ec2", "EC2 Instance State-change Notification", [instance], { "instance-id": id, state: pick(states) });
}

/** About 0.8 KB. */
function s3({ account, address, envelope, hex, id, int, pick, time, word }) {
  const bucket = `${word()}-${word()}-${pick(["prod", "dev", "stage"])}`;
  return envelope("aws.s3", pick(["Object Created", "Object Created", "Object Deleted", "Object Restore Completed"]), [`arn:aws:s3:::${bucket}`], {
    version: "0",
    bucket: { name: bucket },
    object: {
      key: `${word()}/${time().slice(0, 10)}/${id()}.${pick(["json", "csv", "parquet", "png", "jpg", "gz"])}`,
      size: int(1, 1e9),
      etag: hex(32),
      "version-id": hex(32),
      sequencer: hex(18).toUpperCase(),
    },
    "request-id": hex(16).toUpperCase(),
    requester: account(),
    "source-ip-address": address(),
    reason: pick(["PutObject", "CopyObject", "CompleteMultipartUpload"]),
  });
}

function container({ account, address, hex, id, pick, word }, place) {
  return {
    containerArn: `${place}:container/${id()}`,
    lastStatus: pick(["RUNNING", "STOPPED", "PENDING"]),
    name: word(),
    image: `${account()}.dkr.ecr.us-east-1.amazonaws.com/${word()}:${hex(7)}`,
    imageDigest: `sha256:${hex(64)}`,
    runtimeId: hex(32),
    taskArn: `${place}:task/${id()}`,
    networkInterfaces: [{ attachmentId: id(), privateIpv4Address: address() }],
    cpu: pick(["0", "128", "256", "512"]),
    memory: pick(["512", "1024", "2048"]),
  };
}

/** 2 to 4 KB. */
function ecs(make) {
  const { account, address, envelope, hex, id, int, list, pick, region, time, word } = make;
  const place = `arn:aws:ecs:${region()}:${account()}`;
  const containers = list(1, 6, () => container(make, place));
  const details = [["subnetId", `subnet-${hex(17)}`], ["networkInterfaceId", `eni-${hex(17)}`], ["privateIPv4Address", address()]];
  return envelope("aws.ecs", "ECS Task State Change", [`${place}:task/${id()}`], {
    attachments: [{ id: id(), type: "eni", status: "ATTACHED", details: details.map(([name, value]) => ({ name, value })) }],
    availabilityZone: `us-east-1${pick(["a", "b", "c"])}`,
    clusterArn: `${place}:cluster/${word()}`,
    connectivity: "CONNECTED",
    connectivityAt: time(),
    containers,
    cpu: "512",
    createdAt: time(),
    desiredStatus: pick(["RUNNING", "STOPPED"]),
    enableExecuteCommand: false,
    group: `service:${word()}`,
    launchType: pick(["FARGATE", "EC2"]),
    lastStatus: pick(["RUNNING", "STOPPED", "PROVISIONING"]),
    memory: "1024",
    overrides: { containerOverrides: containers.map(({ name }) => ({ name })) },
    platformVersion: "1.4.0",
    taskArn: `${place}:task/${id()}`,
    taskDefinitionArn: `${place}:task-definition/${word()}:${int(1, 99)}`,
    updatedAt: time(),
    version: int(1, 9),
    ephemeralStorage: { sizeInGiB: 20 },
  });
}

export const calls = [["ec2", "RunInstances"], ["ec2", "TerminateInstances"], ["s3", "PutBucketPolicy"], ["s3", "DeleteBucket"], ["iam", "CreateUser"], ["iam", "AttachRolePolicy"], ["sts", "AssumeRole"], ["lambda", "UpdateFunctionCode"], ["dynamodb", "CreateTable"], ["kms", "Decrypt"]];

function identity({ account, hex, pick, time, word }) {
  const [owner, role] = [account(), word()];
  return {
    type: "AssumedRole",
    principalId: `AROA${hex(17).toUpperCase()}:${word()}`,
    arn: `arn:aws:sts::${owner}:assumed-role/${role}/${word()}`,
    accountId: owner,
    accessKeyId: `ASIA${hex(16).toUpperCase()}`,
    sessionContext: {
      sessionIssuer: { type: "Role", principalId: `AROA${hex(17).toUpperCase()}`, arn: `arn:aws:iam::${owner}:role/${role}`, accountId: owner, userName: role },
      attributes: { creationDate: time(), mfaAuthenticated: pick(["true", "false"]) },
    },
  };
}

/** Names by chance, and now and then a policy: JSON inside of a string, full of escapes. */
function parameters({ chance, hex, int, list, pick, word }) {
  const entries = list(3, 10, () => [`${word()}${word().toUpperCase()}`, pick([word(), int(0, 1e6), true, null, hex(40)])]);
  const statement = () => ({ Effect: "Allow", Action: list(1, 8, () => `s3:${word()}*`), Resource: `arn:aws:s3:::${word()}/*` });
  if (chance(0.6)) entries.push(["policyDocument", JSON.stringify({ Version: "2012-10-17", Statement: list(1, 6, statement) })]);
  return Object.fromEntries(entries);
}

function instance({ hex, int, list, pick, word }) {
  return {
    instanceId: `i-${hex(17)}`,
    imageId: `ami-${hex(17)}`,
    instanceState: { code: 0, name: "pending" },
    privateDnsName: `ip-10-0-0-${int(1, 254)}.ec2.internal`,
    instanceType: pick(["t3.micro", "m5.large", "c6i.xlarge"]),
    monitoring: { state: "disabled" },
    tagSet: { items: list(0, 5, () => ({ key: word(), value: word() })) },
  };
}

/** 2 to 5 KB. */
function cloudTrail(make) {
  const { address, chance, envelope, id, int, list, pick, region, account, time } = make;
  const [service, name] = pick(calls);
  const agent = `[aws-cli/2.${int(0, 20)}.${int(0, 40)} Python/3.11.${int(0, 9)} Linux/5.10 exe/x86_64.amzn.2 prompt/off command/${service}.${name}]`;
  const detail = {
    eventVersion: "1.10",
    userIdentity: identity(make),
    eventTime: time(),
    eventSource: `${service}.amazonaws.com`,
    eventName: name,
    awsRegion: region(),
    sourceIPAddress: address(),
    userAgent: agent,
    requestParameters: parameters(make),
    responseElements: chance(0.8) ? { requestId: id(), instancesSet: { items: list(0, 8, () => instance(make)) } } : null,
    requestID: id(),
    eventID: id(),
    readOnly: chance(0.3),
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: account(),
    eventCategory: "Management",
    tlsDetails: { tlsVersion: "TLSv1.3", cipherSuite: "TLS_AES_128_GCM_SHA256", clientProvidedHostHeader: `${service}.us-east-1.amazonaws.com` },
  };
  if (chance(0.1)) Object.assign(detail, { errorCode: "AccessDenied", errorMessage: `User is not authorized to perform: ${service}:${name}` });
  return envelope(`aws.${service}`, "AWS API Call via CloudTrail", [], detail);
}

function finding({ address, fraction, int, word }) {
  return {
    localPortDetails: { port: int(1, 65535), portName: "SSH" },
    remoteIpDetails: {
      ipAddressV4: address(),
      organization: { asn: String(int(1, 65000)), asnOrg: word(), isp: word(), org: word() },
      country: { countryName: "United States" },
      city: { cityName: "Zürich" },
      geoLocation: { lat: fraction() * 180 - 90, lon: fraction() * 360 - 180 },
    },
  };
}

function instanceDetails({ address, hex, list, sentence, time, word }) {
  return {
    instanceId: `i-${hex(17)}`,
    instanceType: "m3.xlarge",
    launchTime: time(),
    platform: null,
    productCodes: [{ productCodeId: hex(12), productCodeType: "marketplace" }],
    networkInterfaces: [{ ipv6Addresses: [], networkInterfaceId: `eni-${hex(8)}`, privateDnsName: "ip-10-0-0-1", privateIpAddress: address(), subnetId: `subnet-${hex(8)}`, vpcId: `vpc-${hex(8)}`, securityGroups: [{ groupName: word(), groupId: `sg-${hex(8)}` }], publicDnsName: "ec2.compute.internal", publicIp: address() }],
    tags: list(2, 9, () => ({ key: word(), value: word() })),
    instanceState: "running",
    availabilityZone: "us-east-1a",
    imageId: `ami-${hex(8)}`,
    imageDescription: sentence(20, 20),
  };
}

export const findings = ["Recon:EC2/PortProbeUnprotectedPort", "UnauthorizedAccess:EC2/SSHBruteForce", "CryptoCurrency:EC2/BitcoinTool.B!DNS", "Trojan:EC2/DNSDataExfiltration"];

/** 2 to 4 KB, with letters outside of ASCII. */
function guardDuty(make) {
  const { account, envelope, hex, int, list, pick, time } = make;
  return envelope("aws.guardduty", "GuardDuty Finding", [], {
    schemaVersion: "2.0",
    accountId: account(),
    region: "us-east-1",
    partition: "aws",
    id: hex(32),
    arn: `arn:aws:guardduty:us-east-1:${account()}:detector/${hex(32)}/finding/${hex(32)}`,
    type: pick(findings),
    resource: { resourceType: "Instance", instanceDetails: instanceDetails(make) },
    service: {
      serviceName: "guardduty",
      detectorId: hex(32),
      action: { actionType: "PORT_PROBE", portProbeAction: { blocked: false, portProbeDetails: list(1, 6, () => finding(make)) } },
      resourceRole: "TARGET",
      eventFirstSeen: time(),
      eventLastSeen: time(),
      archived: false,
      count: int(1, 999),
    },
    severity: pick([2, 5, 8, 2.5]),
    createdAt: time(),
    updatedAt: time(),
    title: "Unprotected port on EC2 instance is being probed.",
    description: "EC2 instance has an unprotected port which is being probed by a known malicious host — Zürich.",
  });
}

/** A quarter EC2, a quarter S3, 15 % ECS, a quarter CloudTrail, 10 % GuardDuty. */
function awsEvent(make) {
  const share = make.fraction();
  const service = share < 0.25 ? ec2 : share < 0.5 ? s3 : share < 0.65 ? ecs : share < 0.9 ? cloudTrail : guardDuty;
  return service(make);
}

/** The texts of so many events. */
export const awsTexts = (count, seed = 7) => made(seed, count, (make) => JSON.stringify(awsEvent(make)));
