#!/usr/bin/env node
/** `npx framewright`: hands over to the one door of the project, which installs what is missing and runs the command line. */
import { join } from 'node:path';

process.argv.splice(2, 0, 'framewright');
await import(join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', 'tools', 'setup.mjs'));
