/** The pages open to all. The footer and the header of every app lead here. */
export const paths = {
  accueil: () => '/',
  lieux: (query: Readonly<Record<string, string>> = {}) => {
    const search = new URLSearchParams(query).toString()
    return `/lieux${search && `?${search}`}`
  },
  lieu: ({ lieuId }: { lieuId: string }) => `/lieux/${lieuId}`,
  connexion: () => '/connexion',
  aide: () => '/aide',
  accessibilite: () => '/accessibilite',
  mentionsLegales: () => '/mentions-legales',
  donneesPersonnelles: () => '/donnees-personnelles',
  planDuSite: () => '/plan-du-site',
  contact: () => '/contact',
  donneesOuvertes: () => '/donnees-ouvertes',
}
