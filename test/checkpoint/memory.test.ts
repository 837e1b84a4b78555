import { createMemoryCheckpointer } from '../../src/checkpoint/index.ts';
import { testCheckpointer } from '../conformance/checkpointer.ts';

testCheckpointer('memory', (now) => {
  const checkpointer = createMemoryCheckpointer(now);
  return Promise.resolve({
    checkpointer,
    reopen: () => Promise.resolve(checkpointer),
    dispose: () => Promise.resolve(),
  });
});
