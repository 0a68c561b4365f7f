// What the build makes, and what tests put into a page, for `tsc`.

declare module "*/engine.js";
declare module "*/worker.js";
declare module "*/web/lua-api.js";
declare module "*/bench/transfer.js";

// What a worker of the benchmarks has.
declare function importScripts(...urls: string[]): void;
declare const wasmoon: any;

interface Window {
  axe: typeof import("axe-core");
  installOffer: { prompt(): Promise<unknown> } | undefined;
  downloaded: Promise<{ name: string; bytes: number[] }>;
  heard: string[];
  longestPause: number;
  selectedNode: Node | null;
}
