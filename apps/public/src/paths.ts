const withQuery = (path: string, query: Readonly<Record<string, string>>): string => {
  const search = new URLSearchParams(query).toString()
  return `${path}${search && `?${search}`}`
}
const withRetour = (path: string, retour: string | null = null): string => withQuery(path, retour === null ? {} : { retour })

/** The pages open to all. The footer and the header of every app lead here. */
export const paths = {
  accueil: () => '/',
  lieux: (query: Readonly<Record<string, string>> = {}) => withQuery('/lieux', query),
  lieu: ({ lieuId }: { lieuId: string }) => `/lieux/${lieuId}`,
  connexion: (retour: string | null = null) => withRetour('/connexion', retour),
  secondFacteur: (retour: string | null = null) => withRetour('/connexion/second-facteur', retour),
  guichet: () => '/connexion/guichet',
  recuperation: () => '/recuperation',
  boiteAuxLettres: (query: Readonly<Record<string, string>> = {}) => withQuery('/boite-aux-lettres', query),
  aide: (part: '' | 'connexion' = '') => (part ? `/aide#${part}` : '/aide'),
  accessibilite: () => '/accessibilite',
  mentionsLegales: () => '/mentions-legales',
  donneesPersonnelles: () => '/donnees-personnelles',
  planDuSite: () => '/plan-du-site',
  contact: () => '/contact',
  donneesOuvertes: () => '/donnees-ouvertes',
}
