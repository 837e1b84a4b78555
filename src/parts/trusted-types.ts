/** Addresses and markup under `require-trusted-types-for 'script'`. */

/** What turns text into what the sinks of a page take. The DOM types know only its text. */
export interface TypesPolicy {
  createScriptURL(url: string): string;
  createHTML(html: string): string;
}

interface TrustedTypes {
  createPolicy(name: string, rules: TypesPolicy): TypesPolicy;
}

/** The name to put into a `trusted-types` directive. */
export const POLICY_NAME = 'inpage';

const asItIs = (text: string): string => text;

let policy: TypesPolicy | undefined;

/**
 * The one policy that this copy of the code makes; none where the browser has no Trusted Types.
 *
 * @throws TypeError when a `trusted-types` directive does not name it.
 */
export function typesPolicy(): TypesPolicy | undefined {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  return (policy ??= trustedTypes?.createPolicy(POLICY_NAME, { createScriptURL: asItIs, createHTML: asItIs }));
}

/** `url` in the form that `new Worker()` takes on this page. */
export const scriptUrl = (url: string): string => typesPolicy()?.createScriptURL(url) ?? url;
