import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { BuildSpec, LinuxBuildImage, Project, Source } from 'aws-cdk-lib/aws-codebuild';
import { Repository, TagMutability } from 'aws-cdk-lib/aws-ecr';
import { Rule } from 'aws-cdk-lib/aws-events';
import { CodeBuildProject } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Component } from '#contracts/component';
import type { Assets, SourceZip } from '../assets.ts';
import { imageOf, imagesOf } from '../components.ts';
import type { Config } from '../config.ts';
import { names } from '../names.ts';
import { accept } from '../patterns/grants.ts';

export interface WorkerImage {
  readonly repository: Repository;
  /** `<versions>-<12 hex of the content>`: the same files are the same image, other files never overwrite it. */
  readonly tag: string;
}

/** Images are built in the account, from files that the deployment uploads: nobody needs Docker on a laptop. */
export class WorkerImages extends Construct {
  readonly images: ReadonlyMap<string, WorkerImage>;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly config: Config; readonly assets: Assets; readonly components: readonly Component[] },
  ) {
    super(scope, id);
    const { config, assets, components } = props;
    const media = assets.media(this);
    const logGroup = new LogGroup(this, 'BuildLogs', { retention: config.retentionDays.logs, removalPolicy: RemovalPolicy.DESTROY });

    this.images = new Map(
      [...imagesOf(components)].map(([image, inside]): [string, WorkerImage] => {
        const source = assets.worker(this, image);
        const versions = [...new Set(inside.map(({ version }) => version))].join('_');
        const tag = `${versions}-${source.hash.slice(0, 12)}`;
        const repository = new Repository(this, `${image}-repository`, {
          repositoryName: names.repository(image),
          imageScanOnPush: true,
          imageTagMutability: TagMutability.IMMUTABLE,
          // A running job may need the image of a version that is no longer deployed; none runs for twenty deployments.
          lifecycleRules: [{ description: 'twenty revisions to roll back to', maxImageCount: 20 }],
          removalPolicy: config.removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
        });
        const role = builderRole(this, image, { repository, logGroup, zips: [source, media] });
        const project = new Project(this, `${image}-build`, {
          projectName: `framewright-${image}`,
          description: `Builds the image of ${image} and pushes it to ${names.repository(image)}`,
          source: Source.s3({ bucket: source.bucket, path: source.key }),
          secondarySources: [Source.s3({ identifier: 'media', bucket: media.bucket, path: media.key })],
          environment: {
            buildImage: LinuxBuildImage.AMAZON_LINUX_2023_5,
            privileged: true,
            environmentVariables: { REPOSITORY: { value: repository.repositoryUri }, TAG: { value: tag } },
          },
          logging: { cloudWatch: { logGroup } },
          buildSpec: BUILD,
          role: role.withoutPolicyUpdates(), // what CodeBuild would add by itself has wildcards in its actions
          grantReportGroupPermissions: false,
        });
        accept(project, 'CB3', 'docker build needs the privileged mode; the build runs our own Dockerfile in a machine of its own');
        accept(project, 'CB4', 'the build has no output but the image, which ECR encrypts');
        // One build a deployment: CloudFormation says when the stack is there, and a build whose tag exists ends at once. A rule takes
        // five targets at most, so every image has a rule of its own.
        new Rule(this, `${image}-deployed`, {
          description: `Builds the image of ${image} after this stack was deployed`,
          eventPattern: {
            source: ['aws.cloudformation'],
            detailType: ['CloudFormation Stack Status Change'],
            detail: { 'stack-id': [Stack.of(this).stackId], 'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] } },
          },
          targets: [new CodeBuildProject(project)],
        });
        return [image, { repository, tag }];
      }),
    );
  }

  of(component: Component): WorkerImage {
    const image = this.images.get(imageOf(component));
    if (!image) throw new Error(`expected an image of ${imageOf(component)}, found ${[...this.images.keys()].join(', ')}`);
    return image;
  }
}

/** Reads its two zips, writes its log, pushes to its one repository. */
function builderRole(
  scope: Construct,
  component: string,
  { repository, logGroup, zips }: { repository: Repository; logGroup: LogGroup; zips: readonly SourceZip[] },
): Role {
  const role = new Role(scope, `${component}-builder`, {
    assumedBy: new ServicePrincipal('codebuild.amazonaws.com'),
    description: `Builds the image of ${component}`,
  });
  role.addToPolicy(
    new PolicyStatement({
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: zips.map((zip) => zip.bucket.arnForObjects(zip.key)),
    }),
  );
  role.addToPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: zips.map((zip) => zip.bucket.bucketArn) }));
  logGroup.grantWrite(role);
  repository.grantPullPush(role);
  repository.grant(role, 'ecr:DescribeImages');
  accept(role, 'IAM5[Resource::*]', 'a login to ECR is for the whole registry; pushing is limited to the one repository');
  return role;
}

/** `media/` in the build's folder holds bin/ffmpeg and bin/ffprobe, which Dockerfiles copy to /opt/bin. */
const BUILD = BuildSpec.fromObject({
  version: '0.2',
  phases: {
    pre_build: {
      commands: [
        'REGISTRY="$' + '{REPOSITORY%%/*}"',
        'NAME="$' + '{REPOSITORY#*/}"',
        'aws ecr get-login-password | docker login --username AWS --password-stdin "$REGISTRY"',
      ],
    },
    build: {
      commands: [
        'if aws ecr describe-images --repository-name "$NAME" --image-ids imageTag="$TAG" > /dev/null 2>&1; then echo "$NAME:$TAG is there"; exit 0; fi',
        'cp -r "$CODEBUILD_SRC_DIR_media" media',
        'docker build --tag "$REPOSITORY:$TAG" .',
        'docker push "$REPOSITORY:$TAG"',
      ],
    },
  },
});
