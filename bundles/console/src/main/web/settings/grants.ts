import type { RoleGrant } from '../rest/access';

export const words = (text: string) => text.split(/[\s,]+/).filter(Boolean);

/** One a line: `value = role client client`. */
export const linesOf = (grants: RoleGrant[]) => grants.map(({ value, role, clients }) => [`${value} = ${role}`, ...clients].join(' ')).join('\n');

/** The value may have equals signs itself, as names in a directory do. */
export function grantsOf(lines: string): RoleGrant[] {
  return lines.split('\n').filter((line) => line.trim()).map((line) => {
    const at = line.lastIndexOf('=');
    const [role = '', ...clients] = words(line.slice(at + 1));
    return { value: line.slice(0, Math.max(at, 0)).trim(), role, clients };
  });
}
