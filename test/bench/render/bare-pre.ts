/** A bare field beside a `<pre>` that the same text comes into: what the browser itself takes to show text that grows. */
import { bareContender } from './bare-contender.ts';

const pre = document.createElement('pre');

bareContender(pre, (text) => {
  pre.append(text);
  pre.scrollTop = pre.scrollHeight;
});
