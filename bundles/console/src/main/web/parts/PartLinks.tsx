import { Link } from 'react-router';

/** Links to the parts of a page, in a row. They are no navigation of their own: there is one of that. */
export function PartLinks({ label, parts, now }: { label: string; parts: { to: string; text: string }[]; now: string }) {
  return (
    <div className="pf-v6-c-tabs az-parts az-unprinted" role="group" aria-label={label}>
      <ul className="pf-v6-c-tabs__list" role="list">
        {parts.map(({ to, text }) => (
          <li key={to} className={to === now ? 'pf-v6-c-tabs__item pf-m-current' : 'pf-v6-c-tabs__item'}>
            <Link to={to} className="pf-v6-c-tabs__link" aria-current={to === now ? 'page' : undefined}><span className="pf-v6-c-tabs__item-text">{text}</span></Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
