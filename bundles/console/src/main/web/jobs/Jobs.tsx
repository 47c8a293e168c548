import { Route, Routes } from 'react-router';
import { JobList } from './JobList';
import { JobPage } from './JobPage';

export default function Jobs() {
  return (
    <Routes>
      <Route index element={<JobList />} />
      <Route path=":id" element={<JobPage />} />
    </Routes>
  );
}
