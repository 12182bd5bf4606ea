import { expect, it } from 'vitest';
import { localEngineProblems } from './local-engine.ts';

const machine = (state: object, QueryLanguage = 'JSONata') => ({ StartAt: 'A', QueryLanguage, States: { A: { End: true, ...state } } });

it.each([
  ['Assign in JSONPath', machine({ Type: 'Pass', Assign: { 'v.$': '$.x' } }, 'JSONPath')],
  ['a slice', machine({ Type: 'Pass', Parameters: { 'v.$': '$.x[0:2]' } }, 'JSONPath')],
  ['a filter', machine({ Type: 'Pass', Parameters: { 'v.$': '$.x[?(@.y==1)]' } }, 'JSONPath')],
  ['a result writer', machine({ Type: 'Map', ResultWriter: {}, ItemProcessor: machine({ Type: 'Pass' }) })],
  ['a batcher', machine({ Type: 'Map', ItemBatcher: {}, ItemProcessor: machine({ Type: 'Pass' }) })],
  ['the output of a Succeed', machine({ Type: 'Succeed', Output: '{% 1 %}' })],
  ['an integration that is missing', machine({ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:batch:submitJob' })],
  ['an HTTP call', machine({ Type: 'Task', Resource: 'arn:aws:states:::http:invoke' })],
  ['something inside a map', machine({ Type: 'Map', ItemProcessor: machine({ Type: 'Succeed', Output: '{% 1 %}' }) })],
])('refuses %s', (_, definition) => {
  expect(localEngineProblems(definition)).toHaveLength(1);
});

it('accepts what the product uses', () => {
  expect(localEngineProblems(machine({ Type: 'Task', Resource: 'arn:aws:states:::batch:submitJob.sync', Output: '{% 1 %}' }))).toEqual([]);
});
