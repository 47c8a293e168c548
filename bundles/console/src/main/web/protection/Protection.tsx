import { Route, Routes } from 'react-router';
import { NewProtection } from './NewProtection';
import { PolicyPage } from './PolicyPage';
import { ProtectionList } from './ProtectionList';
import { SaveSetPage } from './SaveSetPage';

export default function Protection() {
  return (
    <Routes>
      <Route index element={<ProtectionList />} />
      <Route path="policies/:name" element={<PolicyPage />} />
      <Route path="save-sets/:client/:name" element={<SaveSetPage />} />
      <Route path="new" element={<NewProtection />} />
    </Routes>
  );
}
