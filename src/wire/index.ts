/** The protocol between page and host, and the handlers that both sides install. */
export { installErrorHandler } from './errors.ts';
export { eventFromWire, eventToWire } from './events.ts';
export { PROTOCOL } from './protocol.ts';
export type {
  ConnectMessage,
  Hello,
  HostApi,
  PageTools,
  ThreadRef,
  Welcome,
  WireEvent,
  WireTurnResult,
} from './protocol.ts';
