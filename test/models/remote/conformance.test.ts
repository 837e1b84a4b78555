import { remoteModel } from '../../../src/models/index.ts';
import { testModel } from '../../conformance/model.ts';
import { openSession } from '../../helpers/model-session.ts';
import type { Session } from '../../helpers/model-session.ts';

let session: Session;
before(async () => {
  session = await openSession();
});

testModel('a server that speaks as OpenAI does', () => remoteModel({ endpoint: session.endpoint, model: 'any' }));

testModel('a server that speaks as Anthropic does', () =>
  remoteModel({ provider: 'anthropic', endpoint: session.endpoint, model: 'any' }),
);

describe('a server that knows no tools', () => {
  beforeEach(async () => {
    session = await openSession();
    await session.script(Array.from({ length: 60 }, () => ({ refuse: ['tools'] })));
  });
  testModel('it', () => remoteModel({ endpoint: session.endpoint, model: 'any' }));
});
