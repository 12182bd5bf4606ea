import { Size } from 'aws-cdk-lib';
import {
  BlockDeviceVolume,
  EbsDeviceVolumeType,
  LaunchTemplate,
  LaunchTemplateHttpTokens,
  MultipartBody,
  MultipartUserData,
  UserData,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** Image layers and scratch: ffmpeg, model weights and a ten-minute clip in pieces. */
const DISK = Size.gibibytes(100);

/** Weights outlive the container: the next job on the machine finds them there. Every start checks every hash, so no job trusts another's copy. */
export const WEIGHTS_CACHE = { hostPath: '/var/cache/framewright-weights', containerPath: '/tmp/framewright-weights' } as const;
/** Whom workers run as: the first user that a Linux image creates; the images make it and own nothing with it. */
export const WORKER_USER = '1000';

/**
 * The machine under the workers. Containers of Batch share the host's network, so a hop limit alone does not keep them from the
 * machine's own credentials: a firewall rule lets only root ask the metadata service, and workers are not root.
 */
export class WorkerHost extends Construct {
  readonly template: LaunchTemplate;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const commands = UserData.forLinux();
    commands.addCommands(
      // On a reclaim the agent stops the containers in time, so workers get SIGTERM and leave with the agreed exit code.
      'echo ECS_ENABLE_SPOT_INSTANCE_DRAINING=true >> /etc/ecs/ecs.config',
      `install --directory --owner ${WORKER_USER} --group ${WORKER_USER} --mode 0755 ${WEIGHTS_CACHE.hostPath}`,
      'iptables --insert OUTPUT --destination 169.254.169.254 --match owner ! --uid-owner 0 --jump REJECT',
    );
    const userData = new MultipartUserData(); // Batch merges its own part in, and takes no other form
    userData.addPart(MultipartBody.fromUserData(commands));

    this.template = new LaunchTemplate(this, 'Template', {
      httpTokens: LaunchTemplateHttpTokens.REQUIRED,
      httpPutResponseHopLimit: 1,
      blockDevices: [
        {
          deviceName: '/dev/xvda',
          volume: BlockDeviceVolume.ebs(DISK.toGibibytes(), {
            encrypted: true,
            volumeType: EbsDeviceVolumeType.GP3,
            deleteOnTermination: true,
          }),
        },
      ],
      userData,
    });
  }
}
