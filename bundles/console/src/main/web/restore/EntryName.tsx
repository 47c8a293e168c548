import { Button } from '@patternfly/react-core';
import FileIcon from '@patternfly/react-icons/dist/esm/icons/file-icon';
import FolderIcon from '@patternfly/react-icons/dist/esm/icons/folder-icon';
import LinkIcon from '@patternfly/react-icons/dist/esm/icons/link-icon';
import type { Entry } from '../rest/answers';
import { nameOf } from './paths';

export function EntryName({ entry, onGo }: { entry: Entry; onGo: (path: string) => void }) {
  const name = nameOf(entry.path);
  if (entry.type === 'directory') return <Button variant="link" isInline icon={<FolderIcon />} onClick={() => onGo(entry.path)}>{name}</Button>;
  if (entry.target !== null) return <span><LinkIcon /> {name} → {entry.target}</span>;
  return <span><FileIcon /> {name}</span>;
}
