import { Route, Routes } from 'react-router';
import { NewProtection } from './NewProtection';
import { ProtectionList } from './ProtectionList';

export default function Protection() {
  return (
    <Routes>
      <Route index element={<ProtectionList />} />
      <Route path="new" element={<NewProtection />} />
    </Routes>
  );
}
