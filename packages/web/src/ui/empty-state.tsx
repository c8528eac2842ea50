import { Inbox } from 'lucide-react'
import type { ReactNode } from 'react'

/** Nothing yet: what will come here, and the next thing to do. */
export const EmptyState = ({ titre, action, children }: { titre: string; action?: ReactNode; children?: ReactNode }) => (
  <div className="vide">
    <Inbox aria-hidden="true" />
    <p>
      <strong>{titre}</strong>
    </p>
    {children && <p className="doux">{children}</p>}
    {action}
  </div>
)
