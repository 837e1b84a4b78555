/** Whether somebody has used the agent in this tab: what it does may have to go on here. */

const PREFIX = 'inpage:';

/** Notes it for the next pages of this tab. Nothing is stored but that it was used. */
export function rememberUse(): void {
  try {
    sessionStorage.setItem(`${PREFIX}used`, '1');
  } catch {
    // A sandboxed frame may keep nothing, and nothing goes on there.
  }
}

/** Whether it was used, or a tool of it has just left the page for this one. */
export function wasUsed(): boolean {
  try {
    return Object.keys(sessionStorage).some((key) => key.startsWith(PREFIX));
  } catch {
    return false;
  }
}
