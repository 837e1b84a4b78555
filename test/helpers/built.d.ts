export const ROOT: string;
export function ensureDist(): void;
