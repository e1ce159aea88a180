// Events for the benchmark: made up, but of the sizes and shapes that EventBridge carries. The same seed gives the same
// events.

/** A random number generator with a seed (mulberry32): 0 <= number < 1. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

function maker(seed) {
  const random = generator(seed);
  const int = (from, to) => from + Math.floor(random() * (to - from + 1));
  const pick = (values) => values[int(0, values.length - 1)];
  const hex = (length) => Array.from({ length }, () => "0123456789abcdef"[int(0, 15)]).join("");
  const two = (number) => String(number).padStart(2, "0");
  const make = {
    int,
    pick,
    hex,
    list: (from, to, one) => Array.from({ length: int(from, to) }, one),
    id: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    account: () => pick(["123456789012", "210987654321", "345678901234", "456789012345"]),
    region: () => pick(["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-2"]),
    time: () => `2026-${two(int(1, 12))}-${two(int(1, 28))}T${two(int(0, 23))}:${two(int(0, 59))}:${two(int(0, 59))}Z`,
    address: () => [int(1, 254), int(0, 255), int(0, 255), int(1, 254)].join("."),
    word: () => pick("alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango".split(" ")),
  };
  make.envelope = (source, detailType, resources, detail) => ({
    version: "0",
    id: make.id(),
    "detail-type": detailType,
    source,
    account: make.account(),
    time: make.time(),
    region: make.region(),
    resources,
    detail,
  });
  return make;
}

/** About 300 bytes: what an application sends to its own bus. */
function appEvent({ envelope, id, int, pick, word }) {
  const order = { orderId: id().slice(0, 8), customer: word(), country: pick(["DE", "FR", "GB", "US"]), total: int(100, 99_999) / 100, items: int(1, 9), express: pick([true, false]) };
  return envelope("com.example.shop", pick(["OrderPlaced", "OrderShipped", "OrderCancelled"]), [], order);
}

/** 1 to 6 KB: S3, ECS and CloudTrail events. */
const awsEvent = (make) => make.pick([s3Event, ecsEvent, cloudTrailEvent, cloudTrailEvent])(make);

function s3Event({ account, address, envelope, hex, id, int, pick, time, word }) {
  const bucket = `${word()}-${word()}-${pick(["prod", "test"])}`;
  return envelope("aws.s3", pick(["Object Created", "Object Deleted"]), [`arn:aws:s3:::${bucket}`], {
    version: "0",
    bucket: { name: bucket },
    object: { key: `${word()}/${time().slice(0, 10)}/${id()}.${pick(["json", "csv", "parquet", "jpg"])}`, size: int(1, 1e9), etag: hex(32), "version-id": hex(32), sequencer: hex(18).toUpperCase(), tags: Array.from({ length: 8 }, () => ({ key: word(), value: id() })) },
    "request-id": hex(16).toUpperCase(),
    requester: account(),
    "source-ip-address": address(),
    reason: pick(["PutObject", "CopyObject", "CompleteMultipartUpload"]),
  });
}

function ecsEvent({ account, address, envelope, hex, id, int, list, pick, region, time, word }) {
  const place = `arn:aws:ecs:${region()}:${account()}`;
  const cluster = `${place}:cluster/${word()}`;
  const containers = list(1, 6, () => ({
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
  }));
  return envelope("aws.ecs", "ECS Task State Change", [`${place}:task/${id()}`], {
    attachments: [{ id: id(), type: "eni", status: "ATTACHED", details: [{ name: "subnetId", value: `subnet-${hex(17)}` }, { name: "privateIPv4Address", value: address() }] }],
    availabilityZone: `us-east-1${pick(["a", "b", "c"])}`,
    clusterArn: cluster,
    containers,
    createdAt: time(),
    desiredStatus: pick(["RUNNING", "STOPPED"]),
    enableExecuteCommand: false,
    group: `service:${word()}`,
    launchType: pick(["FARGATE", "EC2"]),
    lastStatus: pick(["RUNNING", "STOPPED", "PROVISIONING"]),
    overrides: { containerOverrides: containers.map(({ name }) => ({ name })) },
    taskArn: `${place}:task/${id()}`,
    taskDefinitionArn: `${place}:task-definition/${word()}:${int(1, 99)}`,
    updatedAt: time(),
    version: int(1, 9),
  });
}

function cloudTrailEvent({ account, address, envelope, hex, id, int, list, pick, region, time, word }) {
  const [service, name] = pick([["ec2", "RunInstances"], ["s3", "PutBucketPolicy"], ["iam", "CreateUser"], ["sts", "AssumeRole"], ["kms", "Decrypt"]]);
  return envelope(`aws.${service}`, "AWS API Call via CloudTrail", [], {
    eventVersion: "1.10",
    userIdentity: {
      type: "AssumedRole",
      principalId: `AROA${hex(17).toUpperCase()}:${word()}`,
      arn: `arn:aws:sts::${account()}:assumed-role/${word()}/${word()}`,
      accountId: account(),
      sessionContext: { sessionIssuer: { type: "Role", principalId: `AROA${hex(17).toUpperCase()}`, userName: word() }, attributes: { creationDate: time(), mfaAuthenticated: pick(["true", "false"]) } },
    },
    eventTime: time(),
    eventSource: `${service}.amazonaws.com`,
    eventName: name,
    awsRegion: region(),
    sourceIPAddress: address(),
    userAgent: "aws-sdk-js/3.1169.0 ua/2.1 os/linux#6.1 lang/js md/nodejs#20.20.2",
    requestParameters: { name: word(), items: list(2, 16, () => ({ id: `i-${hex(17)}`, type: pick(["t3.micro", "m5.large"]), tags: [{ key: "Name", value: `${word()} ${word()}` }, { key: "CostCenter", value: String(int(1000, 9999)) }] })) },
    responseElements: pick([null, { requestId: id(), _return: true }]),
    requestID: id(),
    eventID: id(),
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: account(),
    eventCategory: "Management",
    tlsDetails: { tlsVersion: "TLSv1.3", cipherSuite: "TLS_AES_128_GCM_SHA256", clientProvidedHostHeader: `${service}.amazonaws.com` },
  });
}

/** About 250 KB, near what EventBridge took for years at most: many objects in arrays. */
function largeEvent({ envelope, id, int, list, pick, time, word }) {
  const orders = list(800, 900, () => ({
    id: id(),
    placed: time(),
    customer: { name: `${word()} ${word()}`, country: pick(["DE", "FR", "GB", "US"]), note: pick(["", "Straße 5, München", "ring twice"]) },
    lines: list(1, 4, () => ({ sku: word(), quantity: int(1, 9), price: int(100, 9999) / 100 })),
  }));
  return envelope("com.example.batch", pick(["BatchImported", "BatchRejected"]), [], { batch: id(), orders, status: pick(["done", "failed"]) });
}

/** The workloads: name, events as objects, and a pattern that some of them match. */
export const workloads = [
  {
    name: "small (application)",
    events: made(1, 2000, appEvent),
    pattern: { source: ["com.example.shop"], "detail-type": ["OrderPlaced"], detail: { total: [{ numeric: [">", 500] }], country: ["DE", "FR"] } },
  },
  {
    name: "medium (AWS)",
    events: made(2, 500, awsEvent),
    pattern: { source: [{ prefix: "aws." }], detail: { eventName: [{ "anything-but": ["Decrypt"] }], userIdentity: { type: ["AssumedRole"] }, sourceIPAddress: [{ cidr: "0.0.0.0/1" }] } },
  },
  {
    name: "large (250 KB)",
    events: made(3, 12, largeEvent),
    pattern: { "detail-type": ["BatchImported"], detail: { status: ["done", "failed"], orders: { customer: { country: ["US"] }, lines: { price: [{ numeric: [">", 90] }] } } } },
  },
];

function made(seed, count, one) {
  const make = maker(seed);
  return Array.from({ length: count }, () => one(make));
}
