/** The assistant in an app of React: an element like any other, whose properties React sets. A site imports `inpage`. */
import { createElement, useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import '../../components/define-chat.ts';
import { createAgent } from '../../src/index.ts';
import { DARK, switchLight } from './lights.ts';

const agent = createAgent({ namespace: 'example-react' });

function House(): ReactElement {
  const [lights, setLights] = useState(DARK);
  useEffect(
    // What it gives takes the tool back when the house goes.
    () =>
      agent.tool(
        switchLight((light, state) => {
          setLights((before) => ({ ...before, [light]: state }));
        }),
      ),
    [],
  );
  return createElement(
    'div',
    null,
    createElement('p', null, 'Kitchen: ', createElement('output', { id: 'kitchen' }, lights.kitchen)),
    createElement('p', null, 'Garden: ', createElement('output', { id: 'garden' }, lights.garden)),
    createElement('inpage-chat', { agent, heading: 'Home assistant' }),
  );
}

const place = document.getElementById('app');
if (place) createRoot(place).render(createElement(House));
