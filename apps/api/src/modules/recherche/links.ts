import type { Resultat } from '@pass/contracts/recherche.ts'
import type { Droit } from '@pass/domain/droits.ts'
import { homePath, type OrganisationType } from '@pass/domain/organisations.ts'

/** What is found by its own number and read on a page of the app. */
export type Paged = Exclude<Resultat['type'], 'organisation' | 'lieu'>
type Pages = Partial<Record<OrganisationType, string>>

const COMMANDES = { collectivite: 'commandes/:id', operateur: 'commandes/:id' } as const

/** The droit that opens each type, and the page that tells its history below the home of the app. Left out: nobody there has one. */
const PAGES: Record<Paged, { droit: Droit; pages: Pages }> = {
  carnet: { droit: 'carnet:read', pages: { collectivite: 'carnets/:id', operateur: 'carnets/:id', prescripteur: 'stock/:id' } },
  carton: { droit: 'commande:read', pages: COMMANDES },
  commande: { droit: 'commande:read', pages: { ...COMMANDES, anct: 'commandes/:id' } },
  convention: {
    droit: 'convention:read',
    pages: { collectivite: 'conventions/:id', operateur: 'conventions/:id', anct: 'conventions/:id', financeur: 'conventions/:id' },
  },
  attribution: {
    droit: 'carnet:read',
    pages: { collectivite: 'attributions/:id', prescripteur: 'attributions/:id' },
  },
  bordereau: { droit: 'bordereau:read', pages: { operateur: 'bordereaux/:id', structure: 'virements/:id' } },
  facture: { droit: 'facture:read', pages: COMMANDES },
}

export const droitOf = (type: Paged): Droit => PAGES[type].droit

/** The page of an object for the people of an organisation, as a path of the site; null when they have none. */
export const linkOf = (type: Paged, organisation: OrganisationType, id: string): string | null => {
  const page = PAGES[type].pages[organisation]
  return page ? homePath(organisation) + page.replace(':id', id) : null
}
