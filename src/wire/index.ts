/** The protocol between page and host, and the handlers that both sides install. */
export { installErrorHandler } from './errors.ts';
export { eventFromWire, eventToWire } from './events.ts';
export { holdLifeline, untilGone } from './lifeline.ts';
export type { Lifeline } from './lifeline.ts';
export { PROTOCOL, THREAD_LIST } from './protocol.ts';
export type {
  AgentSettings,
  AnswerExtras,
  ConnectMessage,
  Hello,
  HostApi,
  MessageExtras,
  PageApi,
  PartFile,
  StorageUse,
  ThreadRef,
  ToolOffer,
  ToolPolicy,
  Welcome,
  WireEvent,
  WireModelAnswer,
  WireModelRequest,
  WireTurnResult,
} from './protocol.ts';
