/** The assistant in an app of Vue: an element like any other, whose properties Vue sets. A site imports `inpage`. */
import { createApp, h, onUnmounted, reactive } from 'vue';
import type { VNode } from 'vue';
import '../../components/define-chat.ts';
import { createAgent } from '../../src/index.ts';
import { DARK, switchLight } from './lights.ts';

const agent = createAgent({ namespace: 'example-vue' });

createApp({
  setup() {
    const lights = reactive({ ...DARK });
    onUnmounted(
      agent.tool(
        switchLight((light, state) => {
          lights[light] = state;
        }),
      ),
    );
    return (): VNode =>
      h('div', [
        h('p', ['Kitchen: ', h('output', { id: 'kitchen' }, lights.kitchen)]),
        h('p', ['Garden: ', h('output', { id: 'garden' }, lights.garden)]),
        h('inpage-chat', { agent, heading: 'Home assistant' }),
      ]);
  },
}).mount('#app');
