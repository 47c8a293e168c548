import { Route, Routes } from 'react-router';
import { Comparison } from './Comparison';
import { Outcome } from './Outcome';
import './restore.css';
import { Search } from './Search';
import { Snapshot } from './Snapshot';
import { Snapshots } from './Snapshots';

/** From a day to a file to its place: each step has an address of its own. */
export default function Restore() {
  return (
    <Routes>
      <Route index element={<Snapshots />} />
      <Route path="search" element={<Search />} />
      <Route path="job/:job" element={<Outcome />} />
      <Route path=":id" element={<Snapshot />} />
      <Route path=":id/compare/:other" element={<Comparison />} />
    </Routes>
  );
}
