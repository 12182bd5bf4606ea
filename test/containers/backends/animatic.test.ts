import { Component } from '#contracts/component';
import { animaticBackend } from '../../../containers/animatic/animatic-backend.ts';
import manifest from '../../../containers/animatic/component.json' with { type: 'json' };
import { motionBackendSuite } from './motion-backend.suite.ts';

motionBackendSuite({
  component: Component.parse(manifest),
  open: animaticBackend,
  golden: '1c0e5d90c61018f281c877573b6e71a10783049a433c2437ffb43e8ef0ebea52',
});
