import { useCallback, useState } from 'react';

/** The width of an element in pixels, as it changes. 0 until it is laid out. */
export function useWidth<E extends Element>(): [(element: E | null) => void | (() => void), number] {
  const [width, setWidth] = useState(0);
  const watch = useCallback((element: E | null) => {
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [watch, width];
}
