import { paths } from './paths.ts'

type Entry = {
  /** As the router reads it. */
  path: string
  /** Its line on the site map; absent for what opens only from a link of a mail or from another page. */
  plan?: { titre: string; to: string; groupe: 'visite' | 'entrer' | 'site' }
}

/** Every page of this app: the router and the site map read the same table, so that neither forgets one. */
export const SITE = {
  accueil: { path: '', plan: { titre: 'Accueil', to: paths.accueil(), groupe: 'visite' } },
  lieux: { path: 'lieux', plan: { titre: 'Trouver un lieu', to: paths.lieux(), groupe: 'visite' } },
  lieu: { path: 'lieux/:lieuId' },
  aide: { path: 'aide', plan: { titre: 'Aide', to: paths.aide(), groupe: 'visite' } },
  contact: { path: 'contact', plan: { titre: 'Contact', to: paths.contact(), groupe: 'visite' } },
  connexion: { path: 'connexion', plan: { titre: 'Se connecter', to: paths.connexion(), groupe: 'entrer' } },
  secondFacteur: { path: 'connexion/second-facteur' },
  lien: { path: 'connexion/lien' },
  refus: { path: 'connexion/refus' },
  guichet: { path: 'connexion/guichet', plan: { titre: 'Poste partagé', to: paths.guichet(), groupe: 'entrer' } },
  invitation: { path: 'invitation' },
  recuperation: { path: 'recuperation', plan: { titre: 'J’ai perdu mon second facteur', to: paths.recuperation(), groupe: 'entrer' } },
  boiteAuxLettres: { path: 'boite-aux-lettres' },
  accessibilite: { path: 'accessibilite', plan: { titre: 'Accessibilité', to: paths.accessibilite(), groupe: 'site' } },
  donneesPersonnelles: {
    path: 'donnees-personnelles',
    plan: { titre: 'Données personnelles', to: paths.donneesPersonnelles(), groupe: 'site' },
  },
  donneesOuvertes: { path: 'donnees-ouvertes', plan: { titre: 'Données ouvertes', to: paths.donneesOuvertes(), groupe: 'site' } },
  mentionsLegales: { path: 'mentions-legales', plan: { titre: 'Mentions légales', to: paths.mentionsLegales(), groupe: 'site' } },
  planDuSite: { path: 'plan-du-site', plan: { titre: 'Plan du site', to: paths.planDuSite(), groupe: 'site' } },
} as const satisfies Record<string, Entry>
export type SiteKey = keyof typeof SITE

const ENTRIES: readonly Entry[] = Object.values(SITE)

/** The lines of a part of the site map, in the order of the table. */
export const planOf = (groupe: 'visite' | 'entrer' | 'site') => ENTRIES.flatMap(({ plan }) => (plan?.groupe === groupe ? [plan] : []))
