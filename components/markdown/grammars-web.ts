/** Grammars of the group `web`, loaded with the first code in one of these languages. */
import css from 'highlight.js/lib/languages/css';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';

export const grammars = { css, javascript, json, typescript, xml };
