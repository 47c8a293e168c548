/** The name of a path's last part; the root is a slash. */
export const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1) || '/';

export const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/')) || '/';

/** All folders on the way to a path, from the root to itself. */
export function wayTo(path: string): string[] {
  const parts = path.split('/').filter(Boolean);
  return ['/', ...parts.map((_, at) => `/${parts.slice(0, at + 1).join('/')}`)];
}

/** A pattern that means this one path: what a search takes as a sign stands for itself. */
export const onlyThis = (path: string) => path.replace(/[*?[\]{}\\]/g, (sign) => `\\${sign}`);

/** Nine letters as they are known from the command line, like rwxr-x---. */
export function modeText(mode: number): string {
  return [6, 3, 0].map((shift) => {
    const bits = (mode >> shift) & 7;
    return (bits & 4 ? 'r' : '-') + (bits & 2 ? 'w' : '-') + (bits & 1 ? 'x' : '-');
  }).join('');
}
