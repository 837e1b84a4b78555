/** All tools that the shop offers to its assistant. */
import type { Tool } from '../../src/index.ts';
import type { Router } from '../router.ts';
import type { Store } from '../store.ts';
import { cartTools } from './cart.ts';
import { everydayTools } from './everyday.ts';
import { pageTools } from './page.ts';
import { shopTools } from './shop.ts';
import { todoTools } from './todos.ts';

/** Every tool of the shop, in the order in which help lists them. */
export function allTools(store: Store, router: Router): readonly Tool[] {
  return [
    ...shopTools(store),
    ...cartTools(store),
    ...todoTools(store),
    ...pageTools(store, router),
    ...everydayTools(),
  ];
}
