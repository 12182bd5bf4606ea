import type { Command } from 'commander';
import { openArtifactStore } from '#adapters/aws/artifact-store';
import { openComponentRegistry } from '#adapters/aws/component-registry';
import { ComponentRegisterResult, ComponentsListResult } from '#contracts/cli';
import { refText } from '#contracts/component';
import type { ComponentRegistry } from '#domain/ports';
import { componentRows } from '../component-rows.ts';
import { type CommonFlags, type Run, withWhere } from '../context.ts';
import type { Product } from '../product.ts';
import { registerBundle } from '../register-bundle.ts';
import { table } from '../table.ts';

export function componentsCommand(program: Command, run: Run): void {
  const components = program.command('components').description('what makes clips, in which versions, and the weights it needs');

  withWhere(components.command('list'))
    .description('every version that a brief may pin')
    .action((flags: CommonFlags) =>
      run(flags, async ({ product, voice }) => {
        const rows = componentRows(await registryOf(await product()).known());
        const lines = table(rows, [
          { title: 'component', of: ({ component }) => component },
          { title: 'role', of: ({ role }) => role },
          { title: 'licence', of: ({ licence }) => licence },
          { title: 'runs in', of: ({ hostedBy }) => hostedBy ?? 'its own worker' },
          { title: 'weights', of: ({ weights }) => weights },
          { title: 'standing', of: ({ standing }) => standing },
        ]);
        voice.result(ComponentsListResult, { components: rows }, lines);
      }),
    );

  withWhere(components.command('register').argument('<component>', 'its id').argument('<folder>', 'the folder with its weights'))
    .description('uploads the weights of an open model, checked against its manifest')
    .action((id: string, folder: string, flags: CommonFlags) =>
      run(flags, async ({ product, voice }) => {
        const opened = await product();
        const uploaded: string[] = [];
        const component = await registerBundle(id, folder, {
          registry: registryOf(opened),
          artifacts: openArtifactStore({ bucket: opened.outputs.get('ArtifactsBucket') }),
          onFile: (name, bytes) => {
            uploaded.push(name);
            voice.say(`${name} (${(bytes / 1e6).toFixed(1)} MB)`);
          },
        });
        const result = { component: refText(component), files: Object.keys(component.files).length, uploaded };
        voice.result(ComponentRegisterResult, result, [
          `${result.component}: ${result.files} files registered, ${uploaded.length} of them new`,
        ]);
      }),
    );
}

const registryOf = ({ outputs }: Product): ComponentRegistry =>
  openComponentRegistry({ deployment: outputs.get('DeploymentFile'), table: outputs.get('Table') });
