import { Page } from '@pass/web/ui/page.tsx'
import type { ReactNode } from 'react'
import { paths } from '../paths.ts'

/** A page to read: short lines, one title. */
export const TextPage = ({ titre, intro, children }: { titre: string; intro?: ReactNode; children: ReactNode }) => (
  <Page titre={titre} fil={[{ to: paths.accueil(), label: 'Accueil' }]} etroit {...(intro ? { intro } : {})}>
    <div className="prose">{children}</div>
  </Page>
)

/** A part of it, with an address of its own when `id` is given. */
export const Part = ({ id, titre, children }: { id?: string; titre: string; children: ReactNode }) => (
  <section {...(id ? { id } : {})}>
    <h2>{titre}</h2>
    {children}
  </section>
)
