import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { cache } from '../rest/cache';
import { useSession } from '../rest/session';
import { Boundary } from '../parts/Boundary';
import { Loading } from '../parts/Loading';
import { askedFor } from '../signin/sso';
import { Frame } from './Frame';
import { Home } from './Home';
import { Begin, NewFactor, NewPassword, pages, SignIn } from './pages';

/** Everything below the address bar: who is not signed in sees the sign-in page whatever address was asked for, and then the page of that address. */
export function App() {
  return (
    <Boundary>
      <QueryClientProvider client={cache}>
        <BrowserRouter>
          <Suspense fallback={<Loading />}>
            <SignedInOnly />
          </Suspense>
        </BrowserRouter>
      </QueryClientProvider>
    </Boundary>
  );
}

function SignedInOnly() {
  const session = useSession();
  if (session === 'unknown') return <Loading />;
  if (session === null) return <SignIn />;
  if (session.duty === 'password') return <NewPassword />;
  if (session.duty === 'factor') return <NewFactor />;
  return (
    <Frame session={session}>
      <Routes>
        <Route path="/" element={<Home session={session} />} />
        <Route path="/begin/*" element={<Begin />} />
        {pages.map(({ name, Page }) => <Route key={name} path={`/${name}/*`} element={<Page />} />)}
        {/* the session may be there before the address has changed */}
        <Route path="/sso" element={<Navigate to={askedFor()} replace />} />
        <Route path="*" element={<Navigate to="/overview" replace />} />
      </Routes>
    </Frame>
  );
}
