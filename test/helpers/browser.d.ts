import type { Browser, LaunchOptions } from 'puppeteer-core';
export function chromium(): Promise<LaunchOptions>;
export function launch(args?: readonly string[]): Promise<Browser>;
