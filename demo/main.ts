/** Starts the shop, then its assistant. The shop never waits for the assistant. */
import '../components/define.ts';
import { forms } from '../src/forms.ts';
import { createAgent } from '../src/index.ts';
import type { AgentOptions } from '../src/index.ts';
import { useVertical } from '../src/verticals.ts';
import { part } from './dom.ts';
import { followOffline } from './offline/page.ts';
import { followRuns } from './open-runs.ts';
import type { OpenRuns } from './open-runs.ts';
import { createRouter } from './router.ts';
import type { Router, View } from './router.ts';
import { createSheet } from './sheet.ts';
import { browserStorage, createStore } from './store.ts';
import type { Store } from './store.ts';
import { followTheme } from './theme.ts';
import { allTools } from './tools/index.ts';
import { roasterTools } from './tools/roaster.ts';
import { showAbout } from './views/about.ts';
import { createCartView } from './views/cart.ts';
import { createSettingsView } from './views/settings.ts';
import { createShopView } from './views/shop.ts';
import { createStorageView } from './views/storage.ts';
import { createTodoView } from './views/todos.ts';
import { createVisitView } from './views/visit.ts';

const TITLES: Readonly<Record<View, string>> = {
  shop: 'Shop',
  visit: 'Visit',
  cart: 'Cart',
  todos: 'To-dos',
  tasting: 'Tasting',
  settings: 'Settings',
};

function showView(view: View): void {
  part('main').dataset['view'] = view;
  document.title = `${TITLES[view]} · Morning Roasters`;
  for (const page of document.querySelectorAll<HTMLElement>('[data-page]')) page.hidden = page.dataset['page'] !== view;
  for (const link of document.querySelectorAll<HTMLElement>('[data-link]')) {
    if (link.dataset['link'] === view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  window.scrollTo({ top: 0 });
}

function startShop(): { store: Store; router: Router } {
  const store = createStore(browserStorage(), window);
  followTheme(store);
  createShopView(part('catalogue'), store);
  createCartView({ cart: part('cart'), orders: part('orders'), summary: part('cart-summary') }, store);
  createTodoView({ form: part('todo-form'), list: part('todos'), count: part('todo-count') }, store);
  createVisitView(part('visit'));
  createSettingsView(part('settings'), store);
  return { store, router: createRouter(showView) };
}

/** The language model that the demo was built for, behind its proxy; else the default, which needs no network. */
function languageModel(): AgentOptions {
  const model: unknown = import.meta.env['VITE_MODEL'];
  return typeof model === 'string' && model !== '' ? { model: { endpoint: '/ai', model } } : {};
}

function startAssistant(store: Store, router: Router): OpenRuns {
  const agent = createAgent({ namespace: 'demo-shop', ...languageModel() });
  for (const tool of [...allTools(store, router), ...roasterTools()]) agent.tool(tool);
  // The shop goes on without it.
  useVertical(agent, forms, { grant: ['page:read', 'page:act'], within: '#visit' }).catch((error: unknown) => {
    console.warn(error);
  });
  const chat = document.querySelector('inpage-chat');
  if (chat === null) throw new Error('The page has no <inpage-chat>.');
  chat.agent = agent;
  chat.starters = [
    'Add two bags of espresso beans to my cart',
    'Remind me to call mum tomorrow at 5',
    'Switch to the dark theme',
    'How many ounces are 250 grams?',
  ];
  const showAssistant = createSheet(part('assistant-panel'), part('assistant-toggle'), () => {
    chat.focus();
  });
  const tasting = document.querySelector('inpage-workflow');
  if (tasting) tasting.agent = agent;
  createStorageView(part('storage'), agent);
  part('conversations').addEventListener('inpage-thread-select', () => {
    showAssistant();
  });
  void showAbout(part('about'), agent);
  return followRuns(agent, tasting ? [chat, tasting] : [chat]);
}

const { store, router } = startShop();
void followOffline(startAssistant(store, router));
