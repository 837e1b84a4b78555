export function serve(
  folder: string,
  options?: {
    headers?: Readonly<Record<string, string>>;
    edit?: (html: string) => string;
    proxy?: Readonly<Record<string, string>>;
  },
): Promise<{ origin: string; close(): Promise<void> }>;
