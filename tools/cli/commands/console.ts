import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { cognito } from '#adapters/aws/clients';
import { ConsolePublishResult, ConsoleServeResult } from '#contracts/cli';
import { publishConsole } from '../../console/publish.ts';
import { type ConsoleServer, serveConsole } from '../../console/server.ts';
import { ensureLocalUsers, type LocalUsers } from '../../console/users.ts';
import { localPaths } from '../../local/paths.ts';
import { bringUp } from '../bring-up.ts';
import { type CommonFlags, type Context, type Run, withJson, withWhere } from '../context.ts';
import { Failure } from '../failure.ts';
import { openProduct, type Product } from '../product.ts';

/** Free on most machines, and the same every time, so that a bookmark works. */
const USUAL_PORT = 8420;

export function consoleCommand(program: Command, run: Run): void {
  const command = program
    .command('console')
    .description('the review console: where people look at clips and decide')
    .addHelpText('after', `\nWithout a command it serves: npm run console -- --port ${USUAL_PORT}`);

  withJson(command.command('serve', { isDefault: true }))
    .description('on this machine: brings up the local AWS, makes three users, serves the console until Ctrl-C')
    .option('--port <port>', 'port of the console on 127.0.0.1; 0 for any free one', portNumber, USUAL_PORT)
    .action((flags: CommonFlags & { port: number }) =>
      run(flags, async (context) => {
        const { server, users, file } = await start(context, flags.port);
        const result = { address: server.address, users: users.users.map(({ name, role }) => ({ name, role })), passwords: file };
        context.voice.result(ConsoleServeResult, result, greeting(server, users, file));
        await untilInterrupted(context.signal);
        await server.close();
      }),
    );

  withWhere(command.command('publish'))
    .description('upload the built console to the bucket that CloudFront serves it from')
    .action((flags: CommonFlags) =>
      run(flags, async ({ root, product, voice }) => {
        const deployed = await product();
        const { outputs, where, s3 } = deployed;
        const region = await s3.config.region();
        const uploaded = await publishConsole(s3, {
          folder: builtConsole(root),
          bucket: outputs.get('ConsoleBucket'),
          config: {
            api: '/api',
            userPool: `https://cognito-idp.${region}.amazonaws.com/`,
            clientId: outputs.get('ClientId'),
            environment: where.kind,
          },
        });
        const address = outputs.get('ConsoleUrl');
        voice.result(ConsolePublishResult, { address, uploaded }, [
          `${uploaded.length} files uploaded; the console is at ${address}`,
          'who may enter: docs/guides/deploy.md, "People"',
        ]);
      }),
    );
}

async function start(context: Context, port: number): Promise<{ server: ConsoleServer; users: LocalUsers; file: string }> {
  const { root, voice, signal } = context;
  const steps = { step: (name: string) => voice.say(name), detail: (line: string) => voice.say(`  ${line}`) };
  const { daemon, where } = await bringUp(root, steps, signal);
  const folder = builtConsole(root);
  const { outputs } = await openProduct(where);
  steps.step('make the users of the local user pool');
  const file = join(localPaths(root).daemonState, 'console-users.json');
  const users = await ensureLocalUsers(cognito(), outputs.get('UserPoolId'), file);
  signal.throwIfAborted();
  const server = await serveConsole({
    ...{ folder, port, endpoint: daemon.endpoint },
    apiId: apiIdOf(outputs),
    clientId: outputs.get('ClientId'),
    artifactsBucket: outputs.get('ArtifactsBucket'),
  }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new Failure('PortTaken', `expected port ${port} of 127.0.0.1 to be free, found another program there`, {
        hint: 'end that program, or choose another port: npm run console -- --port 0',
      });
    throw error;
  });
  return { server, users, file };
}

/** The first label of the API's host name. */
function apiIdOf(outputs: Product['outputs']): string {
  return new URL(outputs.get('ApiUrl')).hostname.split('.')[0] ?? '';
}

function builtConsole(root: string): string {
  const folder = join(root, 'dist', 'console');
  if (existsSync(join(folder, 'index.html'))) return folder;
  throw new Failure('NoConsole', `expected the built console at ${folder}, found none`, { hint: 'build it: npm run build' });
}

const greeting = ({ address }: ConsoleServer, { users, areNew }: LocalUsers, file: string): string[] => [
  '',
  `console  ${address}`,
  '',
  ...(areNew
    ? ['log in as', ...users.map(({ name, password }) => `  ${name.padEnd(10)}${password}`), `(shown once; kept in ${file})`]
    : [`log in as ${users.map(({ name }) => name).join(', ')}; their passwords are in ${file}`]),
  '',
  'Ctrl-C ends the console; the local AWS stays up (npm run local -- down stops it).',
];

const untilInterrupted = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('expected a port, 0 to 65535');
}
