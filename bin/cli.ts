#!/usr/bin/env node
import { main } from '../tools/cli/main.ts';

await main(process.argv.slice(2));
