import type { Element } from '../rest/answers';

export interface Box { x: number; y: number; w: number; h: number }
export interface Heading { kind: string; y: number }
export interface Layout {
  height: number;
  /** Of a cartridge, wherever it is. */
  cartridge: { w: number; h: number };
  /** Whether there is room for barcodes. */
  named: boolean;
  places: Map<number, Box>;
  headings: Heading[];
  /** Where the robot drives; null without one. */
  rail: number | null;
}

const HEAD = 26;
const GAP = 6;
const PART = 14;

/** Few slots are drawn large enough for their barcodes, very many as a wall of spines. */
function cartridgeOf(slots: number) {
  if (slots <= 60) return { w: 112, h: 36, named: true };
  if (slots <= 400) return { w: 74, h: 24, named: true };
  return { w: 15, h: 22, named: false };
}

/** The cabinet as somebody stands in front of it: drives above, the rail of the robot, mail slots, and the wall of slots, numbered down its columns. */
export function layOut(elements: Element[], width: number): Layout {
  const of = (kind: string) => elements.filter((one) => one.kind === kind).sort((a, b) => a.address - b.address);
  const slots = of('slot');
  const { named, ...cartridge } = cartridgeOf(slots.length);
  const places = new Map<number, Box>();
  const headings: Heading[] = [];
  let y = 0;
  const heading = (kind: string) => { headings.push({ kind, y: y + 16 }); y += HEAD; };
  const grid = (some: Element[], w: number, h: number, down: boolean) => {
    const columns = Math.max(1, Math.floor((width + GAP) / (w + GAP)));
    const rows = Math.ceil(some.length / columns);
    const used = Math.ceil(some.length / rows);
    some.forEach((one, at) => {
      const [column, row] = down ? [Math.floor(at / rows), at % rows] : [at % columns, Math.floor(at / columns)];
      places.set(one.address, { x: column * (w + GAP), y: y + row * (h + GAP), w, h });
    });
    return { used, rows, end: y + rows * (h + GAP) };
  };
  const part = (kind: string, w: number, h: number, down: boolean) => {
    const some = of(kind);
    if (some.length === 0) return;
    heading(kind);
    y = grid(some, w, h, down).end + PART;
  };
  part('drive', Math.min(Math.max(cartridge.w + 24, 158), width), cartridge.h + 50, false);
  const picker = of('picker')[0];
  const rail = picker ? y + cartridge.h / 2 + 4 : null;
  if (picker) {
    places.set(picker.address, { x: width / 2 - cartridge.w / 2, y: y + 4, w: cartridge.w, h: cartridge.h });
    y += cartridge.h + 8 + PART;
  }
  part('mail-slot', cartridge.w, cartridge.h, false);
  part('slot', cartridge.w, cartridge.h, true);
  return { height: y, cartridge, named, places, headings, rail };
}

/** Where a cartridge lies in its place: in the bay of a drive, else at its corner. */
export function cartridgeAt(kind: string, box: Box, { w }: { w: number }) {
  return kind === 'drive' ? { x: box.x + (box.w - w) / 2, y: box.y + 26 } : { x: box.x, y: box.y };
}

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

/** The place that is next in a direction; null if there is none. */
export function nextTo(places: Map<number, Box>, from: number, direction: Direction): number | null {
  const here = places.get(from);
  if (!here) return null;
  const [cx, cy] = [here.x + here.w / 2, here.y + here.h / 2];
  let best: number | null = null;
  let least = Infinity;
  for (const [address, box] of places) {
    const [dx, dy] = [box.x + box.w / 2 - cx, box.y + box.h / 2 - cy];
    const [ahead, aside] = { ArrowLeft: [-dx, dy], ArrowRight: [dx, dy], ArrowUp: [-dy, dx], ArrowDown: [dy, dx] }[direction];
    const cost = ahead + 3 * Math.abs(aside);
    if (ahead > 1 && cost < least && address !== from) [best, least] = [address, cost];
  }
  return best;
}
