import { Component } from '#contracts/component';
import manifest from '../scripted/component.json' with { type: 'json' };
import { scriptedBackend } from '../scripted/scripted-backend.ts';
import { motionBackendSuite } from './motion-backend.suite.ts';

motionBackendSuite({
  component: Component.parse(manifest),
  open: () => scriptedBackend({ stepMs: 2 }),
  golden: '45226a445e765c2dbd326b1820129b81743848da2e54e29faaf287775b34515e',
});
