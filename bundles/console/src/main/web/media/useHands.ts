import { useRef, useState, type FocusEvent, type KeyboardEvent, type PointerEvent } from 'react';
import type { Element } from '../rest/answers';
import { nextTo, type Box, type Direction } from './layout';

const ARROWS = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);
/** What is less is a click of a hand that trembles. */
const DRAGGED = 5;

interface Does {
  onChoose: (address: number) => void;
  onMove: (from: number, to: number) => void;
}

/** Where a place under the pointer is told by its element. */
const addressAt = (x: number, y: number) => addressOf(document.elementFromPoint(x, y));

const addressOf = (element: globalThis.Element | null) => {
  const found = element?.closest('[data-address]')?.getAttribute('data-address');
  return found === null || found === undefined ? null : Number(found);
};

/** Hands in the cabinet: the focus that roves, and the cartridge that is carried by keys or by the mouse. Fingers scroll; they move cartridges by the menu. */
export function useHands(elements: Element[], places: Map<number, Box>, { onChoose, onMove }: Does) {
  const ref = useRef<SVGSVGElement>(null);
  const [focus, setFocus] = useState<number | null>(null);
  const [from, setFrom] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [pointer, setPointer] = useState<{ x: number; y: number } | null>(null);
  const pressed = useRef<{ address: number; x: number; y: number } | null>(null);
  const focused = focus !== null && places.has(focus) ? focus : (elements.find((one) => one.kind !== 'picker') ?? elements[0])?.address ?? null;
  const carries = (address: number) => elements.find((one) => one.address === address)?.content === 'cartridge';

  const drop = () => { setFrom(null); setOver(null); setPointer(null); pressed.current = null; };
  const go = (address: number | null) => {
    if (address === null) return;
    ref.current?.querySelector<SVGElement>(`[data-address="${address}"]`)?.focus();
  };
  const put = (to: number | null) => {
    const taken = from;
    drop();
    if (taken !== null && to !== null && to !== taken) onMove(taken, to);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (focused === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const all = [...places.keys()];
    if (ARROWS.has(key)) go(nextTo(places, focused, key as Direction));
    else if (key === 'Home') go(all[0]);
    else if (key === 'End') go(all.at(-1)!);
    else if ((key === 'm' || key === 'M') && carries(focused)) { setFrom(focused); setOver(focused); }
    else if (key === 'Escape' && from !== null) drop();
    else if (key === 'Enter' || key === ' ') { if (from === null) onChoose(focused); else put(focused); }
    else return;
    event.preventDefault();
  };
  // A screen reader goes from place to place by itself.
  const onFocus = (event: FocusEvent) => {
    const address = addressOf(event.target);
    if (address === null) return;
    setFocus(address);
    if (from !== null) setOver(address);
  };
  const onPointerDown = (event: PointerEvent) => {
    const address = addressAt(event.clientX, event.clientY);
    if (event.button === 0 && address !== null) pressed.current = { address, x: event.clientX, y: event.clientY };
  };
  const onPointerMove = (event: PointerEvent) => {
    const start = pressed.current;
    const box = start && places.get(start.address);
    if (!start || !box || event.pointerType === 'touch' || !carries(start.address)) return;
    const [dx, dy] = [event.clientX - start.x, event.clientY - start.y];
    if (from === null && Math.hypot(dx, dy) < DRAGGED) return;
    if (from === null) { setFrom(start.address); ref.current?.setPointerCapture(event.pointerId); }
    setPointer({ x: box.x + dx, y: box.y + dy });
    setOver(addressAt(event.clientX, event.clientY));
  };
  const onPointerUp = (event: PointerEvent) => {
    const address = addressAt(event.clientX, event.clientY);
    if (from !== null && pointer) put(address);
    else if (pressed.current && address === pressed.current.address) { go(address); if (from === null) onChoose(address); else put(address); }
    pressed.current = null;
  };
  return { ref, focused, from, over, pointer, events: { onFocus, onKeyDown, onPointerDown, onPointerMove, onPointerUp, onPointerCancel: drop } };
}
