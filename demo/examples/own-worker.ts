/** An agent whose worker is the site's own. */
import '../../components/define-chat.ts';
import { createAgent } from '../../src/index.ts';

const worker = (): Worker => new Worker(new URL('./primes-worker.ts', import.meta.url), { type: 'module' });
const chat = document.querySelector('inpage-chat');
if (chat) chat.agent = createAgent({ namespace: 'example-worker', worker });
